import type { Request, Response } from 'express'

export const loginLifetimeMs = 12 * 3_600_000

/**
 * The login cookie: out of reach of scripts, never sent from another site, and over https alone
 * where people come by https (RFC 6265bis, the __Host- prefix).
 */
export class LoginCookie {
  readonly #secure: boolean
  readonly #name: string

  constructor(options: { secure: boolean }) {
    this.#secure = options.secure
    this.#name = options.secure ? '__Host-caseroom-login' : 'caseroom-login'
  }

  read(request: Request): string | undefined {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2)
      if (name === this.#name && value) return value
    }
    return undefined
  }

  set(response: Response, token: string): void {
    response.cookie(this.#name, token, { ...this.#attributes, maxAge: loginLifetimeMs })
  }

  clear(response: Response): void {
    response.clearCookie(this.#name, this.#attributes)
  }

  get #attributes() {
    return { httpOnly: true, sameSite: 'strict', secure: this.#secure, path: '/' } as const
  }
}
