import { FolderUp } from 'lucide-react'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { DropZone } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { wordsFor } from '../../api/http.ts'
import { count } from '../common/format.ts'
import { useTitle } from '../common/use-title.ts'
import { droppedFiles } from './dropped-files.ts'
import type { ImportList } from './import-list.ts'
import { ImportRowView } from './import-row.tsx'
import './import.css'

/** One drop zone, one row a job. */
export function ImportPage({ imports }: { imports: ImportList }) {
  const rows = useSyncExternalStore(imports.subscribe, imports.getSnapshot)
  const [looking, setLooking] = useState<number>()
  const [refusal, setRefusal] = useState<string>()
  useTitle('Import')
  const refresh = useCallback(() => {
    imports.refresh().catch((error: unknown) => setRefusal(wordsFor(error)))
  }, [imports])
  useEffect(refresh, [refresh])

  const send = (files: readonly File[]) => {
    setRefusal(files.length === 0 ? 'There are no files in what you chose.' : undefined)
    if (files.length > 0) void imports.send(files) // its row tells how it went
  }
  const chosen = (list: FileList | null) => {
    if (list) send([...list])
  }

  return (
    <div className="import">
      <div>
        <h1>Import</h1>
        <p className="quiet">
          CT, MR and PET as DICOM, with their segmentations: a whole CD, loose files or a zip. Names
          and other identifying attributes are removed before anything is kept.
        </p>
      </div>
      <DropZone
        className="drop"
        data-testid="drop"
        onDrop={async ({ items }) => {
          setLooking(0)
          const files = await droppedFiles(items, setLooking).catch(() => undefined)
          setLooking(undefined)
          if (files) send(files)
          else setRefusal('What you dropped could not be read. Choose the folder by the button.')
        }}
      >
        <FolderUp className="icon" aria-hidden />
        <p className="drop-words">
          {looking === undefined
            ? 'Drop a folder, files or a zip here'
            : `Looking through the folder: ${count(looking, 'file')}`}
        </p>
        <div className="drop-buttons">
          <FileTrigger acceptDirectory onSelect={chosen}>
            <Button className="button">Choose a folder</Button>
          </FileTrigger>
          <FileTrigger allowsMultiple onSelect={chosen}>
            <Button className="button">Choose files</Button>
          </FileTrigger>
        </div>
      </DropZone>
      {refusal && (
        <p className="import-refusal" role="alert">
          {refusal}
        </p>
      )}
      <section aria-labelledby="imports">
        <h2 id="imports">Imports</h2>
        {rows.length === 0 ? (
          <p className="quiet import-none">Nothing has been imported yet.</p>
        ) : (
          <ul className="import-rows" data-testid="imports">
            {rows.map((row) => (
              <ImportRowView
                key={row.rowId}
                row={row}
                onCancel={() => imports.cancel(row.rowId)}
                onDecided={refresh}
              />
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}
