import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a server is, and the token of whoever runs it. */
export type Operator = { readonly url: string; readonly token: string }

const fileIn = (folder: string) => join(folder, 'operator.json')

/** What the last server with this data folder left for the command line on the same machine. */
export function readOperator(folder: string): Operator | undefined {
  const file = fileIn(folder)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Readable by its owner alone, and whole or not at all: a process may be killed while it writes. */
export function keepOperator(folder: string, operator: Operator): void {
  const draft = `${fileIn(folder)}.draft`
  rmSync(draft, { force: true })
  writeFileSync(draft, JSON.stringify(operator), { mode: 0o600 })
  renameSync(draft, fileIn(folder))
}
