/** What the wearer of a headset may do with their own place in the room; nobody else's moves. */
export interface Wearer {
  readonly seated: boolean
  recentre(): void
  /** Eyes at standing height for whoever sits. */
  toggleSeated(): void
  /** By one step. */
  turn(towards: 'left' | 'right'): void
  /** The next trigger or pinch goes to the place on the floor that it points at. */
  goThere(): void
}
