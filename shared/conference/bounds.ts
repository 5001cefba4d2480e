/** What an id of a command, plane or annotation looks like. */
export const conferenceId = /^[A-Za-z0-9_.:-]{1,64}$/

/** The volume stays in the room, metres from its middle, … */
export const positionLimitM = 100
/** … and of a size that can be seen. */
export const smallestScale = 0.05
export const largestScale = 50

/** A window in the values of the image; narrower than it starts, everything is black or white. */
export const windowLimit = 1e6
export const narrowestWindow = 1e-3
/** A clipping plane from the patient's origin. */
export const planeLimitMm = 1e9
