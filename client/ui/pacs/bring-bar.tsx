import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input, Label, TextField } from 'react-aria-components/TextField'
import { wordsFor } from '../../api/http.ts'
import { bringSeries } from '../../api/pacs.ts'
import { count } from '../common/format.ts'
import { navigate } from '../common/route.ts'
import type { ImportList } from '../import/import-list.ts'
import { patientName } from './patient-words.ts'
import type { SeriesChoice } from './series-choice.ts'

/** What is picked, and the one button that brings it in; the import page then says how it goes. */
export function BringBar({ choice, imports }: { choice: SeriesChoice; imports: ImportList }) {
  const [title, setTitle] = useState('')
  const [isSending, setSending] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  if (!choice.of) return null

  const bring = async () => {
    setSending(true)
    setRefusal(undefined)
    try {
      imports.follow(await bringSeries(choice.series, title.trim()))
      navigate('/import')
    } catch (error) {
      setRefusal(wordsFor(error))
      setSending(false)
    }
  }
  return (
    <section className="pacs-bring" aria-label="Picked series">
      <p>
        <strong className="figures">{count(choice.series.length, 'series', 'series')}</strong> of{' '}
        {patientName(choice.of)}
        <span className="quiet"> · names are removed on the way in</span>
      </p>
      <TextField className="field" value={title} onChange={setTitle} maxLength={200}>
        <Label className="label">Title of the case, without a name in it</Label>
        <Input className="input" placeholder="Chosen from the images" />
      </TextField>
      <Button className="button primary" isDisabled={isSending} onPress={() => void bring()}>
        Bring into Caseroom
      </Button>
      {refusal && (
        <p className="pacs-refusal" role="alert">
          {refusal}
        </p>
      )}
    </section>
  )
}
