import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Nothing comes from another origin, and no page of another may frame ours. WebAssembly and `data:`
 * fetches are the zstd decoder's. `strictTransport` only with a certificate browsers trust: it
 * takes away the way around one they do not.
 */
export function securityHeaders(options: { strictTransport: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: options.strictTransport && { maxAge: 31_536_000 },
  })
}
