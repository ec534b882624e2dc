import type { Instant, Period } from '../../kernel/time.ts'
import { within } from '../../kernel/time.ts'
import { type Agreement, type Revision, revisionAt } from '../agreement/revision.ts'
import { askingOf } from '../answering.ts'
import { type Derivation, leaf } from '../derivation.ts'
import { isPartOfOne, suchAs } from '../period/asked.ts'
import { periodAround } from '../period/period.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking, Happening, Promised } from '../scope.ts'
import { periodScope } from '../scope.ts'
import { answeredFor, openPause, promiseFor } from '../term/deadline/promised.ts'
import { Absent, isNothingDue, isUnknown, notAgreed, nothingDue, unknown } from '../value.ts'
import { type Asked, eventOf, type Found, periodOf } from './asked.ts'
import { isFinal } from './final.ts'
import type { Question } from './form.ts'
import { refuseSeveral } from './level-periods.ts'
import { linesAbout } from './lines-about.ts'
import {
  computesNothing,
  definitionOf,
  hasClaim,
  refuseOtherThanPromise,
  targetWords,
} from './named.ts'
import { afterDeadlines } from './undated.ts'
import { mayBegin } from './yet-to-begin.ts'

export function due(
  { agreement, facts, asOf: asked, asking }: Asked,
  question: Extract<Question, { due: string }>,
): Found {
  const { due: name, for: id } = question
  if (agreement.revisions.some((revision) => hasClaim(revision, name)))
    return claimable({ agreement, asking }, question)
  refuseAbout(question)
  if (beginsWith(agreement, name) && id === undefined) {
    const promise = begun({ agreement, asking }, { name, in: question.in })
    return { question: 'due', derivation: promise.due, clause: name, final: true }
  }
  if (id === undefined || question.in !== undefined) {
    const revision = revisionAt(agreement, asking().asOf)
    refuseOtherThanPromise(definitionOf(revision, name, 'due'), revision, 'due')
    refuseLevel(revision, name, '/due')
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      `“${name}” begins with a fact: say “for:” its id, and no period.`,
    )
  }
  const { derivation, asOf } = dueOf({ agreement, facts, asOf: asked, asking }, name, id)
  const until = asOf ?? asking().asOf
  return {
    question: 'due',
    derivation,
    clause: question.due,
    final:
      openPause(derivation) === undefined &&
      !mayBePaused(agreement, asking(), { name, what: 'met', id }) &&
      isFinal({ asOf: until, derivation }),
    ...(asOf !== undefined && { asOf }),
  }
}

/** Only what is claimed for each of several is of one of them; a deadline is of the fact that begins it. */
function refuseAbout({ due, about }: Extract<Question, { due: string }>): void {
  if (about === undefined) return
  throw new QuestionRefused(
    'question_names_nothing',
    '/about',
    `“${due}” is claimed for no one of several: leave “about:” out.`,
  )
}

/** Until it is kept or missed, what is paused once more is due later. */
function mayBePaused(agreement: Agreement, asking: Asking, of: Of): boolean {
  const revision = revisionAt(agreement, eventOf(of.id, asking).at)
  const { pauses } = targetWords(revision, of.name) ?? {}
  return pauses !== undefined && isUnknown(answerOf(agreement, asking, of).value)
}

/** What begins once another deadline is over is found as of then, where the question says no instant. */
function dueOf(
  { agreement, facts, asOf, asking: ask }: Pick<Asked, 'agreement' | 'facts' | 'asOf' | 'asking'>,
  name: string,
  id: string,
): { readonly derivation: Derivation; readonly asOf?: Instant } {
  const asking = ask()
  const of = { name, what: 'due', id } as const
  const derivation = answerOf(agreement, asking, of)
  if (asOf !== undefined) return { derivation }
  const held = openPause(derivation)
  if (held !== undefined) return { derivation: leaf(unknown(`the end of “${held}”`), { name }) }
  if (!isUnknown(derivation.value)) return { derivation }
  if (!mayBegin(name, eventOf(id, asking), { agreement, asking })) return { derivation }
  const until = afterDeadlines(agreement, facts, { id, asOf: asking.asOf })
  return { derivation: answerOf(agreement, askingOf(agreement, facts, until), of), asOf: until }
}

/** The period with which a target or duty starts, where no fact starts it. */
const beginsWith = ({ revisions }: Agreement, name: string) =>
  revisions.map(({ contract }) => contract.promises.get(name)?.begins?.rule).find((rule) => rule)

/** What begins in the period that is asked about, or with the one that holds it; with the agreement there is only one. */
function begun(
  { agreement, asking: ask }: Pick<Asked, 'agreement' | 'asking'>,
  { name, in: text }: { name: string; in: string | undefined },
): Pick<Promised, 'due' | 'met'> {
  const { agreed, zone } = agreement.frame
  if (text === undefined && beginsWith(agreement, name)?.is !== 'agreement')
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      `“${name}” starts with each period: say “in:” which, such as 2024-05, and no fact.`,
    )
  const period = text === undefined ? undefined : periodOf(text, zone, '/in')
  const asking = ask(period ?? { start: agreed.start, end: agreed.start + 1 })
  const all = asking.promises(name)
  const starting = all.filter(({ start }) => within(start.at, period ?? agreed))
  const [promise, ...others] = starting.length > 0 ? starting : all.filter(holds(period ?? agreed))
  if (others.length > 0)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/in',
      `“${name}” starts ${starting.length} times in that period, each with its own deadline: say a shorter “in:”.`,
    )
  const isYetToCome = asking.asOf < (period ?? agreed).start
  const none = leaf(isYetToCome ? unknown(startOf(name)) : notAgreed, { name })
  return promise ?? { due: none, met: none }
}

const startOf = (name: string) => `the start of “${name}”`

const holds =
  (period: Period) =>
  ({ start: { fact } }: Promised) =>
    fact.begins !== undefined && fact.begins.start <= period.start && period.end <= fact.begins.end

/** Until when what is due only if it is claimed can be claimed. */
function claimable(
  { agreement, asking: ask }: Pick<Asked, 'agreement' | 'asking'>,
  question: Extract<Question, { due: string }>,
): Found {
  const { due: name, for: id, about } = question
  if ((id === undefined) === (question.in === undefined))
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      `Until when “${name}” can be claimed: say “for:” the id of a fact or “in:” a period such as 2024-05, one of the two.`,
    )
  const period = question.in && periodOf(question.in, agreement.frame.zone, '/in')
  const asking = ask(period || undefined)
  const lines = period
    ? asking.lines(name, period)
    : asking
        .eventsOf(name, eventOf(id ?? '', asking).fact)
        .flatMap((one) => asking.line(name, one) ?? [])
  const ours = linesAbout(question, name, lines)
  const [line, ...others] = ours
  if (others.length > 0) {
    const isOfSeveral = about === undefined && line?.about !== undefined
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/in',
      `${ours.length} lines of “${name}” lie in the period, each with its own deadline: say ${isOfSeveral ? '“about:” whose it is' : '“for:” the fact of one'}, or a shorter “in:”.`,
    )
  }
  if (!line && period) refusePart(agreement, name, period)
  const derivation = line?.claim?.due ?? leaf(nothingDue, { name })
  return {
    question: 'due',
    derivation,
    clause: name,
    final: isFinal({ asOf: asking.asOf, derivation }),
  }
}

/** What is claimed for a whole period is in the bill of one of its days, and asked by another it would be for nothing. */
function refusePart(agreement: Agreement, name: string, period: Period): void {
  const { frame } = agreement
  const posting = revisionAt(agreement, period.start).contract.postings.get(name)
  const [rule] = posting?.periods?.() ?? []
  const whole = rule && periodAround(rule, period.start, frame)
  if (!whole || !isPartOfOne(rule, { is: 'asked', period, frame })) return
  throw new QuestionRefused(
    'question_needs_one_scope',
    '/in',
    `“${name}” is claimed for whole periods: ${suchAs(whole, frame.zone)}.`,
  )
}

export function met(
  { agreement, asking }: Asked,
  question: Extract<Question, { met: string }>,
): Found {
  const name = question.met
  if (beginsWith(agreement, name) && question.for === undefined) {
    return metOf(begun({ agreement, asking }, { name, in: question.in }).met, name)
  }
  if (question.in !== undefined) {
    const period = periodOf(question.in, agreement.frame.zone, '/in')
    const scope = asking(period)
    const revision = revisionAt(agreement, period.start)
    const definition = definitionOf(revision, question.met, 'met')
    refuseOtherThanPromise(definition, revision, 'met')
    refuseSeveral(question.met, revision, { period, asking: scope })
    const derivation = definition.evaluate(periodScope({ asking: scope }, period))
    const final = isFinal({ asOf: scope.asOf, period, derivation })
    return { question: 'met', derivation, clause: question.met, final }
  }
  if (question.for === undefined)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      `Whether “${name}” was met: say “for:” the id of a fact or “in:” a period such as 2024-05.`,
    )
  return metOf(answerOf(agreement, asking(), { name, what: 'met', id: question.for }), name)
}

function metOf(derivation: Derivation, name: string): Found {
  const { value } = derivation
  const isDecided = !(value instanceof Absent) || isNothingDue(value)
  const final = isDecided && !derivation.mayChange
  return { question: 'met', derivation, clause: name, final }
}

type Of = { readonly name: string; readonly what: 'due' | 'met'; readonly id: string }

/** What a target or duty began with a fact; nothing where it did not. */
export function promiseOf(agreement: Agreement, asking: Asking, of: Of): Promised | undefined {
  return promiseFor(...begunOf(agreement, asking, of))
}

function answerOf(agreement: Agreement, asking: Asking, of: Of): Derivation {
  refuseLevel(revisionAt(agreement, eventOf(of.id, asking).at), of.name, '/for')
  const [promises, event] = begunOf(agreement, asking, of)
  const answered = answeredFor(promises, event, of.what)
  if (answered) return answered
  const isPending = mayBegin(of.name, event, { agreement, asking })
  return leaf(isPending ? unknown(startOf(of.name)) : notAgreed, { name: of.name })
}

/** The deadlines of a target or duty, and the event that is asked about. */
function begunOf(
  agreement: Agreement,
  asking: Asking,
  { name, what, id }: Of,
): [readonly Promised[], Happening] {
  const event = eventOf(id, asking)
  const revision = revisionAt(agreement, event.at)
  const definition = definitionOf(revision, name, what)
  if (computesNothing(definition)) return [[], event]
  refuseOtherThanPromise(definition, revision, what)
  return [asking.promises(name), event]
}

/** A level is measured over a period: of a fact alone it says nothing, and it has no deadline. */
function refuseLevel(revision: Revision, name: string, pointer: '/due' | '/for'): void {
  const per = targetWords(revision, name)?.per
  if (per === undefined) return
  throw new QuestionRefused(
    'question_needs_one_scope',
    pointer,
    `“${name}” is a level, measured in each ${per}, and no deadline: ask “met: ${name}” “in:” a period, such as 2024-05, and no fact.`,
  )
}
