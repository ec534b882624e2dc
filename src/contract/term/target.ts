import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { compileExpression, compileTyped } from '../expression.ts'
import { spanOf } from '../fact.ts'
import type { Faults, Path } from '../fault.ts'
import type { TargetWords } from '../language/term.ts'
import { isOrdered, unitHint } from '../operator.ts'
import type { PeriodRule } from '../period.ts'
import {
  type Compiling,
  checkPairedBy,
  concerns,
  demandCompiled,
  demandPeriod,
  eventScope,
  instantLeaf,
  isEvent,
  kindsAtHand,
  namesRead,
  paired,
  periodRule,
  periodScope,
  promiseFor,
  whileRunning,
  windowOf,
} from '../reading.ts'
import type {
  Asking,
  Compiled,
  Definition,
  Evaluate,
  Happening,
  Promised,
  Report,
  Scope,
} from '../scope.ts'
import { joined, truth, typeText } from '../type.ts'
import { leftOut, notAgreed, unknown } from '../value.ts'
import { compileConcerning, liesIn } from './concerning.ts'
import { compileDeadline } from './deadline.ts'
import { begunIn, checkStart, startingPeriod } from './period-start.ts'

/** A target (the provider’s promise) or a duty (of either side): who must do what by when. */
export type Target = Pick<Definition, 'type' | 'evaluate' | 'demand' | 'causes' | 'promised'> & {
  readonly reads: readonly string[]
  readonly promises: (asking: Asking) => readonly Promised[]
  readonly check: (report: Report) => void
  /** The period with which it starts, where no fact starts it. */
  readonly begins?: { readonly name: string; readonly rule: PeriodRule }
  /** What starts and stops its clock, where both are recorded. */
  readonly clock?: { readonly start: string; readonly stop: string; readonly pairedBy?: string }
}
type Told = { id: string; path: Path; survives: boolean }

export function compileTarget(words: TargetWords, told: Told, compiling: Compiling): Target {
  checkTarget(words, told, compiling)
  return words.measure === undefined
    ? deadlineTarget(words, told, compiling)
    : levelTarget(words, told, compiling)
}

function checkTarget(words: TargetWords, { path }: Told, compiling: Compiling): void {
  const { faults, names, components } = compiling
  if (words.of !== undefined && !components.has(words.of))
    faults.add('name_unknown', [...path, 'of'], `No component is called “${words.of}”.`)
  if (words.stop !== undefined && !isEvent(words.stop, names))
    faults.add(
      'fact_undeclared',
      [...path, 'stop'],
      `“${words.stop}” is no kind of fact and no term that makes events.`,
    )
  checkStart(words, path, compiling)
  checkPairedBy(words['paired-by'], [words.start, words.stop], { ...compiling, path })
  for (const kind of words.pauses?.facts ?? [])
    if (names.fact(kind)?.shape !== 'interval' && names.find(kind)?.sort !== 'promise')
      faults.add(
        'fact_undeclared',
        [...path, 'pauses', 'facts'],
        `A pause is an interval, or a duty while it stands unmet; “${kind}” is neither.`,
      )
  if (words.measure === undefined) checkDeadline(words, path, faults)
  else checkLevel(words, path, faults)
}

const deadlineWords = [
  'start',
  'stop',
  'within',
  'by',
  'clock',
  'pauses',
  'ends',
  'paired-by',
  'concerning',
] as const
const levelWords = ['at-least', 'at-most', 'per'] as const

function checkLevel(words: TargetWords, path: Path, faults: Faults): void {
  for (const word of deadlineWords)
    if (words[word] !== undefined)
      faults.add(
        'word_without_effect',
        [...path, word],
        `A level holds in each period: “${word}” belongs to a deadline and changes nothing.`,
      )
  if ((words['at-least'] ?? words['at-most']) === undefined)
    faults.add('word_missing', path, 'Say “at-least:” or “at-most:”.')
  if (words.per === undefined)
    faults.add('word_missing', path, 'Say “per:”: over which period is the level measured?')
}

function checkDeadline(words: TargetWords, path: Path, faults: Faults): void {
  for (const word of levelWords)
    if (words[word] !== undefined)
      faults.add(
        'word_without_effect',
        [...path, word],
        `“${word}” changes nothing without “measure”.`,
      )
  if (path.at(-1) === 'duty' && words.who === undefined)
    faults.add('policy_unsaid', path, 'Say “who: provider” or “who: consumer”: whose duty is it?')
  if (words.start === undefined)
    faults.add(
      'word_missing',
      path,
      'Say “start:”: which event starts the clock, or agreement, or a period?',
    )
  if ((words.within === undefined) === (words.by === undefined))
    faults.add('word_missing', path, 'Say “within:” a length or “by:” a date: one of the two.')
  if (words.within !== undefined && words.stop === undefined)
    faults.add(
      'stop_unsaid',
      path,
      'Say “stop:”: which recorded event ends it? Without one nobody can tell whether it was kept.',
    )
}

/** A level: a measure that has to stay on one side of a bound in each period. */
function levelTarget(words: TargetWords, { id, path }: Told, compiling: Compiling): Target {
  const { names, zone, faults } = compiling
  const place = { names, zone, faults, path, clause: id }
  const measure = compileExpression(words.measure ?? '', { ...place, path: [...path, 'measure'] })
  const bound = (word: 'at-least' | 'at-most') =>
    words[word] === undefined
      ? undefined
      : compileTyped(words[word] ?? '', measure.type, { ...place, path: [...path, word] })
  const [atLeast, atMost] = [bound('at-least'), bound('at-most')]
  const bounds = { 'at-least': atLeast, 'at-most': atMost }
  checkBounded(words.measure ?? '', measure, bounds, { faults, path })
  const rule =
    words.per === undefined ? undefined : periodRule(words.per, compiling, [...path, 'per'])
  const evaluate: Evaluate = (scope) => {
    const window = windowOf(rule, scope)
    if (!window) return leaf(unknown('a period'))
    const inner = periodScope(scope, window)
    const value = { as: 'measured', is: measure.evaluate(inner) }
    const sides = [
      ...(atLeast
        ? [
            {
              as: 'at least',
              is: derive('from', [value, { as: 'at least', is: atLeast.evaluate(inner) }]),
            },
          ]
        : []),
      ...(atMost
        ? [
            {
              as: 'at most',
              is: derive('up-to', [value, { as: 'at most', is: atMost.evaluate(inner) }]),
            },
          ]
        : []),
    ]
    return derive('all', sides, undefined, { clause: id, name: id })
  }
  return {
    type: () => truth,
    ...(atLeast && { promised: atLeast }),
    reads: namesRead([measure]),
    evaluate,
    demand: () => {},
    check: (report) =>
      demandCompiled(
        [measure, atLeast, atMost],
        { ...(rule && { period: rule }), events: [] },
        names,
        report,
      ),
    promises: () => [],
  }
}

/** What is bounded has an order, and one unit: yes is not more than no, and 0.99 no level of 0.99 minutes. */
export function checkBounded(
  text: string,
  measure: Compiled,
  bounds: Readonly<Record<string, Compiled | undefined>>,
  place: { faults: Faults; path: Path },
): void {
  const { type } = measure
  const asNumber =
    type.is === 'truth' ? text : type.is === 'choice' ? `${text} == "${type.words[0]}"` : undefined
  if (isOrdered(type)) checkUnits(measure, bounds, place)
  else
    place.faults.add(
      'types_do_not_fit',
      [...place.path, 'measure'],
      `“${text}” is ${typeText(type)}: none is more than another.${asNumber === undefined ? '' : ` Bound a number: measure: '${asNumber} ? 1 : 0', at-least: 1.`}`,
    )
}

function checkUnits(
  measure: Compiled,
  bounds: Readonly<Record<string, Compiled | undefined>>,
  { faults, path }: { faults: Faults; path: Path },
): void {
  for (const [word, bound] of Object.entries(bounds))
    if (bound?.type.is === 'number' && measure.type.is === 'number')
      if (!joined(bound.type, measure.type))
        faults.add(
          'units_do_not_fit',
          [...path, word],
          `${typeText(measure.type)} is compared with ${typeText(bound.type)}.${unitHint(measure.type, bound.type)}`,
        )
}

function deadlineTarget(words: TargetWords, told: Told, compiling: Compiling): Target {
  const { id, path, survives } = told
  const { names, components } = compiling
  const rule = startingPeriod(words, compiling)
  const from = rule && { fromStart: true as const }
  const deadline = compileDeadline(words, { id, path, ...from }, compiling)
  const concerning = compileConcerning(words.concerning, { id, path }, compiling)
  const component = components.get(words.of ?? '')
  const pairedBy = words['paired-by']
  const { start: starter, stop: stopper } = words
  const startsIn = (asking: Asking) =>
    rule ? begunIn(starter ?? '', rule, asking) : asking.happenings(starter ?? '')
  const promises = (asking: Asking): readonly Promised[] =>
    startsIn(asking)
      .filter((start) => start.holds?.value !== false && concerns(component, start, asking, names))
      .filter(
        (start) =>
          survives ||
          whileRunning(start, asking).every((condition) => condition.is.value !== false),
      )
      .map((start) => {
        const scope = startScope(start, asking)
        const due = deadline.due(scope, instantLeaf(start), start)
        const isOurs = (event: Happening) => concerns(component, event, asking, names)
        const stop = stopOf(words, start, { asking, isOurs, concerning })
        const done = stopper === undefined ? stop : doneInTime({ due, stop }, asking)
        const met = deadline.kept(scope, { due, done, clause: id, name: `${id}.met` })
        return { clause: id, start, due, stop, met, ...(pairedBy !== undefined && { pairedBy }) }
      })
  const clock = starter !== undefined &&
    stopper !== undefined &&
    !rule && { start: starter, stop: stopper, ...(pairedBy !== undefined && { pairedBy }) }
  const kinds = rule ? [] : kindsAtHand(starter ?? '', names)
  return {
    type: () => truth,
    ...(clock && { clock }),
    ...(rule && { begins: { name: starter ?? '', rule } }),
    ...(starter !== undefined && { causes: kinds }),
    reads: [
      ...deadline.reads,
      ...namesRead([concerning]),
      ...[rule ? undefined : starter, stopper]
        .filter((name) => name !== undefined)
        .map((name) => name.split('.')[0] ?? ''),
    ],
    evaluate: (scope) => metOf(id, rule, scope),
    demand: (place, report) => {
      if (rule) demandPeriod(rule, place, report, id)
      else if (place.events.length === 0)
        report(
          'event_not_at_hand',
          `Whether “${id}” was kept is asked of an event; no event is at hand.`,
        )
    },
    check: (report) => {
      deadline.check({ ...(rule && { period: rule }), events: kinds }, report)
      const done = { events: kindsAtHand(stopper ?? '', names) }
      demandCompiled([concerning], done, names, report)
    },
    promises,
  }
}

/** What starts with a period reads its names in that period. */
function startScope(start: Happening, asking: Asking): Scope {
  const { begins } = start.fact
  return begins ? { asking, period: begins, at: start.at } : eventScope({ asking }, start)
}

/** Whether it was kept: for the event at hand, or for the period that began it. */
function metOf(id: string, rule: PeriodRule | undefined, scope: Scope): Derivation {
  const promises = scope.asking.promises(id)
  if (!rule || scope.event) return promiseFor(promises, scope.event)?.met ?? leaf(unknown(id))
  const window = windowOf(rule, scope)
  return (
    promises.find(({ start }) => start.at === window?.start)?.met ?? leaf(notAgreed, { name: id })
  )
}

type Stopping = {
  readonly asking: Asking
  readonly isOurs: (event: Happening) => boolean
  readonly concerning: Compiled | undefined
}

/**
 * The first stop about the same subject at or after the start; left out while there is none. One that names the period
 * that it is for may come before that period begins.
 */
function stopOf(
  words: TargetWords,
  start: Happening,
  { asking, isOurs, concerning }: Stopping,
): Derivation {
  if (words.stop === undefined) return leaf(leftOut)
  const period = start.fact.begins
  const { zone } = asking.frame
  const candidates = paired(asking.happenings(words.stop), start, words['paired-by'])
    .filter(isOurs)
    .map((stop): Input => {
      const done = doneAt(stop)
      if (!concerning || !period) return done
      const named = { as: 'concerns', is: concerning.evaluate(eventScope({ asking }, stop)) }
      const isMeant = { as: 'if', is: liesIn(named, concerning, { period, zone }) }
      return { as: stop.kind, is: derive('keep', [isMeant, done]) }
    })
  if (concerning && period) return derive('first', candidates, { of: words.stop, missing: leftOut })
  return derive('first-from', [{ as: 'start', is: instantLeaf(start) }, ...candidates])
}

/** Where what is not due yet is supposed to be done: at the last moment. It makes no event, since nobody recorded it. */
function doneInTime(
  { due, stop }: Pick<Promised, 'due' | 'stop'>,
  { inTimeFrom }: Asking,
): Derivation {
  const isOpen = inTimeFrom !== undefined && stop.value === leftOut
  return isOpen && typeof due.value === 'number' && due.value >= inTimeFrom
    ? leaf(Math.max(inTimeFrom, due.value - 1))
    : stop
}

/** When it was done, left out where the condition of the term that makes it did not hold. */
function doneAt(stop: Happening): Input {
  const { kind, fact, holds } = stop
  const span = () => leaf(spanOf(fact), { fact: { id: fact.id, field: 'span' } })
  const at =
    fact.shape === 'interval' ? derive('end', [{ as: kind, is: span() }]) : instantLeaf(stop)
  if (!holds) return { as: kind, is: at }
  return {
    as: kind,
    is: derive('keep', [
      { as: 'if', is: holds },
      { as: 'at', is: at },
    ]),
  }
}
