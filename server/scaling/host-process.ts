/** One process of an installation, as the others know it. */
export interface HostProcess {
  /** New at every start. */
  readonly processId: string
  /** `HOST:PORT` at which the other processes reach it. */
  readonly address: string
}
