import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { Input, Label, TextField } from 'react-aria-components/TextField'
import type { FindingsView, SendFindingsRequest } from '../../../shared/findings/findings-view.ts'
import { type FindingsOf, sendFindings } from '../../api/findings.ts'
import { wordsFor } from '../../api/http.ts'
import type { MinutesDraft } from './minutes-draft.ts'
import { sentWords } from './words.ts'

type Sending =
  | { readonly state: 'none' }
  | { readonly state: 'sending' }
  | { readonly state: 'refused'; readonly message: string }
  | { readonly state: 'sent'; readonly words: string }

const longestName = 62
const minutesFirst = 'The minutes are not saved yet. See to them above, then sign again.'

/** The verifying observer's own hand: a name typed, a button pressed, and what came of it in words. */
export function SignAndSend(props: {
  of: FindingsOf
  view: FindingsView
  chosen: Omit<SendFindingsRequest, 'signedBy'>
  draft: MinutesDraft
  onChanged: () => void
}) {
  const { of, view, chosen, draft, onChanged } = props
  const [name, setName] = useState('')
  const [sending, setSending] = useState<Sending>({ state: 'none' })
  const reason = view.canSend === true ? undefined : view.canSend.reason
  const send = async () => {
    setSending({ state: 'sending' })
    if (!(await draft.flush())) return setSending({ state: 'refused', message: minutesFirst })
    try {
      const { sent } = await sendFindings(of, { signedBy: name.trim(), ...chosen })
      setSending({ state: 'sent', words: sentWords(sent.map(({ kind }) => kind)) })
    } catch (error) {
      setSending({ state: 'refused', message: wordsFor(error) })
    }
    onChanged()
  }
  const sign = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  return (
    <section className="findings-part sign" aria-labelledby="findings-sign">
      <h2 id="findings-sign">Sign and send</h2>
      {reason !== undefined && (
        <p className="sign-reason" data-testid="cannot-send">
          {reason}
        </p>
      )}
      <Form className="sign-form" onSubmit={sign}>
        <TextField
          className="field"
          value={name}
          maxLength={longestName}
          onChange={setName}
          isDisabled={reason !== undefined}
          autoComplete="name"
        >
          <Label className="label">Your name, as verifying observer</Label>
          <Input className="input" data-testid="signed-by" spellCheck="false" />
        </TextField>
        <Button
          type="submit"
          className="button primary"
          data-testid="send-findings"
          isDisabled={reason !== undefined || name.trim() === '' || sending.state === 'sending'}
        >
          {sending.state === 'sending' ? 'Sending…' : 'Sign and send to PACS'}
        </Button>
      </Form>
      {sending.state === 'refused' && <p role="alert">{sending.message}</p>}
      {sending.state === 'sent' && (
        <p role="status" className="good">
          The PACS has {sending.words}.
        </p>
      )}
    </section>
  )
}
