import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,tools,scenarios,cases}/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['src/platform/shared-setup.test-support.ts'],
    // Threads without isolation share what they have loaded. Tests keep no state in modules.
    pool: 'threads',
    isolate: false,
    // Tests that wait for a browser or a process leave the processor to the others.
    maxWorkers: 3,
    // Properties run many times, on machines that are busy: a test that hangs is still found.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
