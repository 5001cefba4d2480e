/** What is read before it is refused. A 512×512 slice is 0.5 MiB; the largest common one is 8. */
export const headerWindowsBytes = [64 * 1024, 1024 * 1024, 8 * 1024 * 1024] as const
export const maxHeaderBytes = 8 * 1024 * 1024
export const maxInflatedBytes = 64 * 1024 * 1024
export const maxSliceBytes = 64 * 1024 * 1024
export const maxFragments = 65_536
export const maxFrames = 65_536
export const maxSequenceDepth = 16
export const maxVolumeVoxels = 2 ** 31
export const maxReportedProblems = 200
export const minSlices = 3
