import { networkInterfaces } from 'node:os'

/** Addresses at which other machines may reach this one, IPv4 first. */
export function lanAddresses(): string[] {
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
  return outward.toSorted((a, b) => a.family.localeCompare(b.family)).map(({ address }) => address)
}
