import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,tools,scenarios,cases}/**/*.test.ts'],
    environment: 'node',
    // Threads without isolation share what they have loaded. Tests keep no state in modules.
    pool: 'threads',
    isolate: false,
  },
})
