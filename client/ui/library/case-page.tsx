import { ArrowLeft, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { CaseDetails } from '../../../shared/case/case.ts'
import { isGuess } from '../../../shared/case/prior.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { readCase, readPriors, thumbnailUrl } from '../../api/cases.ts'
import { type OpenedConference, openConference } from '../../api/conferences.ts'
import { wordsFor } from '../../api/http.ts'
import { age, count, day, dims, sentenceCase, sex } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { StateMessage } from '../common/state-message.tsx'
import { useLoaded } from '../common/use-loaded.ts'
import { useTitle } from '../common/use-title.ts'
import { ConferenceLinks } from './conference-links.tsx'
import { FacePanel } from './face/face-panel.tsx'
import { PriorChoice } from './prior-choice.tsx'
import { PriorPatientDialog } from './prior-patient-dialog.tsx'
import { spacingOf } from './spacing.ts'
import './library.css'

export function CasePage({ caseId }: { caseId: string }) {
  const [loaded, again] = useLoaded(caseId, () => readCase(caseId))
  useTitle(loaded.state === 'there' ? loaded.value.title : 'Case')
  return (
    <div className="case-page">
      <PageLink to="/library" className="back quiet">
        <ArrowLeft className="icon" aria-hidden />
        Library
      </PageLink>
      {loaded.state === 'loading' && <StateMessage heading={1} title="Loading the case…" />}
      {loaded.state === 'failed' && (
        <StateMessage
          heading={1}
          icon={TriangleAlert}
          title="The case did not load"
          text={loaded.message}
        >
          <Button className="button" onPress={again}>
            Try again
          </Button>
        </StateMessage>
      )}
      {loaded.state === 'there' && <Case details={loaded.value} onChanged={again} />}
    </div>
  )
}

function Case({ details, onChanged }: { details: CaseDetails; onChanged: () => void }) {
  return (
    <div className="case">
      <img
        className="case-picture"
        src={`${thumbnailUrl(details.caseId)}?of=${details.volumes[0]?.volumeId}`}
        alt={`The volume of ${details.title}, seen from the front`}
        width="320"
        height="320"
      />
      <div className="case-words">
        <h1>{details.title}</h1>
        <Facts details={details} />
        <FacePanel details={details} onProtected={onChanged} />
        <OpenConference caseId={details.caseId} />
        <section aria-labelledby="volumes">
          <h2 id="volumes">Volumes</h2>
          <ul className="volumes">
            {details.volumes.map((volume) => (
              <VolumeLine key={volume.volumeId} volume={volume} />
            ))}
          </ul>
        </section>
      </div>
    </div>
  )
}

function Facts({ details }: { details: CaseDetails }) {
  const { modality, bodyPart, patientSex, patientAge, studyDate } = details
  const facts = [
    ['Modality', modality],
    ['Body part', bodyPart && sentenceCase(bodyPart)],
    [
      'Patient',
      [patientSex && sex(patientSex), patientAge && age(patientAge)].filter(Boolean).join(', '),
    ],
    ['Study date, shifted', studyDate],
    ['Imported', day(details.createdAtMs)],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="label">{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function VolumeLine({ volume }: { volume: VolumeManifest }) {
  return (
    <li>
      <span>{volume.label}</span>
      <span className="quiet figures">
        {dims(volume.dims)} voxels · {spacingOf(volume)} mm
      </span>
      {volume.interpolatedSlices && (
        <span className="volume-note">
          {count(volume.interpolatedSlices.length, 'slice')} of {volume.dims[2]} missing, made of
          their neighbours: {volume.interpolatedSlices.map((k) => k + 1).join(', ')}
        </span>
      )}
      {volume.labels && (
        <ul className="volume-labels" aria-label="Segments">
          {volume.labels.map((label) => (
            <li key={label.labelId}>
              <span
                className="volume-label-colour"
                style={{ background: `rgb(${label.colour.join(' ')})` }}
                aria-hidden
              />
              {label.name} <span className="quiet">{label.source}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** Without its priors, which may not load, a case is opened alone. */
function OpenConference({ caseId }: { caseId: string }) {
  const [priors] = useLoaded(caseId, () => readPriors(caseId))
  const [priorCaseId, setPriorCaseId] = useState<string>()
  const [opened, setOpened] = useState<OpenedConference>()
  const [refusal, setRefusal] = useState<string>()
  const [opening, setOpening] = useState(false)
  const [asking, setAsking] = useState(false)
  const prior =
    priors.state === 'there' ? priors.value.find((each) => each.caseId === priorCaseId) : undefined
  const open = async (samePatient: boolean) => {
    setAsking(false)
    setOpening(true)
    setRefusal(undefined)
    try {
      setOpened(await openConference(caseId, prior && { caseId: prior.caseId, samePatient }))
    } catch (error) {
      setRefusal(wordsFor(error))
    }
    setOpening(false)
  }
  if (opened) return <ConferenceLinks opened={opened} />
  return (
    <div className="open-conference">
      {priors.state === 'there' && priors.value.length > 0 && (
        <PriorChoice priors={priors.value} chosen={priorCaseId} onChoose={setPriorCaseId} />
      )}
      {priors.state === 'failed' && (
        <p className="quiet">The priors of this patient did not load. {priors.message}</p>
      )}
      <Button
        className="button primary large"
        isDisabled={opening}
        onPress={() => (isGuess(prior?.linkedBy) ? setAsking(true) : void open(false))}
      >
        {opening ? 'Opening…' : 'Open conference'}
      </Button>
      {asking && (
        <PriorPatientDialog
          linkedBy={prior?.linkedBy}
          onDismiss={() => setAsking(false)}
          onConfirm={() => void open(true)}
        />
      )}
      {refusal && <p role="alert">{refusal}</p>}
    </div>
  )
}
