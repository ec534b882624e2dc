import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocuments } from '../src/contract/document/document.ts'
import { ask, check, type Files, type Outcome, print, test } from '../src/question/command.ts'

// A guide is a story that is played: its files are written, its changes made and its commands run, in the order of the
// page. What a terminal shows is put into the page here, so that it is what the program says.

export const guidePages = ['docs/guide/write-a-contract.md', 'docs/guide/first-offering.md']

const root = join(import.meta.dirname, '..')
/** Questions without `--at` are asked now: for the guides, after everything in them. */
const now = '2026-12-31T00:00:00Z'

type Texts = Map<string, string>

/**
 * The page as it has to be. Parts that are played: a fence that names a file holds it whole; “In `file` change `this` to
 * `that`” changes it; a fence of commands is followed by what they say; a row of a table of mistakes, by its fault.
 */
export function playedPage(path: string): string {
  const page = readFileSync(join(root, path), 'utf8')
  const texts: Texts = new Map()
  const parts =
    /^```yaml (?<file>\S+)\n(?<text>[\s\S]*?)^```$|^```\n(?<commands>\$ [\s\S]*?)^```$|In `(?<changed>[^`]+)`,? change\s+`(?<from>[^`]+)`\s+(?:back )?to\s+`(?<to>[^`]+)`|^\| `(?<right>[^`]+)` \| `(?<wrong>[^`]+)` \| .* \|$/gm
  return page.replace(parts, (whole, ...rest) => {
    const found = rest.at(-1) as Readonly<Record<string, string | undefined>>
    const { file, text = '', commands, changed, from = '', to = '', right, wrong = '' } = found
    if (file !== undefined) texts.set(file, text)
    if (changed !== undefined) change(texts, changed, from, to)
    if (commands !== undefined) return `\`\`\`\n${played(commands, texts)}\`\`\``
    if (right !== undefined) return mistakeRow(texts, right, wrong)
    return whole
  })
}

/** The files of a page as they were first written, by their names. */
export function writtenFiles(path: string): Texts {
  const page = readFileSync(join(root, path), 'utf8')
  const fences = page.matchAll(/^```yaml (\S+)\n([\s\S]*?)^```$/gm)
  return new Map([...fences].map(([, file = '', text = '']) => [file, text]))
}

function change(texts: Texts, file: string, from: string, to: string): void {
  const text = texts.get(file) ?? ''
  if (!text.includes(from)) throw new Error(`${file} does not hold “${from}”`)
  texts.set(
    file,
    text.replace(from, () => to),
  )
}

/** Each command with what it says now. */
function played(block: string, texts: Texts): string {
  return block
    .split('\n')
    .filter((line) => line.startsWith('$ '))
    .map((line) => `${[line, ...run(line, texts).says].join('\n').trimEnd()}\n`)
    .join('')
}

function run(line: string, texts: Texts): Outcome {
  const [, , program, command = '', path = '', ...rest] = wordsOf(line)
  const files = filesAt(path, texts)
  if (program !== 'tessera' || files.files.length === 0) throw new Error(`cannot play “${line}”`)
  const options = { ...optionsIn(rest), now }
  if (command === 'check') return check(files)
  if (command === 'test') return test(files)
  if (command === 'print') return print(files, options)
  if (command === 'ask') return ask(files, options.question ?? '', options)
  throw new Error(`cannot play “${line}”`)
}

/** `$ npx tessera ask hire --question "{ bill: 2026-06 }"`, in words. */
const wordsOf = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

type Options = { question?: string; as?: string; at?: string; agreement?: string }
const optionsIn = (words: readonly string[]): Options =>
  Object.fromEntries(
    words.flatMap((word, place) =>
      word.startsWith('--') ? [[word.slice(2), words[place + 1] ?? '']] : [],
    ),
  )

function filesAt(path: string, texts: Texts): Files {
  const one = texts.get(path)
  if (one !== undefined) return { files: [{ file: path, text: one }], faults: [], isFolder: false }
  const inside = [...texts].filter(([file]) => file.startsWith(`${path}/`)).sort()
  return { files: inside.map(([file, text]) => ({ file, text })), faults: [], isFolder: true }
}

/** What is said of the one file that is a case where something else is written in it. */
function mistakeRow(texts: Texts, right: string, wrong: string): string {
  const [file, text] = [...texts].find(([, one]) => one.startsWith('case:')) ?? ['', '']
  if (!text.includes(right)) throw new Error(`${file} does not hold “${right}”`)
  const broken = text.replace(right, () => wrong)
  const { data } = check({ files: [{ file, text: broken }], faults: [], isFolder: false })
  const [fault] = (data as { faults: readonly { name: string; words: string }[] }).faults
  if (!fault) throw new Error(`“${wrong}” instead of “${right}” is not refused`)
  return `| \`${right}\` | \`${wrong}\` | \`${fault.name}\`: ${fault.words} |`
}

/** Snippets that are no file of their own: each has to stand in one. */
export function snippetsOf(path: string): readonly string[] {
  const page = readFileSync(join(root, path), 'utf8')
  return [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)
}

/** Whether what a snippet says stands in a document, however it is indented. */
export const isPartOf = (snippet: string, text: string): boolean =>
  readDocuments(text, '').faults.length === 0 && flat(text).includes(flat(snippet))

const flat = (text: string) => text.replace(/#.*$/gm, '').replace(/\s+/g, ' ').trim()
