import { useState } from 'react'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import { chooseTheme, theme } from '../common/theme.ts'
import type { MenuEntry } from './top-bar.tsx'

/** What stands behind "More", and the dialogs it opens. */
export function useMenu(parts: {
  session: ConferenceSession
  signedIn: boolean
  panelOpen: boolean
  setPanelOpen: (open: boolean) => void
  /** What has no place on this page but here. */
  more: readonly MenuEntry[]
}) {
  const { session, signedIn, panelOpen, setPanelOpen, more } = parts
  const [helpOpen, setHelpOpen] = useState(false)
  const [closing, setClosing] = useState(false)
  const [choosingSound, setChoosingSound] = useState(false)
  const [now, setNow] = useState(theme)
  const other = now === 'dark' ? 'light' : 'dark'
  const openHelp = () => setHelpOpen(true)
  const entries: MenuEntry[] = [
    { id: 'help', name: 'Keys and gestures', keys: '?', run: openHelp },
    ...more,
    { id: 'sound', name: 'Microphone and speaker…', run: () => setChoosingSound(true) },
    {
      id: 'panel',
      name: panelOpen ? 'Hide the panel' : 'Show the panel',
      run: () => setPanelOpen(!panelOpen),
    },
    {
      id: 'theme',
      name: `Use the ${other} theme`,
      run: () => {
        chooseTheme(other)
        setNow(other)
      },
    },
  ]
  if (signedIn) {
    entries.push({
      id: 'library',
      name: 'Library, in a new tab',
      run: () => void open('/library', '_blank', 'noopener'),
    })
  }
  if (session.may('closeConference') === 'yes') {
    entries.push({
      id: 'close',
      name: 'Close the conference…',
      danger: true,
      run: () => setClosing(true),
    })
  }
  return {
    entries,
    helpOpen,
    openHelp,
    closeHelp: () => setHelpOpen(false),
    closing,
    keepOpen: () => setClosing(false),
    choosingSound,
    soundChosen: () => setChoosingSound(false),
  }
}
