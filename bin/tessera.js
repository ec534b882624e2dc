#!/usr/bin/env -S node --min-semi-space-size=32 --max-semi-space-size=64
// Plain JavaScript that an old Node can read. Tessera runs on the Node it brings along; an older
// one only starts that. A young generation that holds a whole command needs no collection: they took
// a sixth of the time, and cannot be had as early from within.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import v8 from 'node:v8'

const nodeMajorMin = 26
const root = fileURLToPath(new URL('..', import.meta.url))

if (Number.parseInt(process.versions.node, 10) >= nodeMajorMin) {
  // The same for whoever starts it as `node bin/tessera.js`, as far as that goes.
  v8.setFlagsFromString('--min-semi-space-size=32')
  v8.setFlagsFromString('--max-semi-space-size=64')
  // Nothing is made among the old at once: docs/decisions/0022-nothing-is-born-old.md. Said above, it
  // would cost each start 20 ms, as V8 then compiles anew what Node brings compiled.
  v8.setFlagsFromString('--no-allocation-site-pretenuring')
  module.enableCompileCache()
  const { programPath } = await import('../src/program.ts')
  await import(pathToFileURL(programPath(root)).href)
} else {
  startPinnedNode()
}

function startPinnedNode() {
  const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(node)) {
    console.error(`tessera needs Node ${nodeMajorMin}, which npm ci brings. Run npm ci first.`)
    process.exitCode = 1
    return
  }

  const self = fileURLToPath(import.meta.url)
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' })
  const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => forward(signal, child))

  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    // Ends by the same signal, so that whoever waits for this process learns the same.
    for (const name of signals) process.removeAllListeners(name)
    process.kill(process.pid, signal)
    setTimeout(() => process.exit(128 + constants.signals[signal]), 100)
  })
}

function forward(signal, child) {
  // A terminal sends Ctrl-C to parent and child alike. Forwarding would deliver it twice.
  const sentByTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')
  if (!sentByTerminal) child.kill(signal)
}
