import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from '../support/open-browser.ts'
import { until } from '../support/until.ts'
import { type Faults, join, openPage } from './ui-page.ts'

export { openConference } from '../support/open-conference.ts'

export const small: BrowserContextOptions = { viewport: { width: 1000, height: 640 } }
export const microphoneAllowed: BrowserContextOptions = { ...small, permissions: ['microphone'] }

export const capture = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** Chromium with a microphone that nobody is asked about. */
export const openMediaBrowser = () => openBrowser({ extraFlags: capture })

/** Chromium in which nobody lets a page use the microphone that is there. */
export const openDenyingBrowser = () =>
  openBrowser({ extraFlags: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'] })

/** Chromium without WebGL, as on a machine whose graphics are barred. */
export const openWeakBrowser = () =>
  openBrowser({ extraFlags: [...capture, '--disable-gpu', '--disable-3d-apis'] })

/** What a page is made to do before it is asked for anything. */
export interface Prepared {
  /** In place of the microphone's own sound: a tone, Hz. */
  readonly toneHz?: number
  /** Only candidates of this protocol are used; the others never reach the page's WebRTC. */
  readonly only?: 'udp' | 'tcp'
  /** Nothing answers at any candidate, as behind a firewall. */
  readonly blocked?: boolean
  /** The browser asks whether the microphone may be used, until `letIn` says yes. */
  readonly asks?: boolean
  /** What the page says over its socket leaves so much later. */
  readonly lateMs?: number
}

declare global {
  interface Window {
    peerConnections: RTCPeerConnection[]
    /** What the page was given of the microphone, ended or not. */
    captured: MediaStreamTrack[]
    letIn: () => void
  }
}

/** Runs in the page. */
function prepare({ toneHz, only, blocked, asks, lateMs }: Prepared): void {
  window.peerConnections = []
  window.captured = []
  const Own = RTCPeerConnection
  window.RTCPeerConnection = class extends Own {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      window.peerConnections.push(this)
    }

    override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      const other = only === 'udp' ? / tcp /i : / udp /i
      const lines = (description.sdp ?? '').split('\r\n').flatMap((line) => {
        if (!line.startsWith('a=candidate:')) return line
        if (only && other.test(line)) return []
        return blocked ? line.replace(/ \d+ typ /, ' 40009 typ ') : line
      })
      return super.setRemoteDescription({ type: description.type, sdp: lines.join('\r\n') })
    }
  }
  if (lateMs) {
    const send = WebSocket.prototype.send
    WebSocket.prototype.send = function (this: WebSocket, data: Parameters<typeof send>[0]) {
      const said = data instanceof Uint8Array ? data.slice() : data
      setTimeout(() => send.call(this, said), lateMs)
    }
  }
  const tone = (hz: number): MediaStream => {
    const context = new AudioContext()
    const oscillator = new OscillatorNode(context, { frequency: hz })
    const destination = context.createMediaStreamDestination()
    oscillator.connect(new GainNode(context, { gain: 0.5 })).connect(destination)
    oscillator.start()
    return destination.stream
  }
  const mayBegin = new Promise<void>((resolve) => {
    window.letIn = resolve
  })
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (asks) await mayBegin
    let stream = await ask(constraints)
    if (toneHz !== undefined) {
      for (const track of stream.getTracks()) track.stop()
      stream = tone(toneHz)
    }
    window.captured.push(...stream.getTracks())
    return stream
  }
}

/** A page of somebody's own in the conference; `faults` collects what it must not do. */
export async function joinWithMedia(
  browser: Browser,
  link: string,
  name: string,
  options: BrowserContextOptions = microphoneAllowed,
  prepared: Prepared = {},
): Promise<{ page: Page; faults: Faults }> {
  const { page, faults } = await openPage(browser, link, options, (page) =>
    page.addInitScript(prepare, prepared),
  )
  page.setDefaultTimeout(30_000)
  await join(page, name)
  return { page, faults }
}

/** What this page has received since it came: energy of sounds, and video frames decoded. */
export const received = (page: Page) =>
  page.evaluate(async () => {
    let energy = 0
    let frames = 0
    for (const connection of window.peerConnections) {
      for (const stat of (await connection.getStats()).values()) {
        if (stat.type !== 'inbound-rtp') continue
        energy += stat.totalAudioEnergy ?? 0
        frames += stat.framesDecoded ?? 0
      }
    }
    return { energy, frames }
  })

/** Energy heard in a second, over the half second from now. */
export async function energyPerSecond(page: Page): Promise<number> {
  const overMs = 500
  const before = await received(page)
  await page.evaluate(
    (untilMs) => {
      return new Promise<void>((resolve) => {
        const look = () => (performance.now() > untilMs ? resolve() : requestAnimationFrame(look))
        look()
      })
    },
    overMs + (await page.evaluate(() => performance.now())),
  )
  const after = await received(page)
  return ((after.energy - before.energy) * 1000) / overMs
}

/** A tone at half of full scale has 0.125 a second; background is far below. */
export const hears = (page: Page) =>
  until('a voice', async () => (await energyPerSecond(page)) > 0.01, 30_000)
export const hearsNothing = (page: Page) =>
  until('silence', async () => (await energyPerSecond(page)) < 1e-5, 30_000)

/** The strongest tone in what this page's elements play, Hz, by a Fourier transform of 16384 samples. */
export const pitch = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const context = new AudioContext()
    await context.resume()
    const analyser = new AnalyserNode(context, { fftSize: 16_384, smoothingTimeConstant: 0 })
    for (const element of document.querySelectorAll<HTMLAudioElement>('audio[data-voice]')) {
      const stream = element.srcObject as MediaStream
      if (!element.paused && !element.muted)
        context.createMediaStreamSource(stream).connect(analyser)
    }
    const bins = new Float32Array(analyser.frequencyBinCount)
    const filledS = context.currentTime + (2 * analyser.fftSize) / context.sampleRate
    while (context.currentTime < filledS) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    analyser.getFloatFrequencyData(bins)
    const strongest = bins.reduce((best, db, n) => (db > (bins[best] ?? 0) ? n : best), 0)
    const hz = (strongest * context.sampleRate) / analyser.fftSize
    await context.close()
    return hz
  })

/** The protocols over which this page's connections run now. */
export const protocols = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const found = new Set<string>()
    for (const connection of window.peerConnections) {
      const stats = await connection.getStats()
      for (const stat of stats.values()) {
        if (stat.type !== 'transport' || !stat.selectedCandidatePairId) continue
        const pair = stats.get(stat.selectedCandidatePairId)
        found.add(stats.get(pair.remoteCandidateId).protocol)
      }
    }
    return [...found]
  })

/** The page's own end of the ways that its connections take now. */
export const paths = (page: Page): Promise<{ type: string; relayProtocol?: string }[]> =>
  page.evaluate(async () => {
    const found: { type: string; relayProtocol?: string }[] = []
    for (const connection of window.peerConnections) {
      const stats = await connection.getStats()
      for (const stat of stats.values()) {
        if (stat.type !== 'transport' || !stat.selectedCandidatePairId) continue
        const { candidateType, relayProtocol } = stats.get(
          stats.get(stat.selectedCandidatePairId).localCandidateId,
        )
        found.push({ type: candidateType, ...(relayProtocol && { relayProtocol }) })
      }
    }
    return found
  })

/** Mean brightness, 0…255, of the left and the right half of the middle of the view that is watched. */
export const viewHalves = (page: Page): Promise<readonly [number, number]> =>
  page.getByTestId('attending-view').evaluate((element) => {
    const video = element as HTMLVideoElement
    const { videoWidth: width, videoHeight: height } = video
    const context = new OffscreenCanvas(width, height).getContext('2d')
    if (!context || width === 0) return [0, 0] as const
    context.drawImage(video, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    const sums: [number, number] = [0, 0]
    let counted = 0
    for (let y = Math.floor(height * 0.3); y < height * 0.7; y++) {
      for (let x = Math.floor(width * 0.3); x < width * 0.7; x++) {
        const at = 4 * (y * width + x)
        const light = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3
        sums[x < width / 2 ? 0 : 1] += light
        counted++
      }
    }
    return [(2 * sums[0]) / counted, (2 * sums[1]) / counted] as const
  })

/** Mean red, green and blue, 0…255, of the middle of the view that is watched. */
export const viewColour = (page: Page): Promise<readonly [number, number, number]> =>
  page.getByTestId('attending-view').evaluate((element) => {
    const video = element as HTMLVideoElement
    const { videoWidth, videoHeight } = video
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    if (!context || videoWidth === 0) return [0, 0, 0] as const
    context.imageSmoothingQuality = 'high'
    context.drawImage(
      video,
      videoWidth * 0.42,
      videoHeight * 0.4,
      videoWidth * 0.16,
      videoHeight * 0.2,
      0,
      0,
      1,
      1,
    )
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return [red, green, blue] as const
  })

export const watched = (page: Page) => page.getByTestId('attending-view')

/** Frames go on being decoded. */
export async function seesFrames(page: Page, withinMs = 30_000): Promise<void> {
  const { frames } = await received(page)
  await until(
    'frames',
    async () => {
      const now = await received(page)
      const width = await watched(page).evaluate((video) => (video as HTMLVideoElement).videoWidth)
      return now.frames > frames + 3 && width > 0
    },
    withinMs,
  )
}

/** How many tracks of the microphone are captured now, and of those how many give sound. */
export const capturedBy = (page: Page) =>
  page.evaluate(() => {
    const live = window.captured.filter(({ readyState }) => readyState === 'live')
    return { live: live.length, open: live.filter(({ enabled }) => enabled).length }
  })

export const speak = (page: Page) => page.getByTestId('microphone').click()
export const isOpen = async (page: Page) =>
  (await page.getByTestId('microphone').getAttribute('aria-pressed')) === 'true'
export const isSaid = (page: Page, words: string | RegExp) =>
  page.getByTestId('notice').getByText(words).waitFor()
