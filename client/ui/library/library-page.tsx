import { useDeferredValue, useState } from 'react'
import { type CaseSearch, searchCases } from '../../api/cases.ts'
import { useLoaded } from '../common/use-loaded.ts'
import { useTitle } from '../common/use-title.ts'
import { PastConferences } from '../findings/past-conferences.tsx'
import { CaseTable } from './case-table.tsx'
import { Facets } from './facets.tsx'
import { OpenConferences } from './open-conferences.tsx'
import { Pages } from './pages.tsx'
import { SearchBox } from './search-box.tsx'
import './library.css'

const nothing: CaseSearch = { q: '', modality: '', bodyPart: '', page: 1 }

/** The cases of this installation: search first, facets left, one row a case. */
export function LibraryPage() {
  const [search, setSearch] = useState(nothing)
  const [bodyParts, setBodyParts] = useState<readonly string[]>([])
  const asked = useDeferredValue(search)
  const [loaded, again] = useLoaded(JSON.stringify(asked), async (signal) => {
    const found = await searchCases(asked, signal)
    const parts = found.cases.flatMap(({ bodyPart }) => bodyPart ?? [])
    setBodyParts((known) => [...new Set([...known, ...parts])].sort())
    return found
  })
  useTitle('Library')
  const refine = (part: Partial<CaseSearch>) => setSearch((now) => ({ ...now, page: 1, ...part }))
  const shown = loaded.state === 'there' ? loaded.value : undefined
  const list = shown ?? (loaded.state === 'loading' ? loaded.before : undefined)

  return (
    <div className="library">
      <div className="library-head">
        <h1>Library</h1>
        <SearchBox q={search.q} onChange={(q) => refine({ q })} />
      </div>
      <Facets search={search} bodyParts={bodyParts} onChange={refine} />
      <section className="library-cases" aria-label="Cases" aria-busy={loaded.state === 'loading'}>
        <CaseTable
          loaded={loaded}
          list={list}
          narrowed={search.q !== '' || search.modality !== '' || search.bodyPart !== ''}
          onAgain={again}
          onClear={() => setSearch(nothing)}
        />
        {list && (
          <Pages
            page={search.page}
            total={list.total}
            onChange={(page) => setSearch((now) => ({ ...now, page }))}
          />
        )}
      </section>
      <OpenConferences />
      <PastConferences />
    </div>
  )
}
