import { writeSync } from 'node:fs'
import { stripVTControlCharacters, styleText } from 'node:util'

const coloured = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined

/** Faults in red, results in bold, reasons plain; no colour where there is no terminal. */
export function colour(line: string): string {
  // A document may hold control characters; a terminal never gets them from us.
  const plain = stripVTControlCharacters(line)
  if (!coloured) return plain
  if (/^\d+ passed, 0 failed$/.test(plain)) return styleText('green', plain)
  if (/^\d+ passed, \d+ failed$/.test(plain) || /^\S+:\d+:\d+ {2}[a-z_]+/.test(plain))
    return styleText('red', plain)
  if (/decided by clause/.test(plain)) return styleText('bold', plain)
  return /^ {5}/.test(plain) ? styleText('dim', plain) : plain
}

/** Writes everything before the process ends, also into a pipe that reads slowly. */
export function finish(text: string, exit: number): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) break
    }
  }
  process.exitCode = exit
}
