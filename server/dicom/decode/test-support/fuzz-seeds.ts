import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dcmjsCodecs from 'dcmjs-codecs'
import { writePart10 } from '../../test-support/part10-writer.ts'
import { type SliceChanges, sliceElements } from '../../test-support/phantom.ts'

export interface FuzzSeed {
  readonly name: string
  readonly content: Buffer
}

const side = 32
const secondaryCapture = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.7', Modality: 'OT' }
const bytes8 = { BitsAllocated: 8, BitsStored: 8, HighBit: 7 }
const colour = { ...secondaryCapture, ...bytes8, SamplesPerPixel: 3 }

/** A soft picture with an edge and a little noise, as compressions like it. */
function smooth(n: number, greatest: number): number {
  const [x, y] = [n % side, Math.floor(n / side)]
  const wave = 0.4 + 0.3 * Math.sin(x / 5) * Math.cos(y / 7) + (x > y ? 0.2 : 0)
  return Math.floor(greatest * wave) + ((x * 7 + y * 13) % 5)
}

function plain(changes: SliceChanges, pixels: Uint8Array): Buffer {
  const elements = sliceElements(0, { Rows: side, Columns: side, ...changes })
  return writePart10([
    ...elements.filter(([tag]) => tag !== '7fe00010'),
    ['00280006', 'US', 0],
    ['7fe00010', 'OW', pixels],
  ])
}

const words = (frames = 1) => {
  const values = Uint16Array.from({ length: side * side * frames }, (_, n) => smooth(n, 4000))
  return new Uint8Array(values.buffer)
}
const bytes = (samples: number) =>
  Uint8Array.from({ length: side * side * samples }, (_, n) => smooth(Math.floor(n / samples), 250))

/**
 * One small file of every syntax and kind of pixels, encoded with dcmtk, GDCM and, for what they do
 * not write, the decoders' own library.
 */
export async function fuzzSeeds(): Promise<readonly FuzzSeed[]> {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-seeds-'))
  try {
    const made = new Map<string, Buffer>([
      ['grey', plain({}, words())],
      ['grey8', plain({ ...secondaryCapture, ...bytes8 }, bytes(1))],
      ['rgb', plain({ ...colour, PhotometricInterpretation: 'RGB' }, bytes(3))],
      ['frames', plain({ NumberOfFrames: '4' }, words(4))],
      [
        'bits',
        plain(
          {
            ...secondaryCapture,
            NumberOfFrames: '5',
            BitsAllocated: 1,
            BitsStored: 1,
            HighBit: 0,
            Rows: 15,
            Columns: 15,
          },
          bytes(1).subarray(0, 142),
        ),
      ],
    ])
    for (const [name, content] of made) writeFileSync(join(folder, `${name}.dcm`), content)
    for (const [program, options, from, name] of conversions) {
      const out = join(folder, `${name}.dcm`)
      const output =
        program === 'gdcmconv'
          ? ['-i', join(folder, `${from}.dcm`), '-o', out]
          : [join(folder, `${from}.dcm`), out]
      execFileSync(program, [...options, ...output], { stdio: 'pipe' })
      made.set(name, readFileSync(out))
    }
    await dcmjsCodecs.NativeCodecs.initializeAsync()
    for (const ending of ['201', '202', '203']) {
      const content = Uint8Array.from(made.get('grey')!)
      const transcoder = new dcmjsCodecs.Transcoder(content.buffer)
      transcoder.transcode(`1.2.840.10008.1.2.4.${ending}`)
      made.set(`htj2k-${ending}`, Buffer.from(transcoder.getDicomPart10()))
    }
    return [...made].map(([name, content]) => ({ name, content }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Conversion = readonly [program: string, options: readonly string[], from: string, name: string]

const conversions: readonly Conversion[] = [
  ['dcmconv', ['+ti'], 'grey', 'implicit'],
  ['dcmconv', ['+tb'], 'grey', 'big-endian'],
  ['dcmconv', ['+tb'], 'grey8', 'big-endian-8'],
  ['dcmconv', ['+td'], 'frames', 'deflated-frames'],
  ['dcmcrle', [], 'grey', 'rle'],
  ['dcmcrle', [], 'rgb', 'rle-rgb'],
  ['dcmcrle', [], 'frames', 'rle-frames'],
  ['dcmcjpeg', ['+eb'], 'grey8', 'jpeg-baseline'],
  ['dcmcjpeg', ['+eb', '+s2'], 'rgb', 'jpeg-baseline-422'],
  ['dcmcjpeg', ['+ee', '+bt'], 'grey', 'jpeg-extended-12'],
  ['dcmcjpeg', ['+es', '+bt'], 'grey', 'jpeg-spectral-12'],
  ['dcmcjpeg', ['+ep', '+bt'], 'grey', 'jpeg-progressive-12'],
  ['dcmcjpeg', ['+ep', '+s4'], 'rgb', 'jpeg-progressive-rgb'],
  ['dcmcjpeg', ['+el', '+sv', '4'], 'grey', 'jpeg-lossless-14'],
  ['dcmcjpeg', ['+e1'], 'grey', 'jpeg-lossless-sv1'],
  ['dcmcjpeg', ['+e1'], 'rgb', 'jpeg-lossless-rgb'],
  ['dcmcjpeg', ['+e1', '+fs', '1'], 'frames', 'jpeg-lossless-frames'],
  ['dcmcjpls', ['+el'], 'grey', 'jpeg-ls'],
  ['dcmcjpls', ['+en'], 'grey', 'jpeg-ls-near'],
  ['dcmcjpls', ['+il'], 'rgb', 'jpeg-ls-line'],
  ['dcmcjpls', ['+is'], 'rgb', 'jpeg-ls-sample'],
  ['dcmcjpls', ['+in'], 'rgb', 'jpeg-ls-planes'],
  ['dcmcjpls', ['-ot'], 'frames', 'jpeg-ls-frames'],
  ['gdcmconv', ['--j2k'], 'grey', 'jpeg-2000'],
  ['gdcmconv', ['--j2k', '--irreversible', '-q', '40,60,80'], 'grey', 'jpeg-2000-lossy'],
  ['gdcmconv', ['--j2k', '-t', '16,16'], 'grey', 'jpeg-2000-tiles'],
  ['gdcmconv', ['--j2k'], 'rgb', 'jpeg-2000-rgb'],
  ['gdcmconv', ['--j2k'], 'frames', 'jpeg-2000-frames'],
]
