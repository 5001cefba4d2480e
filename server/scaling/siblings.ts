/** The other processes of this installation, where there are any. */
export interface Siblings {
  /** This process's own id, new at every start. */
  readonly processId: string
  /** The others that live now. */
  living(): Promise<string[]>
  /** Runs `work` in no two processes at a time under one name; the others wait. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>
}

/** Without Redis there is one process, and whatever bears another id was left by one that ended. */
export function onlyChild(processId: string): Siblings {
  return {
    processId,
    living: async () => [],
    exclusively: (_name, work) => work(),
  }
}
