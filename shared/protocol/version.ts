/**
 * Raised whenever a page and a server of before and after the change would misunderstand each other:
 * the state's schema, commands, frames or signalling mean something else. Told to whoever joins.
 */
export const protocolVersion = 1
