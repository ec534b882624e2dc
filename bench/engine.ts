import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examples } from './examples.ts'
import { sections } from './growth.ts'

/** What the engine does in a second on one core, and what dominates it. */
export function benchEngine(): void {
  const program = join(import.meta.dirname, 'engine-program.ts')
  for (const name of [...Object.keys(examples), ...Object.keys(sections)])
    spawnSync(process.execPath, [...settingsOfCommand(), program, name], { stdio: 'inherit' })
}

/** The memory of V8 as the command sets it. */
function settingsOfCommand(): readonly string[] {
  const command = readFileSync(join(import.meta.dirname, '../bin/tessera.js'), 'utf8')
  return [...command.matchAll(/setFlagsFromString\('(.+)'\)/g)].flatMap(
    ([, setting]) => setting ?? [],
  )
}
