import type { Definition, Names } from '../scope.ts'
import { didYouMean } from './fault.ts'

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
  if (isEvent && names.find(name)?.sort === 'promise')
    return ` It is a target or duty: say “${name}.met” or “${name}.missed”.`
  const fitting = [...names.known()].flatMap((one) => {
    const sort = names.find(one)?.sort
    const kind = names.fact(one)
    if (isEvent && sort === 'promise') return [`${one}.met`, `${one}.missed`]
    const isMade = isEvent && (kind !== undefined || sort === 'transition')
    const isRecorded = sorts.includes('fact') && kind !== undefined && !kind.anyOf
    return isMade || isRecorded || (sort && sorts.includes(sort)) ? [one] : []
  })
  return didYouMean(name, fitting)
}
