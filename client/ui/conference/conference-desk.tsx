import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { CaseDetails } from '../../../shared/case/case.ts'
import { createMedia } from '../../media/create-media.ts'
import type { Stage } from '../../scene/stage.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import { CloseDialog } from './close-dialog.tsx'
import type { ConferencePageProps } from './conference-page.tsx'
import { Dock } from './dock.tsx'
import { HelpSheet } from './help-sheet.tsx'
import { whyNotMine } from './leading.ts'
import { LinkState } from './link-state.tsx'
import { MarksPanel } from './marks-panel.tsx'
import { NoticeList } from './notice-list.tsx'
import { useNotices } from './notices.ts'
import { OwnCameraButton } from './own-camera-button.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { type PanelId, SidePanel } from './side-panel.tsx'
import { type DraftPlane, StagePane } from './stage-pane.tsx'
import { StatusLine } from './status-line.tsx'
import { ToolRail } from './tool-rail.tsx'
import { mayUse, toolEntries } from './tools.ts'
import { TopBar } from './top-bar.tsx'
import { useMenu } from './use-menu.ts'
import { type Shortcuts, useShortcuts } from './use-shortcuts.ts'
import { useTextPrompt } from './use-text-prompt.tsx'
import { useWide } from './use-wide.ts'
import { ViewPanel } from './view-panel.tsx'
import './conference.css'
import './panel.css'
import './stage.css'

/** Everything around the volume; on a phone the panel is a sheet and the tools a strip. */
export function ConferenceDesk(props: ConferencePageProps & { details: CaseDetails }) {
  const { session, token, joinedAtMs, signedIn, openStage, onLeave, onRejoin, details } = props
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot)
  const wide = useWide()
  const [stage, setStage] = useState<Stage>()
  const [media] = useState(() => createMedia(session))
  const [tool, setTool] = useState<ToolId>('turn')
  const [panel, setPanel] = useState<PanelId>('people')
  const [panelOpen, setPanelOpen] = useState(wide)
  const { notices, say, putAway } = useNotices(session)
  const { ask, prompt } = useTextPrompt()
  const menu = useMenu({ session, signedIn, panelOpen, setPanelOpen })

  const opened = useCallback((now: Stage | undefined) => setStage(now), [])
  const volume =
    details.volumes.find(({ volumeId }) => volumeId === view.shownVolumeId) ?? details.volumes[0]
  const active = mayUse(tool, session) === 'yes' ? tool : 'turn'
  useEffect(() => stage?.setTool(active), [stage, active])

  const choose = (chosen: ToolId) => {
    const verdict = mayUse(chosen, session)
    if (verdict === 'yes') setTool(chosen)
    else if (verdict === 'not-presenter') say(whyNotMine(view), 'caution')
  }
  const draftPlane: DraftPlane = (plane, settled) => {
    stage?.draft({ plane }, settled)
  }
  const raised = view.participants.some(({ isMe, handRaised }) => isMe && handRaised)
  const mayRaise = session.may('raiseHand') === 'yes' && (raised || !view.me.presents)
  const toggleHand = () => {
    if (mayRaise) void session.command({ type: 'raiseHand', raised: !raised })
  }
  const shortcuts: Shortcuts = new Map([
    ...toolEntries.map(({ id, key }) => [key, () => choose(id)] as const),
    ['ESCAPE', () => setTool('turn')],
    ['0', () => stage?.lookFromHome()],
    ['HOME', () => stage?.lookFromHome()],
    ['H', toggleHand],
    ['CTRL+Z', () => session.undo()],
    ['CTRL+SHIFT+Z', () => session.redo()],
    ['CTRL+Y', () => session.redo()],
    ['?', menu.openHelp],
  ])
  useShortcuts(shortcuts)
  const counts = { people: view.participants.length, marks: view.annotations.length }

  return (
    <div className="conference" data-panel={panelOpen ? 'open' : 'closed'}>
      <TopBar
        view={view}
        wide={wide}
        title={details.title}
        volumes={details.volumes}
        mayChooseVolume={session.may('setVolume') === 'yes'}
        joinedAtMs={joinedAtMs}
        menu={menu.entries}
        onVolume={(volumeId) => void session.command({ type: 'setVolume', volumeId })}
        onLeave={onLeave}
      />
      <nav className="tools-place" aria-label="Tools">
        <ToolRail
          session={session}
          active={active}
          wide={wide}
          whyNot={whyNotMine(view)}
          onChoose={choose}
        />
      </nav>
      <main className="stage" data-theme="dark">
        <StagePane
          session={session}
          media={media}
          details={details}
          token={token}
          openStage={openStage}
          say={say}
          askForText={ask}
          onStage={opened}
        />
        <p className="not-for-diagnosis">Not for diagnosis</p>
        <OwnCameraButton stage={stage} />
        <LinkState link={view.link} onRejoin={onRejoin} onLeave={onLeave} />
        <NoticeList notices={notices} onPutAway={putAway} />
      </main>
      <SidePanel
        shown={panel}
        open={panelOpen}
        counts={counts}
        contents={{
          view: volume && (
            <ViewPanel session={session} view={view} volume={volume} draftPlane={draftPlane} />
          ),
          people: <PeoplePanel session={session} view={view} />,
          marks: <MarksPanel session={session} view={view} />,
        }}
        onShow={setPanel}
        onClose={() => setPanelOpen(false)}
      />
      <StatusLine view={view} stage={stage} wide={wide} />
      {!wide && (
        <Dock
          open={panelOpen ? panel : undefined}
          counts={counts}
          hand={mayRaise ? { raised, toggle: toggleHand } : undefined}
          onOpen={(chosen) => {
            setPanelOpen(chosen !== undefined)
            if (chosen) setPanel(chosen)
          }}
        />
      )}
      <HelpSheet isOpen={menu.helpOpen} onClose={menu.closeHelp} />
      <CloseDialog
        isOpen={menu.closing}
        onDismiss={menu.keepOpen}
        onClose={() => {
          menu.keepOpen()
          void session.command({ type: 'closeConference' })
        }}
      />
      {prompt}
    </div>
  )
}
