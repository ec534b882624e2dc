import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a server is, and the token of whoever runs it. */
export type Operator = { readonly url: string; readonly token: string }

const fileIn = (folder: string) => join(folder, 'operator.json')

/** What the last server with this data folder left for the command line on the same machine. */
export function readOperator(folder: string): Operator | undefined {
  const file = fileIn(folder)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Readable by its owner alone, also where the file was there before. */
export function keepOperator(folder: string, operator: Operator): void {
  const file = fileIn(folder)
  writeFileSync(file, JSON.stringify(operator), { mode: 0o600 })
  chmodSync(file, 0o600)
}
