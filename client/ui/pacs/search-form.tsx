import { Search } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { Input, Label, TextField } from 'react-aria-components/TextField'
import type { StudyQuestion } from '../../api/pacs.ts'

type Fields = Record<
  'patientName' | 'patientId' | 'dateFrom' | 'dateTo' | 'modality' | 'description',
  string
>
const empty: Fields = {
  patientName: '',
  patientId: '',
  dateFrom: '',
  dateTo: '',
  modality: '',
  description: '',
}
const modalities = ['CT', 'MR', 'PT', 'SEG', 'RTSTRUCT'] as const

/** What to look for; what is left empty does not narrow. */
export function SearchForm({ onSearch }: { onSearch: (question: StudyQuestion) => void }) {
  const [fields, setFields] = useState(empty)
  const [refusal, setRefusal] = useState<string>()
  const field = (name: keyof Fields) => ({
    className: 'field',
    value: fields[name],
    onChange: (text: string) => setFields((now) => ({ ...now, [name]: text })),
  })

  const search = (event: FormEvent) => {
    event.preventDefault()
    const given = Object.entries(fields).flatMap(([name, text]) =>
      text.trim() ? [[name, text.trim()]] : [],
    )
    const { dateFrom, dateTo } = fields
    const isBackwards = dateFrom !== '' && dateTo !== '' && dateTo < dateFrom
    if (given.length === 0) setRefusal('Fill in at least one field.')
    else if (isBackwards) setRefusal('The last day is before the first.')
    else {
      setRefusal(undefined)
      onSearch(Object.fromEntries(given))
    }
  }

  return (
    <Form className="pacs-form" onSubmit={search}>
      <TextField {...field('patientName')} maxLength={64} autoComplete="off" autoFocus>
        <Label className="label">Patient’s name</Label>
        <Input className="input" placeholder="Family name, given name" spellCheck="false" />
      </TextField>
      <TextField {...field('patientId')} maxLength={64} autoComplete="off">
        <Label className="label">Patient’s ID</Label>
        <Input className="input" spellCheck="false" />
      </TextField>
      <TextField {...field('dateFrom')} type="date">
        <Label className="label">Study from</Label>
        <Input className="input figures" />
      </TextField>
      <TextField {...field('dateTo')} type="date">
        <Label className="label">to</Label>
        <Input className="input figures" />
      </TextField>
      <label className="field">
        <span className="label">Modality</span>
        <select
          className="input"
          value={fields.modality}
          onChange={({ target }) => setFields((now) => ({ ...now, modality: target.value }))}
        >
          <option value="">Any</option>
          {modalities.map((modality) => (
            <option key={modality}>{modality}</option>
          ))}
        </select>
      </label>
      <TextField {...field('description')} maxLength={64} autoComplete="off">
        <Label className="label">Description</Label>
        <Input className="input" placeholder="Thorax" />
      </TextField>
      <Button type="submit" className="button primary">
        <Search className="icon" aria-hidden />
        Search
      </Button>
      {refusal && (
        <p className="pacs-refusal" role="alert">
          {refusal}
        </p>
      )}
    </Form>
  )
}
