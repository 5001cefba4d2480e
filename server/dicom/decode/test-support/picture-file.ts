import { locateFrames } from '../../part10/locate-frames.ts'
import { readHeader } from '../../part10/read-header.ts'
import { DicomError } from '../../problem.ts'
import { SealedReader } from '../../sealed-file.ts'
import { spool } from '../../test-support/spool-files.ts'
import { type DecodedPicture, decodePicture, type PictureSource } from '../decode-picture.ts'
import { pictureDescription } from '../picture-description.ts'

type SpooledFiles = ReturnType<typeof spool>

/** All frames of a file, wherever they lie; whatever kind of image it is. */
export async function pictureSources(
  { files }: SpooledFiles,
  index = 0,
): Promise<readonly PictureSource[]> {
  const file = files[index]!
  await using reader = await SealedReader.open(file)
  const header = await readHeader(reader)
  const { pixelData, transferSyntax, elements, bytes } = header
  if (!pixelData) throw new DicomError('no-pixel-data')
  const description = pictureDescription(header)
  const element = elements.x00280008
  const said =
    element &&
    Buffer.from(bytes).toString('latin1', element.dataOffset, element.dataOffset + element.length)
  const frames = said === undefined ? 1 : Number.parseInt(said, 10)
  const locations = await locateFrames(reader, pixelData, transferSyntax, description, frames)
  return locations.map((location) => ({ ...description, file, location }))
}

export async function decodePictures(content: Uint8Array): Promise<readonly DecodedPicture[]> {
  using spooled = spool([content])
  const pictures: DecodedPicture[] = []
  for (const source of await pictureSources(spooled)) pictures.push(await decodePicture(source))
  return pictures
}
