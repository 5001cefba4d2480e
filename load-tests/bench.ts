/** `npm run bench`: every bench beside its peers; `npm run bench -- NAME …`: only those named. */
const benches: Record<string, () => Promise<{ run(): Promise<string> }>> = {
  import: () => import('./import/bench-import.ts'),
  stream: () => import('./stream/bench-stream.ts'),
  render: () => import('./render/bench-render.ts'),
  sync: () => import('./sync/bench-sync.ts'),
  media: () => import('./media/bench-media.ts'),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(', ')}: ${Object.keys(benches).join(', ')}.\n`,
  )
  process.exit(2)
}
for (const [name, load] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stdout.write(`\n## ${name}\n\n`)
  process.stdout.write(`${await (await load()).run()}\n`)
}
process.exit(0)
