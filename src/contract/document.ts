import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import type { z } from 'zod'
import { didYouMean, type Fault, Faults, type Path, pointerOf } from './fault.ts'

/** What a document holds: every scalar as the text that was written, so that `140.10` keeps its nought and `no` stays a word. */
export type Plain = string | readonly Plain[] | PlainMap
export type PlainMap = { readonly [key: string]: Plain }

export type SourceDocument = {
  readonly file: string
  readonly data: Plain
  /** The line and column (from 1) of what stands at a path, or of the nearest thing above it that exists. */
  readonly locate: (pointer: string) => { line: number; column: number }
}

export const bytesMax = 2_000_000
const depthMax = 40

/** Reads YAML (and so JSON) with one or more documents. What cannot be read is a fault, never an exception. */
export function readDocuments(
  text: string,
  file: string,
): { documents: SourceDocument[]; faults: Fault[] } {
  if (Buffer.byteLength(text) > bytesMax) {
    const words = `The file has ${Math.ceil(text.length / 1_000_000)} MB; a document has at most 2 MB. Split it.`
    return { documents: [], faults: [{ name: 'file_too_large', pointer: '', words, file }] }
  }
  if (text.includes('\u0000') || text.includes('\uFFFD')) {
    const words = 'The file is not text in UTF-8.'
    return {
      documents: [],
      faults: [{ name: 'yaml_broken', pointer: '', words, file, line: 1, column: 1 }],
    }
  }
  const lines = new LineCounter()
  const faults: Fault[] = []
  const documents: SourceDocument[] = []
  for (const parsed of soundDocuments(text, lines, faults, file)) {
    const reader = new Reader(lines)
    const data = parsed.contents === null ? {} : reader.plain(parsed.contents as Node, [])
    const locate = (pointer: string) => reader.locate(pointer)
    for (const fault of reader.faults.list)
      faults.push({ ...fault, file, ...locate(fault.pointer) })
    documents.push({ file, data, locate })
  }
  return { documents, faults }
}

function soundDocuments(text: string, lines: LineCounter, faults: Fault[], file: string) {
  try {
    const all = parseAllDocuments(text, {
      schema: 'failsafe',
      lineCounter: lines,
      uniqueKeys: true,
      prettyErrors: false,
    })
    if (!Array.isArray(all)) return []
    const sound = []
    for (const one of all) {
      if (one.errors.some((error) => /call stack/.test(error.message))) throw new RangeError('deep')
      for (const error of one.errors.slice(0, 1)) {
        const { line, col } = lines.linePos(error.pos[0])
        const doubled = error.code === 'DUPLICATE_KEY'
        faults.push({
          name: doubled ? 'name_doubled' : 'yaml_broken',
          pointer: '',
          words: doubled
            ? 'This key stands twice in the same map; remove one.'
            : `${error.message.replace(/[.:]?$/, '.')} Put texts and formulas that hold : , [ ] { } in quotes.`,
          file,
          line,
          column: col,
        })
      }
      if (one.errors.length === 0 && one.contents !== null) sound.push(one)
    }
    return sound
  } catch (error) {
    // The parser recurses: a document nested thousands deep overflows it before our own count sees it.
    const words =
      error instanceof RangeError
        ? 'The text is nested too deep to be read.'
        : 'The text is not YAML.'
    faults.push({
      name: error instanceof RangeError ? 'nested_too_deep' : 'yaml_broken',
      pointer: '',
      words,
      file,
      line: 1,
      column: 1,
    })
    return []
  }
}

class Reader {
  readonly faults = new Faults()
  private readonly places = new Map<string, number>()
  private readonly lines: LineCounter

  constructor(lines: LineCounter) {
    this.lines = lines
  }

  plain(node: Node | null, path: Path): Plain {
    if (node?.range)
      this.places.set(pointerOf(path), this.places.get(pointerOf(path)) ?? node.range[0])
    if (path.length > depthMax) {
      this.faults.add(
        'nested_too_deep',
        path,
        `Lists and maps stand in each other at most ${depthMax} deep.`,
      )
      return ''
    }
    if (isMap(node)) return this.map(node, path)
    if (isSeq(node)) return node.items.map((item, at) => this.plain(item as Node, [...path, at]))
    if (isScalar(node)) {
      const written = node.source ?? String(node.value ?? '')
      const isTagged = node.tag?.startsWith('!')
      if (isTagged)
        this.faults.add(
          'formula_cut_by_yaml',
          path,
          `YAML takes “${node.tag}” for a tag. Put a formula that begins with ! in quotes.`,
        )
      return isTagged ? `${node.tag} ${written}`.trim() : written
    }
    if (node !== null && node !== undefined)
      this.faults.add(
        'value_misshapen',
        path,
        'Anchors and aliases (& and *) are not read here: write the value out.',
      )
    return ''
  }

  private map(
    node: Parameters<typeof isMap>[0] & { items: readonly unknown[] },
    path: Path,
  ): PlainMap {
    const data: Record<string, Plain> = {}
    for (const pair of node.items as readonly { key: Node; value: Node | null }[]) {
      const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined
      if (key === undefined || key === '__proto__') {
        this.faults.add('name_misshapen', path, 'A key is a word.')
        continue
      }
      const at = [...path, key]
      if (pair.key.range) this.places.set(pointerOf(at), pair.key.range[0])
      // YAML ends an unquoted text at a comma inside braces: what is left of it becomes a key without a value.
      if (pair.value === null && /[()<>=?\s]/.test(key)) {
        this.faults.add(
          'formula_cut_by_yaml',
          at,
          `A comma ended the text or formula before “${key}”. Put the whole of it in quotes.`,
        )
        continue
      }
      data[key] = this.plain(pair.value, at)
    }
    return data
  }

  locate(pointer: string): { line: number; column: number } {
    for (let known = pointer; ; known = known.slice(0, Math.max(0, known.lastIndexOf('/')))) {
      const offset = this.places.get(known)
      if (offset !== undefined) {
        const { line, col } = this.lines.linePos(offset)
        return { line, column: col }
      }
      if (known === '') return { line: 1, column: 1 }
    }
  }
}

export function located(fault: Fault, document: SourceDocument): Fault {
  return { ...fault, file: document.file, ...document.locate(fault.pointer) }
}

/** What stands at a path. */
export function at(data: Plain | undefined, path: Path): Plain | undefined {
  let found = data
  for (const step of path) {
    if (typeof found !== 'object') return undefined
    found = Array.isArray(found)
      ? found[Number(step)]
      : Object.hasOwn(found, step)
        ? (found as PlainMap)[step]
        : undefined
  }
  return found
}

/** Checks data against a schema and says what is wrong in the language's own names. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  data: Plain,
  faults: Faults,
  under: Path = [],
): z.infer<Schema> | undefined {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  for (const issue of result.error.issues) reportIssue(issue, [], { data, faults, under })
  return undefined
}

type Issue = z.core.$ZodIssue
type Report = { data: Plain; faults: Faults; under: Path }

function reportIssue(issue: Issue, above: Path, report: Report): void {
  const path = [...above, ...(issue.path as Path)]
  const found = at(report.data, path)
  const place = [...report.under, ...path]
  const { faults } = report
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) reportUnknownWord(key, [...place, key], issue, faults)
  } else if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const strange = unknownEverywhere(issue.errors)
    for (const key of strange) reportUnknownWord(key, [...place, key], issue, faults)
    if (strange.length > 0) return
    const openings = wordsThatBegin(issue.errors, found)
    if (openings.length > 1) {
      const listed = openings.map((word) => `“${word}:”`).join(', ')
      faults.add('word_missing', place, `Say one of ${listed} here.`)
      return
    }
    for (const inner of nearestBranch(issue.errors, found)) reportIssue(inner, path, report)
  } else if (found === undefined) {
    const word = String(path.at(-1))
    faults.add(
      'word_missing',
      place.slice(0, -1),
      `Say “${word}:” here.${isPlainHint(issue.message)}`,
    )
  } else {
    const [name, words] = misshapen(issue, found)
    faults.add(name, place, words)
  }
}

function reportUnknownWord(key: string, place: Path, issue: Issue, faults: Faults): void {
  if (/[(),?]|&&|\|\|/.test(key)) {
    faults.add(
      'formula_cut_by_yaml',
      place,
      `YAML cut a formula before “${key}”. Put the whole formula in quotes.`,
    )
    return
  }
  if (/^\d+(\.\d*)?$/.test(key)) {
    const isOfThousands = /^\d{3}(\.|$)/.test(key)
    const thousands = isOfThousands ? ', and thousands without a comma, such as 1000.00' : ''
    const words = `“${key}” stands alone: YAML ended the value before it at a comma. Write decimals with a point, such as 5.00${thousands}.`
    faults.add('word_unknown', place, words)
    return
  }
  const known = (issue as { known?: readonly string[] }).known ?? knownWords
  faults.add(
    'word_unknown',
    place,
    `“${key}” is not a word that may stand here.${didYouMean(key, known) || unknownHint(issue)}`,
  )
}

/** Where a map says what else belongs elsewhere. */
const unknownHint = ({ message }: Issue) =>
  message.startsWith('Unrecognized') || message.startsWith('Invalid') ? '' : ` ${message}`

/** Every word of every schema that was declared, for "did you mean". */
const knownWords = new Set<string>()
export function learnWords(words: Iterable<string>): void {
  for (const word of words) knownWords.add(word)
}

function misshapen(issue: Issue, found: Plain): [Fault['name'], string] {
  const written =
    typeof found === 'string'
      ? `“${found.slice(0, 60)}”`
      : Array.isArray(found)
        ? 'a list'
        : 'a map'
  const own =
    issue.code === 'custom'
      ? (issue.params as { name?: Fault['name'] } | undefined)?.name
      : undefined
  if (own) return [own, `${written} ${issue.message}`]
  if (issue.code === 'invalid_value')
    return [
      'value_misshapen',
      `${written} is none of ${issue.values.map((value) => String(value)).join(', ')}.`,
    ]
  if (issue.code === 'invalid_type')
    return [
      'value_misshapen',
      `A ${issue.expected === 'object' || issue.expected === 'record' ? 'map' : issue.expected === 'array' ? 'list' : 'text'} stands here, not ${written}.${isPlainHint(issue.message)}`,
    ]
  if (issue.code === 'too_small')
    return [
      'value_misshapen',
      `Something has to stand here${typeof found === 'object' ? ': the list or map is empty' : ''}.`,
    ]
  if (issue.code === 'too_big')
    return [
      'value_misshapen',
      `At most ${String(issue.maximum)} ${issue.origin === 'string' ? 'letters' : 'things'} stand here.`,
    ]
  if (issue.code === 'invalid_key') return misshapenKey(issue)
  return ['value_misshapen', `${written} does not fit here: ${issue.message}`]
}

/** A key of a map that is not among the author’s own names says itself what stands there. */
function misshapenKey({
  path,
  issues,
}: Extract<Issue, { code: 'invalid_key' }>): [Fault['name'], string] {
  const own = issues.find((one) => one.code === 'custom')
  const name = (own?.params as { name?: Fault['name'] } | undefined)?.name
  return own && name === 'value_misshapen'
    ? [name, `“${String(path.at(-1))}” ${own.message}`]
    : ['name_misshapen', 'A name is lower_case_with_underscores, at most 60 letters.']
}

const isPlainHint = (message: string) => (message.startsWith('Invalid') ? '' : ` ${message}`)

/** Words that none of the forms has: they are what is wrong, whichever form was meant. */
function unknownEverywhere(branches: readonly (readonly Issue[])[]): string[] {
  const unknown = branches.map((issues) =>
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
    ),
  )
  return (unknown[0] ?? []).filter((key) => unknown.every((keys) => keys.includes(key)))
}

/** What a map is said to be by its first word, of each form that it could still be: the author has said none of them. */
function wordsThatBegin(
  branches: readonly (readonly Issue[])[],
  found: Plain | undefined,
): string[] {
  if (typeof found !== 'object' || Array.isArray(found)) return []
  const isMissing = ({ path }: Issue) => path.length === 1 && at(found, path as Path) === undefined
  const open = branches.filter((issues) => issues.every(isMissing))
  return [...new Set(open.flatMap(([first]) => (first ? [String(first.path[0])] : [])))]
}

/** Of several forms the one that the author meant: fewest words missing, then fewest unknown. */
function nearestBranch(
  branches: readonly (readonly Issue[])[],
  found: Plain | undefined,
): readonly Issue[] {
  const cost = (issue: Issue): number => {
    // A map where a word stands, or the other way round, is another form altogether.
    const isOtherForm = issue.code === 'invalid_value' && typeof found === 'object'
    if ((issue.code === 'invalid_type' || isOtherForm) && issue.path.length === 0) return 1000
    if (issue.code === 'unrecognized_keys') return 3
    if (issue.code === 'invalid_union' && issue.path.length === 0 && issue.errors.length > 0)
      return Math.min(...issue.errors.map(total))
    return at(found, issue.path as Path) === undefined ? 10 : 1
  }
  const total = (issues: readonly Issue[]): number =>
    issues.reduce((sum, issue) => sum + cost(issue), 0)
  return [...branches].sort((left, right) => total(left) - total(right))[0] ?? []
}
