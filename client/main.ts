import { config } from 'zod/v4/core'
import '@fontsource-variable/inter/wght.css'
import './ui/common/tokens.css'
import './ui/common/base.css'
import { applyStoredTheme } from './ui/common/theme.ts'

/** Before any schema is made: zod's just-in-time parsers need `eval`, which the policy forbids. */
config({ jitless: true })
applyStoredTheme()

const root = document.getElementById('app')
if (!root) throw new Error('the page has no #app')
const { start } = await import('./app.tsx')
start(root)
