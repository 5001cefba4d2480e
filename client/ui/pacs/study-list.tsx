import { ChevronDown, ChevronRight } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { PacsStudy } from '../../../shared/pacs/pacs.ts'
import { count } from '../common/format.ts'
import { dayInWords, otherStudies, patientName } from './patient-words.ts'
import type { SeriesChoice } from './series-choice.ts'
import { SeriesList } from './series-list.tsx'

/** One row a study; it opens to its series and to the same patient's other studies. */
export function StudyList(props: {
  studies: readonly PacsStudy[]
  open: ReadonlySet<string>
  choice: SeriesChoice
  onOpen: (study: PacsStudy, isOpen: boolean) => void
  onToggle: (study: PacsStudy, seriesInstanceUID: string) => void
}) {
  const { studies, open, choice, onOpen, onToggle } = props
  return (
    <ul className="pacs-studies" aria-label="Studies">
      {studies.map((study) => {
        const isOpen = open.has(study.studyInstanceUID)
        return (
          <li key={study.studyInstanceUID} className="pacs-study">
            <StudyHead study={study} isOpen={isOpen} onPress={() => onOpen(study, !isOpen)} />
            {isOpen && (
              <div className="pacs-inside">
                <SeriesList
                  study={study}
                  choice={choice}
                  onToggle={(series) => onToggle(study, series)}
                />
                <OtherStudies
                  others={otherStudies(study, studies).filter(
                    ({ studyInstanceUID }) => !open.has(studyInstanceUID),
                  )}
                  onOpen={(other) => onOpen(other, true)}
                />
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function StudyHead(props: { study: PacsStudy; isOpen: boolean; onPress: () => void }) {
  const { study, isOpen, onPress } = props
  const born = dayInWords(study.patientBirthDate)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <Button className="pacs-head" aria-expanded={isOpen} onPress={onPress}>
      <Chevron className="icon" aria-hidden />
      <span className="pacs-patient">
        <strong>{patientName(study)}</strong>
        <span className="quiet figures">
          {[study.patientId, born && `born ${born}`].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="figures">{dayInWords(study.studyDate) ?? 'No date'}</span>
      <span>{study.modalities.join(', ')}</span>
      <span className="pacs-description">{study.description || 'Without a description'}</span>
      <span className="quiet figures">
        {study.seriesCount !== undefined && count(study.seriesCount, 'series', 'series')}
      </span>
    </Button>
  )
}

function OtherStudies(props: { others: readonly PacsStudy[]; onOpen: (study: PacsStudy) => void }) {
  const { others, onOpen } = props
  if (others.length === 0) return null
  return (
    <div className="pacs-others">
      <span className="label">Other studies of this patient</span>
      {others.map((study) => (
        <Button key={study.studyInstanceUID} className="button" onPress={() => onOpen(study)}>
          {[dayInWords(study.studyDate), study.modalities.join(', '), study.description]
            .filter(Boolean)
            .join(' · ') || 'Without a description'}
        </Button>
      ))}
    </div>
  )
}
