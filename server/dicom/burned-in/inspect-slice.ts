import type { SliceSource } from '../slice-source.ts'
import { findText, type PictureText } from './find-text.ts'
import type { Picture } from './picture.ts'
import { TesseractReader } from './tesseract-reader.ts'
import { TextReaderError } from './text-reader.ts'

/** One for each thread; it starts when something looks like text, and ends when idle. */
const reader = new TesseractReader()

/** `unchecked`: something looked like text, and the reader could not be asked. */
export type SliceText = PictureText | 'unchecked'

/** Looks for text in the values of a decoded slice; undefined where nothing looks like any. */
export async function inspectSlice(
  values: Picture['values'],
  { columns, rows }: Pick<SliceSource, 'columns' | 'rows'>,
): Promise<SliceText | undefined> {
  try {
    const text = await findText({ columns, rows, values }, reader)
    return text.findings.length + text.doubtful.length > 0 ? text : undefined
  } catch (error) {
    if (error instanceof TextReaderError) return 'unchecked'
    throw error
  }
}
