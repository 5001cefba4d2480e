import type { PacsConfig } from '../../config/pacs-config.ts'
import { DicomWebClient } from './dicomweb-client.ts'
import type { Intake } from './incoming-import.ts'
import { PacsImports } from './pacs-imports.ts'

/** The hospital's PACS: what is asked of it, and what is being fetched from it. */
export function openPacs(
  config: PacsConfig,
  intake: Intake,
  onTrouble: (importId: string, error: unknown) => void,
) {
  const client = new DicomWebClient(config)
  const imports = new PacsImports({ client, intake, onTrouble })
  return {
    client,
    searchStudies: client.searchStudies.bind(client),
    searchSeries: client.searchSeries.bind(client),
    bring: imports.begin.bind(imports),
    close: () => imports.close(),
  }
}
