/** Everything that a scenario can measure, a figure a round; budgets and tables name them so. */
export const measures = {
  joinP95Ms: { says: 'joined, with the whole state, p95', unit: 'ms', digits: 0 },
  poseP50Ms: { says: 'a laser seen, p50', unit: 'ms', digits: 1 },
  poseP99Ms: { says: 'a laser seen, p99', unit: 'ms', digits: 1 },
  commandP50Ms: { says: 'a command answered, p50', unit: 'ms', digits: 1 },
  commandP99Ms: { says: 'a command answered, p99', unit: 'ms', digits: 1 },
  backP50Ms: { says: 'back after the cut, p50', unit: 'ms', digits: 0 },
  backP95Ms: { says: 'back after the cut, p95', unit: 'ms', digits: 0 },
  backLastMs: { says: 'back after the cut, the last', unit: 'ms', digits: 0 },
  serverCpuPercent: { says: 'server CPU, of one core', unit: '%', digits: 1 },
  serverMb: { says: 'server memory', unit: 'MB', digits: 0 },
  kbPerParticipant: { says: 'server memory for each participant', unit: 'kB', digits: 0 },
  botsCpuPercent: { says: 'the bots’ own CPU, of one core', unit: '%', digits: 0 },
  commandsSent: { says: 'commands sent', unit: '', digits: 0 },
  askedAgain: { says: 'asked again after a cut', unit: '', digits: 0 },
  refused: { says: 'refused', unit: '', digits: 0 },
  unanswered: { says: 'never answered', unit: '', digits: 0 },
  lost: { says: 'acknowledged and lost', unit: '', digits: 0 },
  doubled: { says: 'done twice', unit: '', digits: 0 },
  notBack: { says: 'people not back', unit: '', digits: 0 },
  wrongHashes: { says: 'states with another hash', unit: '', digits: 0 },
  firstLevelP95Ms: { says: 'the first level decoded, p95', unit: 'ms', digits: 0 },
  finestP95Ms: { says: 'the finest level received, p95', unit: 'ms', digits: 0 },
  megabytesPerGuest: { says: 'voxels received by each', unit: 'MB', digits: 1 },
  serverCpuMsPerGuest: { says: 'server CPU for each', unit: 'ms', digits: 0 },
} as const satisfies Record<string, { says: string; unit: string; digits: number }>

export type Measure = keyof typeof measures

/** By measure, a value for every round, or one for the whole run. */
export type Measured = Partial<Record<Measure, readonly number[]>>
