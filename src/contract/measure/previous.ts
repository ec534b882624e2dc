import { beginningOfTime, type Instant, type Period } from '../../kernel/time.ts'
import { type Compiling, lazily, type Measure, type Told, unknownName } from '../compiling.ts'
import { demandPeriod } from '../demand.ts'
import { type Derivation, leaf } from '../derivation.ts'
import { readValue } from '../fact/read.ts'
import type { MeasureWords } from '../language/measure.ts'
import { restsOnSubject, subjectIn } from '../period/own-period.ts'
import { type PeriodRule, periodAround, periodsWithin } from '../period/period.ts'
import { periodRule } from '../period/rule.ts'
import { countedFrame, sinceWindows, windowOf, withoutPeriod } from '../period/window.ts'
import type { Names, Place, Report, Scope } from '../scope.ts'
import { periodScope } from '../scope.ts'
import { anything, isNumeric, joined, plainNumber, type Type, typeText } from '../type.ts'
import { unknown } from '../value.ts'
import { restsOn } from './rests.ts'

type PreviousWords = Extract<MeasureWords, { previous: unknown }>

/** The one circle that is allowed: what was left over in the period before. */
export function previousMeasure(words: PreviousWords, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const { names } = compiling
  const rule = periodRule(words.per, compiling, [...path, 'per'])
  if (!names.find(words.previous))
    unknownName(words.previous, compiling, {
      path: [...path, 'previous'],
      sorts: ['measure', 'table', 'agreed', 'posting', 'total'],
    })
  const initial = initialOf(words, compiling, { name, path })
  const type = onceRound(() => {
    const found = names.find(words.previous)?.type()
    if (found && initial.type && !joined(found, initial.type))
      compiling.faults.add(
        'types_do_not_fit',
        [...path, 'initially'],
        `“${words.initially}” is ${typeText(initial.type)}; “${words.previous}” is ${typeText(found)}.`,
      )
    return found
  })
  const demand = onceRound((place: Place, report: Report) => {
    const inner = demandPeriod(rule, place, report, words.previous)
    names.find(words.previous)?.demand({ ...inner, events: [] }, report)
  })
  // What rests on the subject of the event at hand was another for each subject then, too.
  const isOfSubject = lazily(() => restsOnSubject(demand, rule))
  // What does not rest on what it was before needs no history: of years of minutes one is read.
  const isOfItself = lazily(() => restsOn([words.previous], names, (one) => one === name))
  return {
    type: () => type() ?? anything,
    ...(rule && { per: rule }),
    reads: () => [words.previous, ...initial.reads],
    demand,
    evaluate: (scope) => {
      const before = rule && periodBefore(rule, scope)
      if (!before) return leaf(unknown('the start of the agreement'))
      if (before === 'not begun') return withoutPeriod(rule, scope)
      if (before === 'none') return initial.evaluate(scope)
      const { asking, until } = scope
      const subject = isOfSubject() ? subjectIn(scope) : {}
      const valueIn = (period: Period) => {
        const definition = names.find(words.previous)
        const inner = { ...periodScope(scope, period), ...subject }
        return definition?.evaluate(inner) ?? leaf(unknown(words.previous))
      }
      if (!isOfItself()) return valueIn(before)
      const told = { asking, before, name: words.previous, names }
      const of = { ...told, ...subject, ...(until !== undefined && { until }) }
      return soFar(`previous ${name}`, rule, of, valueIn) ?? initial.evaluate(scope)
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

type Initial = {
  readonly type?: Type
  readonly reads: readonly string[]
  readonly evaluate: (scope: Scope) => Derivation
}

/** A number, or what was agreed. */
function initialOf({ initially }: PreviousWords, compiling: Compiling, told: Told): Initial {
  const { name, path } = told
  const { names, faults, zone } = compiling
  const agreed = names.find(initially)
  if (agreed?.sort === 'agreed' && isNumeric(agreed.type()))
    return { type: agreed.type(), reads: [initially], evaluate: agreed.evaluate }
  const isUnknown = initially === 'unknown'
  const value = isUnknown
    ? unknown(`a period before the first of “${name}”, which begins as “unknown”`)
    : readValue(initially, plainNumber, zone)
  if (value === undefined)
    faults.add(
      'number_not_exact',
      [...path, 'initially'],
      `“${initially}” is no number, no number that was agreed and not “unknown”.${agreed ? startingWith(initially, name) : ''}`,
    )
  const found = leaf(value ?? unknown('a number'))
  // A bare number takes the unit of what it begins; a percentage has none.
  return {
    ...(initially.endsWith('%') && { type: plainNumber }),
    reads: [],
    evaluate: () => found,
  }
}

/** A name is read where the measure is, and there the first period is told by what it begins with. */
const startingWith = (name: string, measure: string) =>
  ` What begins with “${name}” says a number here that it never is later, such as 0 or -1, and asks for it where “${measure}” is read: { formula: "${measure} == 0 ? ${name} : ${measure}" }.`

/** The period before the one at hand; none before the first of the agreement. */
function periodBefore(rule: PeriodRule, scope: Scope) {
  const frame = countedFrame(scope)
  const current = windowOf(rule, scope)
  // Before the first of such events there is no period, and so none before it.
  if (rule.is === 'since')
    return sinceWindows(rule.kind, scope).findLast(({ end }) => end === current?.start) ?? 'none'
  if (!current) return 'not begun'
  if (frame.agreed.start === beginningOfTime) return undefined
  if (current.start <= frame.agreed.start) return 'none'
  return periodAround(rule, current.start - 1, frame) ?? 'none'
}

/** What a measure was in each period so far, up to an instant. */
type History = { until: Instant; readonly values: Map<Instant, Derivation> }
type Before = Pick<Scope, 'asking' | 'event' | 'subject' | 'until'> & {
  readonly before: Period
  readonly names: Names
  /** What it is called where it stands for all before it. */
  readonly name: string
}

/** Periods are evaluated from the first on, each once, so that a long history is no deep recursion. */
export function soFar(
  key: string,
  rule: PeriodRule,
  { asking, event, subject = event, until, before, name, names }: Before,
  valueIn: (period: Period) => Derivation,
): Derivation | undefined {
  const frame = countedFrame({ asking, until })
  const known = asking.once(
    `${key} so far ${subject?.fact.id ?? ''} ${until ?? ''}`,
    (): History => ({
      until: frame.agreed.start,
      values: new Map(),
    }),
    names,
  )
  const range = { start: known.until, end: before.end }
  for (const period of periodsOf(rule, range, { asking, until, ...(subject && { subject }) })) {
    const value = valueIn(period)
    const isKept = (known.values.size + 1) % periodsShownMax !== 0
    known.values.set(period.start, isKept ? value : alone(value, name))
    known.until = period.end
  }
  return known.values.get(before.start)
}

function periodsOf(
  rule: PeriodRule,
  range: Period,
  { asking, until, ...of }: Pick<Before, 'asking' | 'subject'> & { until: Instant | undefined },
): Iterable<Period> {
  if (range.start >= range.end) return []
  if (rule.is !== 'since') return periodsWithin(rule, range, countedFrame({ asking, until }))
  const all = sinceWindows(rule.kind, { asking, ...of })
  return all.filter(({ start, end }) => start >= range.start && end <= range.end)
}

/** Reasons reach back so many periods; what lies before is one value. Ten thousand steps deep nobody reads, and nothing can. */
const periodsShownMax = 120

const alone = ({ value, unit, mayChange }: Derivation, name: string): Derivation => ({
  ...leaf(value, { ...(unit !== undefined && { unit }), name }),
  ...(mayChange && { mayChange }),
})
