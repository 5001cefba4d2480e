import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import type { CaseSearch } from '../../api/cases.ts'
import { sentenceCase } from '../common/format.ts'

const modalities = ['CT', 'MR'] as const

/** '' is "all". Body parts are those met so far. */
export function Facets(props: {
  search: CaseSearch
  bodyParts: readonly string[]
  onChange: (part: Partial<CaseSearch>) => void
}) {
  const { search, bodyParts, onChange } = props
  return (
    <aside className="facets" aria-label="Narrow the list">
      <Facet
        name="Modality"
        chosen={search.modality}
        options={modalities.map((modality) => [modality, modality])}
        onChoose={(modality) => onChange({ modality })}
      />
      {bodyParts.length > 0 && (
        <Facet
          name="Body part"
          chosen={search.bodyPart}
          options={bodyParts.map((part) => [part, sentenceCase(part)])}
          onChoose={(bodyPart) => onChange({ bodyPart })}
        />
      )}
    </aside>
  )
}

function Facet(props: {
  name: string
  chosen: string
  options: readonly (readonly [string, string])[]
  onChoose: (value: string) => void
}) {
  const { name, chosen, options, onChoose } = props
  return (
    <RadioGroup className="facet" value={chosen} onChange={onChoose}>
      <Label className="label">{name}</Label>
      <div className="facet-options">
        {[['', 'All'] as const, ...options].map(([value, label]) => (
          <Radio key={value} value={value} className="facet-option">
            {label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
