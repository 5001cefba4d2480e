import { codes } from './code.ts'
import { image, language, observer, rootContainer, text } from './content-item.ts'
import type { DataSet } from './data-set.ts'
import { evidence, type ReferencedInstance, withoutRepeats } from './referenced-instance.ts'
import { instanceModules, type Sending } from './report-modules.ts'

const keyObjectSelectionDocument = '1.2.840.10008.5.1.4.1.1.88.59'

/** A Key Object Selection after TID 2010: the original slices beside the marks, and the key images. */
export function keyObjectSelection(
  sending: Sending,
  selected: readonly ReferencedInstance[],
): DataSet {
  const { origin, findings } = sending
  return {
    ...instanceModules(sending, {
      sopClassUID: keyObjectSelectionDocument,
      modality: 'KO',
      kind: 'key-object-selection',
      seriesDescription: 'Caseroom: key objects',
      seriesNumber: 9304,
    }),
    ReferencedPerformedProcedureStepSequence: [],
    CurrentRequestedProcedureEvidenceSequence: evidence(origin.study.studyInstanceUID, selected),
    ...rootContainer(codes.ofInterest, '2010', [
      language(),
      ...(findings.signedBy === undefined ? [] : observer(findings.signedBy)),
      text(
        'CONTAINS',
        codes.keyObjectDescription,
        'Chosen in a case conference: the images beside its marks, and its key images.',
      ),
      ...withoutRepeats(selected).map((reference) => image(reference)),
    ]),
  }
}
