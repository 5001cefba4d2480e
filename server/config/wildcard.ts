/** Whether a host stands for every address of this machine, and so for none that others can open. */
export const isWildcard = (host: string): boolean => ['0.0.0.0', '::', '[::]'].includes(host)
