import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Form } from 'react-aria-components/Form'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Input, Label, TextField } from 'react-aria-components/TextField'

const longestText = 280

/** Asks for the words of a text mark; `onDone` with undefined where the person thought better. */
export function TextPrompt({ onDone }: { onDone: (text: string | undefined) => void }) {
  const [text, setText] = useState('')
  const write = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) onDone(text.trim())
  }
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onDone(undefined)}
    >
      <Modal>
        <Dialog className="dialog">
          <Heading slot="title" level={2}>
            Write at this place
          </Heading>
          <Form onSubmit={write} className="dialog-form">
            <TextField
              className="field"
              autoFocus
              maxLength={longestText}
              value={text}
              onChange={setText}
            >
              <Label className="label">Words that everybody sees</Label>
              <Input className="input" data-testid="mark-text" autoComplete="off" />
            </TextField>
            <div className="actions">
              <Button className="button plain" onPress={() => onDone(undefined)}>
                Cancel
              </Button>
              <Button className="button primary" type="submit" isDisabled={!text.trim()}>
                Write
              </Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
