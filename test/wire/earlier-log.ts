import type { ConferenceEvent } from '../../shared/conference/event.ts'

const window = { windowCenter: 40, windowWidth: 400 }
const volumePose = { position: [0, 1.3, -0.8], rotation: [0, 0, 0, 1], scale: 1 } as const
const mark = {
  volumeId: 'ct',
  authorId: 'Okafor',
  authorName: 'Okafor',
  authorColour: 2,
  atMs: 5,
}
/** As logs had them before there were curves, boxes, segments, slices, priors and measured marks. */
export const earlierEvents = (conferenceId: string): readonly ConferenceEvent[] => [
  {
    type: 'conferenceOpened',
    conferenceId,
    caseId: 'case',
    volumeId: 'ct',
    window,
    presetId: 'ct-soft-tissue',
    volumePose,
  },
  { type: 'presenterChanged', participantId: 'Okafor' },
  {
    type: 'clippingPlaneSet',
    plane: { planeId: 'p', normal: [0, 0, 1], offsetMm: 10, enabled: true },
  },
  {
    type: 'annotationAdded',
    annotation: { ...mark, annotationId: 'spot', kind: 'point', pointsMm: [[1, 2, 3]] },
  },
  {
    type: 'annotationAdded',
    annotation: {
      ...mark,
      annotationId: 'way',
      kind: 'arrow',
      text: 'here',
      pointsMm: [
        [0, 0, 0],
        [1, 1, 1],
      ],
    },
  },
  {
    type: 'annotationUpdated',
    annotationId: 'way',
    pointsMm: [
      [0, 0, 0],
      [4, 5, 6],
    ],
  },
  { type: 'annotationDeleted', annotationId: 'spot' },
  { type: 'viewReset', volumeId: 'ct', window, presetId: 'ct-soft-tissue', volumePose },
  {
    type: 'volumeShown',
    volumeId: 'prior',
    window,
    presetId: 'ct-soft-tissue',
    keepPlanes: false,
  },
  { type: 'presetChosen', presetId: 'ct-bone', window },
]
