import { reached } from '../../kernel/reached.ts'
import { startOfDay } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import type { Contract } from '../compile.ts'
import type { Derivation } from '../derivation.ts'
import type { Asking, Definition } from '../scope.ts'
import { sameValue } from '../value.ts'

/**
 * What rests on what is agreed alone and is the same throughout the agreement needs no period: a forecast, an agreed
 * value that never changes, a ratio of such. Of anything else nobody said when it is asked for.
 */
export function valueThroughout(
  name: string,
  { agreement, meant }: Throughout,
  asking: Asking,
): Derivation | undefined {
  const { agreed, zone } = agreement.frame
  if (agreement.revisions.some(({ contract }) => !isTimeless(name, contract))) return undefined
  const changes = agreement.revisions.flatMap(({ contract, governs }) => [
    governs.start,
    ...[...contract.agreed.values()]
      .flat()
      .flatMap(({ from }) => (from ? [startOfDay(from, zone)] : [])),
  ])
  const inside = changes.filter((at) => agreed.start < at && at < agreed.end)
  const values = [agreed.start, ...inside].flatMap((at) => {
    const definition = revisionAt(agreement, at).contract.definitions.get(name)
    return definition ? [meant(definition).evaluate({ asking, at })] : []
  })
  const [first, ...later] = values
  return later.every(({ value }) => first && sameValue(value, first.value)) ? first : undefined
}

/** `meant` is a part of it, or all. */
type Throughout = {
  readonly agreement: Agreement
  readonly meant: (definition: Definition) => Definition
}

/** Whether it rests on no fact, no event and no period, however deep: between two changes of what is agreed it is one. */
const isTimeless = (name: string, contract: Contract): boolean =>
  reached([name], (one) => readsIfTimeless(one, contract) ?? []).every(
    (one) => readsIfTimeless(one, contract) !== undefined,
  )

const timeless = ['formula', 'forecast', 'split', 'scale']

function readsIfTimeless(name: string, contract: Contract): readonly string[] | undefined {
  const definition = contract.definitions.get(name)
  if (!definition) return undefined
  // A forecast reads what a level promises, and not what is measured of it.
  if (definition.promised) return definition.promised.reads.map((read) => read.name)
  if (definition.sort === 'agreed' || definition.sort === 'always') return []
  const measure = contract.words.measures?.[name]
  const isOne = measure && timeless.some((form) => form in measure) && !definition.per?.()
  return isOne || definition.sort === 'table' ? contract.names.readsOf(name) : undefined
}
