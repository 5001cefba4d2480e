import type { Engine } from '@babylonjs/core/Engines/engine.js'
import '../../../test/browser/pages/volume/bench-page.ts'
import { countingShader } from './counting-shader.ts'
import { NiivuePeer } from './niivue-peer.ts'
import type { Peer, PeerVolume } from './peer.ts'
import { VtkPeer } from './vtk-peer.ts'

const size = 256
const makers = {
  niivue: () => new NiivuePeer(onPage('canvas')),
  vtk: () => new VtkPeer(onPage('div'), size),
}

export type PeerName = keyof typeof makers

/** What the bench drives: each peer in a WebGL context of its own. */
class PeerBench {
  readonly #peers = new Map<PeerName, Peer>()

  /** Milliseconds from the voxels' address to the first picture. */
  async load(name: PeerName, volume: PeerVolume): Promise<number> {
    const start = performance.now()
    this.#peers.get(name)?.dispose()
    const peer = makers[name]()
    this.#peers.set(name, peer)
    await peer.load(volume)
    finish(peer.gl)
    return performance.now() - start
  }

  /** Milliseconds for a frame, the GPU's work included. */
  timeFrame(name: PeerName, degrees: number): number {
    const peer = this.#peer(name)
    const start = performance.now()
    peer.draw(degrees)
    finish(peer.gl)
    return performance.now() - start
  }

  /** The same for Caseroom's scene, which has drawn this volume and stands at its view. */
  timeCaseroomFrame(): number {
    const scene = window.bench.renderer.root.getScene()
    const engine = scene.getEngine() as Engine
    const start = performance.now()
    engine.beginFrame()
    scene.render()
    engine.endFrame()
    engine.restoreDefaultFramebuffer()
    finish(engine._gl as WebGL2RenderingContext)
    return performance.now() - start
  }

  /** Of 3D textures, on the average of all pixels of the canvas. */
  async readsPerPixel(name: PeerName, volume: PeerVolume, degrees: number): Promise<number> {
    const shaderSource = WebGL2RenderingContext.prototype.shaderSource
    WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
      shaderSource.call(this, shader, countingShader(source) ?? source)
    }
    const peer = makers[name]()
    try {
      await peer.load(volume)
      peer.draw(degrees)
      return meanReads(peer.gl)
    } finally {
      WebGL2RenderingContext.prototype.shaderSource = shaderSource
      peer.dispose()
    }
  }

  /** A PNG's address. */
  picture(name: PeerName, degrees: number): string {
    const peer = this.#peer(name)
    peer.draw(degrees)
    return peer.canvas.toDataURL()
  }

  #peer(name: PeerName): Peer {
    const peer = this.#peers.get(name)
    if (!peer) throw new Error(`${name} has loaded nothing`)
    return peer
  }
}

function onPage<Tag extends 'canvas' | 'div'>(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.style.width = `${size}px`
  element.style.height = `${size}px`
  if (element instanceof HTMLCanvasElement) element.width = element.height = size
  document.body.append(element)
  return element
}

function finish(gl: WebGL2RenderingContext): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
}

function meanReads(gl: WebGL2RenderingContext): number {
  const rgba = new Uint8Array(4 * size ** 2)
  gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, rgba)
  let sum = 0
  for (let n = 0; n < rgba.length; n += 4) sum += (rgba[n] ?? 0) + 256 * (rgba[n + 1] ?? 0)
  return sum / size ** 2
}

export type { PeerBench }

Object.assign(window, { peers: new PeerBench() })
