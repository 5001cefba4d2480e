import { useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { TextArea } from 'react-aria-components/TextArea'
import { Label, TextField } from 'react-aria-components/TextField'
import { longestMinutes, type ShownParticipant } from '../../../shared/findings/findings-view.ts'
import type { DraftState, MinutesDraft } from './minutes-draft.ts'
import { stayWords } from './words.ts'

export function MinutesEditor(props: {
  draft: MinutesDraft
  participants: readonly ShownParticipant[]
}) {
  const { draft, participants } = props
  const shown = useSyncExternalStore(draft.subscribe, draft.getSnapshot)
  return (
    <section className="findings-part" aria-labelledby="findings-minutes">
      <h2 id="findings-minutes">Minutes</h2>
      {participants.length > 0 && (
        <p className="quiet figures" data-testid="who-was-there">
          Who was there: {participants.map(stayWords).join(', ')}
        </p>
      )}
      <TextField
        className="field"
        value={shown.text}
        maxLength={longestMinutes}
        onChange={(text) => draft.type(text)}
      >
        <Label className="label">What was agreed</Label>
        <TextArea className="input minutes" data-testid="minutes" rows={10} />
      </TextField>
      <p className="label" role="status" data-testid="minutes-state">
        {stateWords(shown, draft.empty)}
      </p>
      {shown.state === 'failed' && (
        <Button className="button" onPress={() => void draft.flush()}>
          Save now
        </Button>
      )}
      {shown.state === 'overtaken' && (
        <div className="overtaken" role="alert">
          <p>Somebody else saved other minutes meanwhile:</p>
          <blockquote>{shown.theirs.text}</blockquote>
          <div className="overtaken-choice">
            <Button className="button" onPress={() => draft.takeTheirs()}>
              Take theirs
            </Button>
            <Button className="button" onPress={() => void draft.keepMine()}>
              Keep mine instead
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}

function stateWords(shown: DraftState, empty: boolean): string {
  if (empty) return 'Not written yet: minutes are sent once you have changed them.'
  if (shown.state === 'kept') return 'Saved.'
  if (shown.state === 'failed') return `Not saved. ${shown.message}`
  if (shown.state === 'overtaken') return 'Not saved: choose between the two texts.'
  return 'Saving…'
}
