import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { Prior } from '../../../shared/conference/looks.ts'
import { type Alignment, shifted, turned } from '../../../shared/geometry/prior-alignment.ts'
import { scale } from '../../../shared/geometry/vector.ts'
import { endNames, nudgeAxes, shiftWords, turnWords } from './prior-panel-words.ts'

/** One press moves or turns by this much. */
const steps = [
  { id: 'fine', name: '1 mm, 1°', mm: 1, degrees: 1 },
  { id: 'coarse', name: '10 mm, 5°', mm: 10, degrees: 5 },
] as const

interface Props {
  readonly prior: Prior
  readonly onAlign: (change: (now: Alignment) => Alignment) => void
  readonly onMiddle: () => void
}

/** Moves and turns the prior along the shown patient's axes. */
export function PriorNudges({ prior, onAlign, onMiddle }: Props) {
  const [stepId, setStepId] = useState<string>('fine')
  const step = steps.find(({ id }) => id === stepId) ?? steps[0]
  return (
    <div className="prior-nudges">
      <ToggleButtonGroup
        className="segments"
        aria-label="Step of one press"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[step.id]}
        onSelectionChange={(chosen) => setStepId(`${[...chosen][0]}`)}
      >
        {steps.map(({ id, name }) => (
          <ToggleButton key={id} id={id} className="segment figures">
            {name}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {nudgeAxes.map(({ axis, ends: [to, from] }, n) => (
        <div className="prior-nudge" key={to}>
          <Nudge
            letters={from}
            name={`Move the prior ${step.mm} mm ${endNames[from]}`}
            onPress={() => onAlign((now) => shifted(now, scale(axis, -step.mm)))}
          />
          <output className="figures">{shiftWords(prior.translationMm[n] ?? 0, [to, from])}</output>
          <Nudge
            letters={to}
            name={`Move the prior ${step.mm} mm ${endNames[to]}`}
            onPress={() => onAlign((now) => shifted(now, scale(axis, step.mm)))}
          />
        </div>
      ))}
      <output className="figures label">{turnWords(prior)}</output>
      {nudgeAxes.map(({ axis, turns: [on, back] }) => (
        <div className="prior-nudge" key={on}>
          <Nudge
            letters={back}
            name={`Turn the prior ${step.degrees}°, ${back}`}
            onPress={() => onAlign((now) => turned(now, axis, -step.degrees))}
          />
          <Nudge
            letters={on}
            name={`Turn the prior ${step.degrees}°, ${on}`}
            onPress={() => onAlign((now) => turned(now, axis, step.degrees))}
          />
        </div>
      ))}
      <Button className="button" onPress={onMiddle}>
        Middle on middle
      </Button>
    </div>
  )
}

function Nudge(props: { letters: string; name: string; onPress: () => void }) {
  return (
    <Button className="button" aria-label={props.name} onPress={props.onPress}>
      {props.letters}
    </Button>
  )
}
