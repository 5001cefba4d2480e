import { type Command, command } from '../command.ts'

/** Mulberry32: the same seed is the same walk. */
export function dice(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Something that somebody may ask of a conference with the volumes ct, pt and mr, each with presets a and b. */
export function anyCommand(roll: () => number): Command {
  const pick = <T>(...of: T[]): T => of[Math.floor(roll() * of.length)] as T
  const n = () => (roll() - 0.5) * 200
  const pointMm = () => [n(), n(), n()]
  const pointsMm = (count: number) => Array.from({ length: count }, pointMm)
  const rotation = () => pick([0, 0, 0, 1], [0.6, 0, 0.8, 0], [0.5, 0.5, 0.5, 0.5])
  const volumeId = () => pick('ct', 'pt', 'mr')
  const annotationId = () => `a${Math.floor(roll() * 40)}`
  const planeId = () => `plane${Math.floor(roll() * 8)}`
  const measured = () => {
    const mean = n()
    const [standardDeviation, min, max] = pick([0, mean, mean], [roll(), -100, 100])
    return { mean, standardDeviation, min, max, areaMm2: roll() * 900, unit: pick('HU', 'SUV') }
  }
  const looks = [
    () => ({ type: 'setWindow', windowCenter: n(), windowWidth: 1 + roll() * 2000 }),
    () => ({ type: 'setPreset', presetId: pick('ct-a', 'ct-b', 'pt-a', 'mr-b') }),
    () => {
      const ascending = Array.from({ length: pick(0, 2, 3, 32) }, roll).sort((a, b) => a - b)
      const curve = ascending.map((at) => ({ at, r: roll(), g: roll(), b: 0, opacity: roll() }))
      return { type: 'setCurve', curve }
    },
    () => ({ type: 'setRenderMode', renderMode: pick('composite', 'mip', 'minip') }),
    () => ({ type: 'setRenderMode', renderMode: 'isosurface', isoValue: n() }),
    () => {
      const minMm = pointMm()
      const maxMm = minMm.map((low) => low + 1 + roll())
      return { type: 'setCropBox', minMm, maxMm, enabled: roll() > 0.5 }
    },
    () => ({
      type: 'setSegments',
      segments: Array.from({ length: pick(1, 2, 5) }, () => ({
        volumeId: volumeId(),
        labelId: pick('1', '2'),
        visible: roll() > 0.5,
        opacity: roll(),
      })),
    }),
    () => ({ type: 'setExplode', explode: roll() * 4 }),
    () => ({ type: 'setSlicing', crosshairMm: pointMm() }),
    () => ({ type: 'setSlicing', slabMm: roll() * 200, projection: pick('average', 'mip') }),
    () => ({ type: 'setSlicing', obliqueRotation: rotation() }),
  ]
  const prior = [
    () => ({
      type: 'setPrior',
      volumeId: volumeId(),
      arrangement: pick('beside', 'blended'),
      blend: roll(),
      ...pick({}, { translationMm: pointMm(), rotation: rotation() }),
    }),
    () => ({ type: 'removePrior' }),
  ]
  const places = [
    () => ({ type: 'setVolume', volumeId: volumeId() }),
    () => ({
      type: 'setVolumePose',
      position: [n() / 50, n() / 50, n() / 50],
      rotation: rotation(),
      scale: 0.1 + roll(),
    }),
    () => ({
      type: 'setClippingPlane',
      planeId: planeId(),
      normal: [n(), n(), 1],
      offsetMm: n(),
      enabled: roll() > 0.5,
    }),
    () => ({ type: 'removeClippingPlane', planeId: planeId() }),
    () => ({ type: 'takePresenter' }),
    () => ({ type: 'resetView' }),
  ]
  const marks = [
    () => ({
      type: 'addAnnotation',
      annotationId: annotationId(),
      kind: 'arrow',
      pointsMm: pointsMm(2),
      text: pick(undefined, 'nodule', 'Ödem 12 mm'),
    }),
    () => ({
      type: 'addAnnotation',
      annotationId: annotationId(),
      kind: 'freehand',
      pointsMm: pointsMm(pick(3, 40, 256)),
      measured: pick(undefined, measured()),
    }),
    () => ({
      type: 'updateAnnotation',
      annotationId: annotationId(),
      pointsMm: pick(
        [
          [n(), 0, -0],
          [n(), 1e-9, n()],
        ],
        pointsMm(3),
        pointsMm(50),
      ),
      measured: pick(undefined, measured()),
    }),
    () => ({ type: 'updateAnnotation', annotationId: annotationId(), text: 'changed' }),
    () => ({ type: 'updateAnnotation', annotationId: annotationId(), measured: measured() }),
    () => ({ type: 'deleteAnnotation', annotationId: annotationId() }),
  ]
  const body = pick(...pick<(() => object)[]>(looks, prior, places, marks, marks))()
  return command.parse({ commandId: 'c', ...body })
}
