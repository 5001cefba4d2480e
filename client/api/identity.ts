import { z } from 'zod'
import { ApiError, call } from './http.ts'

const person = z.object({ kind: z.string(), name: z.string() })
export type Person = z.infer<typeof person>

/** Undefined where nobody is signed in on this browser. */
export async function whoAmI(): Promise<Person | undefined> {
  try {
    return await call('/api/me', person)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined
    throw error
  }
}

export function signIn(token: string): Promise<Person> {
  return call('/api/sign-in', person, { method: 'POST', body: { token } })
}

export async function signOut(): Promise<void> {
  await call('/api/sign-out', z.unknown(), { method: 'POST' })
}
