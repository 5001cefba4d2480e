import { ProgressBar } from 'react-aria-components/ProgressBar'

/** `fraction` 0…1. */
export function ProgressLine(props: {
  label: string
  fraction: number
  tone?: 'good' | 'danger' | undefined
}) {
  const percent = Math.round(props.fraction * 100)
  return (
    <ProgressBar aria-label={props.label} value={percent}>
      <div className="bar" data-tone={props.tone}>
        <div style={{ width: `${percent}%` }} />
      </div>
    </ProgressBar>
  )
}
