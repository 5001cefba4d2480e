import { drawText } from '../../server/dicom/burned-in/test-support/draw-text.ts'
import { writePart10 } from '../../server/dicom/test-support/part10-writer.ts'
import { sliceElements } from '../../server/dicom/test-support/phantom.ts'
import type { PixelBox } from '../../shared/case/quarantine.ts'

const size = 512
const airHu = -1000
const tissueHu = 40
const penHu = 1800

export interface WrittenOn {
  readonly files: readonly Buffer[]
  /** The slices somebody wrote on, from 0, and where. */
  readonly written: readonly number[]
  readonly box: PixelBox
  readonly size: number
}

/**
 * A CT series of a round body with noise; across the body of some slices goes a line of letters
 * upside down: by its shape text, and nothing that a machine could read.
 */
export function writtenOnSeries(uidRoot: string, slices = 6, written = [1, 4]): WrittenOn {
  const random = numbers(7)
  let box: PixelBox = [0, 0, 0, 0]
  const files = Array.from({ length: slices }, (_, k) => {
    const values = body(random)
    if (written.includes(k)) box = writeOn(values)
    const stored = Uint16Array.from(values, (hu) => Math.max(0, Math.round(hu + 1024)))
    const elements = sliceElements(k, {
      StudyInstanceUID: uidRoot,
      SeriesInstanceUID: `${uidRoot}.1`,
      SOPInstanceUID: `${uidRoot}.1.${k}`,
      ImageOrientationPatient: '1\\0\\0\\0\\1\\0',
      ImagePositionPatient: `-179\\-179\\${2 * k}`,
      PixelSpacing: '0.7\\0.7',
      BodyPartExamined: 'CHEST',
      Rows: size,
      Columns: size,
    }).filter(([tag]) => tag !== '7fe00010')
    const pixels = new Uint8Array(stored.buffer)
    return writePart10([...elements, ['7fe00010', 'OW', pixels]])
  })
  return { files, written, box, size }
}

function body(random: () => number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, n) => {
    const [x, y] = [n % size, Math.floor(n / size)]
    const radius = Math.hypot((x - 255) / 190, (y - 255) / 150)
    const ground = radius < 1 ? tissueHu : airHu
    return ground + 60 * (random() - 0.5)
  })
}

/** Letters of one value, hung from the line by their feet. */
function writeOn(values: Float32Array): PixelBox {
  const upright = { columns: size, rows: 40, values: new Float32Array(size * 40) }
  const line = { text: 'KQRFGJPL', x: 150, y: 8, height: 21, value: 1 }
  const [left, top, right, bottom] = drawText(upright, line)
  const at = 240
  upright.values.forEach((ink, n) => {
    const [x, y] = [n % size, Math.floor(n / size)]
    if (ink === 1) values[(at + bottom - y) * size + x] = penHu
  })
  return [left, at, right, at + bottom - top]
}

/** Numbers from 0 to 1, the same ones for the same seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}
