import type { Hosting } from './ports.ts'

/** One process hosts whatever is asked of it. */
export const hostedAlone: Hosting = {
  claim: async () => undefined,
  stands: async () => true,
  release: async () => undefined,
  lost: async () => [],
}
