import { beginningOfTime, type Instant, type Period } from '../../kernel/time.ts'
import { type Derivation, leaf } from '../derivation.ts'
import { readValue } from '../fact.ts'
import type { Path } from '../fault.ts'
import type { MeasureWords } from '../language/measure.ts'
import { type PeriodRule, periodAround, periodsWithin } from '../period.ts'
import {
  type Compiling,
  demandPeriod,
  lazily,
  type Measure,
  periodRule,
  periodScope,
  unknownName,
  windowOf,
} from '../reading.ts'
import type { Place, Report, Scope } from '../scope.ts'
import { anything, plainNumber } from '../type.ts'
import { unknown, type Value } from '../value.ts'

type PreviousWords = Extract<MeasureWords, { previous: unknown }>

/** The one circle that is allowed: what was left over in the period before. */
export function previousMeasure(words: PreviousWords, compiling: Compiling, path: Path): Measure {
  const { names } = compiling
  const rule = periodRule(words.per, compiling, [...path, 'per'])
  if (!names.find(words.previous)) unknownName(words.previous, compiling, [...path, 'previous'])
  const initially = initialValue(words, compiling, path)
  const type = onceRound(() => names.find(words.previous)?.type())
  const demand = onceRound((place: Place, report: Report) => {
    const inner = demandPeriod(rule, place, report, words.previous)
    const hasSubject = place.hasSubject || place.events.length > 0
    names.find(words.previous)?.demand(
      {
        ...{ ...inner, events: [] },
        ...(hasSubject && { hasSubject }),
        ...(place.forEach && { forEach: place.forEach }),
      },
      report,
    )
  })
  // What rests on the subject of the event at hand was another for each subject then, too.
  const isOfSubject = lazily(() => {
    let found = false
    demand({ ...(rule && { period: rule }), events: [] }, (name) => {
      found ||= name === 'event_not_at_hand'
    })
    return found
  })
  return {
    type: () => type() ?? anything,
    ...(rule && { per: rule }),
    reads: () => [],
    demand,
    evaluate: (scope) => {
      const before = rule && periodBefore(rule, scope)
      if (!before) return leaf(unknown('the start of the agreement'))
      if (before === 'none') return leaf(initially)
      const { asking, event, until, forEach } = scope
      const own = event && isOfSubject() ? { event } : {}
      const subject = { ...own, ...(forEach && { forEach }) }
      const told = { asking, before, name: words.previous }
      const of = { ...told, ...own, ...(until !== undefined && { until }) }
      const found = soFar(path.join('.'), rule, of, (period) => {
        const definition = names.find(words.previous)
        const inner = { ...periodScope(scope, period), ...subject }
        return definition?.evaluate(inner) ?? leaf(unknown(words.previous))
      })
      return found ?? leaf(initially)
    },
  }
}

/** What is found, or nothing while it is being found already: the circle has come round. */
function onceRound<Found, Given extends readonly unknown[]>(
  find: (...given: Given) => Found,
): (...given: Given) => Found | undefined {
  let isFinding = false
  return (...given) => {
    if (isFinding) return undefined
    isFinding = true
    const found = find(...given)
    isFinding = false
    return found
  }
}

function initialValue({ initially }: PreviousWords, compiling: Compiling, path: Path): Value {
  if (initially === 'unknown') return unknown('a period before')
  const value = readValue(initially, plainNumber, compiling.zone)
  if (value === undefined)
    compiling.faults.add(
      'number_not_exact',
      [...path, 'initially'],
      `“${initially}” is no number and not “unknown”.`,
    )
  return value ?? unknown('a number')
}

/** The period before the one at hand; none before the first of the agreement. */
function periodBefore(rule: PeriodRule, scope: Scope) {
  const { frame } = scope.asking
  const current = windowOf(rule, scope)
  if (!current || frame.agreed.start === beginningOfTime) return undefined
  if (current.start <= frame.agreed.start) return 'none'
  return periodAround(rule, current.start - 1, frame) ?? 'none'
}

/** What a measure was in each period so far, up to an instant. */
type History = { until: Instant; readonly values: Map<Instant, Derivation> }
type Before = Pick<Scope, 'asking' | 'event' | 'until'> & {
  readonly before: Period
  /** What it is called where it stands for all before it. */
  readonly name: string
}

/** Periods are evaluated from the first on, each once, so that a long history is no deep recursion. */
export function soFar(
  key: string,
  rule: PeriodRule,
  { asking, event, until, before, name }: Before,
  valueIn: (period: Period) => Derivation,
): Derivation | undefined {
  const { frame } = asking
  const known = asking.once(
    `${key} so far ${event?.fact.id ?? ''} ${until ?? ''}`,
    (): History => ({
      until: frame.agreed.start,
      values: new Map(),
    }),
  )
  const range = { start: known.until, end: before.end }
  for (const period of known.until < before.end ? periodsWithin(rule, range, frame) : []) {
    const value = valueIn(period)
    const isKept = (known.values.size + 1) % periodsShownMax !== 0
    known.values.set(period.start, isKept ? value : alone(value, name))
    known.until = period.end
  }
  return known.values.get(before.start)
}

/** Reasons reach back so many periods; what lies before is one value. Ten thousand steps deep nobody reads, and nothing can. */
const periodsShownMax = 120

const alone = ({ value, unit }: Derivation, name: string) =>
  leaf(value, { ...(unit !== undefined && { unit }), name })
