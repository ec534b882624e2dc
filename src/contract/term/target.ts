import { countedBy, whileRunning } from '../agreement/running.ts'
import type { Compiling } from '../compiling.ts'
import { demandCompiled, demandPeriod, namesRead } from '../demand.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import { checkPairedBy } from '../fact/alike.ts'
import { compileExpression } from '../formula/expression.ts'
import { truth } from '../formula/type.ts'
import { concerns, instantLeaf, isEvent, kindsAtHand, termOf } from '../happening.ts'
import type { TargetWords } from '../language/term.ts'
import { nearName } from '../near-name.ts'
import type { PeriodRule } from '../period/period.ts'
import { windowOf } from '../period/window.ts'
import type { Asking, Compiled, Definition, Happening, Promised, Report, Scope } from '../scope.ts'
import { eventScope, type Reader } from '../scope.ts'
import { leftOut, notAgreed, unknown } from '../value.ts'
import { compileConcerning } from './deadline/concerning.ts'
import { compileDeadline, type Deadline } from './deadline/deadline.ts'
import { begunIn, checkStart, startingPeriod } from './deadline/period-start.ts'
import { naming, stopOf } from './deadline/stop.ts'
import { checkLevel, levelTarget, levelWords } from './level.ts'
import { answeredFor, isOwed } from './promised.ts'

/** A target (the provider’s promise) or a duty (of either side): who must do what by when. */
export type Target = Pick<
  Definition,
  'type' | 'evaluate' | 'demand' | 'causes' | 'promised' | 'isOption'
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
  /** What starts and stops its clock, where both are recorded. */
  readonly clock?: StartAndStop
}
export type StartAndStop = {
  readonly start: string
  readonly stop: string
  readonly pairedBy?: string
  /** Several starts may stand beside each other: the stop names the one it is for, or not each of them begins one. */
  readonly several?: true
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
  checkStart(words, path, compiling)
  checkPairedBy(words['paired-by'], [words.start, words.stop], compiling, path)
  if (words['paired-by'] !== undefined && words.measure === undefined && !isPaired(words))
    faults.add(
      'word_without_effect',
      [...path, 'paired-by'],
      '“paired-by” tells which stop or pause is of which start: it changes nothing without one.',
    )
  for (const kind of words.pauses?.facts ?? [])
    if (names.fact(kind)?.shape !== 'interval' && !isOwed(kind, names))
      faults.add(
        'fact_undeclared',
        [...path, 'pauses', 'facts'],
        `A pause is an interval, or a duty while it stands unmet; “${kind}” is neither.`,
      )
  if (isOption(path)) checkOption(words, path, faults)
  else if (words.warrants !== undefined && words.who === 'consumer')
    faults.add(
      'word_without_effect',
      [...path, 'warrants'],
      'Warranty is what the provider assures: a duty of the consumer is no condition of it.',
    )
  if (words.measure === undefined) checkDeadline(words, path, faults)
  else if (!isOption(path)) checkLevel(words, path, faults)
}

const isPaired = ({ stop, pauses }: TargetWords) => (stop ?? pauses) !== undefined

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

const isOption = (path: Path) => path.at(-1) === 'option'

function checkDeadline(words: TargetWords, path: Path, faults: Faults): void {
  for (const word of isOption(path) ? [] : levelWords)
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
  if (words.within !== undefined && words.stop === undefined && !isOption(path))
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
  const { start: starter, stop: stopper } = words
  const startsIn = (asking: Asking) =>
    rule ? begunIn(starter ?? '', rule, asking) : asking.happenings(starter ?? '')
  const clock = rule ? undefined : clockOf(words, compiling)
  const kinds = rule ? [] : kindsAtHand(starter ?? '', names)
  return {
    type: () => truth,
    ...(clock && { clock }),
    ...(isOption(path) && { isOption: true as const }),
    ...(rule && { begins: { name: starter ?? '', rule } }),
    ...(starter !== undefined && { causes: kinds }),
    reads: [
      ...deadline.reads,
      ...namesRead([concerning, when]),
      ...[rule ? undefined : starter, stopper].filter((name) => name !== undefined).map(termOf),
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
  const pairedBy = words['paired-by']
  return {
    ...{ start, stop },
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
  const { id, survives } = told
  const component = components.get(words.of ?? '')
  const pairedBy = words['paired-by']
  const isOurs = (event: Happening) => concerns(component, event, asking, names)
  return starts
    .filter((start) => start.holds?.value !== false && isOurs(start))
    .filter(
      (start) =>
        survives || whileRunning(start, asking).every((condition) => condition.is.value !== false),
    )
    .map((start) => {
      const scope = startScope(start, { asking, ...countedBy(told) })
      const stop = stopOf(words, start, { asking, isOurs, concerning, names })
      const of = { event: start, ...(words.stop !== undefined && { done: stop }) }
      const due = deadline.due(scope, instantLeaf(start), of)
      // Nobody is supposed to use what they need not.
      const isOwed = words.stop !== undefined && !isOption(told.path)
      const done = isOwed ? doneInTime({ due, stop }, asking) : stop
      const met = deadline.kept(scope, { due, done, clause: id, name: `${id}.met` })
      const promised = {
        ...{ clause: id, start, stop },
        ...(pairedBy !== undefined && { pairedBy }),
        ...(concerning && { isNamedBy: naming(words, start, { asking, concerning }) }),
      }
      return when
        ? conditional({ ...promised, due, met }, when.evaluate(scope))
        : { ...promised, due, met }
    })
}

/** Where its condition does not hold nothing is due, and so nothing is kept or missed. */
function conditional(promised: Promised, begins: Derivation): Promised {
  const { clause, due, met } = promised
  const only = (as: string, is: Derivation) =>
    derive(
      'when',
      [
        { as: 'when', is: begins },
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
