/** A named command's fields, as somebody who presents may ask. */
export type Asked = readonly [type: string, fields: object]

export const curve = [
  { at: -0.25, r: 0, g: 0, b: 0, opacity: 0 },
  { at: 0.3, r: 0.9, g: 0.5, b: 0.25, opacity: 0.1 },
  { at: 1, r: 1, g: 1, b: 1, opacity: 0.85 },
]
export const cropBox = { minMm: [-40, -70, 250.5], maxMm: [60, 30, 350], enabled: true }
export const segments = [
  { volumeId: 'ct', labelId: '1', visible: true, opacity: 0.4 },
  { volumeId: 'prior', labelId: '2', visible: false, opacity: 1 },
]
export const oblique = { obliqueRotation: [0, 0.6, 0, 0.8], slabMm: 12.5, projection: 'mip' }
export const byHand = {
  volumeId: 'prior',
  arrangement: 'blended',
  blend: 0.3,
  translationMm: [1.5, -2, 30],
  rotation: [0, 0, 0.6, 0.8],
}
export const measured = {
  mean: 43.2,
  standardDeviation: 12.1,
  min: -12,
  max: 101,
  areaMm2: Math.PI * 12 * 7,
  unit: 'HU',
}
export const ellipseMm = [
  [10, -20, 300],
  [22, -20, 300],
  [10, -13, 300],
]
export const region = { annotationId: 'region', kind: 'ellipse', pointsMm: ellipseMm, measured }
export const outlineMm = Array.from({ length: 256 }, (_, n) => {
  const turn = (2 * Math.PI * n) / 256
  return [20 * Math.cos(turn), 10 * Math.sin(turn), 300]
})
export const outline = { annotationId: 'outline', kind: 'freehand', pointsMm: outlineMm, measured }

const read = { ...measured, standardDeviation: 0, min: 43.2, max: 43.2, areaMm2: 0 }
export const probe = {
  annotationId: 'probe',
  kind: 'probe',
  pointsMm: [[1, 2, 3]],
  measured: read,
}
const star = outlineMm.map((_, n) => outlineMm[(127 * n) % 256])

/** Every look that is shared, and marks of every kind that carries values, on another volume too. */
export const looks: readonly Asked[] = [
  ['setCurve', { curve }],
  ['setRenderMode', { renderMode: 'isosurface', isoValue: 312.5 }],
  ['setCropBox', cropBox],
  ['setSegments', { segments }],
  ['setExplode', { explode: 1.5 }],
  ['setSlicing', { crosshairMm: [12, -8.25, 301] }],
  ['setSlicing', oblique],
  ['setPrior', byHand],
  ['addAnnotation', region],
  ['addAnnotation', outline],
  ['addAnnotation', probe],
  ['addAnnotation', { ...region, annotationId: 'then', volumeId: 'prior' }],
]

const [blackPoint, , whitePoint] = curve
/** With why each is refused. */
export const senseless: readonly (readonly [reason: string, type: string, fields: object])[] = [
  ...[
    [blackPoint],
    [whitePoint, blackPoint],
    Array.from({ length: 33 }, (_, n) => ({ ...blackPoint, at: n / 40 })),
    [blackPoint, { ...whitePoint, opacity: 1.01 }],
    [blackPoint, { ...whitePoint, at: 6 }],
    [blackPoint, { ...whitePoint, more: 1 }],
  ].map((points) => ['malformed-command', 'setCurve', { curve: points }] as const),
  ['malformed-command', 'setRenderMode', { renderMode: 'surface' }],
  ['malformed-command', 'setRenderMode', { renderMode: 'isosurface', isoValue: Number.NaN }],
  ['malformed-command', 'setCropBox', { ...cropBox, maxMm: [60, -70, 350] }],
  ['malformed-command', 'setCropBox', { ...cropBox, maxMm: [60, 30] }],
  ['malformed-command', 'setCropBox', { ...cropBox, minMm: [-1e5, 0, 0] }],
  ['malformed-command', 'setSegments', { segments: [] }],
  ['malformed-command', 'setSegments', { segments: Array(257).fill(segments[0]) }],
  ['malformed-command', 'setSegments', { segments: [{ ...segments[0], opacity: -0.1 }] }],
  ['no-such-segment', 'setSegments', { segments: [{ ...segments[0], labelId: '3' }] }],
  ['no-such-segment', 'setSegments', { segments: [{ ...segments[0], volumeId: '__proto__' }] }],
  ['malformed-command', 'setExplode', { explode: 4.1 }],
  ['malformed-command', 'setSlicing', { slabMm: 201 }],
  ['malformed-command', 'setSlicing', { projection: 'sum' }],
  ['malformed-command', 'setSlicing', { obliqueRotation: [0, 0, 0, 0] }],
  ['malformed-command', 'setSlicing', { crosshairMm: ['1', 2, 3] }],
  ['malformed-command', 'setPrior', { ...byHand, arrangement: 'above' }],
  ['malformed-command', 'setPrior', { ...byHand, blend: 1.5 }],
  ['malformed-command', 'setPrior', { ...byHand, translationMm: [2001, 0, 0] }],
  ['malformed-command', 'setPrior', { ...byHand, alignedBy: 'somebody else' }],
  ['malformed-command', 'setPrior', { ...byHand, alignment: 'frame-of-reference' }],
  ['no-such-volume', 'setPrior', { ...byHand, volumeId: 'elsewhere' }],
  ['no-such-volume', 'setPrior', { ...byHand, volumeId: 'ct' }],
  ['malformed-command', 'removePrior', { volumeId: 'prior' }],
  ['id-taken', 'addAnnotation', region],
  ['no-such-volume', 'addAnnotation', { ...outline, volumeId: 'elsewhere' }],
  ['malformed-command', 'addAnnotation', { ...outline, pointsMm: outlineMm.slice(0, 2) }],
  ['malformed-command', 'addAnnotation', { ...outline, pointsMm: [...outlineMm, [0, 0, 0]] }],
  ['malformed-command', 'addAnnotation', { ...outline, kind: 'point', pointsMm: [[0, 0, 0]] }],
  ['malformed-command', 'addAnnotation', { ...outline, measured: { ...measured, unit: '\u2028' } }],
  ['malformed-command', 'addAnnotation', { ...outline, measured: { mean: 3 } }],
  [
    'malformed-command',
    'addAnnotation',
    { ...outline, measured: { ...measured, standardDeviation: -1 } },
  ],
  ...[
    { mean: -13 },
    { mean: 102 },
    { min: 43.3 },
    { standardDeviation: 57 },
    { mean: Number.NaN },
    { areaMm2: Number.POSITIVE_INFINITY },
  ].map(
    (wrong) =>
      [
        'malformed-command',
        'addAnnotation',
        { ...region, annotationId: 'wrong', measured: { ...measured, ...wrong } },
      ] as const,
  ),
  ['malformed-command', 'addAnnotation', { ...outline, annotationId: 'star', pointsMm: star }],
  ...[{ min: 43 }, { standardDeviation: 0.1 }].map(
    (wrong) =>
      [
        'malformed-command',
        'addAnnotation',
        { ...probe, annotationId: 'wrong', measured: { ...read, ...wrong } },
      ] as const,
  ),
  ['malformed-command', 'updateAnnotation', { annotationId: 'region' }],
  [
    'malformed-command',
    'updateAnnotation',
    { annotationId: 'region', pointsMm: ellipseMm.slice(0, 2) },
  ],
  ['no-such-annotation', 'updateAnnotation', { annotationId: 'gone', measured }],
]
