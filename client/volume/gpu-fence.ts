import type { Engine } from '@babylonjs/core/Engines/engine.js'

const pollMs = 2

/**
 * Tells when the GPU has finished what was asked of it so far, and how many ms after `startMs`.
 * One at a time: while one is under way another is not begun.
 */
export class GpuFence {
  readonly #engine: Engine
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(engine: Engine) {
    this.#engine = engine
  }

  get underWay(): boolean {
    return this.#timer !== undefined
  }

  whenDone(startMs: number, done: (ms: number) => void): void {
    if (this.underWay) return
    const gl = this.#engine._gl
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
    gl.flush()
    const poll = () => {
      // Without a context there is no fence, and nothing to wait for.
      if (sync && gl.clientWaitSync(sync, 0, 0) === gl.TIMEOUT_EXPIRED) {
        this.#timer = setTimeout(poll, pollMs)
        return
      }
      this.#timer = undefined
      gl.deleteSync(sync)
      done(performance.now() - startMs)
    }
    this.#timer = setTimeout(poll, pollMs)
  }

  dispose(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
