export type SoundDevice = 'microphone' | 'speaker'

const keyOf = (of: SoundDevice) => `caseroom.${of}`

/** The browser's own id of the device that was chosen last in this browser, '' for its default. */
export const keptDevice = (of: SoundDevice): string => localStorage.getItem(keyOf(of)) ?? ''

export const keepDevice = (of: SoundDevice, deviceId: string): void =>
  localStorage.setItem(keyOf(of), deviceId)
