import { bodyArea, bodyAreaIn } from './body.ts'
import { type Box, boxArea, grown, merged, sharedArea, unionOf } from './box.ts'
import type { PictureText } from './find-text.ts'

/** What is to be done about the text in a series. */
export interface TextMask {
  /** By picture index: what is to be overwritten, whole pixels, not overlapping. */
  readonly masks: ReadonlyMap<number, readonly Box[]>
  /** A person must look: text that nobody could read lies on the body, or much of it is hidden. */
  readonly quarantine: boolean
  readonly slicesWithText: number
}

/** More of the body than this is not hidden without asking. */
const mostHiddenBody = 0.05

/**
 * What to hide in the pictures of a series, all of one size. Each finding is hidden with a margin;
 * where several pictures have text at one place, so is all of it in every picture in which
 * something there looked like text.
 */
export function maskFor(
  pictures: readonly PictureText[],
  size: { readonly columns: number; readonly rows: number },
): TextMask {
  const repeated = repeatedPlaces(pictures)
  const masks = new Map<number, readonly Box[]>()
  let quarantine = false
  pictures.forEach(({ findings, doubtful, body }, index) => {
    const places = [...findings.map(({ box }) => box), ...doubtful]
    const boxes = merged([
      ...findings.map(({ box }) => grown(box, marginOf(box), size)),
      ...repeated
        .filter((place) => places.some((box) => isSamePlace(box, place)))
        .map((place) => grown(place, marginOf(place), size)),
    ])
    if (boxes.length === 0) return
    masks.set(index, boxes)
    const hidden = body ? boxes.reduce((sum, box) => sum + bodyAreaIn(body, box), 0) : 0
    if (body && hidden > mostHiddenBody * bodyArea(body)) quarantine = true
    if (findings.some(({ kind, isOutsideBody }) => kind === 'unreadable' && !isOutsideBody)) {
      quarantine = true
    }
  })
  return { masks, quarantine, slicesWithText: masks.size }
}

/** A quarter of a letter's height, at least two pixels: soft edges and descenders. */
function marginOf([x0, y0, x1, y1]: Box): number {
  return Math.max(2, Math.ceil(Math.min(x1 - x0, y1 - y0) / 4))
}

/** The union of what was found at one place in two pictures or more. */
function repeatedPlaces(pictures: readonly PictureText[]): Box[] {
  const places: { box: Box; pictures: Set<number> }[] = []
  pictures.forEach(({ findings }, index) => {
    for (const { box } of findings) {
      const place = places.find((other) => isSamePlace(box, other.box))
      if (!place) places.push({ box, pictures: new Set([index]) })
      else {
        place.box = unionOf(place.box, box)
        place.pictures.add(index)
      }
    }
  })
  return places.filter((place) => place.pictures.size > 1).map(({ box }) => box)
}

function isSamePlace(box: Box, place: Box): boolean {
  return sharedArea(box, place) >= 0.5 * Math.min(boxArea(box), boxArea(place))
}
