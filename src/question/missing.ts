import type { AnsweredLine } from '../contract/answer.ts'
import type { Contract } from '../contract/compile.ts'
import { kindNoun, the } from '../contract/prose/grammar.ts'
import { Absent, type Value } from '../contract/value.ts'
import { local, type Period, spokenDate } from '../kernel/time.ts'

type Naming = Pick<Contract, 'factKinds' | 'definitions' | 'zone'>

/** What has to be recorded before it can be answered, in words: of each line with the time that it is for. */
export function missingWords(
  value: Value,
  lines: readonly AnsweredLine[],
  contract: Naming,
): readonly string[] {
  if (!(value instanceof Absent) || value.kind !== 'unknown') return []
  const ofLines = lines.flatMap((line) => missingOfLine(line, contract))
  const said = ofLines.length > 0 ? ofLines : named(value.missing, contract)
  return [...new Set(said)]
}

export function missingOfLine(
  { posted: { value }, service }: AnsweredLine,
  contract: Naming,
): readonly string[] {
  if (!(value instanceof Absent) || value.kind !== 'unknown') return []
  const of = service ? ` of ${periodWords(service, contract.zone)}` : ''
  return named(value.missing, contract).map((what) => `${what}${of}`)
}

/** What the contract names by its title; what the engine says in words stays as it is. */
const named = (missing: readonly string[], { factKinds, definitions }: Naming) =>
  missing.map((name) => {
    const kind = factKinds.get(name)
    if (kind) return the(kindNoun({ name, title: kind.title, shape: kind.shape }))
    const definition = definitions.get(name)
    return definition ? the(definition.title) : name
  })

const mostOfAMonth = 27 * 86_400_000

/** `May 2026`, `13 May 2026`, or from one day to another. */
function periodWords({ start, end }: Period, zone: string): string {
  const [first, last] = [start, end - 1].map((at) => local(at, zone).toPlainDate())
  if (!first || !last || first.equals(last)) return first ? spokenDate(first) : ''
  const isMonth = first.year === last.year && first.month === last.month
  if (isMonth && end - start > mostOfAMonth) return spokenDate(first).replace(/^\d+ /, '')
  return `${spokenDate(first)} to ${spokenDate(last)}`
}
