/** One value of a text that is about to be stored, or the name of one. */
export interface StoredLeaf {
  readonly text: string
  /** The name that it stands under; of an element of an array, the array's. */
  readonly key: string
  readonly kind: 'name' | 'text' | 'number'
}

/** Of JSON every value and name on its own; anything else is one text. */
export function storedLeaves(text: string): readonly StoredLeaf[] {
  const parsed = parsedJson(text)
  if (parsed === undefined) return [{ text, key: '', kind: 'text' }]
  const leaves: StoredLeaf[] = []
  const open: [value: unknown, key: string][] = [[parsed, '']]
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, key] = next
    if (typeof value === 'string') leaves.push({ text: value, key, kind: 'text' })
    else if (typeof value === 'number') {
      if (!computed.has(key)) leaves.push({ text: String(value), key, kind: 'number' })
    } else if (Array.isArray(value))
      open.push(...value.map((each): [unknown, string] => [each, key]))
    else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) {
        leaves.push({ text: name, key, kind: 'name' })
        // What is below counts is a count.
        open.push([each, computed.has(key) ? key : name])
      }
    }
  }
  return leaves
}

function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Under these names stand numbers that we count, compute from voxels or take from a clock. */
const computed = new Set([
  'bytes',
  'chunk_shape',
  'count',
  'createdAtMs',
  'deidentification',
  'dims',
  'files',
  'histogram',
  'interpolatedSlices',
  'patientFromVoxel',
  'scale',
  'shape',
  'translation',
  'updatedAtMs',
  'valueRange',
  'volumeMm3',
  'voxelCount',
])
