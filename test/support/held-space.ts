import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js'
import { Scene } from '@babylonjs/core/scene.js'
import type { Asked, ConferenceSession } from '../../client/conference/conference-session.ts'
import type { ConferenceView } from '../../client/conference/conference-view.ts'
import { foresee } from '../../client/conference/foresee.ts'
import { emptyView } from '../../client/conference/view-of.ts'
import { Hands } from '../../client/scene/hands.ts'
import { OwnCamera } from '../../client/scene/own-camera.ts'
import { PatientSpace } from '../../client/scene/patient-space.ts'
import { shownScene } from '../../client/scene/shown-scene.ts'
import type { PointerAt, StageSpace } from '../../client/scene/stage-space.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'

const me = { participantId: 'ada', role: 'attending', displayName: 'Ada' } as const

/**
 * What tools see, for a person who leads on a line that answers when the test says so: what was
 * asked is foreseen as on a page, and `answer` lets the oldest unanswered command go through.
 */
export function heldSpace() {
  const engine = new NullEngine()
  const patient = new PatientSpace(new Scene(engine))
  patient.setVolume({
    patientFromVoxel: [0.7, 0, 0, -180, 0, 0.8, 0.1, -200, 0, -0.1, 2, 40, 0, 0, 0, 1],
    dims: [512, 480, 135],
  })
  const asked: Asked[] = []
  const shown: PoseSample[] = []
  const cursor: (PointerAt | undefined)[] = []
  const waiting: (() => void)[] = []
  let view: ConferenceView = {
    ...emptyView(me),
    me: { ...me, presents: true },
    window: { windowCenter: 40, windowWidth: 400 },
  }
  const session: Pick<ConferenceSession, 'command' | 'getSnapshot' | 'may'> = {
    getSnapshot: () => view,
    may: () => 'yes',
    command(command) {
      asked.push(command)
      view = foresee(view, command, '#56b4e9')
      return new Promise((resolve) => {
        waiting.push(() => resolve({ ok: true, seq: asked.length }))
      })
    },
  }
  const hands = new Hands((sample) => shown.push(sample))
  const camera = new OwnCamera()
  const viewport = { width: 800, height: 600 }
  const hit: Vec3 = [1, 2, 3]
  const space: StageSpace = {
    session: session as ConferenceSession,
    camera,
    patient,
    viewport: () => viewport,
    shown: () => shownScene(view, hands.drafted),
    patientRay: (x, y) => patient.rayToPatient(camera.rayThrough(x, y, viewport)),
    firstVisible: () => hit,
    takeCropHandle: () => undefined,
    draftCrop: () => undefined,
    draft: (draft, settled) => hands.draft(draft, settled),
    showLaser: (laser) => hands.point(laser),
    previewMark: () => undefined,
    probe: () => undefined,
    showCursor: (at) => cursor.push(at),
    askForText: async () => undefined,
    notice: () => undefined,
  }
  return {
    space,
    /** What was asked, in order. */
    asked,
    /** Everything the others were shown, in order. */
    shown,
    /** Where the keyboard's pointer was drawn, in order. */
    cursor,
    async answer() {
      waiting.shift()?.()
      await Promise.resolve()
    },
    dispose: () => engine.dispose(),
  }
}
