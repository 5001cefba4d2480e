import { standingEyesM } from './wearer-place.ts'

/** What the headset's poses are read in, and how far its y = 0 is above the floor. */
export interface FloorSpace {
  readonly space: XRReferenceSpace
  readonly aboveFloorM: number
}

/**
 * The headset's own floor; where it knows none, the head's place at the beginning, taken to be as
 * high as that of somebody who stands.
 */
export async function floorSpace(session: XRSession): Promise<FloorSpace> {
  try {
    return { space: await session.requestReferenceSpace('local-floor'), aboveFloorM: 0 }
  } catch (error) {
    // NotSupportedError (WebXR §4.3): the feature was optional
    if (!(error instanceof DOMException && error.name === 'NotSupportedError')) throw error
  }
  const space = await session.requestReferenceSpace('local')
  return { space, aboveFloorM: standingEyesM }
}
