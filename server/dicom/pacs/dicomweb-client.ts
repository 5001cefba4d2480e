import type { PacsSeries, PacsStudies, SeriesPath, StudySearch } from '../../../shared/pacs/pacs.ts'
import { PacsError } from '../../../shared/pacs/pacs-error.ts'
import type { PacsConfig } from '../../config/pacs-config.ts'
import { dataSetOf, dataSetsOf } from './dicom-json.ts'
import { boundaryOf, readMultipart } from './multipart.ts'
import { PacsHttp, type PacsTimeouts } from './pacs-http.ts'
import { seriesListPath, seriesOf, sopInstanceUIDOf, studiesPath, studyOf } from './qido.ts'
import { outcomeOf, type StoreOutcome, stowBody } from './stow.ts'

const mostJsonBytes = 32 * 2 ** 20
const mostInstanceBytes = 4 * 2 ** 30
const instancesPerPage = 1000
/** More than the spool takes. */
const mostInstances = 60_000
/** Whatever the instance was stored in, as it is (PS3.18 8.7.3.5.2). */
const asStored = 'multipart/related; type="application/dicom"; transfer-syntax=*'

/** The hospital's PACS by DICOMweb (PS3.18). Everything throws a PacsError where the PACS fails. */
export class DicomWebClient {
  readonly #http: PacsHttp

  constructor(config: PacsConfig, timeouts?: PacsTimeouts) {
    this.#http = new PacsHttp(config, timeouts)
  }

  /** Newest first. */
  async searchStudies(search: StudySearch, signal?: AbortSignal): Promise<PacsStudies> {
    const studies = (await this.#search(studiesPath(search), signal)).flatMap(
      (each) => studyOf(each) ?? [],
    )
    return {
      studies: studies
        .slice(0, search.limit)
        .sort((a, b) => (b.studyDate ?? '').localeCompare(a.studyDate ?? '')),
      more: studies.length > search.limit,
    }
  }

  /** In the order of their numbers. */
  async searchSeries(studyInstanceUID: string, signal?: AbortSignal): Promise<PacsSeries[]> {
    const found = await this.#search(seriesListPath(studyInstanceUID), signal)
    const number = ({ seriesNumber = Number.MAX_SAFE_INTEGER }: PacsSeries) => seriesNumber
    return found.flatMap((each) => seriesOf(each) ?? []).sort((a, b) => number(a) - number(b))
  }

  /**
   * The SOP Instance UIDs of a series, page by page, until one has nothing new: a PACS may answer with
   * fewer than asked for, or know no pages and send all each time.
   */
  async listInstances(series: SeriesPath, signal?: AbortSignal): Promise<string[]> {
    const uids = new Set<string>()
    for (;;) {
      const before = uids.size
      const page = `?limit=${instancesPerPage}&offset=${before}`
      const found = await this.#search(`${pathOf(series)}/instances${page}`, signal)
      for (const each of found) {
        const uid = sopInstanceUIDOf(each)
        if (!uid) throw new PacsError('pacs-answer') // left out, it would be a gap in the series
        uids.add(uid)
      }
      if (uids.size > mostInstances) throw new PacsError('pacs-too-large')
      if (uids.size === before) return [...uids]
    }
  }

  /** The part-10 file of one instance in its stored syntax; it ends only when it is whole. */
  async *retrieveInstance(
    series: SeriesPath,
    sopInstanceUID: string,
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const path = `${pathOf(series)}/instances/${sopInstanceUID}`
    const answer = await this.#http.ask(path, { accept: asStored, signal })
    const isBare = /^application\/dicom\b(?!\+)/i.test(answer.contentType)
    if (isBare) return yield* answer.body(mostInstanceBytes)
    const boundary = boundaryOf(answer.contentType)
    if (!boundary) {
      answer.close()
      throw new PacsError('pacs-answer')
    }
    let parts = 0
    for await (const part of readMultipart(answer.body(mostInstanceBytes), boundary)) {
      if (++parts > 1) throw new PacsError('pacs-answer')
      yield* part.content
    }
    if (parts === 0) throw new PacsError('pacs-not-found')
  }

  /**
   * Sends part-10 files; what the PACS took and what it refused is in the answer. Throws only where
   * nothing is known of any of them.
   */
  async store(instances: readonly Uint8Array[], signal?: AbortSignal): Promise<StoreOutcome> {
    const { status, content } = await this.#http.json(
      '/studies',
      { method: 'POST', ...stowBody(instances), signal, alsoRead: [409] },
      mostJsonBytes,
    )
    if (content === undefined) {
      if (status === 200) return { stored: instances.length, refused: [] }
      throw new PacsError('pacs-answer')
    }
    return outcomeOf(dataSetOf(content), instances.length)
  }

  async #search(path: string, signal: AbortSignal | undefined) {
    return dataSetsOf((await this.#http.json(path, { signal }, mostJsonBytes)).content)
  }
}

const pathOf = ({ studyInstanceUID, seriesInstanceUID }: SeriesPath) =>
  `/studies/${studyInstanceUID}/series/${seriesInstanceUID}`
