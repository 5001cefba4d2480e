import { Check } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Checkbox } from 'react-aria-components/Checkbox'
import { importableModalities, type PacsSeries, type PacsStudy } from '../../../shared/pacs/pacs.ts'
import { seriesOfStudy } from '../../api/pacs.ts'
import { count, sentenceCase } from '../common/format.ts'
import { useLoaded } from '../common/use-loaded.ts'
import { isChosen, type SeriesChoice } from './series-choice.ts'

/** The series of an open study; those that can become part of a case can be picked. */
export function SeriesList(props: {
  study: PacsStudy
  choice: SeriesChoice
  onToggle: (seriesInstanceUID: string) => void
}) {
  const { study, choice, onToggle } = props
  const { studyInstanceUID } = study
  const [loaded, again] = useLoaded(studyInstanceUID, (signal) =>
    seriesOfStudy(studyInstanceUID, signal),
  )
  if (loaded.state === 'loading') return <p className="quiet pacs-note">Asking for the series…</p>
  if (loaded.state === 'failed') {
    return (
      <p className="pacs-note" role="alert">
        {loaded.message}{' '}
        <Button className="button" onPress={again}>
          Try again
        </Button>
      </p>
    )
  }
  if (loaded.value.length === 0) return <p className="quiet pacs-note">No series in it.</p>
  return (
    <ul className="pacs-series">
      {loaded.value.map((series) => (
        <li key={series.seriesInstanceUID}>
          <Checkbox
            className="pacs-check"
            isSelected={isChosen(choice, series.seriesInstanceUID)}
            isDisabled={!importableModalities.includes(series.modality)}
            onChange={() => onToggle(series.seriesInstanceUID)}
          >
            <span className="pacs-box" aria-hidden>
              <Check className="icon" />
            </span>
            <SeriesWords series={series} />
          </Checkbox>
        </li>
      ))}
    </ul>
  )
}

function SeriesWords({ series }: { series: PacsSeries }) {
  const { modality, seriesNumber, description, bodyPart, instanceCount } = series
  const isImportable = importableModalities.includes(modality)
  return (
    <>
      <span className="pacs-modality">{modality || '—'}</span>
      <span className="pacs-series-name">
        {seriesNumber !== undefined && `${seriesNumber} · `}
        {description || 'Without a description'}
        {bodyPart && <span className="quiet"> · {sentenceCase(bodyPart)}</span>}
      </span>
      <span className="quiet figures">
        {instanceCount !== undefined && count(instanceCount, 'object')}
        {!isImportable && ' · not for a case'}
      </span>
    </>
  )
}
