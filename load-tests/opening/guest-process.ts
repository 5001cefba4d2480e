import type { GuestReply, OpenRequest } from './guest-messages.ts'
import { openCase } from './open-case.ts'

// One guest with connections and memory of their own, as a browser is.
const say = (reply: GuestReply) => process.send?.(reply)

process.once('message', (request: OpenRequest) => {
  openCase(request).then(
    (opened) => say({ opened }),
    (error: Error) => say({ failed: error.stack ?? error.message }),
  )
})
process.on('disconnect', () => process.exit(0))
say('ready')
