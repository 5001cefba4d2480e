import { defineConfig } from 'vitest/config'

const outside = ['**/node_modules/**', 'client/dist/**', 'test/fixtures/**']

export default defineConfig({
  test: {
    reporters: ['default', './infra/count-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{server,client,shared,infra,load-tests}/**/*.test.{ts,tsx}',
            'test/{contract,wire,integration,security}/**/*.test.ts',
          ],
          exclude: outside,
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: outside,
          environment: 'node',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
