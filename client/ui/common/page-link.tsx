import type { MouseEvent, ReactNode } from 'react'
import { navigate } from './route.ts'

/** A link to another page of ours, without loading the document anew. */
export function PageLink(props: {
  to: string
  className?: string
  current?: boolean
  children: ReactNode
}) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    navigate(props.to)
  }
  return (
    <a
      href={props.to}
      className={props.className}
      aria-current={props.current ? 'page' : undefined}
      onClick={follow}
    >
      {props.children}
    </a>
  )
}
