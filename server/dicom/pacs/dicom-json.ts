import { z } from 'zod'
import { PacsError } from '../../../shared/pacs/pacs-error.ts'

/** A data set in the DICOM JSON Model (PS3.18 F): eight upper-case digits to a value. */
export type JsonDataSet = Readonly<Record<string, JsonElement>>
interface JsonElement {
  readonly vr?: string | undefined
  readonly Value?: readonly unknown[] | undefined
}

const element = z.object({ vr: z.string().optional(), Value: z.array(z.unknown()).optional() })
const dataSet = z.record(z.string(), element)
const personName = z.object({
  Alphabetic: z.string().optional(),
  Ideographic: z.string().optional(),
  Phonetic: z.string().optional(),
})

const longestText = 256

/** Throws a PacsError where it is no list of data sets. Nothing (204) is the empty list. */
export function dataSetsOf(content: unknown): JsonDataSet[] {
  if (content === undefined) return []
  return parse(z.array(dataSet), content)
}

export const dataSetOf = (content: unknown): JsonDataSet => parse(dataSet, content)

function parse<T>(schema: z.ZodType<T>, content: unknown): T {
  const parsed = schema.safeParse(content)
  if (!parsed.success) throw new PacsError('pacs-answer')
  return parsed.data
}

/** All values as text; a person's name in the first writing it has. */
export function textsOf(from: JsonDataSet, tag: string): string[] {
  return (from[tag]?.Value ?? []).flatMap((value) => {
    if (typeof value === 'string' || typeof value === 'number') return [tidy(String(value))]
    const name = personName.safeParse(value)
    if (!name.success) return []
    const { Alphabetic, Ideographic, Phonetic } = name.data
    return [tidy(Alphabetic ?? Ideographic ?? Phonetic ?? '')]
  })
}

export const textOf = (from: JsonDataSet, tag: string): string => textsOf(from, tag)[0] ?? ''

/** Undefined where it is no whole number; some PACS send numbers as text. */
export function integerOf(from: JsonDataSet, tag: string): number | undefined {
  const text = textOf(from, tag)
  return /^-?\d{1,12}$/.test(text) ? Number(text) : undefined
}

export function itemsOf(from: JsonDataSet, tag: string): JsonDataSet[] {
  const items = z.array(dataSet).safeParse(from[tag]?.Value ?? [])
  return items.success ? items.data : []
}

/** YYYYMMDD (PS3.5 6.2) as YYYY-MM-DD. */
export function dateOf(from: JsonDataSet, tag: string): string | undefined {
  const [, year, month, day] = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(textOf(from, tag)) ?? []
  return year && `${year}-${month}-${day}`
}

const tidy = (text: string) =>
  text
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, longestText)
