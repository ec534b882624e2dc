import type { TargetWords } from '../../language/term.ts'
import type { Names } from '../../scope.ts'

/** Whether what starts it ends the one before: an update is due so long after each update. */
export function startsAndStops(
  { start = '', stop = '' }: Pick<TargetWords, 'start' | 'stop'>,
  names: Pick<Names, 'fact'>,
): boolean {
  const kinds = (name: string) => names.fact(name)?.anyOf ?? [name]
  return kinds(start).some((kind) => kinds(stop).includes(kind))
}
