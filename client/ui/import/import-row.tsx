import { Button } from 'react-aria-components/Button'
import type { ImportStatus } from '../../../shared/case/import.ts'
import { bytes, clock, count, percent } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { ProgressLine } from '../common/progress-line.tsx'
import { HeldBack } from './held-back.tsx'
import type { ImportRow } from './import-list.ts'
import { foundWords, stageWords } from './import-words.ts'
import { Report } from './report.tsx'
import { useDecided } from './use-decided.ts'

const bad = ['rejected', 'quarantined', 'failed']

export function ImportRowView(props: {
  row: ImportRow
  onCancel: () => void
  /** Another import may have begun. */
  onDecided: () => void
}) {
  const { row, onCancel, onDecided } = props
  if (row.state === 'job') return <JobRow job={row.job} onDecided={onDecided} />
  if (row.state === 'not-sent') {
    return (
      <li className="import-row" data-state="not-sent">
        <div className="import-row-head">
          <strong className="bad">Not sent</strong>
          <span className="quiet figures">{count(row.files, 'file')}</span>
        </div>
        <p>{row.message}</p>
      </li>
    )
  }
  return (
    <li className="import-row" data-state="sending">
      <div className="import-row-head figures">
        <strong>Uploading</strong>
        <span className="quiet">
          {count(row.files, 'file')}, {bytes(row.bytes)}
        </span>
        <span className="import-percent">{percent(row.fraction)}</span>
        <Button className="button" onPress={onCancel}>
          Cancel
        </Button>
      </div>
      <ProgressLine label="Uploaded" fraction={row.fraction} />
    </li>
  )
}

function JobRow({ job, onDecided }: { job: ImportStatus; onDecided: () => void }) {
  const { state, progress, problems, caseIds, report } = job
  const [decided, markDecided] = useDecided(job)
  if (decided) return <DecidedRow job={job} />
  const isBad = bad.includes(state)
  const done = state === 'ready'
  const tone = isBad ? 'danger' : done ? 'good' : undefined
  return (
    <li className="import-row" data-state={state}>
      <div className="import-row-head figures">
        <strong className={tone === 'danger' ? 'bad' : tone}>{stageWords[state]}</strong>
        <span className="quiet">{foundWords(report)}</span>
        <span className="import-percent quiet">
          {done || isBad ? clock(job.createdAtMs) : percent(progress)}
        </span>
        {caseIds.map((caseId, index) => (
          <PageLink
            key={caseId}
            className="button"
            to={`/library?case=${encodeURIComponent(caseId)}`}
          >
            {caseIds.length === 1 ? 'Open the case' : `Case ${index + 1}`}
          </PageLink>
        ))}
      </div>
      {!done && !isBad && <ProgressLine label={stageWords[state]} fraction={progress} />}
      {problems.length > 0 && (
        <ul className="import-problems">
          {problems.map((problem) => (
            <li key={`${problem.code} ${problem.seriesIndex} ${problem.fileIndex}`}>
              {problem.message}
            </li>
          ))}
        </ul>
      )}
      {report.setAside.length > 0 && (
        <ul className="import-aside quiet">
          {report.setAside.map((aside) => (
            <li key={aside.code}>
              {count(aside.count, 'object')} set aside: {aside.message}
            </li>
          ))}
        </ul>
      )}
      {state === 'quarantined' && (
        <HeldBack
          importId={job.importId}
          onDecided={() => {
            markDecided()
            onDecided()
          }}
        />
      )}
      {done && <Report report={report} />}
    </li>
  )
}

function DecidedRow({ job }: { job: ImportStatus }) {
  return (
    <li className="import-row" data-state="decided">
      <div className="import-row-head figures">
        <strong className="quiet">Was held back</strong>
        <span className="quiet">{foundWords(job.report)}</span>
        <span className="import-percent quiet">{clock(job.createdAtMs)}</span>
      </div>
      <p className="quiet" role="status">
        Somebody has looked at it and decided. What was let through is an import of its own above.
      </p>
    </li>
  )
}
