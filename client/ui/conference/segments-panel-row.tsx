import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import type { SegmentLook } from '../../../shared/conference/looks.ts'
import type { VolumeLabel } from '../../../shared/volume/manifest.ts'
import type { SegmentState } from '../../volume/segments/segment-state.ts'
import { IconButton } from '../common/icon-button.tsx'
import { millilitres, sourceWords } from './segments-panel-words.ts'

/** One segment: what it is, how large, whether it is seen and how much of it. */
export function SegmentRow(props: {
  label: VolumeLabel
  look: SegmentLook
  state: SegmentState | undefined
  mayShow: boolean
  draft: (look: SegmentLook | undefined) => void
  onChange: (look: SegmentLook) => Promise<unknown>
}) {
  const { label, look, state, mayShow, draft, onChange } = props
  const { name, colour, volumeMm3 } = label
  const { visible } = look
  return (
    <li className="segment-row" data-visible={visible || undefined} data-testid="segment">
      <div className="segment-line">
        <span
          className="segment-swatch"
          style={{ background: `rgb(${colour.join(' ')})` }}
          aria-hidden="true"
        />
        <span className="segment-words">
          <span className="segment-name">{name}</span>
          <span className="label">
            {sourceWords(label)} · <span className="figures">{millilitres(volumeMm3)}</span>
          </span>
        </span>
        <IconButton
          icon={visible ? Eye : EyeOff}
          name={visible ? `Hide ${name}` : `Show ${name}`}
          pressed={visible}
          isDisabled={!mayShow}
          testId="segment-eye"
          onPress={() => void onChange({ ...look, visible: !visible, opacity: look.opacity || 1 })}
        />
      </div>
      {visible && <Came state={state} />}
      {visible && (
        <Opacity name={name} look={look} mayShow={mayShow} draft={draft} onChange={onChange} />
      )}
    </li>
  )
}

/** What this page's own picture is still missing. */
function Came({ state }: { state: SegmentState | undefined }) {
  if (state?.state === 'loading') return <p className="label">Loading…</p>
  if (state?.state === 'empty') {
    return <p className="label">No voxel is at least half full, so there is nothing to draw.</p>
  }
  if (state?.state !== 'failed') return null
  return <p className="segment-failed">{state.message} Hide and show it to try again.</p>
}

function Opacity(props: {
  name: string
  look: SegmentLook
  mayShow: boolean
  draft: (look: SegmentLook | undefined) => void
  onChange: (look: SegmentLook) => Promise<unknown>
}) {
  const { name, look, mayShow, draft, onChange } = props
  const [dragged, setDragged] = useState<number>()
  const value = dragged ?? look.opacity
  return (
    <Slider
      className="slider figures segment-opacity"
      aria-label={`Opacity of ${name}`}
      minValue={0}
      maxValue={1}
      step={0.05}
      formatOptions={{ style: 'percent' }}
      value={value}
      isDisabled={!mayShow}
      onChange={(opacity) => {
        setDragged(opacity)
        draft({ ...look, opacity })
      }}
      onChangeEnd={(opacity) => {
        void onChange({ ...look, opacity }).then(() => {
          setDragged(undefined)
          draft(undefined)
        })
      }}
    >
      <Label className="label">Opacity</Label>
      <output className="label">{Math.round(value * 100)} %</output>
      <SliderTrack className="slider-track">
        <SliderThumb className="slider-thumb" data-testid="segment-opacity" />
      </SliderTrack>
    </Slider>
  )
}
