import { readFileSync } from 'node:fs'
import { testData } from '../support/test-data.ts'

interface Manifest {
  readonly plants: Readonly<Record<string, string>>
  readonly uids_planted: readonly string[]
}

const manifest = JSON.parse(readFileSync(testData('deid/manifest.json'), 'utf8')) as Manifest

/** Long enough to mean somebody, and no word of ours. */
const isTelling = (word: string) =>
  word.length >= (/\D/.test(word) ? 5 : 6) && !/^(thorax|verlauf|example)$/i.test(word)

/** Every planted value, and every word of it that tells somebody. */
export const plants: readonly string[] = [
  ...new Set(
    [...Object.values(manifest.plants), ...manifest.uids_planted].flatMap((value) => [
      value,
      ...value.split(/[\^=@ ,;/]+/).filter(isTelling),
    ]),
  ),
]

/** A person name with its parts in another order, and as people write it. */
function names(plant: string): readonly string[] {
  if (!plant.includes('^')) return []
  const parts = plant.split('^')
  const reversed = parts.toReversed()
  return [reversed.join('^'), parts.join(' '), reversed.join(' '), parts.slice(0, 2).join(', ')]
}

/** Base64 of a text wherever it stands in what was encoded: without the letters that neighbours share. */
function base64Forms(bytes: Buffer): readonly Buffer[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const whole = Math.floor(((before + bytes.length) * 8) / 6)
    return Buffer.from(encoded.slice(Math.ceil((before * 8) / 6), whole))
  })
}

function forms(plant: string): readonly Buffer[] {
  const spelled = [plant, plant.toLowerCase(), plant.toUpperCase(), ...names(plant)]
  return [...new Set(spelled)].flatMap((text) => {
    const narrow = [Buffer.from(text, 'utf8'), Buffer.from(text, 'latin1')]
    const wide = Buffer.from(text, 'utf16le')
    const encoded = text.length >= 6 ? [...narrow, wide].flatMap(base64Forms) : []
    return [...narrow, wide, Buffer.from(wide).swap16(), ...encoded]
  })
}

const traces = plants.map((plant) => {
  const unique = new Map(forms(plant).map((bytes) => [bytes.toString('hex'), bytes]))
  return { plant, forms: [...unique.values()] }
})

/** Planted values of which any form is in the bytes. */
export function plantsIn(bytes: Uint8Array | string): readonly string[] {
  const buffer =
    typeof bytes === 'string'
      ? Buffer.from(bytes)
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return traces
    .filter(({ forms }) => forms.some((form) => buffer.includes(form)))
    .map(({ plant }) => plant)
}
