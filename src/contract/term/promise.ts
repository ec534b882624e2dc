import { derive, type Derivation, type Input, leaf } from '../derivation.ts'
import { compileExpression, compileTyped } from '../expression.ts'
import { type Fact, spanOf } from '../fact.ts'
import type { Faults, Path } from '../fault.ts'
import type { DeadlineBy, TargetWords } from '../language.ts'
import { type Compiling, concerns, demandCompiled, eventScope, instantLeaf, isEvent, kindsAtHand, paired, periodRule, periodScope, whileRunning, windowOf } from '../reading.ts'
import type { Asking, Definition, Evaluate, Happening, Promised, Report, Scope } from '../scope.ts'
import { truth, type Type, typeText } from '../type.ts'
import { leftOut, unknown } from '../value.ts'

/** A target (the provider’s promise) or a duty (of either side): who must do what by when. */
export type Promise = Pick<Definition, 'type' | 'evaluate' | 'demand' | 'causes'> & {
  readonly reads: readonly string[]
  readonly promises: (asking: Asking) => readonly Promised[]
  readonly check: (report: Report) => void
}
type Told = { id: string; path: Path; survives: boolean }

export function compilePromise(words: TargetWords, told: Told, compiling: Compiling): Promise {
  checkWords(words, told, compiling)
  return words.measure === undefined ? deadlinePromise(words, told, compiling) : levelPromise(words, told, compiling)
}

function checkWords(words: TargetWords, { path }: Told, { faults, names, components, calendars }: Compiling): void {
  if (words.of !== undefined && !components.has(words.of)) faults.add('name_unknown', [...path, 'of'], `No component is called “${words.of}”.`)
  for (const word of ['start', 'stop'] as const) {
    const name = words[word]
    if (name !== undefined && !isEvent(name, names)) faults.add('fact_undeclared', [...path, word], `“${name}” is no kind of fact and no term that makes events.`)
  }
  for (const kind of words.pauses?.facts ?? [])
    if (names.fact(kind)?.shape !== 'interval') faults.add('fact_undeclared', [...path, 'pauses', 'facts'], `A pause is an interval; “${kind}” is none.`)
  if (words.clock !== undefined && words.clock !== 'always' && !calendars.has(words.clock)) faults.add('name_unknown', [...path, 'clock'], `No calendar is called “${words.clock}”; without one say “clock: always”.`)
  if (words.measure !== undefined) {
    if ((words['at-least'] ?? words['at-most']) === undefined) faults.add('word_missing', path, 'Say “at-least:” or “at-most:”.')
    if (words.per === undefined) faults.add('word_missing', path, 'Say “per:”: over which period is the level measured?')
    return
  }
  if (words.start === undefined) faults.add('word_missing', path, 'Say “start:”: which event starts the clock?')
  if ((words.within === undefined) === (words.by === undefined)) faults.add('word_missing', path, 'Say “within:” a length or “by:” a date: one of the two.')
  if (words.within !== undefined && words.stop === undefined) faults.add('stop_unsaid', path, 'Say “stop:”: which recorded event ends it? Without one nobody can tell whether it was kept.')
}

/** A level: a measure that has to stay on one side of a bound in each period. */
function levelPromise(words: TargetWords, { id, path }: Told, compiling: Compiling): Promise {
  const { names, zone, faults } = compiling
  const place = { names, zone, faults, path, clause: id }
  const measure = compileExpression(words.measure ?? '', { ...place, path: [...path, 'measure'] })
  const bound = (word: 'at-least' | 'at-most') => (words[word] === undefined ? undefined : compileTyped(words[word] ?? '', measure.type, { ...place, path: [...path, word] }))
  const [atLeast, atMost] = [bound('at-least'), bound('at-most')]
  const rule = words.per === undefined ? undefined : periodRule(words.per, compiling, [...path, 'per'])
  const evaluate: Evaluate = (scope) => {
    const window = windowOf(rule, scope)
    if (!window) return leaf(unknown('a period'))
    const inner = periodScope(scope, window)
    const value = { as: 'measured', is: measure.evaluate(inner) }
    const sides = [
      ...(atLeast ? [{ as: 'at least', is: derive('from', [value, { as: 'at least', is: atLeast.evaluate(inner) }]) }] : []),
      ...(atMost ? [{ as: 'at most', is: derive('up-to', [value, { as: 'at most', is: atMost.evaluate(inner) }]) }] : []),
    ]
    return derive('all', sides, undefined, { clause: id, name: id })
  }
  return {
    type: () => truth,
    reads: measure.reads.filter((read) => read.attribute === undefined).map((read) => read.name),
    evaluate,
    demand: () => {},
    check: (report) => demandCompiled([measure, atLeast, atMost], { ...(rule && { period: rule }), events: [] }, names, report),
    promises: () => [],
  }
}

function deadlinePromise(words: TargetWords, { id, path, survives }: Told, compiling: Compiling): Promise {
  const { names, components } = compiling
  const deadline = compileDeadline(words, { id, path, survives }, compiling)
  const component = components.get(words.of ?? '')
  const promises = (asking: Asking): readonly Promised[] =>
    asking
      .happenings(words.start ?? '')
      .filter((start) => start.holds?.value !== false && concerns(component, start, asking, names))
      .filter((start) => survives || whileRunning(start, asking).every((condition) => condition.is.value !== false))
      .map((start) => {
        const due = deadline.due(eventScope({ asking }, start), start)
        const stop = stopOf(words, start, asking)
        const met = derive('met', [{ as: 'due', is: due }, { as: 'done', is: stop }], { asOf: asking.asOf, last: deadline.last }, { clause: id, name: `${id}.met` })
        return { clause: id, start, due, stop, met }
      })
  return {
    type: () => truth,
    ...(words.start !== undefined && { causes: kindsAtHand(words.start, names) }),
    reads: [...deadline.reads, ...[words.start, words.stop].filter((name) => name !== undefined).map((name) => name.split('.')[0] ?? '')],
    evaluate: ({ asking, event }) => asking.promises(id).findLast((one) => one.start.fact.about === event?.fact.about && one.start.at <= (event?.at ?? 0))?.met ?? leaf(unknown(id)),
    demand: (place, report) => {
      if (place.events.length === 0) report('event_not_at_hand', `Whether “${id}” was kept is asked of an event; no event is at hand.`)
    },
    check: (report) => deadline.check({ events: kindsAtHand(words.start ?? '', names) }, report),
    promises,
  }
}

/** The first stop about the same subject at or after the start; left out while there is none. */
function stopOf(words: TargetWords, start: Happening, asking: Asking): Derivation {
  if (words.stop === undefined) return leaf(leftOut)
  const candidates = paired(asking.happenings(words.stop), start, words['paired-by']).map((stop): Input => {
    const at = stop.fact.shape === 'interval' ? derive('end', [{ as: stop.kind, is: leaf(spanOf(stop.fact), { fact: { id: stop.fact.id, field: 'span' } }) }]) : instantLeaf(stop)
    return { as: stop.kind, is: stop.holds ? derive('keep', [{ as: 'if', is: stop.holds }, { as: 'at', is: at }]) : at }
  })
  return derive('first-from', [{ as: 'start', is: instantLeaf(start) }, ...candidates])
}

export type DeadlineWords = Pick<TargetWords, 'within' | 'by' | 'clock' | 'pauses' | 'ends' | 'paired-by'>
export type Deadline = {
  readonly due: (scope: Scope, start: Happening) => Derivation
  /** A length includes its last instant; “by the end of June” excludes the first of July. */
  readonly last: 'included' | 'excluded'
  readonly reads: readonly string[]
  readonly check: (place: Parameters<Definition['demand']>[0], report: Report) => void
}

/** One shape of deadline for targets, duties and what takes effect later. */
export function compileDeadline(words: DeadlineWords, told: Told, compiling: Compiling): Deadline {
  return words.by ? byDate(words.by, words, told, compiling) : withinLength(words, told, compiling)
}

const elapsedUnits = ['minutes', 'hours']

function withinLength(words: DeadlineWords, { id, path }: Told, compiling: Compiling): Deadline {
  const { names, zone, faults, calendars, policies } = compiling
  const length = compileExpression(words.within ?? '0 minutes', { names, zone, faults, path: [...path, 'within'], clause: id })
  checkLength(length.type, words, { faults, path, policies: policies.ends })
  const clock = calendars.get(words.clock ?? '')
  const ends = words.ends ?? policies.ends
  const unit = length.type.is === 'length' ? length.type.unit : undefined
  const wholeDays = ends === 'with-the-day' && !elapsedUnits.includes(unit ?? '')
  return {
    last: wholeDays && unit !== 'business days' ? 'excluded' : 'included',
    reads: length.reads.filter((read) => read.attribute === undefined).map((read) => read.name),
    check: (place, report) => demandCompiled([length], place, names, report),
    due: (scope, start) => {
      const { asking } = scope
      const pauses = (words.pauses?.facts ?? []).flatMap((kind) =>
        pausesOf(kind, start, asking, words['paired-by']).map((fact) => ({ as: kind, is: leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } }) })),
      )
      return derive(
        'after-length',
        [{ as: 'start', is: instantLeaf(start) }, { as: 'within', is: length.evaluate(scope) }, ...pauses],
        { zone: asking.frame.zone, asOf: asking.asOf, ...(clock && { clock }), ...(words.pauses && { counted: words.pauses.counted }), ...(ends && { ends }) },
        { clause: id, name: id },
      )
    },
  }
}

function pausesOf(kind: string, start: Happening, asking: Asking, by: string | undefined): readonly Fact[] {
  return paired(asking.happenings(kind), start, by).map((pause) => pause.fact)
}

function checkLength(type: Type, words: DeadlineWords, { faults, path, policies }: { faults: Faults; path: Path; policies: string | undefined }): void {
  if (type.is === 'any') return
  if (type.is !== 'length') return faults.add('types_do_not_fit', [...path, 'within'], `“${words.within}” is ${typeText(type)}: say a length with its unit, such as 21 days.`)
  const elapsed = type.unit !== undefined && elapsedUnits.includes(type.unit)
  if (!elapsed && type.unit !== 'business days' && (words.ends ?? policies) === undefined)
    faults.add('policy_unsaid', path, 'Say “ends: at-the-hour” or “ends: with-the-day”, here or under policies: when are the days up?')
  if (elapsed && words.clock === undefined) faults.add('policy_unsaid', path, 'Say “clock: always”, or the calendar whose hours count.')
  if (type.unit === 'business days' && (words.clock === undefined || words.clock === 'always')) faults.add('policy_unsaid', path, 'Business days need a “clock:”, the calendar that says which days they are.')
}

function byDate(by: DeadlineBy, words: DeadlineWords, { id, path }: Told, compiling: Compiling): Deadline {
  const { faults, calendars } = compiling
  const rule = by['end-of'] === undefined ? undefined : periodRule(by['end-of'], compiling, [...path, 'by', 'end-of'])
  const calendar = calendars.get(words.clock ?? '')
  if ((by['end-of'] === undefined) === (by['business-days'] === undefined)) faults.add('word_missing', [...path, 'by'], 'Say “end-of:” a period or “business-days:” a number: one of the two.')
  if (by['business-days'] !== undefined && !calendar) faults.add('policy_unsaid', path, 'Business days need a “clock:”, the calendar that says which days they are.')
  for (const word of ['at', 'cutoff'] as const)
    if (by[word] !== undefined && by['business-days'] === undefined) faults.add('word_without_effect', [...path, 'by', word], `“${word}” changes nothing without “business-days”.`)
  if (by.after !== undefined && by['end-of'] === undefined) faults.add('word_without_effect', [...path, 'by', 'after'], '“after” changes nothing without “end-of”.')
  if (words.pauses) faults.add('word_without_effect', [...path, 'pauses'], 'A fixed date does not move: “pauses” changes nothing.')
  return {
    last: rule ? 'excluded' : 'included',
    reads: [],
    check: () => {},
    due: ({ asking }, start) => {
      const input = [{ as: 'start', is: instantLeaf(start) }]
      const said = { clause: id, name: id }
      if (rule) return derive('end-of-period', input, { rule, after: by.after ?? 0, frame: asking.frame }, said)
      const days = by['business-days'] ?? 0
      return calendar ? derive('business-day', input, { calendar, days, ...(by.at !== undefined && { at: by.at }), ...(by.cutoff !== undefined && { cutoff: by.cutoff }) }, said) : leaf(unknown('a calendar'))
    },
  }
}

