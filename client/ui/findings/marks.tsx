import type { ShownMark } from '../../../shared/findings/findings-view.ts'
import { clock, count } from '../common/format.ts'
import { Choice } from './choice.tsx'
import { markName } from './words.ts'

export function Marks(props: {
  marks: readonly ShownMark[]
  leftOut: ReadonlySet<string>
  onChoose: (annotationId: string, chosen: boolean) => void
}) {
  const { marks, leftOut, onChoose } = props
  return (
    <section className="findings-part" aria-labelledby="findings-marks">
      <h2 id="findings-marks">Marks</h2>
      {marks.length === 0 ? (
        <p className="quiet">Nothing was marked in this conference.</p>
      ) : (
        <>
          <p className="quiet figures">
            {count(marks.filter(({ annotationId }) => !leftOut.has(annotationId)).length, 'mark')}{' '}
            of {marks.length} will be sent
          </p>
          <ul className="findings-list" data-testid="findings-marks">
            {marks.map((mark) => (
              <li key={mark.annotationId}>
                <Choice
                  isChosen={!leftOut.has(mark.annotationId)}
                  isDisabled={mark.ofPrior === true}
                  onChoose={(chosen) => onChoose(mark.annotationId, chosen)}
                >
                  <span className="figures">{markName(mark)}</span>
                  <span className="label figures">
                    {mark.authorName} · {clock(mark.atMs)}
                    {mark.ofPrior && ' · on the prior: it is not sent into this study'}
                  </span>
                </Choice>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
