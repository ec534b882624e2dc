import { reached } from '../../kernel/reached.ts'
import { countedFrom } from '../period/period.ts'
import type { Names } from '../scope.ts'

/** Whether what happens can change what these names come to: what no fact changes is known before its time has come. */
export const restsOnFacts = (open: readonly string[], names: Of): boolean =>
  restsOn(open, names, (name) => {
    const { sort = 'fact', per, periods } = names.find(name) ?? {}
    const rules = [per?.(), ...(periods?.() ?? [])]
    return happening.includes(sort) || rules.some((rule) => countedFrom(rule) !== undefined)
  })

const happening: readonly string[] = ['fact', 'event', 'promise', 'transition']

/** Whether the way down from these names, however deep, comes to one of those that are meant. */
export function restsOn(
  open: readonly string[],
  names: Pick<Of, 'readsOf'>,
  isMeant: (name: string) => boolean,
): boolean {
  return reached(open, (name) => names.readsOf(name)).some(isMeant)
}
type Of = Pick<Names, 'find' | 'readsOf'>
