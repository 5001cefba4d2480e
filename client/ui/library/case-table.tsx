import { FolderUp, Search, TriangleAlert } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { CaseList, CaseSummary } from '../../../shared/case/case.ts'
import { thumbnailUrl } from '../../api/cases.ts'
import { age, count, day, sentenceCase, sex } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { navigate } from '../common/route.ts'
import { StateMessage } from '../common/state-message.tsx'
import type { Loaded } from '../common/use-loaded.ts'

export function CaseTable(props: {
  loaded: Loaded<CaseList>
  list: CaseList | undefined
  narrowed: boolean
  onAgain: () => void
  onClear: () => void
}) {
  const { loaded, list, narrowed, onAgain, onClear } = props
  if (loaded.state === 'failed') {
    return (
      <StateMessage icon={TriangleAlert} title="The cases did not load" text={loaded.message}>
        <Button className="button" onPress={onAgain}>
          Try again
        </Button>
      </StateMessage>
    )
  }
  if (!list) return <StateMessage title="Loading the cases…" />
  if (list.cases.length === 0 && narrowed) {
    return (
      <StateMessage icon={Search} title="No case matches" text="Fewer words may find more.">
        <Button className="button" onPress={onClear}>
          Show all cases
        </Button>
      </StateMessage>
    )
  }
  if (list.cases.length === 0) {
    return (
      <StateMessage
        icon={FolderUp}
        title="No cases yet"
        text="Drop the folder of a hospital CD on the import page; identities are removed on the way in."
      >
        <PageLink to="/import" className="button primary">
          Import a case
        </PageLink>
      </StateMessage>
    )
  }
  return (
    <table className="cases">
      <thead>
        <tr className="label">
          <th scope="col">Case</th>
          <th scope="col">Modality</th>
          <th scope="col">Body part</th>
          <th scope="col">Patient</th>
          <th scope="col">Volumes</th>
          <th scope="col">Imported</th>
        </tr>
      </thead>
      <tbody>
        {list.cases.map((summary) => (
          <CaseRow key={summary.caseId} summary={summary} />
        ))}
      </tbody>
    </table>
  )
}

function CaseRow({ summary }: { summary: CaseSummary }) {
  const { caseId, title, modality, bodyPart, patientSex, patientAge } = summary
  const to = `/library?case=${encodeURIComponent(caseId)}`
  const patient = [patientSex && sex(patientSex), patientAge && age(patientAge)].filter(Boolean)
  return (
    // The title in it is the link that keys reach; the rest of the row is a larger target.
    <tr onClick={() => navigate(to)}>
      <th scope="row">
        <span className="case-name">
          <img src={thumbnailUrl(caseId)} alt="" width="64" height="64" loading="lazy" />
          <PageLink to={to}>{title}</PageLink>
        </span>
      </th>
      <td>{modality}</td>
      <td>{bodyPart ? sentenceCase(bodyPart) : <Unknown />}</td>
      <td className="figures">{patient.length > 0 ? patient.join(', ') : <Unknown />}</td>
      <td className="figures">{count(summary.volumeCount, 'volume')}</td>
      <td className="figures">{day(summary.createdAtMs)}</td>
    </tr>
  )
}

const Unknown = () => <span className="quiet">not stated</span>
