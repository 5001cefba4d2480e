import { ChevronLeft, ChevronRight, SquareDashed } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import type { PixelBox, Quarantine, QuarantinedSlice } from '../../../shared/case/quarantine.ts'
import { wordsFor } from '../../api/http.ts'
import { discardHeld, heldPictureUrl, releaseHeld } from '../../api/quarantine.ts'
import { HeldPicture } from './held-picture.tsx'
import './review.css'

/** A person looks at pictures that may show text, marks what is to be hidden, and decides. */
export function ReviewDialog(props: {
  importId: string
  held: Quarantine
  onDecided: () => void
  onDismiss: () => void
}) {
  const { importId, held, onDecided, onDismiss } = props
  const { slices } = held
  const [at, setAt] = useState(0)
  const [boxes, setBoxes] = useState<readonly (readonly PixelBox[])[]>(
    slices.map((slice) => slice.boxes),
  )
  const [deciding, setDeciding] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const slice = slices[at]!
  const change = (changed: readonly PixelBox[]) => setBoxes(boxes.with(at, changed))
  const hideEverywhere = () =>
    setBoxes(
      boxes.map((own, n) =>
        slices[n]!.seriesIndex === slice.seriesIndex ? united(own, boxes[at]!) : own,
      ),
    )
  const decide = async (act: () => Promise<unknown>) => {
    setDeciding(true)
    setRefusal(undefined)
    try {
      await act()
      onDecided()
    } catch (error) {
      setRefusal(wordsFor(error))
      setDeciding(false)
    }
  }
  const release = () =>
    releaseHeld(importId, {
      slices: slices.map(({ seriesIndex, k }, n) => ({ seriesIndex, k, boxes: [...boxes[n]!] })),
    })
  const hidden = boxes.reduce((sum, own) => sum + own.length, 0)
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onDismiss()}
    >
      <Modal>
        <Dialog className="dialog wide review">
          <Heading slot="title" level={2}>
            May these pictures be kept?
          </Heading>
          <p className="quiet">
            Something in them may be text about the patient. Drag over what is to be hidden, or add
            a frame and move it with the arrow keys, with Shift to size it. Press a frame, or Delete
            on it, to take it away. Nothing has been kept yet.
          </p>
          <HeldPicture
            key={at}
            url={heldPictureUrl(importId, at)}
            slice={slice}
            boxes={boxes[at]!}
            onChange={change}
          />
          <div className="review-steps figures">
            <Button
              className="button icon-only"
              aria-label="Picture before"
              isDisabled={at === 0}
              onPress={() => setAt(at - 1)}
            >
              <ChevronLeft className="icon" aria-hidden />
            </Button>
            <span role="status">
              Picture {at + 1} of {slices.length}
              <span className="quiet">
                {' '}
                · series {slice.seriesIndex + 1}, slice {slice.k + 1}
              </span>
            </span>
            <Button
              className="button icon-only"
              aria-label="Next picture"
              isDisabled={at === slices.length - 1}
              onPress={() => setAt(at + 1)}
            >
              <ChevronRight className="icon" aria-hidden />
            </Button>
            <Button
              className="button plain"
              onPress={() => change([...boxes[at]!, middleOf(slice)])}
            >
              <SquareDashed className="icon" aria-hidden />
              Add a frame
            </Button>
            {slices.length > 1 && boxes[at]!.length > 0 && (
              <Button className="button plain" onPress={hideEverywhere}>
                Hide these parts in the whole series
              </Button>
            )}
          </div>
          {refusal && <p role="alert">{refusal}</p>}
          <div className="actions">
            <Button className="button plain not-now" isDisabled={deciding} onPress={onDismiss}>
              Not now
            </Button>
            <Button
              className="button danger"
              isDisabled={deciding}
              onPress={() => void decide(() => discardHeld(importId))}
            >
              Discard the import
            </Button>
            <Button
              className="button primary"
              isDisabled={deciding}
              onPress={() => void decide(release)}
            >
              {hidden > 0 ? 'Hide the framed parts and import' : 'There is no text: import'}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Where a frame stands before it is moved: the middle sixth, in each direction. */
function middleOf({ columns, rows }: QuarantinedSlice): PixelBox {
  const [x, y] = [Math.floor(columns / 2), Math.floor(rows / 2)]
  const [acrossHalf, downHalf] = [Math.ceil(columns / 12), Math.ceil(rows / 12)]
  return [x - acrossHalf, y - downHalf, x + acrossHalf, y + downHalf].map((at) =>
    Math.max(0, at),
  ) as [number, number, number, number]
}

function united(own: readonly PixelBox[], more: readonly PixelBox[]): readonly PixelBox[] {
  return [...own, ...more.filter((box) => !own.some((each) => each.join() === box.join()))]
}
