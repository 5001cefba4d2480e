/** A person: their colour and, never without them, their initials. */
export function PersonBadge(props: {
  initials: string
  colour: string
  away?: boolean
  small?: boolean
}) {
  const { initials, colour, away = false, small = false } = props
  return (
    <span
      className={small ? 'badge small' : 'badge'}
      style={{ backgroundColor: colour }}
      data-away={away || undefined}
      aria-hidden="true"
    >
      {initials}
    </span>
  )
}
