import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { compileExpression, compileTyped } from '../expression.ts'
import { spanOf } from '../fact.ts'
import type { Faults, Path } from '../fault.ts'
import type { TargetWords } from '../language/term.ts'
import { unitHint } from '../operator.ts'
import {
  type Compiling,
  concerns,
  demandCompiled,
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
} from '../scope.ts'
import { joined, truth, typeText } from '../type.ts'
import { leftOut, unknown } from '../value.ts'
import { compileDeadline } from './deadline.ts'

/** A target (the provider’s promise) or a duty (of either side): who must do what by when. */
export type Target = Pick<Definition, 'type' | 'evaluate' | 'demand' | 'causes' | 'promised'> & {
  readonly reads: readonly string[]
  readonly promises: (asking: Asking) => readonly Promised[]
  readonly check: (report: Report) => void
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

function checkTarget(
  words: TargetWords,
  { path }: Told,
  { faults, names, components }: Compiling,
): void {
  if (words.of !== undefined && !components.has(words.of))
    faults.add('name_unknown', [...path, 'of'], `No component is called “${words.of}”.`)
  for (const word of ['start', 'stop'] as const) {
    const name = words[word]
    if (name !== undefined && !isEvent(name, names))
      faults.add(
        'fact_undeclared',
        [...path, word],
        `“${name}” is no kind of fact and no term that makes events.`,
      )
  }
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
    faults.add('word_missing', path, 'Say “start:”: which event starts the clock?')
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
  checkUnits(measure, { 'at-least': atLeast, 'at-most': atMost }, { faults, path })
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

/** What is compared is of one unit: a level of 0.99 is no level of 0.99 minutes. */
export function checkUnits(
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

function deadlineTarget(
  words: TargetWords,
  { id, path, survives }: Told,
  compiling: Compiling,
): Target {
  const { names, components } = compiling
  const deadline = compileDeadline(words, { id, path }, compiling)
  const component = components.get(words.of ?? '')
  const promises = (asking: Asking): readonly Promised[] =>
    asking
      .happenings(words.start ?? '')
      .filter((start) => start.holds?.value !== false && concerns(component, start, asking, names))
      .filter(
        (start) =>
          survives ||
          whileRunning(start, asking).every((condition) => condition.is.value !== false),
      )
      .map((start) => {
        const scope = eventScope({ asking }, start)
        const due = deadline.due(scope, instantLeaf(start), start)
        const stop = stopOf(words, start, {
          asking,
          isOurs: (event) => concerns(component, event, asking, names),
        })
        const met = deadline.kept(scope, { due, done: stop, clause: id, name: `${id}.met` })
        const pairedBy = words['paired-by']
        return { clause: id, start, due, stop, met, ...(pairedBy !== undefined && { pairedBy }) }
      })
  return {
    type: () => truth,
    ...(words.start !== undefined &&
      words.stop !== undefined && {
        clock: {
          start: words.start,
          stop: words.stop,
          ...(words['paired-by'] !== undefined && { pairedBy: words['paired-by'] }),
        },
      }),
    ...(words.start !== undefined && { causes: kindsAtHand(words.start, names) }),
    reads: [
      ...deadline.reads,
      ...[words.start, words.stop]
        .filter((name) => name !== undefined)
        .map((name) => name.split('.')[0] ?? ''),
    ],
    evaluate: ({ asking, event }) =>
      promiseFor(asking.promises(id), event)?.met ?? leaf(unknown(id)),
    demand: (place, report) => {
      if (place.events.length === 0)
        report(
          'event_not_at_hand',
          `Whether “${id}” was kept is asked of an event; no event is at hand.`,
        )
    },
    check: (report) => deadline.check({ events: kindsAtHand(words.start ?? '', names) }, report),
    promises,
  }
}

/** The first stop about the same subject at or after the start; left out while there is none. */
function stopOf(
  words: TargetWords,
  start: Happening,
  { asking, isOurs }: { asking: Asking; isOurs: (event: Happening) => boolean },
): Derivation {
  if (words.stop === undefined) return leaf(leftOut)
  const candidates = paired(asking.happenings(words.stop), start, words['paired-by'])
    .filter(isOurs)
    .map((stop): Input => {
      const at =
        stop.fact.shape === 'interval'
          ? derive('end', [
              {
                as: stop.kind,
                is: leaf(spanOf(stop.fact), { fact: { id: stop.fact.id, field: 'span' } }),
              },
            ])
          : instantLeaf(stop)
      return {
        as: stop.kind,
        is: stop.holds
          ? derive('keep', [
              { as: 'if', is: stop.holds },
              { as: 'at', is: at },
            ])
          : at,
      }
    })
  return derive('first-from', [{ as: 'start', is: instantLeaf(start) }, ...candidates])
}
