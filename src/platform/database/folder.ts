import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseRefused } from './refused.ts'

/**
 * A folder for data, and those above it that are missing. One by one: below folders that hold nothing of their own, such
 * as `/proc`, Node's own way never ends.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    if (existsSync(folder)) return
    throw new DatabaseRefused(
      'data_out_of_reach',
      `No folder can be made at ${folder} (${error instanceof Error ? error.message : error}). Choose another with --data.`,
    )
  }
}
