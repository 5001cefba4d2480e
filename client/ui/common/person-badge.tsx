/** A person: their colour and, never without them, their initials. */
export function PersonBadge(props: {
  initials: string
  colour: string
  away?: boolean
  small?: boolean
  /** A ring around it; said in words elsewhere. */
  speaking?: boolean
}) {
  const { initials, colour, away = false, small = false, speaking = false } = props
  return (
    <span
      className={small ? 'badge small' : 'badge'}
      style={{ backgroundColor: colour, ...(speaking && { outlineColor: colour }) }}
      data-speaking={speaking || undefined}
      data-away={away || undefined}
      aria-hidden="true"
    >
      {initials}
    </span>
  )
}
