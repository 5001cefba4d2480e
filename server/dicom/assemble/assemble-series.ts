import { minSlices } from '../bounds.ts'
import type { Pseudonyms } from '../deidentify/pseudonym.ts'
import type { Instance } from '../instance.ts'
import type { Note } from '../note.ts'
import { DicomError, type ProblemCode } from '../problem.ts'
import { assembleVolume } from './assemble-volume.ts'
import type { Assembly } from './assembled-series.ts'
import { copiesNote, gridsNote, partNote, planesNote, splitAlteration } from './decisions.ts'
import { withoutDuplicates } from './duplicates.ts'
import { groupByGrid, groupByOrientation } from './group.ts'
import { evenRuns, spacingWords } from './runs.ts'
import { stack } from './stack.ts'
import type { Part } from './tell-apart.ts'
import { seriesValues } from './values.ts'

export type { AssembledSeries, Assembly } from './assembled-series.ts'

export interface Refusal {
  readonly error: DicomError
  /** None where each of them is in a volume with others of its images. */
  readonly files: number
}

export interface SeriesOutcome {
  readonly assemblies: readonly Assembly[]
  readonly refusals: readonly Refusal[]
  /** Files that are exact copies of a slice. */
  readonly copies: number
}

interface Left {
  readonly error: DicomError
  readonly instances: readonly Instance[]
}

/** What became of some of the instances of a series. */
interface Gathered {
  readonly assemblies: Assembly[]
  readonly left: Left[]
  readonly copies: Instance[]
}

/** A dynamic scan has a few dozen phases; a thousand are a functional study, which nobody looks at so. */
const mostVolumes = 100

/** Makes what volumes there are in the instances of one Series Instance UID. */
export async function assembleSeries(
  instances: readonly Instance[],
  pseudonyms: Pseudonyms,
): Promise<SeriesOutcome> {
  const gathered: Gathered = { assemblies: [], left: [], copies: [] }
  const grids = groupByGrid(instances)
  const odd = grids.filter((grid) => grid.length < minSlices)
  const notes = grids.length - odd.length > 1 ? [gridsNote(grids.length - odd.length)] : []
  for (const grid of grids) {
    if (grid.length >= minSlices) await assembleGrid(grid, notes, pseudonyms, gathered)
    else gathered.left.push({ error: tooFew(grid.length, grids.length > 1), instances: grid })
  }
  return outcomeOf(gathered)
}

/** Takes images of one size; what is refused is kept in words, not thrown. */
async function assembleGrid(
  grid: readonly Instance[],
  notes: readonly Note[],
  pseudonyms: Pseudonyms,
  gathered: Gathered,
): Promise<void> {
  const planes = groupByOrientation(grid)
  const stacked = planes.filter((plane) => plane.length >= minSlices)
  const turned = planes.filter((plane) => plane.length < minSlices).flat()
  if (turned.length > 0 && planes.length > 1) {
    gathered.left.push({ error: mixed(turned.length, grid.length), instances: turned })
  }
  const said = stacked.length > 1 ? [...notes, planesNote(stacked.length)] : notes
  for (const plane of stacked) {
    try {
      await assembleParallel(plane, said, pseudonyms, gathered)
    } catch (error) {
      if (!(error instanceof DicomError)) throw error
      gathered.left.push({ error, instances: plane })
    }
  }
}

async function assembleParallel(
  parallel: readonly Instance[],
  notes: readonly Note[],
  pseudonyms: Pseudonyms,
  gathered: Gathered,
): Promise<void> {
  const { sourceOf } = seriesValues(parallel)
  const { parts, rest, copies } = await withoutDuplicates(parallel, sourceOf)
  if (parts.length > mostVolumes) {
    const message = `The series holds ${parts.length} volumes over the same places, and at most ${mostVolumes} are kept apart.`
    throw new DicomError('too-many-volumes', message)
  }
  gathered.copies.push(...copies)
  if (rest.length > 0) gathered.left.push({ error: tooFew(rest.length, false), instances: rest })
  const said = copies.length > 0 ? [...notes, copiesNote(copies.length)] : notes
  for (const part of parts) {
    const own = parts.length > 1 ? [...said, partNote(part.words, parts.length)] : said
    try {
      assemblePart(part, own, pseudonyms, gathered)
    } catch (error) {
      if (!(error instanceof DicomError)) throw error
      gathered.left.push({ error, instances: part.instances })
    }
  }
}

function assemblePart(
  { instances: ordered, words }: Part,
  notes: readonly Note[],
  pseudonyms: Pseudonyms,
  gathered: Gathered,
): void {
  if (ordered.length < minSlices) throw tooFew(ordered.length, false)
  const { runs, rest } = evenRuns(ordered)
  if (rest.length > 0) {
    const what = `${rest.length} of ${ordered.length} images are in no volume`
    const error = new DicomError('uneven-spacing', `${spacingWords(ordered)}: ${what}.`)
    gathered.left.push({ error, instances: rest })
  }
  for (const [n, run] of runs.entries()) {
    const isPart = run.instances.length < ordered.length
    const piece = runs.length > 1 ? [`part ${n + 1} of ${runs.length}`] : []
    const alterations = isPart ? [splitAlteration(ordered, run)] : []
    const finding = { words: [...words, ...piece], notes, alterations }
    gathered.assemblies.push(assembleVolume(stack(run), finding, pseudonyms))
  }
}

/** Counts files, of which one may hold many images. */
function outcomeOf({ assemblies, left, copies }: Gathered): SeriesOutcome {
  const used = filesOf(
    assemblies.flatMap(({ bySlice }) => bySlice.filter((each) => each !== undefined)),
  )
  const refusals = left.map(({ error, instances }) => {
    const files = [...filesOf(instances)].filter((file) => !used.has(file))
    for (const file of files) used.add(file)
    return { error, files: files.length }
  })
  const copied = [...filesOf(copies)].filter((file) => !used.has(file))
  return { assemblies, refusals, copies: copied.length }
}

const filesOf = (instances: readonly Instance[]) =>
  new Set(instances.map(({ fileIndex }) => fileIndex))

function mixed(turned: number, all: number): DicomError {
  const message =
    turned === all
      ? 'The slices lie in different planes, none of which has three.'
      : `The slices lie in different planes: ${turned} of ${all} are turned and in no volume.`
  return new DicomError('mixed-orientation', message)
}

function tooFew(count: number, isLeftover: boolean): DicomError {
  const code: ProblemCode = isLeftover ? 'mixed-size' : 'too-few-slices'
  const what = count === 1 ? 'One image' : `${count} images`
  return isLeftover
    ? new DicomError(code, `${what} of the series differ from the others in size or pixel spacing.`)
    : new DicomError(code, `${what} cannot make a volume: it needs at least three slices.`)
}
