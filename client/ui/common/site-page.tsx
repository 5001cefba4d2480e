import { LogOut } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Person } from '../../api/identity.ts'
import { Brand } from './brand.tsx'
import { IconButton } from './icon-button.tsx'
import { PageLink } from './page-link.tsx'
import { ThemeButton } from './theme-button.tsx'
import './controls.css'
import './site-page.css'

/** The frame of every page outside a conference. */
export function SitePage(props: {
  person: Person | undefined
  current?: 'library' | 'import' | 'pacs'
  /** Whether there is a PACS to search. */
  hasPacs: boolean
  onSignOut: () => void
  children: ReactNode
}) {
  const { person, current, hasPacs, onSignOut, children } = props
  return (
    <div className="site">
      <header className="site-header">
        <PageLink to="/library" className="site-home">
          <Brand />
        </PageLink>
        {person && (
          <nav className="site-nav" aria-label="Pages">
            <PageLink to="/library" current={current === 'library'}>
              Library
            </PageLink>
            <PageLink to="/import" current={current === 'import'}>
              Import
            </PageLink>
            {hasPacs && (
              <PageLink to="/pacs" current={current === 'pacs'}>
                PACS
              </PageLink>
            )}
          </nav>
        )}
        <div className="site-end">
          {person && <span className="site-person quiet">{person.name}</span>}
          <ThemeButton />
          {person && <IconButton icon={LogOut} name="Sign out" onPress={onSignOut} />}
        </div>
      </header>
      <main className="site-main">{children}</main>
      <footer className="site-footer label">Not for diagnosis.</footer>
    </div>
  )
}
