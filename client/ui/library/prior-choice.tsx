import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import type { PriorCase } from '../../../shared/case/prior.ts'
import { count } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { whenWords } from '../conference/prior-panel-table.ts'

const alone = 'alone'

/** Which other case of the same patient is put on the table beside this one. */
export function PriorChoice(props: {
  priors: readonly PriorCase[]
  chosen: string | undefined
  onChoose: (caseId: string | undefined) => void
}) {
  const { priors, chosen, onChoose } = props
  const prior = priors.find(({ caseId }) => caseId === chosen)
  return (
    <div className="prior-choice">
      <Select
        selectedKey={chosen ?? alone}
        onSelectionChange={(key) => onChoose(key === alone ? undefined : `${key}`)}
      >
        <Label className="label">Compare with</Label>
        <Button className="button" data-testid="prior-choice">
          <SelectValue />
          <span aria-hidden="true">▾</span>
        </Button>
        <Popover>
          <ListBox className="listbox">
            <ListBoxItem id={alone} className="option" textValue="No prior">
              No prior
            </ListBoxItem>
            {priors.map((each) => (
              <ListBoxItem
                key={each.caseId}
                id={each.caseId}
                className="option figures"
                textValue={priorWords(each)}
              >
                {priorWords(each)}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </Select>
      {prior?.face.state === 'needed' && (
        <p className="prior-face">
          The prior may show the patient’s face: guests come in once it is masked or answered for.{' '}
          <PageLink to={`/library?case=${encodeURIComponent(prior.caseId)}`}>
            Open the prior
          </PageLink>
        </p>
      )}
    </div>
  )
}

const priorWords = (prior: PriorCase) =>
  [prior.title, whenWords(prior), count(prior.volumeCount, 'volume')].join(' · ')
