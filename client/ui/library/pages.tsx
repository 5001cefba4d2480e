import { ChevronLeft, ChevronRight } from 'lucide-react'
import { casesPerPage } from '../../../shared/case/case.ts'
import { count } from '../common/format.ts'
import { IconButton } from '../common/icon-button.tsx'

export function Pages(props: { page: number; total: number; onChange: (page: number) => void }) {
  const { page, total, onChange } = props
  const last = Math.max(1, Math.ceil(total / casesPerPage))
  if (total === 0) return null
  return (
    <nav className="pages figures quiet" aria-label="Result pages">
      <span>{count(total, 'case')}</span>
      {last > 1 && (
        <>
          <IconButton
            icon={ChevronLeft}
            name="Previous page"
            isDisabled={page <= 1}
            onPress={() => onChange(page - 1)}
          />
          <span>
            Page {page} of {last}
          </span>
          <IconButton
            icon={ChevronRight}
            name="Next page"
            isDisabled={page >= last}
            onPress={() => onChange(page + 1)}
          />
        </>
      )}
    </nav>
  )
}
