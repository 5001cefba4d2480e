import type { Page } from 'playwright-core'
import type { ActionId } from '../../../client/tools/actions.ts'
import { durableState } from '../../../shared/conference/durable.ts'
import { openingPose } from '../../../shared/geometry/volume-pose.ts'
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
  annotations: Record<string, { kind: string; authorName: string; text?: string }>
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

/** The actor leads, and everything is as at the opening; done by the watcher, from outside. */
export async function tidy(scene: Scene): Promise<void> {
  const { watcher } = scene.house
  await watcher.command('takePresenter')
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
  undo: { seen: (s) => marksOf(s).length === 0 },
  redo: { seen: (s) => marksOf(s).length === 1 },
  clip: { seen: (s) => 'hand' in now(s).clippingPlanes },
  'add-plane': { seen: (s) => planes(now(s)).length > 0 },
  'flip-plane': { before: aPlane, seen: (s) => planes(now(s))[0]?.normal[0] === -1 },
  'remove-plane': { before: aPlane, seen: (s) => planes(now(s)).length === 0 },
  window: { seen: (s, was) => now(s).window.windowWidth !== was.window.windowWidth },
  preset: { seen: (s, was) => now(s).presetId !== was.presetId },
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
