import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { type Fault, Faults, type Path, pointerOf } from './fault.ts'

/** What a document holds: every scalar as the text that was written, so that `140.10` keeps its nought and `no` stays a word. */
export type Plain = string | readonly Plain[] | PlainMap
export type PlainMap = { readonly [key: string]: Plain }

/** What stands where a map is looked for; anything else holds nothing. */
export const asMap = (plain: Plain | undefined): PlainMap =>
  typeof plain === 'object' && !Array.isArray(plain) ? (plain as PlainMap) : {}

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
        if (pair === node.items[0])
          this.faults.add(
            'value_misshapen',
            at,
            `“${key}” has no value: between a word and its value stand a colon and a space.`,
          )
        else
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
