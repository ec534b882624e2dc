import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInvoiceCase } from '../src/charging/invoice-case.ts'
import { faultsOf, runCase } from '../src/contract/case/case.ts'
import { located, type Plain, readDocuments } from '../src/contract/document/document.ts'
import type { Fault } from '../src/contract/document/fault.ts'

/** What an author writes by mistake into an example, and what is then said. */
export type Mistake = {
  readonly example: string
  readonly write: string
  readonly insteadOf: string
  /** Their names; the words are those of the first. */
  readonly faults: readonly string[]
  readonly words: string
}

const folder = join(import.meta.dirname, '..', 'docs/reference/examples')
let found: readonly Mistake[] | undefined

/** The mistakes of one example, or all: each is made in the example and checked. */
export function mistakesOf(example?: string): readonly Mistake[] {
  found ??= written().map(made)
  return found.filter((mistake) => example === undefined || mistake.example === example)
}

type Written = { readonly example: string; readonly write: string; readonly insteadOf: string }

/** `mistakes.yaml`: for each example a list of what is written instead of what. */
function written(): readonly Written[] {
  const text = readFileSync(join(folder, 'mistakes.yaml'), 'utf8')
  const [document] = readDocuments(text, 'mistakes.yaml').documents
  const all = (document?.data ?? {}) as Record<string, readonly Record<string, string>[]>
  return Object.entries(all).flatMap(([example, list]) =>
    list.map((one) => ({
      example,
      write: one['write'] ?? '',
      insteadOf: one['instead-of'] ?? '',
    })),
  )
}

function made({ example, write, insteadOf }: Written): Mistake {
  const text = readFileSync(join(folder, `${example}.yaml`), 'utf8')
  const said = `${example}: “${write}” instead of “${insteadOf}”`
  if (!text.includes(insteadOf)) throw new Error(`${said} is not in the example`)
  const all = faultsIn(text.replace(insteadOf, () => write))
  const [first] = all
  if (!first) throw new Error(`${said} is not refused`)
  return {
    example,
    write,
    insteadOf,
    faults: [...new Set(all.map(({ name }) => name))],
    words: first.words,
  }
}

function faultsIn(text: string): readonly Fault[] {
  const { documents, faults } = readDocuments(text, 'example')
  const inCases = documents.flatMap((document) =>
    faultsOf(run(document.data)).map((fault) => located(fault, document)),
  )
  return [...faults, ...inCases]
}

const run = (data: Plain) =>
  typeof data === 'object' && 'invoice' in data
    ? runInvoiceCase(data)
    : runCase(data, () => undefined)
