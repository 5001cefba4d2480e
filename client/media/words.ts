/** What a person is told about sound and view; what to do comes with every refusal. */

export const noWebRtc =
  'This browser has no WebRTC, so there is no sound here. Use a current Chrome, Edge, Firefox or Safari.'

export const noWayThrough =
  'This network lets no sound and no view through. Use another network, or ask for the ports of ' +
  'the media to be opened. It is tried again by itself.'

export const notHereAnyMore = 'This page is not in the conference any more.'

/** A browser without the codec. */
export const cannotSend = {
  microphone: 'This browser cannot send sound here. Use a current Chrome, Edge, Firefox or Safari.',
  view: 'This browser cannot send its view. Use a current Chrome, Edge, Firefox or Safari.',
} as const

const listening = 'You hear the others.'

/** By the error of getUserMedia (Media Capture and Streams §10.2). */
export function microphoneWords(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  switch (name) {
    case 'NotAllowedError':
      return `This browser keeps the microphone from this page. Allow it beside the address, then press the microphone again. ${listening}`
    case 'NotFoundError':
      return `No microphone was found. Plug one in, then press the microphone again. ${listening}`
    case 'NotReadableError':
      return `The microphone is in use by another program. Close that, then press the microphone again. ${listening}`
    case 'InsecureContextError':
      return `Browsers give the microphone only to pages with TLS. Open the https address of this conference. ${listening}`
    default:
      return `The microphone could not be opened. Press it to try again. ${listening}`
  }
}

export const microphoneGone = (wasOpen: boolean) => {
  const then = wasOpen ? 'It opens again when one is back.' : 'It was closed.'
  return `The microphone was unplugged. ${then} ${listening}`
}

export const microphoneBack = 'A microphone is there now. Press the microphone to speak.'

export const anotherMicrophone = (label: string, open: boolean) =>
  `The microphone was taken away. ${label || 'Another one'} ${open ? 'is open now' : 'takes its place, closed'}.`

export const microphoneKept =
  'That microphone could not be opened; the one before stays. It may be in use by another program.'

export const mutedByAttending = 'An attending muted you. Press the microphone to speak.'

export const viewReplaced = (name: string) => `${name} shows their view now; yours has ended.`

export const viewNotAllowed = 'You do not lead any more: your view has ended.'

export const viewNeeded = (name: string) =>
  `Your view is shared: ${name}’s device cannot draw the volume.`
