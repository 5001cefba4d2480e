import '@fontsource-variable/inter/wght.css'
import '../../../../client/ui/common/tokens.css'
import '../../../../client/ui/common/base.css'
import '../../../../client/ui/common/controls.css'
import '../../../../client/ui/conference/panel.css'
import '../../../../client/ui/conference/view-panel.css'
import { useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import type { ConferenceSession } from '../../../../client/conference/conference-session.ts'
import { emptyView, viewOf } from '../../../../client/conference/view-of.ts'
import {
  type DraftSegments,
  SegmentsPanel,
} from '../../../../client/ui/conference/segments-panel.tsx'
import type { SegmentStates } from '../../../../client/volume/segments/segment-state.ts'
import { applyEvent } from '../../../../shared/conference/apply.ts'
import type { CaseFacts } from '../../../../shared/conference/case-facts.ts'
import type { Command } from '../../../../shared/conference/command.ts'
import { decide } from '../../../../shared/conference/decide.ts'
import { may } from '../../../../shared/conference/permissions.ts'
import { ConferenceState } from '../../../../shared/conference/state.ts'
import { openingPose } from '../../../../shared/geometry/volume-pose.ts'
import type { VolumeManifest } from '../../../../shared/volume/manifest.ts'

const me = { participantId: 'p1', displayName: 'Dr Ada Okafor', role: 'attending' } as const

/** A conference of one, whose commands are decided and applied as the server does it. */
class PanelBench {
  readonly commands: unknown[] = []
  readonly drafts: Parameters<DraftSegments>[0][] = []
  #volumes: readonly VolumeManifest[] = []
  #state = new ConferenceState()
  #view = emptyView(me)
  #states: SegmentStates = new Map()
  #listeners = new Set<() => void>()
  readonly #root = createRoot(document.getElementById('app') as HTMLElement)

  open(volumes: readonly VolumeManifest[], leads: boolean): void {
    this.#volumes = volumes
    this.#state = new ConferenceState()
    this.#states = new Map()
    this.commands.length = this.drafts.length = 0
    const window = { windowCenter: 40, windowWidth: 400 }
    const opening = { volumeId: volumes[0]?.volumeId ?? '', window, presetId: 'ct-soft-tissue' }
    this.#apply({
      type: 'conferenceOpened',
      conferenceId: 'c1',
      caseId: 'k1',
      ...opening,
      volumePose: openingPose,
    })
    if (leads) this.#apply({ type: 'presenterChanged', participantId: 'p1' })
    this.#root.render(<Panel bench={this} key={performance.now()} />)
  }

  came(states: readonly (readonly [string, { state: string; message?: string }])[]): void {
    this.#states = new Map(states) as unknown as SegmentStates
    this.#tell()
  }

  get volumes() {
    return this.#volumes
  }

  get states() {
    return this.#states
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getView = () => this.#view

  readonly session: Pick<ConferenceSession, 'command' | 'may'> = {
    may: (type) => may(type, { role: me.role, presents: this.#view.me.presents }),
    command: async (asked) => {
      this.commands.push(asked)
      const command = { commandId: `c${this.commands.length}`, ...asked } as Command
      const verdict = decide(this.#state, command, { ...me, colour: 0 }, this.#context)
      if ('rejected' in verdict) return { ok: false, ...verdict.rejected }
      this.#apply(verdict.event)
      return { ok: true, seq: this.#state.seq }
    },
  }

  get #context() {
    const facts: CaseFacts = {
      caseId: 'k1',
      volumes: this.#volumes.map(({ volumeId, frameOfReferenceUID, defaultWindow, labels }) => ({
        volumeId,
        frameOfReferenceUID,
        defaultWindow,
        centreMm: [0, 0, 0],
        labelIds: (labels ?? []).map(({ labelId }) => labelId),
        presets: [],
      })),
    }
    return { facts, present: [me], atMs: 0 }
  }

  #apply(event: Parameters<typeof applyEvent>[1]): void {
    applyEvent(this.#state, event, this.#state.seq + 1)
    this.#tell()
  }

  #tell(): void {
    this.#view = { ...viewOf(this.#state, me, { state: 'connected' }, this.#view) }
    for (const listener of this.#listeners) listener()
  }
}

function Panel({ bench }: { bench: PanelBench }) {
  const view = useSyncExternalStore(bench.subscribe, bench.getView)
  return (
    <main className="panel">
      <h1 className="label">View</h1>
      <div className="panel-section look">
        <SegmentsPanel
          session={bench.session}
          view={view}
          volumes={bench.volumes}
          states={bench.states}
          draftSegments={(draft) => bench.drafts.push(draft)}
        />
      </div>
    </main>
  )
}

export type { PanelBench }

const panel = new PanelBench()
// `openVolumePage` waits for `bench`.
Object.assign(window, { panel, bench: panel })
