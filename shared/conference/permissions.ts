import type { CommandType } from './command.ts'
import type { Role } from './role.ts'

/**
 * Who may what; the only such table. The server decides by it and the page shows by it.
 * `whilePresenting`: only while they lead. `ownOnly`: these roles only with what they made themselves.
 */
type Rule =
  | { to: readonly Role[] }
  | { to: readonly Role[]; whilePresenting: true }
  | { to: readonly Role[]; ownOnly: readonly Role[] }

const shared: Rule = { to: ['attending', 'resident'], whilePresenting: true }

export const permissions: Record<CommandType, Rule> = {
  setVolume: shared,
  setVolumePose: shared,
  setWindow: shared,
  setPreset: shared,
  setCurve: shared,
  setRenderMode: shared,
  setCropBox: shared,
  setSegments: shared,
  setExplode: shared,
  setSlicing: shared,
  setPrior: shared,
  removePrior: shared,
  setClippingPlane: shared,
  removeClippingPlane: shared,
  resetView: shared,
  addAnnotation: { to: ['attending', 'resident'] },
  updateAnnotation: { to: ['attending', 'resident'], ownOnly: ['resident'] },
  deleteAnnotation: { to: ['attending', 'resident'], ownOnly: ['resident'] },
  takePresenter: { to: ['attending'] },
  handPresenter: { to: ['attending', 'resident'], whilePresenting: true },
  raiseHand: { to: ['attending', 'resident'] },
  setMuted: { to: ['attending', 'resident'], ownOnly: ['resident'] },
  closeConference: { to: ['attending'] },
}

export type Verdict = 'yes' | 'not-allowed' | 'not-presenter' | 'not-yours'

/** `owns` matters to rules on things that have an author. */
export function may(
  type: CommandType,
  who: { role: Role; presents: boolean; owns?: boolean },
): Verdict {
  const rule = permissions[type]
  if (!rule.to.includes(who.role)) return 'not-allowed'
  if ('whilePresenting' in rule && !who.presents) return 'not-presenter'
  if ('ownOnly' in rule && rule.ownOnly.includes(who.role) && !who.owns) return 'not-yours'
  return 'yes'
}

/** An observer listens. */
export const maySpeak = (role: Role): boolean => permissions.setMuted.to.includes(role)

/** The view of an attending, and of a resident while they lead. */
export const mayShareView = ({ role, presents }: { role: Role; presents: boolean }): boolean =>
  role === 'attending' || (presents && may('setVolumePose', { role, presents }) === 'yes')

/** Lasers are shown by those who may mark; an observer watches. */
export const mayPoint = (role: Role): boolean => permissions.addAnnotation.to.includes(role)
