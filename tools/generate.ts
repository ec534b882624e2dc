import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { standardFacts } from '../src/contract/language/vocabulary.ts'
import { refusedQuestions } from '../src/contract/question-refused.ts'
import { clientRoutes } from '../src/platform/http/client.ts'
import { openapiOf } from '../src/platform/http/openapi.ts'
import { askRefusals } from '../src/question/ask.ts'
import { endpoints } from '../src/slices.ts'
import { guidePages, playedPage } from './guide.ts'
import { exampleFolder, referenceText } from './reference.ts'
import { faultsText } from './reference-faults.ts'
import { schemas, schemaText } from './reference-schema.ts'

// Files made from the sources, committed so that a change of meaning shows in the diff.
// `npm run generate` writes them; with --check they are compared and nothing is written.

type GeneratedFile = { path: string; make: () => string | Promise<string> }

const generatedFolder = 'docs/reference'
/** Written by hand beside the generated files: figures come with a date and a machine. */
const handWritten = ['docs/reference/performance.md']
const generatedFiles: GeneratedFile[] = [
  { path: 'docs/reference/language.md', make: referenceText },
  ...guidePages.map((path) => ({ path, make: () => playedPage(path) })),
  ...Object.entries(schemas).map(([name, schema]) => ({
    path: `docs/reference/${name}.schema.json`,
    make: () => schemaText(schema),
  })),
  { path: 'docs/reference/faults.md', make: faultsText },
  { path: 'docs/reference/refusals.md', make: refusalsText },
  { path: 'docs/reference/vocabulary.md', make: vocabularyText },
  { path: 'docs/reference/http.md', make: httpText },
  { path: 'docs/reference/openapi.json', make: openapiText },
  { path: 'src/platform/web/routes.json', make: routesText },
]

const root = join(import.meta.dirname, '..')
const complaints = process.argv.includes('--check') ? await check() : await write()
for (const complaint of complaints) console.error(complaint)
if (complaints.length > 0) process.exitCode = 1

function refusalsText(): string {
  const rows = Object.entries({ ...refusedQuestions, ...askRefusals }).map(
    ([name, means]) => `| \`${name}\` | ${means} |`,
  )
  return `# Refused questions\n\nWhat \`tessera ask\` and \`tessera print\` may refuse, with a pointer into the question; faults of its words are those of faults.md.\n\n| refusal | why |\n|---|---|\n${rows.join('\n')}\n`
}

/** Who may do what, by which route, and what it may refuse: one table of all commands and queries. */
function httpText(): string {
  const rows = Object.values(endpoints).map((one) => {
    const who =
      one.is === 'command'
        ? one.roles.join(', ')
        : one.is === 'query'
          ? one.open
            ? 'everybody'
            : 'who is a party of it'
          : one.to
    return `| \`${one.name}\` | \`${one.route}\` | ${one.says} | ${who} | ${[...new Set(one.refusals)].map((name) => `\`${name}\``).join(', ') || '—'} |`
  })
  return `# The HTTP interface\n\nAll of it is below \`/api\`; \`/docs\` of a running platform shows the same with its schemas. A refusal is a problem (RFC 9457) with its name, words and a pointer.\n\n| name | route | does | who may | may refuse |\n|---|---|---|---|---|\n${rows.join('\n')}\n`
}

function openapiText(): string {
  return `${JSON.stringify(openapiOf(Object.values(endpoints), '0.1.0'), undefined, 2)}\n`
}

function routesText(): string {
  return `${JSON.stringify(clientRoutes(Object.values(endpoints)), undefined, 2)}\n`
}

function vocabularyText(): string {
  const rows = Object.entries(standardFacts).map(([name, kind]) => {
    const own =
      'has' in kind
        ? Object.entries(kind.has).map(([attribute, type]) => `\`${attribute}\` (${type})`)
        : []
    const by = 'by' in kind ? `the ${kind.by}` : 'either side'
    return `| \`${name}\` | ${kind.shape} | ${own.join(', ') || '—'} | ${by} |`
  })
  const shared =
    'Every fact may say `about` (its subject), `component` and `by`; each has `date`, `weekday`, `minute_of_day` and `time` from when it happened, an interval also `minutes`.'
  return `# Standard vocabulary of facts\n\nKinds of fact that every offering may read without declaring them.\n${shared}\nOn the live platform each is recorded by its command, or by the side named here unless the offering says \`measured-by\`; a kind of the offering’s own that does not say it, by the provider where a charge, credit or transition rests on it, else by either side.\n\n| fact | shape | further attributes | recorded by |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

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
  const made = new Set([...generatedFiles.map((file) => file.path), ...handWritten])
  const present = await filesUnder(generatedFolder)
  return present
    .filter((path) => !made.has(path) && dirname(path) !== exampleFolder)
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
