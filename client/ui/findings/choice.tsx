import type { ReactNode } from 'react'

/** A box before something that may go out or stay. */
export function Choice(props: {
  isChosen: boolean
  onChoose: (chosen: boolean) => void
  children: ReactNode
}) {
  const { isChosen, onChoose, children } = props
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={isChosen}
        onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
      />
      <span className="choice-words">{children}</span>
    </label>
  )
}
