import { type Derivation, derive, type Input } from '../derivation.ts'
import type { Fact } from '../fact.ts'
import type { Path } from '../fault.ts'
import { grain, type PeriodRule, periodAround } from '../period.ts'
import { type Compiling, periodRule, within } from '../reading.ts'
import type { Asking, Happening } from '../scope.ts'

/** A period in which the events of a clause are taken together. */
export function windowRule(text: string, compiling: Compiling, path: Path): PeriodRule | undefined {
  const rule = periodRule(text, compiling, path)
  if (rule && grain(rule) === undefined)
    compiling.faults.add(
      'period_unknown',
      path,
      'What is taken together needs periods that follow each other: “so-far”, “past” and “since” overlap.',
    )
  return rule
}

/** How the events before this one are taken together, each as one input; undefined leaves an event out. */
export type Together = {
  /** What is added up, of which clause: sums are found once. */
  readonly key: string
  readonly rule: PeriodRule
  readonly each: string
  readonly input: (event: Happening) => Input | undefined
  readonly unit?: string
}

/** The sum over the events before this one in its period; undefined where there is no such period or none before. */
export function sumBefore(
  asking: Asking,
  event: Happening,
  together: Together,
): Derivation | undefined {
  const window = periodAround(together.rule, event.at, asking.frame)
  if (!window) return undefined
  const key = `${together.key} ${window.start}`
  const known = asking.once(key, () => {
    const events = asking.happenings(together.each).filter(({ at }) => within(at, window))
    const places = new Map<Fact, number>()
    for (const [place, { fact }] of events.entries()) places.set(fact, place)
    return { events, places }
  })
  const before = known.places.get(event.fact) ?? known.events.length
  return sumOfFirst(before, { asking, key, together, events: known.events })
}

type Summing = {
  readonly asking: Asking
  readonly key: string
  readonly together: Together
  readonly events: readonly Happening[]
}

/** Sums rest on sums of sixteen: adding up a year of events for each of them neither grows with its square nor goes deep. */
const groupSize = 16

function sumOfFirst(count: number, summing: Summing): Derivation | undefined {
  const inputs: Input[] = []
  let size = 1
  while (size * groupSize <= count) size *= groupSize
  for (let from = 0; from < count; ) {
    while (from + size > count) size /= groupSize
    const input = inputOf(from, size, summing)
    if (input) inputs.push(input)
    from += size
  }
  return inputs.length === 0 ? undefined : sum(inputs, summing)
}

function inputOf(from: number, size: number, summing: Summing): Input | undefined {
  const { asking, key, together, events } = summing
  const first = events[from]
  if (size === 1) return first && together.input(first)
  return asking.once(`${key} ${from} ${size}`, () => {
    const part = size / groupSize
    const inputs = Array.from({ length: groupSize }, (_, place) =>
      inputOf(from + place * part, part, summing),
    ).filter((input) => input !== undefined)
    return inputs.length === 0
      ? undefined
      : { as: `${inputs.length} together`, is: sum(inputs, summing) }
  })
}

const sum = (inputs: readonly Input[], { together }: Summing): Derivation =>
  derive(
    'sum',
    inputs,
    { of: 'what came before' },
    together.unit === undefined ? {} : { unit: together.unit },
  )
