/**
 * What a person calls the syntaxes that cannot be read (PS3.6 Table A-1, by the part of the UID
 * after 1.2.840.10008). Only these are ever named: a UID that is not here is a value of the file's.
 */
const names: Readonly<Record<string, string>> = {
  '1.2.4.52': 'JPEG Extended (Process 3 and 5), arithmetic coding, retired',
  '1.2.4.54': 'JPEG Spectral Selection (Process 7 and 9), arithmetic coding, retired',
  '1.2.4.56': 'JPEG Full Progression (Process 11 and 13), arithmetic coding, retired',
  '1.2.4.58': 'JPEG Lossless (Process 15), arithmetic coding, retired',
  '1.2.4.59': 'JPEG Extended, Hierarchical (Process 16 and 18), retired',
  '1.2.4.60': 'JPEG Extended, Hierarchical (Process 17 and 19), retired',
  '1.2.4.61': 'JPEG Spectral Selection, Hierarchical (Process 20 and 22), retired',
  '1.2.4.62': 'JPEG Spectral Selection, Hierarchical (Process 21 and 23), retired',
  '1.2.4.63': 'JPEG Full Progression, Hierarchical (Process 24 and 26), retired',
  '1.2.4.64': 'JPEG Full Progression, Hierarchical (Process 25 and 27), retired',
  '1.2.4.65': 'JPEG Lossless, Hierarchical (Process 28), retired',
  '1.2.4.66': 'JPEG Lossless, Hierarchical (Process 29), retired',
  '1.2.4.92': 'JPEG 2000 Part 2 Multi-component (Lossless Only)',
  '1.2.4.93': 'JPEG 2000 Part 2 Multi-component',
  '1.2.4.94': 'JPIP Referenced',
  '1.2.4.95': 'JPIP Referenced Deflate',
  '1.2.4.100': 'MPEG2 Main Profile / Main Level',
  '1.2.4.100.1': 'Fragmentable MPEG2 Main Profile / Main Level',
  '1.2.4.101': 'MPEG2 Main Profile / High Level',
  '1.2.4.101.1': 'Fragmentable MPEG2 Main Profile / High Level',
  '1.2.4.102': 'MPEG-4 AVC/H.264 High Profile / Level 4.1',
  '1.2.4.102.1': 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1',
  '1.2.4.103': 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1',
  '1.2.4.103.1': 'Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1',
  '1.2.4.104': 'MPEG-4 AVC/H.264 High Profile / Level 4.2 for 2D Video',
  '1.2.4.104.1': 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 for 2D Video',
  '1.2.4.105': 'MPEG-4 AVC/H.264 High Profile / Level 4.2 for 3D Video',
  '1.2.4.105.1': 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 for 3D Video',
  '1.2.4.106': 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2',
  '1.2.4.106.1': 'Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2',
  '1.2.4.107': 'HEVC/H.265 Main Profile / Level 5.1',
  '1.2.4.108': 'HEVC/H.265 Main 10 Profile / Level 5.1',
  '1.2.4.110': 'JPEG XL Lossless',
  '1.2.4.111': 'JPEG XL JPEG Recompression',
  '1.2.4.112': 'JPEG XL',
  '1.2.4.204': 'JPIP HTJ2K Referenced',
  '1.2.4.205': 'JPIP HTJ2K Referenced Deflate',
  '1.2.6.1': 'RFC 2557 MIME encapsulation, retired',
  '1.2.6.2': 'XML Encoding, retired',
  '1.2.7.1': 'SMPTE ST 2110-20 Uncompressed Progressive Active Video',
  '1.2.7.2': 'SMPTE ST 2110-20 Uncompressed Interlaced Active Video',
  '1.2.7.3': 'SMPTE ST 2110-30 PCM Digital Audio',
  '1.2.8.1': 'Deflated Image Frame Compression',
  '1.20': 'Papyrus 3 Implicit VR Little Endian, retired',
}

const root = '1.2.840.10008.'

/** Undefined where the standard has none, or where Caseroom reads it. */
export function nameOfUnreadable(transferSyntaxUID: string): string | undefined {
  if (!transferSyntaxUID.startsWith(root)) return undefined
  const ending = transferSyntaxUID.slice(root.length)
  return Object.hasOwn(names, ending) ? names[ending] : undefined
}
