import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The folder of real imaging data, or undefined where this machine has none. */
export const testDataRoot: string | undefined = [
  process.env.CASEROOM_TEST_DATA,
  join(projectRoot, '../shared/data'),
].find((folder) => folder !== undefined && existsSync(join(folder, 'expected.json')))

/**
 * A path in the test data. Throws where there is none on this machine: a test that could not look
 * at its data has not passed.
 */
export function testData(...path: string[]): string {
  if (!testDataRoot) {
    throw new Error(
      'This test could not run: it needs the imaging data, at ../shared/data or where ' +
        'CASEROOM_TEST_DATA says.',
    )
  }
  return join(testDataRoot, ...path)
}

/** Every file below a folder of the test data, sorted. */
export function testFiles(...path: string[]): string[] {
  const folder = testData(...path)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
