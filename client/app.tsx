import { createRoot } from 'react-dom/client'
import { whoAmI } from './api/identity.ts'
import { AttendanceStore } from './ui/conference/attendance.ts'
import { storedSeat } from './ui/conference/kept-seat.ts'
import type { OpenStage } from './ui/conference/stage-pane.tsx'
import { ImportList } from './ui/import/import-list.ts'
import { Site } from './ui/site.tsx'
import { forgetLeftVolumes } from './voxels/forget-volumes.ts'
import { createImmersion } from './xr/immersion.ts'

/** Line and renderer come with the first conference: lobby and library do without them. */
const line = () => import('./conference/join-conference.ts')
const scene = () => import('./scene/create-stage.ts')
const tools = () => import('./tools/toolbox.ts')
const media = async () => (await import('./media/rtc-device.ts')).loadClient()
const page = () => import('./ui/conference/conference-page.tsx')

/** The one composition root of the page: who draws, who connects, who keeps what. */
export function start(root: HTMLElement): void {
  const attendance = new AttendanceStore({
    connect: async (options) => (await line()).joinConference(options),
    refusedForGood: async (message, remedy) =>
      new (await line()).RejoinRefusedError(message, remedy),
  })
  // best effort: a guest who closed the page without leaving has left pictures behind
  void forgetLeftVolumes(async () => storedSeat() !== undefined || (await whoAmI()) !== undefined)
  createRoot(root).render(
    <Site
      attendance={attendance}
      imports={new ImportList()}
      openStage={openStage}
      prepare={prepare}
    />,
  )
}

function prepare(): void {
  void Promise.allSettled([line(), scene(), tools(), page(), media()]) // whoever needs them asks again
}

const openStage: OpenStage = async ({ media, ...options }) => {
  const [{ createStage }, { createToolbox }] = await Promise.all([scene(), tools()])
  const stage = await createStage({
    ...options,
    immersion: (host) => createImmersion({ host, media }),
    toolbox: createToolbox,
  })
  stage.onEars((ears) => media.hearFrom(ears))
  return stage
}
