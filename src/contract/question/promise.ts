import type { Period } from '../../kernel/time.ts'
import { type Derivation, leaf, nodes } from '../derivation.ts'
import { periodScope, promiseFor, within } from '../reading.ts'
import { type Agreement, revisionAt } from '../revision.ts'
import type { Asking, Definition, Promised } from '../scope.ts'
import { Absent, notAgreed, nothingDue, Span, unknown } from '../value.ts'
import { type Asked, definitionOf, eventOf, type Found, periodOf } from './asked.ts'
import type { Question } from './form.ts'
import { QuestionRefused } from './refused.ts'

export function due(
  { agreement, asking }: Asked,
  question: Extract<Question, { due: string }>,
): Found {
  const { due: name, for: id } = question
  if (hasClaim(agreement, name)) return claimable({ agreement, asking }, question)
  if (beginsWith(agreement, name) && id === undefined) {
    const promise = begun({ agreement, asking }, { name, in: question.in })
    return { question: 'due', derivation: promise.due, clause: name, final: true }
  }
  if (id === undefined || question.in !== undefined) {
    refuseOtherThanPromise(definitionOf(revisionAt(agreement, asking().asOf), name, '/due'), '/due')
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      'A deadline begins with a fact: say “for:” it, and no period.',
    )
  }
  const promise = promiseOf(agreement, asking(), { name, pointer: '/due', id })
  const derivation = promise?.due ?? leaf(notAgreed, { name })
  const held = [...nodes(derivation)].some(
    ({ value }) => value instanceof Span && value.end === undefined,
  )
  return { question: 'due', derivation, clause: question.due, final: !held }
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
      `“${name}” starts with each period: say “in:” which, and no fact.`,
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
      `“${name}” starts ${starting.length} times in that period, each with its own deadline.`,
    )
  const isYetToCome = asking.asOf < (period ?? agreed).start
  const none = leaf(isYetToCome ? unknown(`the start of “${name}”`) : notAgreed, { name })
  return promise ?? { due: none, met: none }
}

const holds =
  (period: Period) =>
  ({ start: { fact } }: Promised) =>
    fact.begins !== undefined && fact.begins.start <= period.start && period.end <= fact.begins.end

const hasClaim = ({ revisions }: Agreement, name: string) =>
  revisions.some(({ contract }) => {
    const term = contract.words.terms?.[name]
    return term && 'credit' in term && term.credit.claim !== undefined
  })

/** Until when what is due only if it is claimed can be claimed. */
function claimable(
  { agreement, asking: ask }: Pick<Asked, 'agreement' | 'asking'>,
  question: Extract<Question, { due: string }>,
): Found {
  const { due: name, for: id } = question
  if ((id === undefined) === (question.in === undefined))
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      'Say “for:” a fact or “in:” a period.',
    )
  const period = question.in && periodOf(question.in, agreement.frame.zone, '/in')
  const asking = ask(period || undefined)
  const lines = period
    ? asking.lines(name, period)
    : asking
        .eventsOf(name, eventOf(id ?? '', asking).fact)
        .flatMap((one) => asking.line(name, one) ?? [])
  const [line, ...others] = lines
  if (others.length > 0)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/in',
      `${lines.length} lines of “${name}” lie in the period, each with its own deadline.`,
    )
  const derivation = line?.claim?.due ?? leaf(nothingDue, { name })
  return { question: 'due', derivation, clause: name, final: true }
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
    const definition = definitionOf(revisionAt(agreement, period.start), question.met, '/met')
    refuseOtherThanPromise(definition, '/met')
    const derivation = definition.evaluate(periodScope({ asking: scope }, period))
    return { question: 'met', derivation, clause: question.met, final: period.end <= scope.asOf }
  }
  if (question.for === undefined)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      'Say “for:” a fact or “in:” a period.',
    )
  const promise = promiseOf(agreement, asking(), {
    name: question.met,
    pointer: '/met',
    id: question.for,
  })
  return metOf(promise?.met ?? leaf(notAgreed, { name }), name)
}

function metOf(derivation: Derivation, name: string): Found {
  return { question: 'met', derivation, clause: name, final: !(derivation.value instanceof Absent) }
}

/** What a target or duty began with a fact; nothing where it did not. */
export function promiseOf(
  agreement: Agreement,
  asking: Asking,
  { name, pointer, id }: { name: string; pointer: '/due' | '/met'; id: string },
) {
  const event = eventOf(id, asking)
  const definition = definitionOf(revisionAt(agreement, event.at), name, pointer)
  if (definition.sort === 'text') return undefined
  refuseOtherThanPromise(definition, pointer)
  return promiseFor(asking.promises(name), event)
}

export function refuseOtherThanPromise(
  { name, sort }: Definition,
  pointer: '/due' | '/met' | '/level',
): void {
  // A clause that was taken out has no sort of its own: it is not agreed.
  if (sort === 'promise' || sort === 'text') return
  const words = `“${name}” is no target and no duty.`
  throw new QuestionRefused('question_names_nothing', pointer, words)
}
