import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { AllowedAe } from '../../config/pacs-config.ts'

/** Whether the AE title is on the list, and where its entry names a machine, comes from there. */
export async function isAllowedSender(
  allowed: readonly AllowedAe[],
  sender: { aeTitle: string; address: string },
): Promise<boolean> {
  const address = plain(sender.address)
  for (const { aeTitle, host } of allowed) {
    if (aeTitle !== sender.aeTitle) continue
    if (host === undefined || (await addressesOf(host)).includes(address)) return true
  }
  return false
}

/** None where the name is not known now: whoever cannot be recognised is not let in. */
async function addressesOf(host: string): Promise<string[]> {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIP(bare)) return [plain(bare)]
  try {
    return (await lookup(bare, { all: true })).map(({ address }) => plain(address))
  } catch {
    return []
  }
}

/** An IPv4 address as a dual-stack socket has it, `::ffff:192.0.2.7`, without its prefix. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
