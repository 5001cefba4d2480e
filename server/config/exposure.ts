import type { Config } from './config.ts'

/** Whether others reach this machine, and are sent to it in the clear. */
export function isExposedInTheClear({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>) {
  return publicUrl.startsWith('http:') && !isLoopback(host)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(host) || /^\[?::1\]?$/.test(host)
}
