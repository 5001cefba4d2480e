import { Search, X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { SearchField } from 'react-aria-components/SearchField'
import { Input } from 'react-aria-components/TextField'

export function SearchBox({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  return (
    <SearchField className="search" aria-label="Search cases" value={q} onChange={onChange}>
      <Search className="icon" aria-hidden />
      <Input className="input" placeholder="Search by title or body part" />
      {q !== '' && (
        <Button className="button plain icon-only" aria-label="Clear the search">
          <X className="icon" aria-hidden />
        </Button>
      )}
    </SearchField>
  )
}
