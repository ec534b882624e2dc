import type { AnsweredLine } from '../contract/answer/answer.ts'
import type { Contract } from '../contract/compile.ts'
import { kindNoun } from '../contract/prose/event-words.ts'
import { Absent, type Value } from '../contract/value.ts'
import { the } from '../kernel/grammar.ts'
import { spokenPeriod } from '../kernel/time.ts'

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
  const of = service ? ` of ${spokenPeriod(service, contract.zone)}` : ''
  return named(value.missing, contract).map((what) => (what.endsWith(of) ? what : `${what}${of}`))
}

/** What the contract names by its title; what the engine says in words stays as it is. */
const named = (missing: readonly string[], { factKinds, definitions }: Naming) =>
  missing.map((name) => {
    const kind = factKinds.get(name)
    if (kind) return the(kindNoun({ name, title: kind.title, shape: kind.shape }))
    const definition = definitions.get(name)
    return definition ? the(definition.title) : name
  })
