import { expect, it } from 'vitest'
import { multiply, noTurn, turnAbout } from '../../shared/geometry/quaternion.ts'
import { cross, dot } from '../../shared/geometry/vector.ts'
import { obliqueAngles, obliqueRotation, paneAxes, paneKinds } from './pane-axes.ts'
import { directionLetters, offsetWords, placeWords } from './patient-words.ts'

const lettersOf = (kind: (typeof paneKinds)[number]) => {
  const { right, down } = paneAxes(kind, noTurn)
  return [directionLetters(right), directionLetters(down)].join()
}

it('[CASE-5] axial is seen from the feet, coronal from the front, sagittal has anterior on the left', () => {
  expect(lettersOf('axial')).toBe('L,P')
  expect(lettersOf('coronal')).toBe('L,F')
  expect(lettersOf('sagittal')).toBe('P,F')
  expect(paneAxes('coronal', noTurn).normal).toEqual([0, 1, 0])
  expect(paneAxes('sagittal', noTurn).normal).toEqual([-1, 0, 0])
})

it('the axes of every pane are right-handed and of unit length, however the oblique one is turned', () => {
  const turned = multiply(turnAbout([1, 2, 3], 0.7), turnAbout([0, 0, 1], -0.4))
  for (const kind of paneKinds) {
    const { right, down, normal } = paneAxes(kind, turned)
    expect(dot(cross(right, down), normal)).toBeCloseTo(1, 12)
    expect(dot(right, down)).toBeCloseTo(0, 12)
    expect(dot(normal, normal)).toBeCloseTo(1, 12)
  }
})

it('a direction between two axes has the letters of both, the nearer first', () => {
  expect(directionLetters([-0.9, -0.43, 0])).toBe('RA')
  expect(directionLetters([0.3, 0.1, -0.95])).toBe('FL')
  expect(directionLetters([0.05, 0.998, 0.02])).toBe('P')
})

it('places are said in the patient’s letters and never as minus nothing', () => {
  expect(placeWords([12, -3.42, -0.04])).toBe('L 12.0  A 3.4  H 0.0 mm')
  expect(offsetWords([0, 0, 1], 23.44)).toBe('H 23.4 mm')
  expect(offsetWords([0, 0, 1], -5)).toBe('F 5.0 mm')
})

it('[CASE-5] the angles of an oblique plane are those it was turned by', () => {
  const { tilt, swing } = obliqueAngles(obliqueRotation({ tilt: -40, swing: 25 }))
  expect(tilt).toBeCloseTo(-40, 9)
  expect(swing).toBeCloseTo(25, 9)
})

it('a plane that is tilted shows its upper edge nearer to head or feet', () => {
  const { down } = paneAxes('oblique', obliqueRotation({ tilt: 30, swing: 0 }))
  expect(directionLetters(down)).toBe('PH')
})
