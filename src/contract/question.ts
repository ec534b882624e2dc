import type { z } from 'zod'
import { Exact } from '../kernel/exact.ts'
import { type Instant, type Period, parseInstant, parsePeriod } from '../kernel/time.ts'
import { afterEverything, askingOf } from './agreement.ts'
import type { Answer } from './answer.ts'
import { type Derivation, derive, leaf, nodes } from './derivation.ts'
import type { Fact } from './fact.ts'
import { didYouMean } from './fault.ts'
import { periodAround } from './period.ts'
import { type PermissionQuestion, permission } from './permission.ts'
import { eventScope, happeningOf, periodScope, promiseFor, within } from './reading.ts'
import { type Agreement, knownBy as asKnownBy, type Revision, revisionAt } from './revision.ts'
import type { Asking, Definition, Line, Scope } from './scope.ts'
import { standingOf } from './standing.ts'
import { sumOfLines } from './term/posting.ts'
import { anything } from './type.ts'
import { Absent, notAgreed, nothingDue, Span, unknown } from './value.ts'
import { InstantText, Name, Text, words } from './words.ts'

const asked = {
  at: InstantText.optional().describe(
    'the instant it is asked as of: nothing later has happened yet',
  ),
  'known-by': InstantText.optional().describe('only what had been recorded by then is known'),
}
/** One typed question, one answer. */
export const questionForms = [
  words({ may: Name.describe('a component'), user: Name, item: Text.optional(), ...asked }),
  words({
    value: Text.describe('any name, or a part of an answer by its path'),
    in: Text.optional(),
    for: Text.optional(),
    ...asked,
  }),
  words({ bill: Text.describe('a period'), ...asked }),
  words({ due: Name.describe('a target or duty'), for: Text, ...asked }),
  words({
    met: Name.describe('a target or duty'),
    for: Text.optional(),
    in: Text.optional(),
    ...asked,
  }),
  words({ whose: Text.describe('an item or a component'), ...asked }),
] as const
export type Question = z.infer<(typeof questionForms)[number]>

/** A question that cannot be answered as it stands, by name. */
export class QuestionRefused extends Error {
  override readonly name: RefusedQuestion
  readonly pointer: string

  constructor(name: RefusedQuestion, pointer: string, words: string) {
    super(words)
    this.name = name
    this.pointer = pointer
  }
}
/** Why a question cannot be answered as it stands. */
export const refusedQuestions = {
  question_names_nothing: 'The contract names nothing of that name and sort.',
  period_unreadable: 'A period is 2024, 2024-Q1, 2024-05, 2024-05-30 or two dates with “to”.',
  fact_not_found: 'No fact with that id is known as of then.',
  instant_needed: 'Whether somebody may is asked at an instant.',
  question_needs_one_scope:
    'A value is asked for a fact or in a period, and of one period of a measure.',
  user_undeclared: 'The contract knows no such kind of user.',
} as const
export type RefusedQuestion = keyof typeof refusedQuestions

/**
 * Answers one question about one agreement from the facts. `isPerson` says that the user is a person of the relationship
 * who may hold no kind of user; any other name that the contract does not know is refused.
 */
export function answerQuestion(
  agreement: Agreement,
  facts: readonly Fact[],
  question: Question,
  isPerson = false,
): Answer {
  const { zone } = agreement.frame
  const asOf = question.at === undefined ? undefined : parseInstant(question.at, zone)
  const knownBy =
    question['known-by'] === undefined ? undefined : parseInstant(question['known-by'], zone)
  // Revisions that were agreed later are not known either.
  const agreed = knownBy === undefined ? agreement : asKnownBy(agreement, knownBy)
  // Filtered first: when everything known has happened is itself a matter of what is known.
  const known = knownBy === undefined ? facts : facts.filter((fact) => fact.recorded <= knownBy)
  let asked = Number.MIN_SAFE_INTEGER
  const asking = (period?: Period) => {
    asked = asOf ?? afterEverything(known, period)
    return askingOf(agreed, known, asked)
  }
  const found = find(agreed, asking, question, { asOf, isPerson })
  // What had been recorded by an earlier instant may have been completed since.
  const final = found.final && !(knownBy !== undefined && knownBy < asked)
  return {
    ...found,
    final,
    asOf: asked,
    concerns: concernedInstant(agreement, facts, question) ?? asked,
  }
}

/** The event or the period's start decides which revision speaks; otherwise the instant asked as of. */
function concernedInstant(
  { frame }: Agreement,
  facts: readonly Fact[],
  question: Question,
): Instant | undefined {
  const text = 'bill' in question ? question.bill : 'in' in question ? question.in : undefined
  if (text !== undefined) return parsePeriod(text, frame.zone)?.start
  const id = 'for' in question ? question.for : undefined
  return facts.find((fact) => fact.id === id)?.at
}

type Found = Omit<Answer, 'asOf' | 'concerns'>
type Ask = (period?: Period) => Asking

function find(
  agreement: Agreement,
  asking: Ask,
  question: Question,
  { asOf, isPerson }: { asOf: Instant | undefined; isPerson: boolean },
): Found {
  if ('may' in question) return may(agreement, asking(), { ...question, isPerson }, asOf)
  if ('whose' in question) return whose(agreement, asking(), question, asOf)
  if ('bill' in question) {
    const period = periodOf(question.bill, agreement.frame.zone, '/bill')
    return bill(agreement, asking(period), period)
  }
  if ('due' in question) return due(agreement, asking(), question)
  if ('met' in question) return met(agreement, asking, question)
  return value(agreement, asking, question)
}

function periodOf(text: string, zone: string, pointer: string): Period {
  const period = parsePeriod(text, zone)
  if (!period)
    throw new QuestionRefused(
      'period_unreadable',
      pointer,
      `“${text}” is no period: write 2024, 2024-Q1, 2024-05, 2024-05-30 or 2024-05-01 to 2024-06-15.`,
    )
  return period
}

function eventOf(id: string, asking: Asking): ReturnType<typeof happeningOf> {
  const fact = asking.facts.byId(id)
  if (!fact)
    throw new QuestionRefused(
      'fact_not_found',
      '/for',
      `No fact with the id “${id}” is known as of then.`,
    )
  return happeningOf(fact)
}

function definitionOf(
  { contract, deviations }: Revision,
  name: string,
  pointer: string,
): Definition {
  const definition = contract.definitions.get(name)
  if (definition) return definition
  // A clause that the parties took out is one that they know: it is not agreed, and that is an answer.
  const nothing = leaf(notAgreed, { name })
  if (deviations.some((deviation) => 'remove' in deviation && deviation.clause === name))
    return {
      name,
      sort: 'text',
      title: name,
      type: () => anything,
      evaluate: () => nothing,
      demand: () => {},
    }
  throw new QuestionRefused(
    'question_names_nothing',
    pointer,
    `The contract names nothing “${name}”.${didYouMean(name, contract.definitions.keys())}`,
  )
}

function may(
  agreement: Agreement,
  asking: Asking,
  question: Extract<Question, { may: string }> & { isPerson: boolean },
  at: Instant | undefined,
): Found {
  if (at === undefined)
    throw new QuestionRefused(
      'instant_needed',
      '/at',
      'Whether somebody may is asked at an instant: say “at:”.',
    )
  const { contract } = revisionAt(agreement, at)
  const component = contract.components.get(question.may)
  const absent = (clause?: string): Found => ({
    question: 'may',
    derivation: leaf(notAgreed, { name: question.may }),
    final: true,
    ...(clause !== undefined && { clause }),
  })
  if (!component) {
    if (contract.definitions.has(question.may))
      throw new QuestionRefused(
        'question_names_nothing',
        '/may',
        `“${question.may}” is no component; what may be used is ${[...contract.components.keys()].join(', ')}.`,
      )
    return absent()
  }
  const users = contract.words.users ?? []
  // A person of the relationship who is no user gets an answer: no.
  if (!question.isPerson && !users.includes(question.user))
    throw new QuestionRefused(
      'user_undeclared',
      '/user',
      `The contract knows no user “${question.user}”; it knows ${users.join(', ') || 'none'}.`,
    )
  const { item } = question
  const known =
    item === undefined ||
    (component.serialised && asking.facts.componentOfItem(item) === component.id)
  if (!known)
    throw new QuestionRefused(
      'question_names_nothing',
      '/item',
      `“${item}” is no item of “${component.id}” in this agreement as of then.`,
    )
  const asked: PermissionQuestion = {
    component,
    user: question.user,
    at,
    ...(question.item !== undefined && { item: question.item }),
  }
  const { derivation, clause, warnings = [] } = permission(agreement, asking, asked)
  const warned = warnings.length > 0 && { warnings }
  return { question: 'may', derivation, clause, final: true, ...warned }
}

function whose(
  agreement: Agreement,
  asking: Asking,
  question: Extract<Question, { whose: string }>,
  at: Instant | undefined,
): Found {
  const { contract } = revisionAt(agreement, at ?? asking.asOf)
  const id = question.whose
  const own = contract.components.get(id)
  const component = own ?? contract.components.get(asking.facts.componentOfItem(id) ?? '')
  if (!component)
    throw new QuestionRefused(
      'question_names_nothing',
      '/whose',
      `No component or item is called “${id}” in this agreement as of then.`,
    )
  const standing = standingOf(agreement, asking, { component, ...(!own && { item: id }) })
  const { value } = standing.title
  const decided = [...standing.title.changes].at(-1)?.clause ?? component.id
  return { question: 'whose', derivation: value, clause: decided, final: true, standing }
}

/** Every charge and credit whose bill date lies in the period; the sum is the sum of the lines. */
function bill(agreement: Agreement, asking: Asking, period: Period): Found {
  const clauses = new Set(
    agreement.revisions.flatMap(({ contract }) => [...contract.postings.keys()]),
  )
  const lines = [...clauses]
    .flatMap((clause) => asking.lines(clause, period))
    .sort((left, right) => left.billed - right.billed)
  const { currency } = revisionAt(agreement, period.start).contract
  const derivation = derive(
    'sum',
    lines.map((line) => ({ as: line.clause, is: line.posted })),
    { of: 'bill', missing: Exact.zero },
    { unit: currency, name: 'bill' },
  )
  return { question: 'bill', derivation, lines, final: period.end <= asking.asOf }
}

function promiseOf(
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

function refuseOtherThanPromise({ name, sort }: Definition, pointer: '/due' | '/met'): void {
  // A clause that was taken out has no sort of its own: it is not agreed.
  if (sort === 'promise' || sort === 'text') return
  const words = `“${name}” is no target and no duty.`
  throw new QuestionRefused('question_names_nothing', pointer, words)
}

function due(
  agreement: Agreement,
  asking: Asking,
  question: Extract<Question, { due: string }>,
): Found {
  const promise = promiseOf(agreement, asking, {
    name: question.due,
    pointer: '/due',
    id: question.for,
  })
  const derivation = promise?.due ?? leaf(notAgreed, { name: question.due })
  const held = [...nodes(derivation)].some(
    ({ value }) => value instanceof Span && value.end === undefined,
  )
  return { question: 'due', derivation, clause: question.due, final: !held }
}

function met(
  agreement: Agreement,
  asking: (period?: Period) => Asking,
  question: Extract<Question, { met: string }>,
): Found {
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
  const derivation = promise?.met ?? leaf(notAgreed, { name: question.met })
  return {
    question: 'met',
    derivation,
    clause: question.met,
    final: !(derivation.value instanceof Absent),
  }
}

/** The value of any name; a line asked alone is that line in its bill. */
function value(
  agreement: Agreement,
  asking: (period?: Period) => Asking,
  question: Extract<Question, { value: string }>,
): Found {
  const [name = '', ...parts] = question.value.split('.')
  if (question.in !== undefined && question.for !== undefined)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      'Say “in:” a period or “for:” a fact, not both.',
    )
  const period =
    question.in === undefined ? undefined : periodOf(question.in, agreement.frame.zone, '/in')
  const scope = scopeOf(asking(period), period, question)
  const revision = revisionAt(agreement, period?.start ?? scope.at)
  const definition = definitionOf(revision, name, '/value')
  const line = definition.sort === 'posting' ? linesOf(name, scope) : undefined
  const final =
    (period === undefined || period.end <= scope.asking.asOf) &&
    (scope.event?.fact.to !== undefined) === (scope.event?.fact.shape === 'interval')
  const finished = {
    question: 'value',
    final,
    ...(isClause(definition) && { clause: name }),
  } as const
  if (parts.length > 0)
    return { ...finished, derivation: partOf(line ?? [], parts.join('.'), question.value) }
  if (line && scope.event)
    return { ...finished, derivation: line[0]?.amount ?? definition.evaluate(scope), lines: line }
  if (line)
    return {
      ...finished,
      derivation: sumOfLines(line, name, revision.contract.currency),
      lines: line,
    }
  return { ...finished, derivation: inScope(definition, scope) }
}

/** Only a term is a clause; a measure is a definition, an agreed value is agreed. */
const isClause = ({ sort }: Definition) => ['posting', 'total', 'promise'].includes(sort)

function scopeOf(
  asking: Asking,
  period: Period | undefined,
  question: Extract<Question, { value: string }>,
): Scope {
  if (period) return periodScope({ asking }, period)
  if (question.for !== undefined) return eventScope({ asking }, eventOf(question.for, asking))
  return { asking, at: asking.asOf }
}

/** For an event its own line; for a period the lines billed in it. */
function linesOf(name: string, { asking, event, period, at }: Scope): readonly Line[] {
  if (!event) return asking.lines(name, period ?? { start: asking.frame.agreed.start, end: at + 1 })
  return asking.eventsOf(name, event.fact).flatMap((one) => asking.line(name, one) ?? [])
}

function partOf(lines: readonly Line[], part: string, path: string): Derivation {
  const [only, ...more] = lines
  if (!only) return leaf(nothingDue)
  const found = only.parts[part]
  if (more.length > 0 || !found)
    throw new QuestionRefused(
      'question_names_nothing',
      '/value',
      more.length > 0
        ? `“${path}” is asked of one line; ${lines.length} lie in the period.`
        : `The line has no part “${part}”; it has ${Object.keys(only.parts).join(', ')}.`,
    )
  return found
}

/** Asked over a longer period than its own, a measure has several values and none of them is meant. */
function inScope(definition: Definition, scope: Scope): Derivation {
  const { period, event, asking, at } = scope
  const own = period && definition.per && periodAround(definition.per, period.start, asking.frame)
  if (own && period.end > own.end && period.end > asking.frame.agreed.start)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/in',
      `“${definition.name}” has a value for each of its own periods: ask for one of them.`,
    )
  return event || period || within(at, asking.frame.agreed)
    ? answered(definition.evaluate(scope))
    : leaf(unknown('a period'))
}

/** A value that is left out where others are read has, asked for itself, nothing to say. */
const answered = (found: Derivation): Derivation =>
  found.value instanceof Absent && found.value.kind === 'left-out'
    ? { ...found, value: unknown(...(found.name === undefined ? [] : [found.name])), from: [] }
    : found
