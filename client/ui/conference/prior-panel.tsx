import { X } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { Prior } from '../../../shared/conference/looks.ts'
import { middleOnMiddle } from '../../../shared/geometry/prior-alignment.ts'
import { transform, type Vec3 } from '../../../shared/geometry/transform.ts'
import { centreOfBox } from '../../../shared/geometry/volume-pose.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import { alignmentWords, blendWords } from '../../scene/prior-volume-words.ts'
import { PriorNudges } from './prior-panel-nudges.tsx'
import { nudgeAxes, shiftWords, turnWords } from './prior-panel-words.ts'
import { seriesNames } from './series-names.ts'
import './prior-panel.css'

interface Props {
  readonly session: ConferenceSession
  readonly view: ConferenceView
  /** Of the case, and of the prior that the conference was opened with. */
  readonly volumes: readonly VolumeManifest[]
}

const opening = { arrangement: 'beside', blend: 0.5 } as const

/** What the shown volume is compared with: the leader's to choose and to align, everybody's to read. */
export function PriorPanel({ session, view, volumes }: Props) {
  const { prior } = view
  const mayCompare = session.may('setPrior') === 'yes'
  const others = volumes.filter(({ volumeId }) => volumeId !== view.shownVolumeId)
  const manifest = volumes.find(({ volumeId }) => volumeId === prior?.volumeId)
  const names = new Map(seriesNames(volumes))
  const nameOf = (volumeId: string) => names.get(volumeId) ?? ''
  return (
    <section className="panel-group prior-panel" aria-labelledby="prior" data-testid="prior">
      <h2 id="prior" className="label">
        Prior
      </h2>
      {others.length === 0 && (
        <p className="quiet">
          Nothing to compare with here. Priors are chosen in the library, when a conference is
          opened.
        </p>
      )}
      {mayCompare && others.length > 0 && (
        <PriorChoice
          options={others.map(({ volumeId }) => [volumeId, nameOf(volumeId)])}
          chosen={prior?.volumeId ?? ''}
          onChoose={(volumeId) =>
            void session.command({ type: 'setPrior', ...opening, ...arranged(prior), volumeId })
          }
        />
      )}
      {!mayCompare && others.length > 0 && (
        <p className={prior ? '' : 'quiet'}>
          {prior ? nameOf(prior.volumeId) : 'The volume is shown alone.'}
        </p>
      )}
      {prior && manifest && (
        <Compared
          session={session}
          prior={prior}
          mayCompare={mayCompare}
          middles={middlesOf(volumes, view.shownVolumeId, manifest)}
        />
      )}
    </section>
  )
}

function PriorChoice(props: {
  options: readonly (readonly [volumeId: string, name: string])[]
  chosen: string
  onChoose: (volumeId: string) => void
}) {
  const { options, chosen, onChoose } = props
  return (
    <Select
      className="prior-choice"
      aria-label="Compare with"
      placeholder="Compare with…"
      selectedKey={chosen || null}
      onSelectionChange={(key) => {
        if (key !== null && key !== chosen) onChoose(`${key}`)
      }}
    >
      <Button className="button" data-testid="prior-choice">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover>
        <ListBox className="listbox">
          {options.map(([volumeId, name]) => (
            <ListBoxItem key={volumeId} id={volumeId} className="option" textValue={name}>
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}

function Compared(props: {
  session: ConferenceSession
  prior: Prior
  mayCompare: boolean
  middles: { shown: Vec3; prior: Vec3 } | undefined
}) {
  const { session, prior, mayCompare, middles } = props
  const byHand = prior.alignment === 'by-hand'
  /** Over what is on its way: two presses in a row are two steps. */
  const set = (change: (now: Prior) => Partial<Prior>) => {
    const now = session.getSnapshot().prior ?? prior
    const { volumeId, arrangement, blend, translationMm, rotation } = { ...now, ...change(now) }
    void session.command({
      type: 'setPrior',
      volumeId,
      arrangement,
      blend,
      ...(byHand && { translationMm, rotation }),
    })
  }
  return (
    <>
      {mayCompare ? (
        <ToggleButtonGroup
          className="segments"
          aria-label="Where the prior stands"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[prior.arrangement]}
          onSelectionChange={([chosen]) =>
            set(() => ({ arrangement: chosen === 'blended' ? 'blended' : 'beside' }))
          }
        >
          <ToggleButton id="beside" className="segment">
            Beside
          </ToggleButton>
          <ToggleButton id="blended" className="segment">
            Blended
          </ToggleButton>
        </ToggleButtonGroup>
      ) : (
        <p className="figures">{blendWords(prior) ?? 'Beside the shown volume'}</p>
      )}
      {mayCompare && prior.arrangement === 'blended' && (
        <Blend blend={prior.blend} onChange={(blend) => set(() => ({ blend }))} />
      )}
      <p className="prior-alignment" data-alignment={prior.alignment}>
        {alignmentWords(prior)}
      </p>
      {byHand && mayCompare && middles && (
        <PriorNudges
          prior={prior}
          onAlign={set}
          onMiddle={() => set(() => middleOnMiddle(middles.shown, middles.prior))}
        />
      )}
      {byHand && !mayCompare && (
        <p className="figures quiet">
          {nudgeAxes
            .map(({ ends }, n) => shiftWords(prior.translationMm[n] ?? 0, ends))
            .join(' · ')}
          {' · '}
          {turnWords(prior)}
        </p>
      )}
      {mayCompare && (
        <Button
          className="button plain prior-remove"
          onPress={() => void session.command({ type: 'removePrior' })}
        >
          <X className="icon" aria-hidden />
          Show the volume alone
        </Button>
      )}
    </>
  )
}

function Blend({ blend, onChange }: { blend: number; onChange: (blend: number) => void }) {
  const [dragged, setDragged] = useState<number>()
  const shown = Math.round(100 * (dragged ?? blend))
  return (
    <Slider
      className="slider figures"
      minValue={0}
      maxValue={100}
      step={5}
      value={shown}
      onChange={(value) => setDragged(value / 100)}
      onChangeEnd={(value) => {
        setDragged(undefined)
        onChange(value / 100)
      }}
    >
      <Label className="label">Prior’s share of the picture</Label>
      <output className="label">{shown} %</output>
      <SliderTrack className="slider-track">
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
    </Slider>
  )
}

/** Another prior stands as the last one did. */
const arranged = (prior: Prior | undefined) =>
  prior && { arrangement: prior.arrangement, blend: prior.blend }

function middlesOf(
  volumes: readonly VolumeManifest[],
  shownVolumeId: string,
  prior: VolumeManifest,
): { shown: Vec3; prior: Vec3 } | undefined {
  const shown = volumes.find(({ volumeId }) => volumeId === shownVolumeId)
  return shown && { shown: middleOf(shown), prior: middleOf(prior) }
}

const middleOf = ({ patientFromVoxel, dims }: VolumeManifest) =>
  centreOfBox(transform(patientFromVoxel), dims)
