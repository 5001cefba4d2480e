import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { PixelBox, QuarantinedSlice } from '../../../shared/case/quarantine.ts'
import { movedBox } from './moved-box.ts'

type Point = readonly [x: number, y: number]

/** One picture with frames around what is to be hidden. */
export function HeldPicture(props: {
  url: string
  slice: QuarantinedSlice
  boxes: readonly PixelBox[]
  onChange: (boxes: readonly PixelBox[]) => void
}) {
  const { url, slice, boxes, onChange } = props
  const { columns, rows } = slice
  const [from, setFrom] = useState<Point>()
  const [to, setTo] = useState<Point>()
  const pixelAt = ({ currentTarget, clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    const inside = (at: number, size: number) => Math.min(size - 1, Math.max(0, Math.floor(at)))
    return [
      inside(((clientX - left) / width) * columns, columns),
      inside(((clientY - top) / height) * rows, rows),
    ]
  }
  const draft = from && to && boxBetween(from, to)
  const finish = () => {
    if (draft && draft[2] > draft[0] && draft[3] > draft[1]) onChange([...boxes, draft])
    setFrom(undefined)
    setTo(undefined)
  }
  const picture = useRef<HTMLDivElement>(null)
  const framesBefore = useRef(boxes.length)
  useEffect(() => {
    const frames = picture.current?.querySelectorAll<HTMLElement>('button.held-box') ?? []
    if (boxes.length > framesBefore.current) frames[boxes.length - 1]?.focus()
    if (boxes.length < framesBefore.current) (frames[0] ?? picture.current)?.focus()
    framesBefore.current = boxes.length
  }, [boxes.length])
  const without = (box: PixelBox) => onChange(boxes.filter((each) => each !== box))
  const onKey = (event: KeyboardEvent, box: PixelBox) => {
    if (event.key === 'Delete' || event.key === 'Backspace') return without(box)
    const moved = movedBox(box, event, slice)
    if (!moved) return
    event.preventDefault()
    onChange(boxes.map((each) => (each === box ? moved : each)))
  }
  return (
    <div
      ref={picture}
      className="held-picture"
      tabIndex={-1}
      style={{ aspectRatio: `${columns} / ${rows}` }}
      onPointerDown={(event) => {
        if (event.target instanceof HTMLButtonElement) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom(pixelAt(event))
      }}
      onPointerMove={(event) => from && setTo(pixelAt(event))}
      onPointerUp={finish}
      onPointerCancel={finish}
    >
      <img
        src={url}
        alt={`Slice ${slice.k + 1} of series ${slice.seriesIndex + 1}`}
        draggable={false}
      />
      {boxes.map((box, n) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a frame that moves keeps the focus
          key={n}
          type="button"
          className="held-box"
          style={place(box, columns, rows)}
          aria-label={`Hidden part, columns ${box[0]} to ${box[2]}, rows ${box[1]} to ${box[3]}: take the frame away`}
          onClick={() => without(box)}
          onKeyDown={(event) => onKey(event, box)}
        />
      ))}
      {draft && <div className="held-box draft" style={place(draft, columns, rows)} />}
    </div>
  )
}

function boxBetween([ax, ay]: Point, [bx, by]: Point): PixelBox {
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)]
}

function place([left, top, right, bottom]: PixelBox, columns: number, rows: number) {
  const share = (pixels: number, size: number) => `${(100 * pixels) / size}%`
  return {
    left: share(left, columns),
    top: share(top, rows),
    width: share(right - left + 1, columns),
    height: share(bottom - top + 1, rows),
  }
}
