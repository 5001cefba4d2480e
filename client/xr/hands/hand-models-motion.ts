import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import { jointNames, jointStride } from './hand-joints.ts'
import type { XrHand } from './xr-hand.ts'

type Nodes = ReadonlyMap<string, TransformNode>

interface Part {
  readonly value: TransformNode
  readonly from: TransformNode
  readonly to: TransformNode
  /** 0…1 between the two. */
  readonly amount: (hand: XrHand) => number
}

/**
 * The moving parts of a controller's model: `NAME_value` goes between `NAME_min` and `NAME_max`
 * (WebXR Input Profiles, visual responses). A part that this model lacks is left out.
 */
export function movingParts(nodes: Nodes): readonly Part[] {
  const amounts: Record<string, Part['amount']> = {
    xr_standard_trigger_pressed: (hand) => Number(hand.trigger),
    xr_standard_squeeze_pressed: (hand) => Number(hand.squeeze),
    xr_standard_thumbstick_xaxis_pressed: (hand) => (hand.stick[0] + 1) / 2,
    xr_standard_thumbstick_yaxis_pressed: (hand) => (hand.stick[1] + 1) / 2,
    a_button_pressed: (hand) => Number(hand.lower),
    x_button_pressed: (hand) => Number(hand.lower),
    b_button_pressed: (hand) => Number(hand.upper),
    y_button_pressed: (hand) => Number(hand.upper),
  }
  return Object.entries(amounts).flatMap(([name, amount]) => {
    const [value, from, to] = ['value', 'min', 'max'].map((end) => nodes.get(`${name}_${end}`))
    return value && from && to ? [{ value, from, to, amount }] : []
  })
}

export function movePart({ value, from, to, amount }: Part, hand: XrHand): void {
  const part = amount(hand)
  Vector3.LerpToRef(from.position, to.position, part, value.position)
  if (!from.rotationQuaternion || !to.rotationQuaternion) return
  value.rotationQuaternion ??= Quaternion.Identity()
  Quaternion.SlerpToRef(
    from.rotationQuaternion,
    to.rotationQuaternion,
    part,
    value.rotationQuaternion,
  )
}

/** The bones of a bare hand's model, in the order of the joints; undefined where one is missing. */
export function bonesOf(nodes: Nodes): readonly TransformNode[] | undefined {
  const bones = jointNames.flatMap((name) => nodes.get(name) ?? [])
  return bones.length === jointNames.length ? bones : undefined
}

/** `joints` as in XrHand: the bones are siblings, each takes its joint's pose as it is. */
export function bend(bones: readonly TransformNode[], joints: Float32Array): void {
  for (const [n, bone] of bones.entries()) {
    const [x = 0, y = 0, z = 0, qx = 0, qy = 0, qz = 0, qw = 1] = joints.subarray(
      n * jointStride,
      n * jointStride + 7,
    )
    bone.position.set(x, y, z)
    bone.rotationQuaternion ??= Quaternion.Identity()
    bone.rotationQuaternion.set(qx, qy, qz, qw)
  }
}
