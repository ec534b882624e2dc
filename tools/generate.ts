import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

// Files made from the sources, committed so that a change of meaning shows in the diff.
// `npm run generate` writes them; with --check they are compared and nothing is written.

type GeneratedFile = { path: string; make: () => string | Promise<string> }

const generatedFolder = 'docs/reference'
const generatedFiles: GeneratedFile[] = []

const root = join(import.meta.dirname, '..')
const complaints = process.argv.includes('--check') ? await check() : await write()
for (const complaint of complaints) console.error(complaint)
if (complaints.length > 0) process.exitCode = 1

async function check(): Promise<string[]> {
  const differing: string[] = []
  for (const file of generatedFiles) {
    if ((await file.make()) !== (await readIfPresent(file.path)))
      differing.push(`${file.path} is not what the sources say now: run npm run generate`)
  }
  return [...differing, ...(await leftovers())]
}

async function write(): Promise<string[]> {
  for (const file of generatedFiles) {
    const text = await file.make()
    if (text === (await readIfPresent(file.path))) continue
    await mkdir(dirname(join(root, file.path)), { recursive: true })
    await writeFile(join(root, file.path), text)
    console.log(`wrote ${file.path}`)
  }
  return leftovers()
}

/** Files that lie in the generated folder although nothing makes them any more. */
async function leftovers(): Promise<string[]> {
  const made = new Set(generatedFiles.map((file) => file.path))
  const present = await filesUnder(generatedFolder)
  return present
    .filter((path) => !made.has(path))
    .map((path) => `${path} is made by nothing: delete it, or list it in tools/generate.ts`)
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true }).catch(
    absent,
  )
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

function readIfPresent(path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch(absent)
}

function absent(fault: NodeJS.ErrnoException): undefined {
  if (fault.code === 'ENOENT') return undefined
  throw fault
}
