import { createRoot } from 'react-dom/client'
import { AttendanceStore } from './ui/conference/attendance.ts'
import type { OpenStage } from './ui/conference/stage-pane.tsx'
import { ImportList } from './ui/import/import-list.ts'
import { Site } from './ui/site.tsx'

/** The one composition root of the page: who draws, who connects, who keeps what. */
export function start(root: HTMLElement): void {
  const attendance = new AttendanceStore({
    connect: async (options) => {
      const { joinConference } = await import('./conference/join-conference.ts')
      return joinConference(options)
    },
    refusedForGood: async (message) => {
      const { RejoinRefusedError } = await import('./conference/join-conference.ts')
      return new RejoinRefusedError(message)
    },
  })
  createRoot(root).render(
    <Site attendance={attendance} imports={new ImportList()} openStage={openStage} />,
  )
}

/** The renderer comes with the first conference: lobby and library do without it. */
const openStage: OpenStage = async (options) => {
  const [{ createStage }, { createToolbox }] = await Promise.all([
    import('./scene/create-stage.ts'),
    import('./tools/toolbox.ts'),
  ])
  return createStage({
    ...options,
    toolbox: createToolbox,
    zarrUrl: (volumeId) => `${location.origin}/api/volumes/${volumeId}/zarr`,
  })
}
