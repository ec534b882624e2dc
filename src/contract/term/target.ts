import { countedBy, whileRunning } from '../agreement/running.ts'
import { type Compiling, lazily } from '../compiling.ts'
import { demandCompiled, demandPeriod, namesRead, turnsForEvent } from '../demand.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import { checkPairedBy } from '../fact/alike.ts'
import { compileExpression } from '../formula/expression.ts'
import { concerns, instantLeaf, isEvent, kindsAtHand, termOf } from '../happening.ts'
import type { TargetWords, TermKind } from '../language/term.ts'
import { nearName } from '../near-name.ts'
import type { PeriodRule } from '../period/period.ts'
import { windowOf } from '../period/window.ts'
import type {
  Asking,
  Compiled,
  Definition,
  Happening,
  Promised,
  Report,
  Scope,
  StartAndStop,
} from '../scope.ts'
import { eventScope, type Reader } from '../scope.ts'
import { truth } from '../type.ts'
import { leftOut, notAgreed, unknown } from '../value.ts'
import { compileConcerning } from './deadline/concerning.ts'
import { compileDeadline, type Deadline } from './deadline/deadline.ts'
import { beginsUnless, liftOf, overBy } from './deadline/lift.ts'
import { begunIn, checkStart, startingPeriod } from './deadline/period-start.ts'
import { answeredFor, isOwed } from './deadline/promised.ts'
import { kindOfBoth, naming, stopOf } from './deadline/stop.ts'
import { checkLevel, levelTarget, levelWords } from './level.ts'

/** A target (the provider’s promise) or a duty (of either side): who must do what by when. */
export type Target = Pick<
  Definition,
  'type' | 'evaluate' | 'demand' | 'causes' | 'promised' | 'isOption' | 'turns'
> & {
  readonly reads: readonly string[]
  /** What a level is a level of, without its bounds. */
  readonly measured?: readonly string[]
  readonly promises: (asking: Asking) => readonly Promised[]
  readonly check: (report: Report) => void
  /** The period with which it starts, where no fact starts it. */
  readonly begins?: { readonly name: string; readonly rule: PeriodRule }
  /** Of a level, the periods in each of which it has to hold. */
  readonly holdsIn?: PeriodRule
  /** Where both are recorded. */
  readonly clock?: StartAndStop
}
type Told = {
  readonly id: string
  readonly kind: TermKind
  readonly path: Path
  readonly survives: boolean
}

export function compileTarget(words: TargetWords, told: Told, compiling: Compiling): Target {
  checkTarget(words, told, compiling)
  return words.measure === undefined
    ? deadlineTarget(words, told, compiling)
    : levelTarget(words, told, compiling)
}

function checkTarget(words: TargetWords, { kind, path }: Told, compiling: Compiling): void {
  const { faults, names, components } = compiling
  if (words.of !== undefined && !components.has(words.of))
    faults.add(
      'name_unknown',
      [...path, 'of'],
      `No component is called “${words.of}”.${nearName(words.of, names, ['component'])}`,
    )
  if (words.stop !== undefined && !isEvent(words.stop, names))
    faults.add(
      'fact_undeclared',
      [...path, 'stop'],
      `“${words.stop}” is no kind of fact and no term that makes events.${nearName(words.stop, names, ['event'])}`,
    )
  checkLift(words, path, compiling)
  checkStart(words, path, compiling)
  const pairs = [words.start, words.stop, words['lifted-by']]
  checkPairedBy(words['paired-by'], pairs, compiling, [...path, 'paired-by'])
  if (words['paired-by'] !== undefined && words.measure === undefined && !isPaired(words))
    faults.add(
      'word_without_effect',
      [...path, 'paired-by'],
      '“paired-by” tells which stop or pause is of which start: it changes nothing without one.',
    )
  for (const pause of words.pauses?.facts ?? [])
    if (names.fact(pause)?.shape !== 'interval' && !isOwed(pause, names))
      faults.add(
        'fact_undeclared',
        [...path, 'pauses', 'facts'],
        `A pause is an interval, or a duty while it stands unmet; “${pause}” is neither.`,
      )
  if (kind === 'option') checkOption(words, path, faults)
  else if (words.warrants !== undefined && words.who === 'consumer')
    faults.add(
      'word_without_effect',
      [...path, 'warrants'],
      'Warranty is what the provider assures: a duty of the consumer is no condition of it.',
    )
  if (words.measure === undefined) checkDeadline(words, { kind, path }, faults)
  else if (kind !== 'option') checkLevel(words, path, faults)
}

const isPaired = ({ stop, pauses, ...words }: TargetWords) =>
  (stop ?? pauses ?? words['lifted-by']) !== undefined

function checkLift(
  { 'lifted-by': lift, start, stop }: TargetWords,
  path: Path,
  { faults, names }: Compiling,
): void {
  if (lift === undefined) return
  const at = [...path, 'lifted-by']
  if (!isEvent(lift, names))
    faults.add(
      'fact_undeclared',
      at,
      `“${lift}” is no kind of fact and no term that makes events.${nearName(lift, names, ['event'])}`,
    )
  const [ends, starts] = [kindOfBoth(lift, stop, names), kindOfBoth(lift, start, names)]
  if (ends ?? starts)
    faults.add(
      'words_exclude_each_other',
      at,
      `“${ends ?? starts}” ${ends ? 'ends it, and what is done in time is kept' : 'starts it'}: say another event, or leave “lifted-by” out.`,
    )
}

/** The words of a target tell what one side may do until when, if that is said of a side and of an event. */
function checkOption(words: TargetWords, path: Path, faults: Faults): void {
  const more = ['warrants', ...levelWords, 'measure'] as const
  for (const word of more)
    if (words[word] !== undefined)
      faults.add(
        'word_without_effect',
        [...path, word],
        `An option is used or not: “${word}” changes nothing. A level is a target or a duty.`,
      )
  if (words.who === undefined)
    faults.add('policy_unsaid', path, 'Say “who: provider” or “who: consumer”: whose option is it?')
  if (words.stop === undefined)
    faults.add('stop_unsaid', path, 'Say “stop:”: with which recorded event is it used?')
}

function checkDeadline(
  words: TargetWords,
  { kind, path }: Pick<Told, 'kind' | 'path'>,
  faults: Faults,
): void {
  for (const word of kind === 'option' ? [] : levelWords)
    if (words[word] !== undefined)
      faults.add(
        'word_without_effect',
        [...path, word],
        `“${word}” changes nothing without “measure”.`,
      )
  if (kind === 'duty' && words.who === undefined)
    faults.add('policy_unsaid', path, 'Say “who: provider” or “who: consumer”: whose duty is it?')
  if (words.start === undefined)
    faults.add(
      'word_missing',
      path,
      'Say “start:”: which event starts the clock, or agreement, or a period?',
    )
  if (words.within !== undefined && words.stop === undefined && kind !== 'option')
    faults.add(
      'stop_unsaid',
      path,
      'Say “stop:”: which recorded event ends it? Without one nobody can tell whether it was kept. A date alone, which nobody has to keep, is said with “by:”.',
    )
}

function deadlineTarget(words: TargetWords, told: Told, compiling: Compiling): Target {
  const { id, path } = told
  const { names } = compiling
  const rule = startingPeriod(words, compiling, path)
  const from = rule && { fromStart: true as const }
  const deadline = compileDeadline(words, { id, path, ...from }, compiling)
  const of = rule ? 'period' : 'event'
  const concerning = compileConcerning(words.concerning, { id, path, of }, compiling)
  // The condition without which it does not begin.
  const beginsIf = { path: [...path, 'when'], clause: id, expected: truth }
  const when = compileExpression(words.when, compiling, beginsIf)
  const { start: starter, stop: stopper, 'lifted-by': lifter } = words
  const startsIn = (asking: Asking) =>
    rule ? begunIn(starter ?? '', rule, asking) : asking.happenings(starter ?? '')
  const clock = rule ? undefined : clockOf(words, compiling)
  const kinds = rule ? [] : kindsAtHand(starter ?? '', names)
  const reads = [
    ...deadline.reads,
    ...namesRead([concerning, when]),
    ...[rule ? undefined : starter, stopper, lifter]
      .filter((name) => name !== undefined)
      .map(termOf),
  ]
  return {
    type: () => truth,
    ...(clock && { clock }),
    ...(told.kind === 'option' && { isOption: true as const }),
    ...(rule && { begins: { name: starter ?? '', rule } }),
    ...(starter !== undefined && { causes: kinds }),
    reads,
    turns: lazily(() => {
      const turns = turnsForEvent(reads, names)
      return turns && [...turns, { is: 'term', term: id }]
    }),
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
      const begun = { ...(rule && { period: rule }), events: kinds }
      deadline.check(begun, report)
      demandCompiled([when], begun, names, report)
      const done = { events: kindsAtHand(stopper ?? '', names) }
      demandCompiled([concerning], done, names, report)
    },
    promises: (asking) =>
      promisesOf(startsIn(asking), { words, told, compiling, deadline, concerning, when, asking }),
  }
}

/** What starts and stops it, where each is one kind; what is one of several is a start of its own. */
function clockOf(
  { start, stop, when, concerning, ...words }: TargetWords,
  { names }: Compiling,
): StartAndStop | undefined {
  const isOneKind = [start, stop].every((name) => !names.fact(name ?? '')?.anyOf)
  if (start === undefined || stop === undefined || !isOneKind) return undefined
  const { 'paired-by': pairedBy, 'lifted-by': lift } = words
  return {
    ...{ start, stop },
    ...(lift !== undefined && { lifts: kindsAtHand(lift, names) }),
    ...(pairedBy !== undefined && { pairedBy }),
    ...((when ?? concerning) !== undefined && { several: true as const }),
  }
}

type Promising = {
  readonly words: TargetWords
  readonly told: Told
  readonly compiling: Compiling
  readonly deadline: Deadline
  readonly concerning: Compiled | undefined
  readonly when: Compiled | undefined
  readonly asking: Asking
}

function promisesOf(starts: readonly Happening[], promising: Promising): readonly Promised[] {
  const { words, told, compiling, deadline, concerning, when, asking } = promising
  const { names, components } = compiling
  const { id } = told
  const component = components.get(words.of ?? '')
  const pairedBy = words['paired-by']
  const isOurs = (event: Happening) => concerns(component, event, asking, names)
  return starts
    .filter((start) => start.holds?.value !== false && isOurs(start))
    .filter((start) => whileRunning(start, asking, told).every(({ is }) => is.value !== false))
    .map((start) => {
      const scope = startScope(start, { asking, ...countedBy(told) })
      const stop = stopOf(words, start, { asking, isOurs, concerning, names })
      const lift = liftOf(words, start, { scope, id, deadline, stop, isOurs })
      const isOver = words.stop !== undefined || lift !== undefined
      const of = { event: start, ...(isOver && { done: overBy(stop, lift) }) }
      const due = deadline.due(scope, instantLeaf(start), of)
      // Nobody is supposed to use what they need not.
      const isOwed = words.stop !== undefined && told.kind !== 'option'
      const done = isOwed ? doneInTime({ due, stop }, asking) : stop
      const met = deadline.kept(scope, { due, done, clause: id, name: `${id}.met` })
      const promised = {
        ...{ clause: id, start, stop },
        ...(pairedBy !== undefined && { pairedBy }),
        ...(concerning && { isNamedBy: naming(words, start, { asking, concerning }) }),
      }
      const begins = beginsUnless(when?.evaluate(scope), lift)
      return begins ? conditional({ ...promised, due, met }, begins) : { ...promised, due, met }
    })
}

/** Where its condition does not hold nothing is due, and so nothing is kept or missed. */
function conditional(promised: Promised, begins: Derivation): Promised {
  const { clause, due, met } = promised
  const only = (as: string, is: Derivation) =>
    derive(
      'when',
      [
        { as: 'when', is: begins, role: 'reason' },
        { as, is },
      ],
      undefined,
      {
        clause,
        ...(is.name !== undefined && { name: is.name }),
      },
    )
  return {
    ...promised,
    due: only('due', due),
    met: only('met', met),
    conditional: { begins, due, met },
  }
}

/** What starts with a period reads its names in that period. */
function startScope(start: Happening, reader: Reader): Scope {
  const { begins } = start.fact
  return begins ? { ...reader, period: begins, at: start.at } : eventScope(reader, start)
}

/** Whether it was kept: for the event at hand, or for the period that began it. */
function metOf(id: string, rule: PeriodRule | undefined, scope: Scope): Derivation {
  const promises = scope.asking.promises(id)
  if (!rule || scope.event) return answeredFor(promises, scope.event, 'met') ?? leaf(unknown(id))
  const window = windowOf(rule, scope)
  return (
    promises.find(({ start }) => start.at === window?.start)?.met ?? leaf(notAgreed, { name: id })
  )
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
