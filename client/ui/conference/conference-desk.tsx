import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { CaseDetails } from '../../../shared/case/case.ts'
import type { LookDraft } from '../../scene/look-draft.ts'
import type { Stage } from '../../scene/stage.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import { findingsEntries } from '../findings/findings-entries.ts'
import { Station } from '../station/station.tsx'
import { focusedPane, useStationLayout } from '../station/station-layout.ts'
import { useSliceStation } from '../station/use-slice-station.ts'
import { useVoxels } from '../station/use-voxels.ts'
import { actionKeys, toolRuns, viewRuns } from './action-keys.ts'
import { AttendingView, viewPlace } from './attending-view.tsx'
import { CloseDialog } from './close-dialog.tsx'
import type { ConferencePageProps } from './conference-page.tsx'
import { DeskControls } from './desk-controls.tsx'
import { Dock } from './dock.tsx'
import { EnterVrButton } from './enter-vr-button.tsx'
import { HelpSheet } from './help-sheet.tsx'
import { InHeadset } from './in-headset.tsx'
import { whyNotMine } from './leading.ts'
import { LinkState } from './link-state.tsx'
import { MarksPanel } from './marks-panel.tsx'
import { MicrophoneButton } from './microphone-button.tsx'
import { moreEntries } from './more-entries.ts'
import { mayMuteOthers } from './muting.ts'
import { NoticeList } from './notice-list.tsx'
import { useNotices } from './notices.ts'
import { OwnCameraButton } from './own-camera-button.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { type PanelId, SidePanel } from './side-panel.tsx'
import { SoundBlocked } from './sound-blocked.tsx'
import { SoundDialog } from './sound-menu.tsx'
import { type DraftPlane, StagePane } from './stage-pane.tsx'
import { StatusLine, useStageStatus } from './status-line.tsx'
import { talkKey } from './talk-key.ts'
import { ToolRail } from './tool-rail.tsx'
import { mayUse } from './tools.ts'
import { TopBar } from './top-bar.tsx'
import { passDoor, useImmersion } from './use-immersion.ts'
import { useMedia, useMediaPart } from './use-media.ts'
import { useMenu } from './use-menu.ts'
import { useSharing } from './use-sharing.ts'
import { type Hold, type Shortcuts, useShortcuts } from './use-shortcuts.ts'
import { useTextPrompt } from './use-text-prompt.tsx'
import { useWide } from './use-wide.ts'
import { ViewPanel } from './view-panel.tsx'
import { Watching } from './watching.tsx'
import './conference.css'
import './panel.css'
import './stage.css'
import './media.css'

/** Everything around the volume; on a phone the panel is a sheet and the tools a strip. */
export function ConferenceDesk(props: ConferencePageProps & { details: CaseDetails }) {
  const { session, token, joinedAtMs, signedIn, openStage, onLeave, onRejoin, details } = props
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot)
  const wide = useWide()
  const [stage, setStage] = useState<Stage>()
  const media = useMedia(session)
  const [tool, setTool] = useState<ToolId>('turn')
  const [panel, setPanel] = useState<PanelId>('people')
  const [panelOpen, setPanelOpen] = useState(wide)
  const { notices, say, putAway } = useNotices(session, media)
  const { ask, prompt } = useTextPrompt()
  const [viewLarge, setViewLarge] = useState(false)
  const sharing = useSharing(media, view, stage)
  const immersion = useImmersion(stage)
  const needsView = useMediaPart(media, (now) => now.needsView !== undefined)

  const opened = useCallback((now: Stage | undefined) => setStage(now), [])
  const volume =
    details.volumes.find(({ volumeId }) => volumeId === view.shownVolumeId) ?? details.volumes[0]
  const active = mayUse(tool, session) === 'yes' ? tool : 'turn'
  useEffect(() => stage?.setTool(active), [stage, active])
  const inside = immersion.state === 'inside'
  const status = useStageStatus(stage)
  const worn = status?.tool
  useEffect(() => {
    if (inside && worn) setTool(worn) // what was taken in the headset is in the hand afterwards
  }, [inside, worn])

  const layout = useStationLayout(wide)
  const voxelsOf = useVoxels(details, token)
  const framed = layout.panes.length > 0 && layout.shown === 'both'
  useEffect(() => stage?.showSliceFrames(framed), [stage, framed])
  const hidden = layout.shown === 'slices'
  useEffect(() => stage?.rest(hidden), [stage, hidden])
  const station = useSliceStation(
    {
      session,
      volumes: details.volumes,
      voxelsOf,
      say: (text) => say(text, 'info'),
      askForText: ask,
      draftWindow: (window, settled) => stage?.draft(window && { window }, settled),
      showLaser: (laser) => session.show(laser ? { laser } : {}),
    },
    active,
  )

  const choose = (chosen: ToolId) => {
    const verdict = mayUse(chosen, session)
    if (verdict === 'yes') setTool(chosen)
    else if (verdict === 'not-presenter') say(whyNotMine(view), 'caution')
  }
  const draftLook = useCallback((draft: LookDraft) => stage?.draftLook(draft), [stage])
  const draftPlane: DraftPlane = (plane, settled) => {
    stage?.draft({ plane }, settled)
  }
  const raised = view.participants.some(({ isMe, handRaised }) => isMe && handRaised)
  const mayRaise = session.may('raiseHand') === 'yes' && (raised || !view.me.presents)
  const toggleHand = () => {
    if (mayRaise) void session.command({ type: 'raiseHand', raised: !raised })
  }
  const muteAll = () => {
    if (mayMuteOthers(session)) void session.command({ type: 'setMuted', muted: true })
  }
  const menu = useMenu({
    session,
    signedIn,
    panelOpen,
    setPanelOpen,
    more: [
      ...moreEntries({ wide, sharing, immersion }),
      ...findingsEntries({ view, token, stage: inside ? undefined : stage, say }),
    ],
  })
  const shortcuts: Shortcuts = new Map<string, (() => void) | Hold>([
    ...actionKeys(
      {
        ...toolRuns(choose),
        ...viewRuns(session, volume?.modality ?? ''),
        'own-home': () => stage?.lookFromHome(),
        'raise-hand': toggleHand,
        undo: () => session.undo(),
        redo: () => session.redo(),
        microphone: talkKey(media),
        'mute-all': muteAll,
        'share-view': sharing.toggle,
      },
      session,
      volume,
    ),
    ['ESCAPE', () => setTool('turn')],
    ['HOME', () => stage?.lookFromHome()],
    ['CTRL+Y', () => session.redo()],
    ['E', () => passDoor(stage)],
    ['?', menu.openHelp],
    ['X', layout.next],
    ['F', () => layout.toggle(focusedPane())],
    [' ', layout.restore],
    ['J', () => station?.follow()],
  ])
  useShortcuts(shortcuts)
  const counts = { people: view.participants.length, marks: view.annotations.length }

  const place = viewPlace({ needsView, viewLarge, inPanel: wide && panelOpen })
  const attendingView = (
    <AttendingView
      media={media}
      view={view}
      place={place}
      large={viewLarge}
      onLarge={setViewLarge}
    />
  )

  return (
    <div
      className="conference"
      data-panel={panelOpen ? 'open' : 'closed'}
      data-inside={inside || undefined}
      data-watches={needsView || undefined}
    >
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
      <main className="stage" data-theme="dark" data-layout={layout.shown}>
        <StagePane
          session={session}
          media={media}
          details={details}
          openStage={openStage}
          voxelsOf={voxelsOf}
          say={say}
          askForText={ask}
          onStage={opened}
          onFill={() => {
            if (isLook(active)) layout.toggle('volume')
          }}
        />
        {station && <Station station={station} layout={layout} wide={wide} />}
        <p className="not-for-diagnosis">Not for diagnosis</p>
        {place !== 'panel' && attendingView}
        <Watching media={media} view={view} />
        <OwnCameraButton stage={stage} />
        <SoundBlocked media={media} />
        {inside && <InHeadset onLeave={() => passDoor(stage)} />}
        <LinkState link={view.link} onRejoin={onRejoin} onLeave={onLeave} />
        <NoticeList notices={notices} onPutAway={putAway} />
      </main>
      <SidePanel
        shown={panel}
        open={panelOpen}
        counts={counts}
        head={place === 'panel' && attendingView}
        contents={{
          view: volume && (
            <ViewPanel
              session={session}
              view={view}
              volume={volume}
              volumes={details.volumes}
              segmentStates={status?.segments}
              draftPlane={draftPlane}
              draftLook={draftLook}
            />
          ),
          people: <PeoplePanel session={session} view={view} />,
          marks: <MarksPanel session={session} view={view} />,
        }}
        onShow={setPanel}
        onClose={() => setPanelOpen(false)}
      />
      <StatusLine
        view={view}
        stage={stage}
        media={media}
        wide={wide}
        controls={
          wide && (
            <DeskControls
              media={media}
              sharing={sharing}
              immersion={immersion}
              onVr={() => passDoor(stage)}
            />
          )
        }
      />
      {!wide && (
        <Dock
          open={panelOpen ? panel : undefined}
          counts={counts}
          hand={mayRaise ? { raised, toggle: toggleHand } : undefined}
          first={<MicrophoneButton media={media} place="dock" />}
          last={
            <EnterVrButton immersion={immersion} place="dock" onPress={() => passDoor(stage)} />
          }
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
      <SoundDialog media={media} isOpen={menu.choosingSound} onClose={menu.soundChosen} />
      {prompt}
    </div>
  )
}

/** What marks takes both presses of a double one for itself. */
const isLook = (tool: ToolId) => ['turn', 'move', 'scale', 'window'].includes(tool)
