import type { Instant, Period } from '../../kernel/time.ts'
import { within } from '../../kernel/time.ts'
import { countedBy, whileRunning } from '../agreement/running.ts'
import { type Compiling, type Component, lazily } from '../compiling.ts'
import { demandCompiled, namesRead, turnsForEvent } from '../demand.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import type { Fact } from '../fact/fact.ts'
import { compileExpression } from '../formula/expression.ts'
import { concerns, instantLeaf, isEvent, kindsAtHand, termOf } from '../happening.ts'
import type { TransitionWords } from '../language/term.ts'
import { nearName } from '../near-name.ts'
import type { Asking, Definition, Happening, Report, Turn } from '../scope.ts'
import { eventScope } from '../scope.ts'
import { truth } from '../type.ts'
import { unknown } from '../value.ts'
import { compileDeadline } from './deadline/deadline.ts'

/** What an event changes: title, custody or right of a component, or the end of the agreement. */
export type Transition = Pick<Definition, 'causes'> & {
  readonly words: TransitionWords
  readonly reads: readonly string[]
  /** What it made of each event that this contract governs; those that its condition refused among them. */
  readonly happenings: (asking: Asking, governs: Period) => Happening[]
  readonly check: (report: Report) => void
  readonly turns: () => readonly Turn[] | undefined
}

export function compileTransition(
  words: TransitionWords,
  { id, path, survives }: { id: string; path: Path; survives: boolean },
  compiling: Compiling,
): Transition {
  const { names, components } = compiling
  const component = components.get(words.of)
  checkTransition(words, path, compiling)
  const place = { path: [...path, 'when'], clause: id, expected: truth }
  const when = compileExpression(words.when, compiling, place)
  const effect = words['takes-effect']
  const deadline =
    effect && compileDeadline(effect, { id, path: [...path, 'takes-effect'] }, compiling)
  const reads = [...words.on.map(termOf), ...namesRead([when]), ...(deadline?.reads ?? [])]
  const [causes = [], ...others] = words.on.map((cause) => kindsAtHand(cause, names))
  // What ends the agreement cannot ask whether it has ended: it counts until the agreed end.
  const counted = (asking: Asking) =>
    words.of === 'agreement' && !survives
      ? { until: asking.frame.agreed.end }
      : countedBy({ survives })
  return {
    words,
    // Of several causes can be read what all of them are.
    causes: causes.filter((kind) => others.every((other) => other.includes(kind))),
    reads,
    turns: lazily(() => {
      const turns = turnsForEvent(reads, names)
      return deadline && turns ? [...turns, { is: 'term', term: id }] : turns
    }),
    check: (report) => {
      for (const cause of words.on) {
        demandCompiled([when], { events: kindsAtHand(cause, names) }, names, report)
        deadline?.check({ events: kindsAtHand(cause, names) }, report)
      }
    },
    happenings: (asking, governs) =>
      words.on
        .flatMap((cause) => asking.happenings(cause))
        .filter((event) => within(event.at, governs) && concerns(component, event, asking, names))
        .map((event) => {
          const scope = eventScope({ asking, ...counted(asking) }, event)
          const instant = deadline?.due(scope, instantLeaf(event), { event }) ?? event.instant
          const at = typeof instant?.value === 'number' ? instant.value : event.at
          const running = words.of === 'agreement' ? [] : whileRunning(event, asking, { survives })
          // Decided when asked for: an event may rest on what earlier events of its own kind changed.
          const applies = decided(() =>
            allOf(
              [
                ...(event.holds ? [{ as: 'caused', is: event.holds }] : []),
                ...running,
                ...(when ? [{ as: 'when', is: when.evaluate(scope) }] : []),
              ],
              id,
            ),
          )
          const holds = decided(() => {
            const own = applies()
            const change = component
              ? changesSomething(words, component, { event, at, asking, id })
              : endsIt({ event, at, instant }, asking)
            return allOf([...(own ? [{ as: 'conditions', is: own }] : []), ...change], id)
          })
          const endsLater = words.of === 'agreement' && at > event.fact.at
          return new Made(
            { kind: id, at, fact: event.fact, instant, endsLater },
            { holds, applies },
          )
        }),
  }
}

type Deciding = Record<'holds' | 'applies', () => Derivation | undefined>

/** Not a literal with getters: each of those has a hidden class of its own, which holds on to it as long as it can. */
class Made implements Happening {
  readonly kind: string
  readonly at: Instant
  readonly fact: Fact
  readonly instant?: Derivation
  readonly endsLater: boolean
  readonly #deciding: Deciding

  constructor(
    {
      kind,
      at,
      fact,
      instant,
      endsLater,
    }: Pick<Happening, 'kind' | 'at' | 'fact'> & {
      instant: Derivation | undefined
      endsLater: boolean
    },
    deciding: Deciding,
  ) {
    this.kind = kind
    this.at = at
    this.fact = fact
    if (instant) this.instant = instant
    this.endsLater = endsLater
    this.#deciding = deciding
  }

  get holds(): Derivation | undefined {
    return this.#deciding.holds()
  }

  get applies(): Derivation | undefined {
    return this.#deciding.applies()
  }
}

/** Found when first asked for; a condition that asks for its own outcome cannot be known. */
function decided(find: () => Derivation | undefined): () => Derivation | undefined {
  let found: { is: Derivation | undefined } | 'finding' | undefined
  return () => {
    if (found === 'finding') return leaf(unknown('its own outcome'))
    if (found === undefined) {
      found = 'finding'
      try {
        found = { is: find() }
      } finally {
        // More work than a question may be: another that is asked the same finds it anew.
        if (found === 'finding') found = undefined
      }
    }
    return found?.is
  }
}

const allOf = (conditions: readonly Input[], clause: string) =>
  conditions.length > 0 ? derive('all', conditions, undefined, { clause }) : undefined

/**
 * What is so already does not happen again: a thing that was reported kept and then missing is charged once, and what
 * was not suspended is not restored. What decides is the title where the transition passes it, else custody, else the
 * right. Of a good without items each hand-over is another thing, so each counts.
 */
function changesSomething(
  words: TransitionWords,
  component: Component,
  { event, at, asking, id }: { event: Happening; at: Instant; asking: Asking; id: string },
): Input[] {
  const aspect = (['title', 'custody', 'right'] as const).find((one) => words[one] !== undefined)
  const to = aspect === undefined ? undefined : words[aspect]
  const eachIsAnother = component.kind === 'good' && !component.serialised
  if (aspect === undefined || to === undefined || eachIsAnother) return []
  const changing = { kind: id, at, fact: event.fact }
  const before = asking.before(aspect, component, changing)
  // A right is what all that was suspended and restored leaves of it: one invoice paid of two restores nothing.
  const after =
    aspect === 'right'
      ? asking.before(aspect, component, changing, { event: changing, clause: id, to })
      : leaf(to, { clause: id })
  const sides: Input[] = [
    { as: 'before', is: before, role: 'stood before' },
    { as: aspect, is: after },
  ]
  return [{ as: 'change', is: derive('other', sides, undefined, { clause: id }), role: 'change' }]
}

/** An agreement that has not begun, or has ended by then, does not end. */
function endsIt(
  { event, at, instant }: { event: Happening; at: Instant; instant: Derivation | undefined },
  asking: Asking,
): Input[] {
  const then = { as: 'at', is: instant ?? instantLeaf(event) }
  const { start } = asking.frame.agreed
  const begins = { as: 'agreement starts', is: leaf(start, { clause: 'agreement_period' }) }
  const ends = asking.endingBefore({ at, fact: event.fact })
  return [
    { as: 'started', is: derive('from', [then, begins]) },
    { as: 'not ended', is: derive('below', [then, { as: 'agreement ends', is: ends }]) },
  ]
}

/** The kind of a component decides what may change about it. */
function checkTransition(
  words: TransitionWords,
  path: Path,
  { faults, names, components }: Compiling,
): void {
  const component = components.get(words.of)
  if (!component && words.of !== 'agreement')
    faults.add(
      'name_unknown',
      [...path, 'of'],
      `No component is called “${words.of}”.${nearName(words.of, names, ['component']) || ' Say one, or “agreement”.'}`,
    )
  words.on.forEach((name, place) => {
    if (!isEvent(name, names))
      faults.add(
        'fact_undeclared',
        [...path, 'on', place],
        `“${name}” is no kind of fact and no term that makes events.${nearName(name, names, ['event'])}`,
      )
  })
  const { title, custody, right } = words
  if (title === undefined && custody === undefined && right === undefined)
    faults.add('word_without_effect', path, 'A transition sets “title”, “custody” or “right”.')
  if (component?.kind === 'good' && right !== undefined)
    faults.add(
      'law_of_kind_broken',
      [...path, 'right'],
      'A good is owned, not used under this agreement: it has no right to give or end.',
    )
  if (component?.kind === 'action' && (title ?? custody) !== undefined)
    faults.add('law_of_kind_broken', path, 'An action is performed: nobody owns or holds it.')
  if (words.of === 'agreement' && ((title ?? custody) !== undefined || right !== 'ended'))
    faults.add(
      'law_of_kind_broken',
      path,
      'Of the agreement itself only “right: ended” can be said.',
    )
}
