import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm start` answers while pages are served by `npm run dev`. */
const server = 'http://127.0.0.1:2567'

export default defineConfig({
  root: 'client',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    /** A data: URL is a file that the security policy refuses. */
    assetsInlineLimit: 0,
    /** The picture's own part is large and comes only with a conference. */
    chunkSizeWarningLimit: 1200,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/health': server,
      /** Colyseus: /processId/roomId on the same port. */
      '^/[\\w-]{9}/[\\w-]+\\?': { target: server, ws: true },
    },
  },
})
