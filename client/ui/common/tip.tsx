import type { ReactElement } from 'react'
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'

/** The name of a control and its key, on hover and on focus. `trigger` is one focusable element. */
export function Tip(props: {
  text: string
  keys?: string | undefined
  placement?: 'top' | 'bottom' | 'left' | 'right' | undefined
  children: ReactElement
}) {
  const { text, keys, placement = 'bottom', children } = props
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <Tooltip className="tip" placement={placement} offset={6}>
        {text}
        {keys && <kbd className="keys">{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
