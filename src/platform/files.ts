import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

type ReadFile = { readonly file: string; readonly text: string }
type Unreadable = {
  readonly file: string
  readonly words: string
  readonly tooLarge: boolean
}
export type FilesRead = {
  readonly files: ReadFile[]
  readonly unreadable: Unreadable[]
  readonly isFolder: boolean
}

const isDocument = (name: string) => /\.(ya?ml|json)$/.test(name)

/** Reads one file, or every YAML and JSON file below a folder in the order of their names. Large files are not loaded. */
export function readFiles(path: string, bytesMax: number): FilesRead {
  const files: ReadFile[] = []
  const unreadable: Unreadable[] = []
  const load = (file: string): void => {
    try {
      const found = statSync(file)
      const { size } = found
      if (!found.isFile()) throw new Error('neither a file nor a folder')
      if (size > bytesMax)
        unreadable.push({
          file,
          words: `The file has ${(size / 1_000_000).toFixed(1)} MB; a document has at most ${bytesMax / 1_000_000} MB. Split it.`,
          tooLarge: true,
        })
      else files.push({ file, text: readFileSync(file, 'utf8') })
    } catch (error) {
      unreadable.push({ file, words: reasonOf(error, file), tooLarge: false })
    }
  }
  try {
    if (!statSync(path).isDirectory()) {
      load(path)
      return { files, unreadable, isFolder: false }
    }
    const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && isDocument(entry.name),
    )
    for (const file of entries
      .map(pathOf)
      .filter((one) => !one.includes('node_modules'))
      .sort())
      load(file)
  } catch (error) {
    unreadable.push({ file: path, words: reasonOf(error, path), tooLarge: false })
  }
  return { files, unreadable, isFolder: true }
}

const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name)

/** Who stands in another folder than he thinks sees where it was looked for. */
function reasonOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return (
    {
      ENOENT: `There is no file or folder ${resolve(path)}.`,
      EACCES: 'The file may not be read.',
      EISDIR: 'This is a folder.',
    }[code] ?? 'The file cannot be read.'
  )
}
