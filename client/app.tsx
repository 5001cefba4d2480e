import { createRoot } from 'react-dom/client'
import { AttendanceStore } from './ui/conference/attendance.ts'
import type { OpenStage } from './ui/conference/stage-pane.tsx'
import { ImportList } from './ui/import/import-list.ts'
import { Site } from './ui/site.tsx'
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
