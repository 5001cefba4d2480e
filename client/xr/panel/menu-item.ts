/** What a menu in the headset offers. */
export interface MenuItem {
  readonly id: string
  readonly label: string
  /** A second, quieter line: a value, a state, why it is not to be had. */
  readonly detail?: string
  /** A stripe of this CSS colour, for people. */
  readonly colour?: string
  readonly pressed?: boolean
  readonly disabled?: boolean
  /** Another level; asked anew whenever it is shown. */
  readonly children?: () => readonly MenuItem[]
  readonly run?: () => void
}
