import type { Device } from './media-session.ts'

/** What this machine hears and speaks with; asked anew whenever something is plugged in or out. */
export class SoundDevices {
  readonly #onChange: () => void
  #microphones: readonly Device[] = []
  #speakers: readonly Device[] = []

  constructor(onChange: () => void) {
    this.#onChange = onChange
    navigator.mediaDevices?.addEventListener('devicechange', this.#plugged)
  }

  get microphones(): readonly Device[] {
    return this.#microphones
  }

  get speakers(): readonly Device[] {
    return this.#speakers
  }

  /** Browsers tell the names only after a microphone was allowed: to be called then. */
  readonly read = async (): Promise<void> => {
    const { mediaDevices } = navigator
    if (!mediaDevices) return
    const devices = await mediaDevices.enumerateDevices()
    const of = (kind: MediaDeviceKind): Device[] =>
      devices
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map(({ deviceId, label }) => ({ deviceId, label }))
    this.#microphones = of('audioinput')
    this.#speakers = of('audiooutput')
    this.#onChange()
  }

  dispose(): void {
    navigator.mediaDevices?.removeEventListener('devicechange', this.#plugged)
  }

  readonly #plugged = (): void => void this.read() // enumerateDevices refuses nobody
}
