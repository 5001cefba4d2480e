import { expect, it } from 'vitest'
import { type Had, reconcile, type Sent, type Wanted } from './reconcile.ts'

const track = (id: string) => ({ id }) as MediaStreamTrack
const voice = track('voice')
const picture = track('picture')
const sent = (of: MediaStreamTrack, open = true): Sent => ({ track: of, open })
const nothingWanted: Wanted = {
  receive: new Map(),
  send: new Map(),
  spatialLayer: 2,
  needsView: false,
}
const nothingHad: Had = { receiving: new Map(), sending: new Map(), needsView: false }

it('[AV-1] sends before it receives, and receives voices before the view', () => {
  const wanted: Wanted = {
    receive: new Map([
      ['v1', 'microphone'],
      ['p1', 'view'],
    ]),
    send: new Map([['microphone', sent(voice, false)]]),
    spatialLayer: 1,
    needsView: true,
  }
  expect(reconcile(wanted, nothingHad)).toEqual([
    { do: 'send', source: 'microphone', track: voice, open: false },
    { do: 'receive', producerId: 'v1' },
    { do: 'receive', producerId: 'p1' },
    { do: 'preferLayer', producerId: 'p1', spatialLayer: 1 },
    { do: 'tellNeed', needed: true },
  ])
})

it('[AV-1] does nothing where everything is as wanted', () => {
  const wanted: Wanted = {
    ...nothingWanted,
    receive: new Map([
      ['v1', 'microphone'],
      ['p1', 'view'],
    ]),
    send: new Map([['microphone', sent(voice)]]),
  }
  const had: Had = {
    receiving: new Map([
      ['v1', {}],
      ['p1', { spatialLayer: 2 }],
    ]),
    sending: new Map([['microphone', sent(voice)]]),
    needsView: false,
  }
  expect(reconcile(wanted, had)).toEqual([])
})

it('[AV-1] a voice that closes is the first thing done, whatever else there is to do', () => {
  const wanted: Wanted = {
    ...nothingWanted,
    receive: new Map([['v2', 'microphone']]),
    send: new Map([['microphone', sent(voice, false)]]),
  }
  const had: Had = {
    receiving: new Map([['v1', {}]]),
    sending: new Map([
      ['microphone', sent(voice)],
      ['view', sent(picture)],
    ]),
    needsView: true,
  }
  expect(reconcile(wanted, had)).toEqual([
    { do: 'setOpen', source: 'microphone', open: false },
    { do: 'stop', source: 'view' },
    { do: 'letGo', producerId: 'v1' },
    { do: 'receive', producerId: 'v2' },
    { do: 'tellNeed', needed: false },
  ])
})

it('[AV-1] another microphone takes the place of the first in the same producer', () => {
  const wanted = { ...nothingWanted, send: new Map([['microphone', sent(picture)]] as const) }
  const had = { ...nothingHad, sending: new Map([['microphone', sent(voice)]] as const) }
  expect(reconcile(wanted, had)).toEqual([
    { do: 'replaceTrack', source: 'microphone', track: picture },
  ])
})

it('[AV-3] a view shown larger asks for a larger layer', () => {
  const wanted: Wanted = { ...nothingWanted, receive: new Map([['p1', 'view']]), spatialLayer: 2 }
  const had: Had = { ...nothingHad, receiving: new Map([['p1', { spatialLayer: 0 }]]) }
  expect(reconcile(wanted, had)).toEqual([{ do: 'preferLayer', producerId: 'p1', spatialLayer: 2 }])
})
