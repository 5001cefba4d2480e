import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { performance } from 'node:perf_hooks'

/** Debian's dcm2niix has no JPEG-LS and says itself to run dcmdjpls first. */
export type Converter = 'dcm2niix' | 'dcmdjpls + dcm2niix'

/** An import's threads give way to a conference; a peer that does not would only measure that. */
const politely = ['-n', '10']

/** Wall time in ms from the same files to one uncompressed NIfTI file. */
export function convert(
  files: readonly string[],
  folder: string,
  converter: Converter,
  scratch: string,
): number {
  return timed(scratch, (out) => {
    const native = join(out, 'native')
    mkdirSync(native)
    if (converter !== 'dcm2niix') {
      for (const file of files) run('dcmdjpls', [file, join(native, basename(file))])
    }
    const from = converter === 'dcm2niix' ? folder : native
    run('dcm2niix', ['-z', 'n', '-b', 'n', '-o', out, '-f', 'volume', from])
  })
}

/** Wall time in ms of gdcmconv writing each file anew without compression; it takes one at a time. */
export function decompress(files: readonly string[], scratch: string): number {
  return timed(scratch, (out) => {
    for (const [n, file] of files.entries()) {
      run('gdcmconv', ['--raw', '-i', file, '-o', join(out, `${n}.dcm`)])
    }
  })
}

function timed(scratch: string, work: (out: string) => void): number {
  const out = mkdtempSync(join(scratch, 'peer-'))
  const startMs = performance.now()
  try {
    work(out)
    return performance.now() - startMs
  } finally {
    rmSync(out, { recursive: true })
  }
}

function run(program: string, options: readonly string[]): void {
  execFileSync('nice', [...politely, program, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
