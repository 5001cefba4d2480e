import type { Page } from 'playwright-core'
import type { ActionId } from '../../../client/tools/actions.ts'
import { durableState } from '../../../shared/conference/durable.ts'
import { openingPose } from '../../../shared/geometry/volume-pose.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { until } from '../../support/until.ts'
import type { ActionConference } from './action-house.ts'

/** The durable state in the commands' own words. */
interface Durable {
  presenterId: string
  presetId: string
  shownVolumeId: string
  volumePose: { position: number[]; rotation: number[]; scale: number }
  window: { windowCenter: number; windowWidth: number }
  clippingPlanes: Record<string, { normal: number[]; offsetMm: number }>
  curve: unknown[]
  renderMode: string
  cropBox: { enabled: boolean }
  segments: Record<string, { visible: boolean }>
  explode: number
  prior: { volumeId: string; arrangement: string }
  slicing: { crosshairMm: number[]; slabMm: number; obliqueRotation: number[] }
  annotations: Record<string, Annotated>
}

interface Annotated {
  kind: string
  authorName: string
  text?: string
  measured?: { mean: number; areaMm2: number }
}

export interface Scene {
  readonly house: ActionConference
  /** Whose doing it is. */
  readonly actorName: string
}

/** What has to be so before an action, and what the others see of it afterwards. */
interface Effect {
  readonly before?: (scene: Scene) => Promise<unknown>
  /** Throws or answers false until it is seen. */
  readonly seen: (scene: Scene, was: Durable) => boolean
}

export const durable = ({ house }: Scene): Durable =>
  structuredClone(durableState(house.watcher.state)) as unknown as Durable

const now = durable
const actor = ({ house, actorName }: Scene) => house.person(actorName)
const planes = (state: Durable) => Object.values(state.clippingPlanes)
const marksOf = (scene: Scene) =>
  Object.values(now(scene).annotations).filter(({ authorName }) => authorName === scene.actorName)
const marked = (kind: string) => (scene: Scene) =>
  marksOf(scene).length === 1 && marksOf(scene)[0]?.kind === kind

/** With what was read there. */
const measured = (kind: string) => (scene: Scene) => {
  const { mean, areaMm2 = 0 } = marksOf(scene)[0]?.measured ?? {}
  return marked(kind)(scene) && mean !== undefined && (kind === 'probe' || areaMm2 > 1)
}

/** The actor leads, and everything is as at the opening; done by the watcher, from outside. */
export async function tidy(scene: Scene): Promise<void> {
  const { watcher } = scene.house
  await watcher.command('takePresenter')
  const [{ volumeId } = { volumeId: '' }] = scene.house.volumes
  if (now(scene).shownVolumeId !== volumeId) await watcher.command('setVolume', { volumeId })
  await watcher.command('removePrior')
  await watcher.command('resetView')
  for (const annotationId of Object.keys(now(scene).annotations)) {
    await watcher.command('deleteAnnotation', { annotationId })
  }
  await lead(scene)
}

/** The actor's page has come as far as all that was asked for: state comes in order. */
export async function caughtUp({ house }: Scene, page: Page): Promise<void> {
  const raised = !house.person('Dr Watcher').handRaised
  await house.watcher.command('raiseHand', { raised })
  await until('the page has it', async () => {
    const people = page.getByTestId('participants').locator('li', { hasText: 'Dr Watcher' })
    return ((await people.textContent()) ?? '').includes('hand up') === raised
  })
  await until('the watcher has it', async () => house.person('Dr Watcher').handRaised === raised)
}

const lead = ({ house, actorName }: Scene) =>
  house.watcher.command('handPresenter', {
    participantId: house.person(actorName).participantId,
  })

/** The watcher changes the shared view, and gives the lead back. */
const given =
  (type: string, fields: object) =>
  async (scene: Scene): Promise<void> => {
    await scene.house.watcher.command('takePresenter')
    await scene.house.watcher.command(type, fields)
    await lead(scene)
  }
const aPlane = given('setClippingPlane', {
  planeId: 'given',
  normal: [1, 0, 0],
  offsetMm: 0,
  enabled: true,
})
const aCurve = given('setCurve', {
  curve: [
    { at: 0, r: 0, g: 0, b: 0, opacity: 0 },
    { at: 1, r: 1, g: 1, b: 1, opacity: 0.5 },
  ],
})
/** The series beside the case's own: its segments were painted on it. */
const otherOf = ({ house }: Scene): VolumeManifest => {
  const other = house.volumes.find(({ volumeId }) => volumeId !== house.volumes[0]?.volumeId)
  if (!other?.labels?.length) throw new Error('no other series with segments')
  return other
}
const painted = (scene: Scene) => given('setVolume', { volumeId: otherOf(scene).volumeId })(scene)
const segmentsShown = async (scene: Scene): Promise<void> => {
  const { volumeId, labels = [] } = otherOf(scene)
  await painted(scene)
  const segments = labels.map(({ labelId }) => ({ volumeId, labelId, visible: true, opacity: 1 }))
  await given('setSegments', { segments })(scene)
}
const compared = (scene: Scene) =>
  given('setPrior', { volumeId: otherOf(scene).volumeId, arrangement: 'beside', blend: 0.5 })(scene)
const another = (pick: (state: Durable) => unknown) => (scene: Scene, was: Durable) =>
  JSON.stringify(pick(now(scene))) !== JSON.stringify(pick(was))
const larger = given('setVolumePose', { ...openingPose, scale: 1.5 })
/** Only who can be heard can be muted. */
const residentSpeaks = async ({ house }: Scene): Promise<void> => {
  const { participantId } = house.resident
  await house.resident.command('setMuted', { participantId, muted: false })
  await house.resident.speak()
}
const watcherLeads = ({ house }: Scene) => house.watcher.command('takePresenter')

export const effects: Record<ActionId, Effect> = {
  turn: { seen: (s, was) => `${now(s).volumePose.rotation}` !== `${was.volumePose.rotation}` },
  move: { seen: (s, was) => `${now(s).volumePose.position}` !== `${was.volumePose.position}` },
  scale: { seen: (s) => Math.abs(now(s).volumePose.scale - 1) > 0.02 },
  'life-size': { before: larger, seen: (s) => now(s).volumePose.scale === 1 },
  'reset-view': {
    before: async (s) => {
      await larger(s)
      await aPlane(s)
    },
    seen: (s) => now(s).volumePose.scale === 1 && planes(now(s)).length === 0,
  },
  laser: {
    before: async ({ house }) => house.watcher.forget(),
    seen: (s) =>
      s.house.watcher.samplesOf(actor(s).participantId).some(({ laser }) => laser?.touches),
  },
  point: { seen: marked('point') },
  arrow: { seen: marked('arrow') },
  text: { seen: (s) => marked('text')(s) && (marksOf(s)[0]?.text ?? '') !== '' },
  probe: { seen: measured('probe') },
  length: { seen: marked('length') },
  angle: { seen: marked('angle') },
  ellipse: { seen: measured('ellipse') },
  freehand: { seen: measured('freehand') },
  undo: { seen: (s) => marksOf(s).length === 0 },
  redo: { seen: (s) => marksOf(s).length === 1 },
  clip: { seen: (s) => 'hand' in now(s).clippingPlanes },
  'add-plane': { seen: (s) => planes(now(s)).length > 0 },
  'flip-plane': { before: aPlane, seen: (s) => planes(now(s))[0]?.normal[0] === -1 },
  'remove-plane': { before: aPlane, seen: (s) => planes(now(s)).length === 0 },
  window: { seen: (s, was) => now(s).window.windowWidth !== was.window.windowWidth },
  preset: { seen: (s, was) => now(s).presetId !== was.presetId },
  'named-window': {
    seen: (s) => now(s).window.windowCenter === -600 && now(s).window.windowWidth === 1500,
  },
  curve: { before: aCurve, seen: (s) => now(s).curve.length === 0 },
  mode: { seen: (s) => now(s).renderMode === 'mip' },
  'crop-box': { seen: (s) => now(s).cropBox.enabled },
  segments: {
    before: painted,
    seen: (s) =>
      Object.values(now(s).segments).filter(({ visible }) => visible).length ===
      otherOf(s).labels?.length,
  },
  explode: { before: segmentsShown, seen: (s) => now(s).explode > 0 },
  compare: { seen: (s) => now(s).prior.volumeId === otherOf(s).volumeId },
  blend: { before: compared, seen: (s) => now(s).prior.arrangement === 'blended' },
  scroll: { seen: another(({ slicing }) => slicing.crosshairMm) },
  crosshair: { seen: another(({ slicing }) => slicing.crosshairMm) },
  slab: { seen: (s) => now(s).slicing.slabMm === 10 },
  oblique: { seen: another(({ slicing }) => slicing.obliqueRotation) },
  'take-lead': {
    before: watcherLeads,
    seen: (s) => now(s).presenterId === actor(s).participantId,
  },
  'hand-over': { seen: (s) => now(s).presenterId === s.house.resident.participantId },
  'raise-hand': { before: watcherLeads, seen: (s) => actor(s).handRaised },
  microphone: { seen: (s) => actor(s).microphone === 'open' },
  mute: { before: residentSpeaks, seen: (s) => s.house.person('Rea Resident').muted },
  'mute-all': {
    before: residentSpeaks,
    seen: (s) => s.house.person('Rea Resident').muted && s.house.person('Dr Watcher').muted,
  },
  'share-view': { seen: (s) => actor(s).viewProducerId !== '' },
  'own-place': {
    seen: (s, was) => `${now(s).volumePose.position}` === `${was.volumePose.position}`,
  },
  'own-home': {
    seen: (s, was) => `${now(s).volumePose.position}` === `${was.volumePose.position}`,
  },
  leave: { seen: (s) => isGone(s) },
}

/** Out of the headset at least: nobody sees their head any more. */
function isGone({ house, actorName }: Scene): boolean {
  const { watcher } = house
  const there = [...watcher.state.participants.values()].find((p) => p.displayName === actorName)
  return !there || watcher.sampleOf(there.participantId)?.head === undefined
}
