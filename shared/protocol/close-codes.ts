/**
 * Why a connection was ended by us: a closed list. Codes below 4100 are Colyseus's own;
 * its 4010, "may try to reconnect", is what a page closes with when nothing arrives any more.
 * A client that may come back does so by itself; otherwise it says the sentence and stops.
 */
export const CloseCode = {
  ServerStopping: 4001,
  Refused: 4002,
  NoFrames: 4010,
  ConferenceClosed: 4100,
  Flooding: 4101,
  JoinedElsewhere: 4103,
  StateDiverged: 4104,
  HostedElsewhere: 4105,
} as const
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode]

const endings: Record<CloseCode, { retryable: boolean; message: string }> = {
  [CloseCode.ServerStopping]: { retryable: true, message: 'The server is restarting.' },
  [CloseCode.Refused]: { retryable: true, message: 'The server refused the connection.' },
  [CloseCode.NoFrames]: { retryable: true, message: 'Nothing arrived for a while.' },
  [CloseCode.ConferenceClosed]: { retryable: false, message: 'The conference has been closed.' },
  [CloseCode.Flooding]: {
    retryable: false,
    message: 'This page sent far too many commands and was disconnected. Join again to go on.',
  },
  [CloseCode.JoinedElsewhere]: {
    retryable: false,
    message: 'You joined from another page; this one has stopped.',
  },
  [CloseCode.StateDiverged]: { retryable: true, message: 'This page had to load the state anew.' },
  [CloseCode.HostedElsewhere]: {
    retryable: true,
    message: 'The conference goes on at another server.',
  },
}

/** What a close code means; an unknown one, as 1006 after a cut line, may be retried. */
export function ending(code: number): { retryable: boolean; message: string } {
  return endings[code as CloseCode] ?? { retryable: true, message: 'The connection was lost.' }
}
