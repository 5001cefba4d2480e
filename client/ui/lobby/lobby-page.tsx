import { type FormEvent, useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Form } from 'react-aria-components/Form'
import { Input, Label, TextField } from 'react-aria-components/TextField'
import type { Key } from '../../api/conferences.ts'
import { Brand } from '../common/brand.tsx'
import { ReloadButton } from '../common/reload-button.tsx'
import { takeFragment } from '../common/route.ts'
import { useTitle } from '../common/use-title.ts'
import type { Attendance } from '../conference/attendance.ts'
import { clearInvitation, keepName, keptInvitation, storedName } from '../conference/kept-seat.ts'
import '../common/controls.css'
import './lobby.css'

const codeLength = 6

/** Before the door: who you are, and the code where no link said which conference. */
export function LobbyPage(props: {
  attendance: Attendance
  prepare: () => void
  onEnter: (key: Key, displayName: string) => void
}) {
  const { attendance, prepare, onEnter } = props
  const [arrival] = useState(() => arrivalBy(takeFragment()))
  const [invitation, setInvitation] = useState(arrival.invitation)
  const [name, setName] = useState(storedName)
  const [code, setCode] = useState(arrival.code)
  useTitle('Join')
  useEffect(prepare, [prepare])
  const joining = attendance.state === 'joining'
  const ready = name.trim() !== '' && (invitation !== undefined || code.length === codeLength)

  const enter = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || joining) return
    keepName(name.trim())
    onEnter(invitation === undefined ? { code } : { invitation }, name.trim())
  }
  const goByCode = () => {
    clearInvitation()
    setInvitation(undefined)
  }

  return (
    <main className="lobby">
      <div className="lobby-card">
        <Brand />
        <div className="lobby-words">
          <h1>{invitation ? 'You are invited to a case conference' : 'Join a case conference'}</h1>
          <p className="quiet">
            {invitation
              ? 'Everybody looks at the same volume. Your camera stays your own.'
              : 'Enter the six characters you were given, or open the link instead.'}
          </p>
        </div>
        <Form className="lobby-form" onSubmit={enter}>
          {!invitation && (
            <TextField
              className="field"
              value={code}
              onChange={(text) => setCode(tidyCode(text))}
              autoComplete="off"
            >
              <Label className="label">Conference code</Label>
              <Input
                className="input large code"
                data-testid="join-code"
                autoCapitalize="characters"
                spellCheck="false"
                placeholder="ABC234"
              />
            </TextField>
          )}
          <TextField
            className="field"
            value={name}
            onChange={setName}
            maxLength={64}
            autoComplete="name"
            autoFocus={invitation !== undefined}
          >
            <Label className="label">Your name, as the others will see it</Label>
            <Input
              className="input large"
              data-testid="join-name"
              placeholder="Dr Ada Okafor"
              spellCheck="false"
            />
          </TextField>
          {attendance.state === 'refused' && (
            <p className="lobby-refusal" role="alert">
              {attendance.message}
            </p>
          )}
          {attendance.state === 'refused' && attendance.outdated && <ReloadButton />}
          <Button
            type="submit"
            className="button primary large"
            isDisabled={!ready || joining}
            data-testid="join"
          >
            {joining ? 'Joining…' : 'Join'}
          </Button>
          {invitation && attendance.state === 'refused' && (
            <Button className="button plain" onPress={goByCode}>
              Enter a code instead
            </Button>
          )}
        </Form>
        <p className="label">Not for diagnosis.</p>
      </div>
    </main>
  )
}

/** Behind the # stands an invitation, or a code that only has to be confirmed. */
function arrivalBy(fragment: string): { invitation: string | undefined; code: string } {
  if (fragment.length !== codeLength) return { invitation: keptInvitation(fragment), code: '' }
  clearInvitation()
  return { invitation: undefined, code: tidyCode(fragment) }
}

/** Codes are read aloud and typed: case, spaces and dashes do not matter. */
function tidyCode(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, codeLength)
}
