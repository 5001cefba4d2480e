import type { ReactNode } from 'react'

/** A box before something that may go out or stay. */
export function Choice(props: {
  isChosen: boolean
  isDisabled?: boolean
  onChoose: (chosen: boolean) => void
  children: ReactNode
}) {
  const { isChosen, isDisabled = false, onChoose, children } = props
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={isChosen}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
      />
      <span className="choice-words">{children}</span>
    </label>
  )
}
