import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginningOf } from './process.ts'
import { DatabaseRefused } from './refused.ts'

type Holder = { readonly pid: number; readonly beginning: string; readonly since: string }
export type Claim = { readonly release: () => void }

/**
 * Takes a folder for this process; `data_in_use` says who has it. A claim outlives a killed process as a file, and
 * counts for nothing once no process with that id and beginning runs. PostgreSQL's own lock file stands behind it.
 */
export function claim(folder: string): Claim {
  const file = join(folder, 'in-use.json')
  const draft = `${file}.${process.pid}.${process.hrtime.bigint()}`
  const mine: Holder = {
    pid: process.pid,
    beginning: beginningOf(process.pid) ?? '',
    since: new Date().toISOString(),
  }
  const text = JSON.stringify(mine)
  writeFileSync(draft, text)
  try {
    while (!linked(draft, file)) clearStale(file, folder)
  } finally {
    rmSync(draft)
  }
  return {
    release: () => {
      if (contentOf(file) === text) rmSync(file)
    },
  }
}

/** A link appears with its content or not at all, and only one process makes it. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function clearStale(file: string, folder: string): void {
  const found = contentOf(file)
  if (found === undefined) return
  const holder = holderIn(found)
  if (holder && beginningOf(holder.pid) === holder.beginning)
    throw new DatabaseRefused(
      'data_in_use',
      `Tessera runs with the data in ${folder} already, as process ${holder.pid} since ${holder.since}. Stop it, or choose another folder with --data.`,
    )
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  // Another process may have taken the claim since it was read: then it gets it back.
  if (contentOf(aside) !== found) linked(aside, file)
  rmSync(aside)
}

function holderIn(text: string): Holder | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code
