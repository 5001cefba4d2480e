import type { LucideIcon } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Tip } from './tip.tsx'

/** A button of one icon; its name is its label and its tooltip. */
export function IconButton(props: {
  icon: LucideIcon
  name: string
  keys?: string
  className?: string
  isDisabled?: boolean
  pressed?: boolean
  testId?: string
  onPress: () => void
}) {
  const { icon: Icon, name, keys, className = 'plain', isDisabled = false, testId } = props
  return (
    <Tip text={name} keys={keys}>
      <Button
        className={`button icon-only ${className}`}
        aria-label={name}
        isDisabled={isDisabled}
        data-testid={testId}
        {...(props.pressed !== undefined && { 'aria-pressed': props.pressed })}
        onPress={props.onPress}
      >
        <Icon className="icon" aria-hidden />
      </Button>
    </Tip>
  )
}
