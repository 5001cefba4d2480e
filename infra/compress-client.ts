import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
const assets = join(import.meta.dirname, '../client/dist/assets')
const smallestBytes = 1024

/** Lays a `.br` beside every script, style and picture of the build that is smaller for it. */
const names = (await readdir(assets)).filter((name) => /\.(js|css|svg|json|wasm)$/.test(name))
await Promise.all(
  names.map(async (name) => {
    const plain = await readFile(join(assets, name))
    const packed = await compress(plain, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 10,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    })
    if (plain.length < smallestBytes || packed.length > 0.9 * plain.length) return
    await writeFile(join(assets, `${name}.br`), packed)
  }),
)
