import { boards } from './boards.ts'
import { hall } from './hall.ts'
import { opening } from './opening.ts'
import type { Scenario } from './scenario.ts'
import { storm } from './storm.ts'

export const scenarios: readonly Scenario[] = [hall, boards, storm, opening]
