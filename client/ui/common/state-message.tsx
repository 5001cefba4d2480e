import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** Empty, loading, error, offline: one sentence and at most one action. */
export function StateMessage(props: {
  icon?: LucideIcon
  title: string
  text?: string
  heading?: 1 | 2
  children?: ReactNode
}) {
  const { icon: Icon, title, text, heading = 2, children } = props
  const Heading = heading === 1 ? 'h1' : 'h2'
  return (
    <div className="state-message">
      {Icon && <Icon className="icon" aria-hidden />}
      <Heading>{title}</Heading>
      {text && <p>{text}</p>}
      {children}
    </div>
  )
}
