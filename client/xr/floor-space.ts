import { standingEyesM } from './wearer-place.ts'

/**
 * A space whose y = 0 is the floor: the headset's own, or, where it knows none, the head's place at
 * the beginning with the height of somebody standing put under it.
 */
export async function floorSpace(session: XRSession): Promise<XRReferenceSpace> {
  try {
    return await session.requestReferenceSpace('local-floor')
  } catch (error) {
    // NotSupportedError (WebXR §4.3): the feature was optional
    if (!(error instanceof DOMException && error.name === 'NotSupportedError')) throw error
  }
  const local = await session.requestReferenceSpace('local')
  return local.getOffsetReferenceSpace(new XRRigidTransform({ y: -standingEyesM }))
}
