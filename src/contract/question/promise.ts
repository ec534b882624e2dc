import type { Period } from '../../kernel/time.ts'
import { type Derivation, leaf, nodes } from '../derivation.ts'
import type { TargetWords } from '../language/term.ts'
import { answeredFor, promiseFor } from '../promised.ts'
import { periodScope, within } from '../reading.ts'
import { type Agreement, type Revision, revisionAt } from '../revision.ts'
import type { Asking, Definition, Happening, Promised } from '../scope.ts'
import { Absent, notAgreed, nothingDue, Span, unknown } from '../value.ts'
import { type Asked, definitionOf, eventOf, type Found, listed, periodOf } from './asked.ts'
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
    const revision = revisionAt(agreement, asking().asOf)
    refuseOtherThanPromise(definitionOf(revision, name, '/due'), revision, '/due')
    refuseLevel(revision, name, '/due')
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      `“${name}” begins with a fact: say “for:” its id, and no period.`,
    )
  }
  const derivation = answerOf(agreement, asking(), { name, what: 'due', id })
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
      `Until when “${name}” can be claimed: say “for:” the id of a fact or “in:” a period such as 2024-05, one of the two.`,
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
      `${lines.length} lines of “${name}” lie in the period, each with its own deadline: say “for:” the fact of one, or a shorter “in:”.`,
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
    const revision = revisionAt(agreement, period.start)
    const definition = definitionOf(revision, question.met, '/met')
    refuseOtherThanPromise(definition, revision, '/met')
    const derivation = definition.evaluate(periodScope({ asking: scope }, period))
    return { question: 'met', derivation, clause: question.met, final: period.end <= scope.asOf }
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
  const isDecided = !(value instanceof Absent) || value.kind === 'nothing-due'
  return { question: 'met', derivation, clause: name, final: isDecided }
}

type Of = { readonly name: string; readonly what: 'due' | 'met'; readonly id: string }

/** What a target or duty began with a fact; nothing where it did not. */
export function promiseOf(agreement: Agreement, asking: Asking, of: Of): Promised | undefined {
  return promiseFor(...begunOf(agreement, asking, of))
}

function answerOf(agreement: Agreement, asking: Asking, of: Of): Derivation {
  refuseLevel(revisionAt(agreement, eventOf(of.id, asking).at), of.name, '/for')
  const answered = answeredFor(...begunOf(agreement, asking, of), of.what)
  return answered ?? leaf(notAgreed, { name: of.name })
}

/** The deadlines of a target or duty, and the event that is asked about; of a clause in words alone there are none. */
function begunOf(
  agreement: Agreement,
  asking: Asking,
  { name, what, id }: Of,
): [readonly Promised[], Happening] {
  const event = eventOf(id, asking)
  const revision = revisionAt(agreement, event.at)
  const definition = definitionOf(revision, name, `/${what}`)
  if (definition.sort === 'text') return [[], event]
  refuseOtherThanPromise(definition, revision, `/${what}`)
  return [asking.promises(name), event]
}

export function refuseOtherThanPromise(
  { name, sort }: Definition,
  { contract }: Revision,
  pointer: '/due' | '/met' | '/level',
): void {
  // A clause that was taken out has no sort of its own: it is not agreed.
  if (sort === 'promise' || sort === 'text') return
  const others = listed(contract.promises.keys(), 'There is')
  const words = `“${name}” is no target and no duty.${others}`
  throw new QuestionRefused('question_names_nothing', pointer, words)
}

export function targetWords({ contract }: Revision, clause: string): TargetWords | undefined {
  const term = contract.words.terms?.[clause]
  if (!term) return undefined
  return 'target' in term ? term.target : 'duty' in term ? term.duty : undefined
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
