import { ChevronRight } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import { Heading } from 'react-aria-components/Heading'
import type { ImportReport } from '../../../shared/case/import.ts'
import { count } from '../common/format.ts'

type Deidentification = NonNullable<ImportReport['deidentification']>

/** One page: what was decided about the pictures, what was hidden, what was taken away. */
export function Report({ report }: { report: ImportReport }) {
  const { notes = [], slicesMasked = 0, deidentification } = report
  return (
    <Disclosure className="report">
      <Heading level={3}>
        <Button slot="trigger" className="button plain">
          <ChevronRight className="icon report-chevron" aria-hidden />
          Import report
        </Button>
      </Heading>
      <DisclosurePanel>
        <h4>The pictures</h4>
        <ul>
          {notes.map((note) => (
            <li key={`${note.seriesIndex} ${note.code} ${note.message}`}>
              <span className="quiet figures">Series {note.seriesIndex + 1}</span> {note.message}
            </li>
          ))}
          {notes.length === 0 && <li>Taken as they came: nothing had to be decided.</li>}
          <li>
            {slicesMasked > 0
              ? `Text was found and hidden in ${count(slicesMasked, 'slice')}.`
              : 'No text was found in the pixels.'}
          </li>
        </ul>
        {deidentification && <Identities counts={deidentification} />}
      </DisclosurePanel>
    </Disclosure>
  )
}

const treatments = [
  ['removed', 'Removed'],
  ['emptied', 'Emptied'],
  ['replaced', 'Replaced'],
  ['cleaned', 'Cleaned'],
  ['datesShifted', 'Dates moved by whole days'],
  ['kept', 'Kept'],
] as const

const things = [
  ['uidsRemapped', 'identifier', 'replaced'],
  ['privateElements', 'private element', 'removed'],
  ['unlisted', 'other element', 'removed'],
  ['overlays', 'overlay', 'removed'],
  ['curves', 'curve', 'removed'],
  ['icons', 'icon', 'removed'],
  ['preambles', 'file preamble', 'removed'],
] as const

function Identities({ counts }: { counts: Deidentification }) {
  return (
    <>
      <h4>Identities (DICOM PS3.15, Basic Profile)</h4>
      <dl className="report-treatments">
        {treatments.map(([key, words]) => {
          const named = counts[key]
          if (typeof named !== 'object' || Object.keys(named).length === 0) return null
          return (
            <div key={key}>
              <dt>{words}</dt>
              <dd className="quiet">{Object.keys(named).toSorted().map(spaced).join(', ')}</dd>
            </div>
          )
        })}
      </dl>
      <p className="quiet figures">
        {things
          .filter(([key]) => Number(counts[key]) > 0)
          .map(([key, thing, done]) => `${count(Number(counts[key]), thing)} ${done}`)
          .join(' · ')}
      </p>
    </>
  )
}

/** A keyword as the words it is made of. */
const spaced = (keyword: string) =>
  keyword.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/([A-Z])([A-Z][a-z])(?!$| )/g, '$1 $2')
