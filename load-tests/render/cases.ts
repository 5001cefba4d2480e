import { presetById } from '../../shared/volume/presets.ts'
import { type TransferFunction, transferFunctionOf } from '../../shared/volume/transfer-function.ts'
import { type Series, series } from './series.ts'
import { syntheticCt } from './synthetic-ct.ts'

/** What a case is held against. */
export interface Aims {
  readonly readsPerPixel: number
  readonly timesNiivue: number
  readonly timesVtk: number
  /** How far below plain marching the picture may be. */
  readonly lossDb: number
}

/** A volume and the look it is drawn with. */
export interface Case {
  readonly id: string
  readonly name: string
  readonly volume: () => Promise<Series>
  readonly knots: TransferFunction
  readonly aims: Aims
}

const ctSurface: Aims = { readsPerPixel: 12, timesNiivue: 5, timesVtk: 20, lossDb: 0.3 }
const mrSurface: Aims = { readsPerPixel: 16, timesNiivue: 1.5, timesVtk: 8, lossDb: 0.3 }
const translucent: Aims = { readsPerPixel: 110, timesNiivue: 1.2, timesVtk: 5, lossDb: 0.5 }

const fat = { r: 0.87, g: 0.7, b: 0.5 }
const muscle = { r: 0.72, g: 0.34, b: 0.27 }
const bone = { r: 0.97, g: 0.93, b: 0.84 }

/** Skin that nothing shines through, coloured by its value. */
const skin: TransferFunction = [
  { value: -1000, ...fat, opacity: 0 },
  { value: -400, ...fat, opacity: 0 },
  { value: -200, ...fat, opacity: 0.7 },
  { value: 60, ...muscle, opacity: 0.8 },
  { value: 300, ...bone, opacity: 0.95 },
  { value: 3000, ...bone, opacity: 0.98 },
]

/** Everything is a veil: no ray through tissue ends before the far side. */
const veils: TransferFunction = [
  { value: -1000, ...fat, opacity: 0 },
  { value: -300, ...fat, opacity: 0 },
  { value: -120, ...fat, opacity: 0.002 },
  { value: 40, ...muscle, opacity: 0.006 },
  { value: 150, ...muscle, opacity: 0.012 },
  { value: 300, ...bone, opacity: 0.03 },
  { value: 3000, ...bone, opacity: 0.05 },
]

const synthetic = async () => syntheticCt()
const chest = () => series('petct-lung-acrin042/ct')
const presetOver = (presetId: string, windowCenter: number, windowWidth: number) =>
  transferFunctionOf(presetById(presetId)?.curve ?? [], { windowCenter, windowWidth })

/** Air to nothing, scalp and brain opaque within a voxel or two; `full` is as bright as it gets. */
const mrOpaque = (full: number): TransferFunction => [
  { value: 0.1 * full, r: 0.4, g: 0.3, b: 0.28, opacity: 0 },
  { value: 0.25 * full, r: 0.6, g: 0.48, b: 0.42, opacity: 0.5 },
  { value: 0.5 * full, r: 0.86, g: 0.76, b: 0.7, opacity: 0.8 },
  { value: full, r: 1, g: 0.98, b: 0.95, opacity: 0.9 },
]

export const cases: readonly Case[] = [
  {
    id: 'ct-surface',
    name: 'CT surface, synthetic 512×512×256',
    volume: synthetic,
    knots: skin,
    aims: ctSurface,
  },
  {
    id: 'ct-bone',
    name: 'CT surface, bone of a real chest',
    volume: chest,
    knots: presetOver('ct-bone', 400, 1800),
    aims: ctSurface,
  },
  {
    id: 'mr-surface',
    name: 'MR surface, real head',
    volume: () => series('mr-t1-decubitus-HFDL'),
    knots: mrOpaque(860),
    aims: mrSurface,
  },
  {
    id: 'mr-slab',
    name: 'MR surface, slab of a real head',
    volume: () => series('mr-t1-sagittal-studyforrest'),
    knots: mrOpaque(90),
    aims: mrSurface,
  },
  {
    id: 'translucent',
    name: 'translucent, synthetic 512×512×256',
    volume: synthetic,
    knots: veils,
    aims: translucent,
  },
]

export function caseById(id: string): Case {
  const found = cases.find((one) => one.id === id)
  if (!found) throw new RangeError(`cases: ${cases.map((one) => one.id).join(', ')}`)
  return found
}
