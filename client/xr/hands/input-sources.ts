import { rotate } from '../../../shared/geometry/quaternion.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { type WearerPlace, worldFromLocal } from '../place/wearer-place.ts'
import { HandJoints } from './hand-joints.ts'
import { curlsOf, isFist, pinches, wristOf } from './hand-shape.ts'
import type { Side, WorldRay, XrHand } from './xr-hand.ts'

/** Buttons and axes of the `xr-standard` mapping (WebXR Gamepads §3.3). */
const standard = { trigger: 0, squeeze: 1, lower: 4, upper: 5, stickX: 2, stickY: 3 }
/** Analogue buttons let go later than they take hold. */
const pressedFrom = 0.5
const heldFrom = 0.3

/** What is remembered of a source between frames: where it was, its values are read anew. */
interface Source {
  trigger: boolean
  squeeze: boolean
  /** Between selectstart and selectend: all that a source without buttons says. */
  selecting: boolean
  readonly joints: HandJoints | undefined
  readonly pulse: XrHand['pulse']
}

/** What poses are read in, and where that is in the room. */
export interface ReadFrom {
  readonly space: XRReferenceSpace
  readonly place: WearerPlace
}

/**
 * The wearer's hands, read once a frame from the session's input sources. Buttons are polled from
 * the gamepad; select events count only where there is none.
 */
export class InputSources {
  readonly #session: XRSession
  readonly #known = new WeakMap<XRInputSource, Source>()
  readonly #listening = new AbortController()

  constructor(session: XRSession) {
    this.#session = session
    const { signal } = this.#listening
    const selecting = (held: boolean) => (event: XRInputSourceEvent) => {
      this.#sourceOf(event.inputSource).selecting = held
    }
    session.addEventListener('selectstart', selecting(true), { signal })
    session.addEventListener('selectend', selecting(false), { signal })
  }

  /** Left and right at most: of several sources of one side the tracked, bodily one. World space. */
  read(xrFrame: XRFrame, from: ReadFrom): readonly XrHand[] {
    const hands: XrHand[] = []
    for (const source of this.#session.inputSources) {
      if (source.targetRayMode === 'screen') continue
      const hand = this.#readOne(xrFrame, source, from)
      const rival = hands.findIndex(({ side }) => side === hand.side)
      if (rival < 0) hands.push(hand)
      else if (weight(hand) > weight(hands[rival] as XrHand)) hands[rival] = hand
    }
    return hands
  }

  dispose(): void {
    this.#listening.abort()
  }

  #readOne(xrFrame: XRFrame, source: XRInputSource, from: ReadFrom): XrHand {
    const known = this.#sourceOf(source)
    const side: Side = source.handedness === 'left' ? 'left' : 'right'
    const common = {
      side,
      profiles: source.profiles,
      grip: source.gripSpace && poseOf(xrFrame, source.gripSpace, from),
      ray: rayOf(poseOf(xrFrame, source.targetRaySpace, from)),
      pulse: known.pulse,
    }
    if (source.hand && known.joints) return this.#bareHand(xrFrame, source, known, from, common)
    if (source.targetRayMode === 'tracked-pointer') return controller(source, known, common)
    known.trigger = known.selecting
    return { ...common, ...noButtons, kind: 'gaze', trigger: known.trigger, squeeze: false }
  }

  #bareHand(
    xrFrame: XRFrame,
    source: XRInputSource,
    known: Source,
    from: ReadFrom,
    common: Pick<XrHand, 'side' | 'profiles' | 'grip' | 'ray' | 'pulse'>,
  ): XrHand {
    const joints = known.joints as HandJoints
    const seen = joints.read(xrFrame, source.hand as XRHand, from)
    const curls = seen ? curlsOf(joints.values) : undefined
    if (curls) {
      known.squeeze = isFist(curls, known.squeeze)
      const pinch = pinches(joints.values, known.trigger)
      const pressed = source.gamepad?.buttons[standard.trigger]?.pressed ?? known.selecting
      // a closing fist brings thumb and index together too
      known.trigger = (pinch || pressed) && !known.squeeze
    }
    return {
      ...common,
      ...noButtons,
      kind: 'hand',
      // some browsers give a bare hand no grip space
      grip: seen ? (common.grip ?? wristOf(joints.values)) : undefined,
      ray: seen ? common.ray : undefined,
      trigger: known.trigger,
      squeeze: known.squeeze,
      joints: seen ? joints.values : undefined,
      curls,
    }
  }

  #sourceOf(source: XRInputSource): Source {
    const known = this.#known.get(source)
    if (known) return known
    const made: Source = {
      trigger: false,
      squeeze: false,
      selecting: false,
      joints: source.hand && new HandJoints(),
      pulse: pulseOf(source),
    }
    this.#known.set(source, made)
    return made
  }
}

const noButtons = {
  stick: [0, 0],
  lower: false,
  upper: false,
  joints: undefined,
  curls: undefined,
} as const satisfies Partial<XrHand>

function controller(
  { gamepad }: XRInputSource,
  known: Source,
  common: Pick<XrHand, 'side' | 'profiles' | 'grip' | 'ray' | 'pulse'>,
): XrHand {
  const held = (button: number, before: boolean) =>
    (gamepad?.buttons[button]?.value ?? 0) > (before ? heldFrom : pressedFrom)
  known.trigger = gamepad ? held(standard.trigger, known.trigger) : known.selecting
  known.squeeze = held(standard.squeeze, known.squeeze)
  const axes = gamepad?.axes ?? []
  return {
    ...common,
    kind: 'controller',
    trigger: known.trigger,
    squeeze: known.squeeze,
    // a touchpad where there is no thumbstick
    stick: [axes[standard.stickX] || axes[0] || 0, axes[standard.stickY] || axes[1] || 0],
    lower: gamepad?.buttons[standard.lower]?.pressed ?? false,
    upper: gamepad?.buttons[standard.upper]?.pressed ?? false,
    joints: undefined,
    curls: undefined,
  }
}

/** A hand or controller outweighs the gaze that comes with it, and what is seen what is not. */
const weight = ({ kind, grip, ray }: XrHand): number =>
  (grip || ray ? 2 : 0) + (kind === 'gaze' ? 0 : 1)

function poseOf(xrFrame: XRFrame, of: XRSpace, { space, place }: ReadFrom): WorldPose | undefined {
  const pose = xrFrame.getPose(of, space)
  if (!pose) return undefined
  const { position: p, orientation: q } = pose.transform
  return worldFromLocal(place, { position: [p.x, p.y, p.z], rotation: [q.x, q.y, q.z, q.w] })
}

function rayOf(pose: WorldPose | undefined): WorldRay | undefined {
  return pose && { origin: pose.position, direction: rotate(pose.rotation, [0, 0, -1]) }
}

/** WebXR Gamepads §3: the first actuator of a gamepad. Devices without one stay still. */
function pulseOf(source: XRInputSource): XrHand['pulse'] {
  return (strength, ms) => {
    const motor = (source.gamepad as Pulsing | undefined)?.hapticActuators?.[0]
    // a motor that does not move leaves the sound and the words
    if (motor) void Promise.allSettled([motor.pulse(strength, ms)])
  }
}

interface Pulsing {
  readonly hapticActuators?: readonly {
    pulse(value: number, durationMs: number): Promise<unknown>
  }[]
}
