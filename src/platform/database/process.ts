import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

// Processes are known by id and by when they began, or by their own command line: an id alone is given again.

const hasProc = existsSync('/proc/self/stat')

/** When the process began, in words that only compare; undefined when there is no such process. */
export function beginningOf(pid: number): string | undefined {
  if (!hasProc) return asked(pid, 'lstart')
  const stat = proc(pid, 'stat')
  // The name in brackets may hold spaces. After it come the state (Z: ended, not yet collected) and the 22nd field, the start in ticks since boot.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return state === undefined || state === 'Z' || state === 'X' ? undefined : fields[18]
}

/** Program and words with a space between them; empty when there is no such process. */
export function commandOf(pid: number): string {
  if (hasProc) return proc(pid, 'cmdline')?.replaceAll('\0', ' ') ?? ''
  return asked(pid, 'command') ?? ''
}

/** Resolves when the process has ended; false when it still runs after that time. */
export async function ended(pid: number, milliseconds: number): Promise<boolean> {
  const until = performance.now() + milliseconds
  while (beginningOf(pid) !== undefined) {
    if (performance.now() > until) return false
    await wait(10)
  }
  return true
}

function proc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}

function asked(pid: number, field: string): string | undefined {
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}
