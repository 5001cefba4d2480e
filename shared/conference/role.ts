import { z } from 'zod'

export const role = z.enum(['attending', 'resident', 'observer'])
export type Role = z.infer<typeof role>
