import { didYouMean } from './document/fault.ts'
import type { Definition, Ending, Names } from './scope.ts'

/** `fact` is any kind of fact; `event` besides what stands for several kinds, and what a term makes. */
export type NameSort = Definition['sort']

/** What a formula calculates with. */
export const sortsOfValues: readonly NameSort[] = [
  ...(['agreed', 'measure', 'table', 'posting', 'total', 'promise', 'always'] as const),
]

/** ` Did you mean “paid”?`, of the names that may stand at that place; nothing where none is near. */
export function nearName(
  name: string,
  names: Pick<Names, 'find' | 'fact' | 'known'>,
  sorts: readonly NameSort[],
): string {
  const isEvent = sorts.includes('event')
  const [term = ''] = name.split('.', 1)
  const { endings } = names.find(term) ?? {}
  if (endings && (name !== term || isEvent)) return ` ${madeBy(term, endings)}`
  const fitting = [...names.known()].flatMap((one) => {
    const sort = names.find(one)?.sort
    const kind = names.fact(one)
    if (isEvent && sort === 'promise') return made(one, names.find(one)?.endings ?? [])
    const isMade = isEvent && (kind !== undefined || sort === 'transition')
    const isRecorded = sorts.includes('fact') && kind !== undefined && !kind.anyOf
    return isMade || isRecorded || (sort && sorts.includes(sort)) ? [one] : []
  })
  return didYouMean(name, fitting)
}

/** Which events a target, duty or option makes, and what stands instead of those that it does not make. */
function madeBy(term: string, endings: readonly Ending[]): string {
  const [first, second] = made(term, endings)
  if (first === undefined)
    return `“${term}” is a level: it is kept or not in each of its periods, and makes no event. A term of such a period says when: "!${term}"; how often it was not kept, a measure that adds up { formula: "${term} ? 0 : 1", per: … }.`
  return second === undefined
    ? `“${term}” is a date that nobody has to keep, for it says no “stop:”: it is never met, and “${first}” is when it is over.`
    : `It is a target or duty: say “${first}” or “${second}”.`
}

const made = (term: string, endings: readonly Ending[]) =>
  endings.map((ending) => `${term}.${ending}`)
