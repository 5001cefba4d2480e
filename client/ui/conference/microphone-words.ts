import type { MediaView } from '../../media/media-session.ts'

type State = MediaView['microphone']

/** The state in a word or two, after "Microphone". */
export const microphoneState: Record<Exclude<State['state'], 'not-allowed'>, string> = {
  off: 'off',
  asking: 'asking',
  open: 'on',
  closed: 'off',
  refused: 'refused',
}

/** What a press does, or why there is nothing to press for. */
export function microphoneTip(microphone: State, line: MediaView['line']): string {
  if (line.state === 'unavailable') return line.message
  switch (microphone.state) {
    case 'open':
      return 'Close the microphone; hold the key to talk while held'
    case 'asking':
      return 'The browser asks whether it may be used'
    case 'refused':
      return microphone.message
    default:
      return 'Speak; hold the key to talk while held'
  }
}
