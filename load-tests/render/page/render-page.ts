import { bytesOf } from '../../../test/browser/pages/volume/bench-page.ts'
import { countingShader } from './counting-shader.ts'
import { NiivuePeer } from './niivue-peer.ts'
import type { Peer, PeerVolume } from './peer.ts'
import { VtkPeer } from './vtk-peer.ts'

const makers = {
  niivue: () => new NiivuePeer(onPage('canvas')),
  vtk: () => new VtkPeer(onPage('div')),
}

export type PeerName = keyof typeof makers

/** A peer's volume and the address of its voxels (Int16Array). */
export interface PeerRequest extends PeerVolume {
  readonly url: string
}

/** What the bench drives: each peer in a WebGL context of its own. */
class PeerBench {
  readonly #peers = new Map<PeerName, Peer>()

  /** Milliseconds from voxels in memory to the first picture. */
  async load(name: PeerName, volume: PeerRequest, size: number): Promise<number> {
    const voxels = await voxelsOf(volume)
    this.#peers.get(name)?.dispose()
    const start = performance.now()
    const peer = makers[name]()
    this.#peers.set(name, peer)
    peer.resize(size)
    await peer.load(volume, voxels)
    peer.draw(0)
    finish(peer.gl)
    return performance.now() - start
  }

  /** And draws once: what a new size costs is in no frame that is timed. */
  resize(size: number): void {
    for (const peer of this.#peers.values()) {
      peer.resize(size)
      peer.draw(0)
      finish(peer.gl)
    }
  }

  /** Milliseconds for a frame, the GPU's work included. */
  timeFrame(name: PeerName, degrees: number): number {
    const peer = this.#peer(name)
    const start = performance.now()
    peer.draw(degrees)
    finish(peer.gl)
    return performance.now() - start
  }

  /** Of 3D textures, on the average of all pixels of the canvas. */
  async readsPerPixel(
    name: PeerName,
    volume: PeerRequest,
    size: number,
    degrees: number,
  ): Promise<number> {
    const voxels = await voxelsOf(volume)
    const shaderSource = WebGL2RenderingContext.prototype.shaderSource
    WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
      shaderSource.call(this, shader, countingShader(source) ?? source)
    }
    const peer = makers[name]()
    try {
      peer.resize(size)
      await peer.load(volume, voxels)
      peer.draw(degrees)
      return meanReads(peer.gl, size)
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

  /** Gives the memory of all of them back. */
  clear(): void {
    for (const peer of this.#peers.values()) peer.dispose()
    this.#peers.clear()
  }

  #peer(name: PeerName): Peer {
    const peer = this.#peers.get(name)
    if (!peer) throw new Error(`${name} has loaded nothing`)
    return peer
  }
}

const voxelsOf = async (volume: PeerRequest) => new Int16Array(await bytesOf(volume))

function onPage<Tag extends 'canvas' | 'div'>(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  document.body.append(element)
  return element
}

function finish(gl: WebGL2RenderingContext): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
}

function meanReads(gl: WebGL2RenderingContext, size: number): number {
  const rgba = new Uint8Array(4 * size ** 2)
  gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, rgba)
  let sum = 0
  for (let n = 0; n < rgba.length; n += 4) sum += (rgba[n] ?? 0) + 256 * (rgba[n + 1] ?? 0)
  return sum / size ** 2
}

export type { PeerBench }

Object.assign(window, { peers: new PeerBench() })
