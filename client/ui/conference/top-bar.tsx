import { Ellipsis, LogOut } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ConferenceView } from '../../conference/conference-view.ts'
import { elapsed } from '../common/format.ts'
import { PersonBadge } from '../common/person-badge.tsx'
import { Tip } from '../common/tip.tsx'
import { leadingInShort, leadingWords } from './leading.ts'
import { seriesNames } from './series-names.ts'

export interface MenuEntry {
  readonly id: string
  readonly name: string
  readonly keys?: string
  readonly danger?: boolean
  readonly isDisabled?: boolean
  readonly testId?: string
  readonly run: () => void
}

export function TopBar(props: {
  view: ConferenceView
  wide: boolean
  title: string
  volumes: readonly VolumeManifest[]
  mayChooseVolume: boolean
  joinedAtMs: number
  menu: readonly MenuEntry[]
  onVolume: (volumeId: string) => void
  onLeave: () => void
}) {
  const { view, wide, title, volumes, mayChooseVolume, joinedAtMs, menu, onVolume, onLeave } = props
  const leader = view.participants.find(({ presents }) => presents)
  return (
    <header className="topbar">
      <div className="topbar-case">
        <h1>{title}</h1>
        {volumes.length > 1 ? (
          <SeriesPicker
            volumes={volumes}
            shown={view.shownVolumeId}
            isDisabled={!mayChooseVolume}
            onChoose={onVolume}
          />
        ) : (
          <span className="quiet topbar-series">{volumes[0]?.label}</span>
        )}
      </div>
      <div className="topbar-lead" data-testid="leading">
        {leader && <PersonBadge small initials={leader.initials} colour={leader.colour} />}
        <span>{wide ? leadingWords(view) : leadingInShort(view)}</span>
      </div>
      <div className="topbar-end">
        <Elapsed sinceMs={joinedAtMs} />
        <MoreMenu entries={menu} />
        <Tip text="Leave; the others stay">
          <Button className="button" aria-label="Leave" data-testid="leave" onPress={onLeave}>
            <LogOut className="icon" aria-hidden />
            <span className="topbar-wide">Leave</span>
          </Button>
        </Tip>
      </div>
    </header>
  )
}

function SeriesPicker(props: {
  volumes: readonly VolumeManifest[]
  shown: string
  isDisabled: boolean
  onChoose: (volumeId: string) => void
}) {
  const { volumes, shown, isDisabled, onChoose } = props
  return (
    <Select
      className="series"
      aria-label="Series"
      selectedKey={shown}
      isDisabled={isDisabled}
      onSelectionChange={(chosen) => {
        if (chosen !== null && chosen !== shown) onChoose(`${chosen}`)
      }}
    >
      <Button className="button plain series-button">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover>
        <ListBox className="listbox">
          {seriesNames(volumes).map(([volumeId, name]) => (
            <ListBoxItem key={volumeId} id={volumeId} className="option" textValue={name}>
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}

function MoreMenu({ entries }: { entries: readonly MenuEntry[] }) {
  return (
    <MenuTrigger>
      <Button className="button plain icon-only" aria-label="More" data-testid="more">
        <Ellipsis className="icon" aria-hidden />
      </Button>
      <Popover placement="bottom end">
        <Menu
          className="listbox"
          onAction={(id) => entries.find((entry) => entry.id === id)?.run()}
        >
          {entries.map(({ id, name, keys, danger, isDisabled = false, testId }) => (
            <MenuItem
              key={id}
              id={id}
              className={danger ? 'option danger' : 'option'}
              textValue={name}
              isDisabled={isDisabled}
              data-testid={testId}
            >
              <span>{name}</span>
              {keys && <kbd className="keys">{keys}</kbd>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** How long this person has been here. */
function Elapsed({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className="figures quiet topbar-wide" role="timer" aria-label="Time here">
      {elapsed(nowMs - sinceMs)}
    </span>
  )
}
