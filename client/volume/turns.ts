/** About a frame; a headset's own frames may be shorter, never by half. */
const turnMs = 16

/** What may be sent to the GPU in one turn, and how long a turn may take the page. */
export const bytesPerTurn = 4 * 2 ** 20
export const msPerTurn = 4

/**
 * Resolves when the page may be given work again: once a frame, so that none waits for it. Where
 * nobody sees the page there are no frames, and timers hardly run: then as soon as others had theirs.
 */
export function nextTurn(): Promise<void> {
  if (document.hidden) return nextTask()
  return new Promise((resolve) => setTimeout(resolve, turnMs))
}

/** Resolves when what waits for the page has had its turn. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
