import type { Period } from '../../kernel/time.ts'
import { within } from '../../kernel/time.ts'
import { type Agreement, clausesIn, revisionAt } from '../agreement/revision.ts'
import { type Derivation, leaf } from '../derivation.ts'
import type { Fact } from '../fact/fact.ts'
import { restsOn } from '../measure/rests.ts'
import { periodAround } from '../period/period.ts'
import { agreedPart } from '../period/window.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking, Definition, Happening, Line, Scope } from '../scope.ts'
import { eventScope, periodScope } from '../scope.ts'
import { isStoppedBy } from '../term/deadline/promised.ts'
import { sumOfLines } from '../term/posting/read.ts'
import { Absent, nothingDue, unknown } from '../value.ts'
import { type Asked, eventOf, type Found, instead, periodOf } from './asked.ts'
import { isFinal, isOngoing } from './final.ts'
import type { Question } from './form.ts'
import { refuseSeveral } from './level-periods.ts'
import { linesAbout } from './lines-about.ts'
import { computesNothing, definitionOf } from './named.ts'
import { demandOne } from './one-value.ts'
import { checkInterval, ofSubject } from './subject.ts'
import { supposedFacts, supposing } from './supposing.ts'
import { valueThroughout } from './throughout.ts'
import { deadlinesOver, isPending } from './undated.ts'

/** The value of any name; a line asked alone is that line in its bill. */
export function value(asked: Asked, question: Extract<Question, { value: string }>): Found {
  const { agreement } = asked
  const [name = '', ...parts] = question.value.split('.')
  if (question.in !== undefined && question.for !== undefined)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      'Say “in:” a period or “for:” a fact, not both.',
    )
  const period =
    question.in === undefined ? undefined : periodOf(question.in, agreement.frame.zone, '/in')
  const supposed = supposedFacts(asked, question.suppose)
  const asking = supposed.length > 0 ? ifHappened(asked, supposed, { question, period }) : undefined
  const found = readIn(agreement, asking ?? asked.asking(period), {
    question,
    period,
    name,
    parts,
  })
  return asking ? { ...found, final: false, asOf: asking.asOf } : found
}

function ifHappened(
  asked: Asked,
  supposed: readonly Fact[],
  { question, period }: Pick<Reading, 'question' | 'period'>,
): Asking {
  const until = period?.end ?? deadlinesOver(asked, supposed, question.for)
  return supposing(asked, supposed, asked.asOf === undefined ? until : undefined).asking
}

type Reading = {
  readonly question: Extract<Question, { value: string }>
  readonly period: Period | undefined
  readonly name: string
  /** Of a path, what follows the name. */
  readonly parts: readonly string[]
}

function readIn(
  agreement: Agreement,
  asking: Asking,
  { question, period, name, parts }: Reading,
): Found {
  const asked = scopeOf(asking, period, question)
  const revision = revisionAt(agreement, period?.start ?? asked.at)
  const definition = definitionOf(revision, name, 'value')
  if (period) refuseSeveral(name, revision, { period, asking })
  const isLines = definition.sort === 'posting'
  const own = definition.sort === 'total' ? inOwnPeriod(definition, asked) : asked
  checkInterval(definition, own, revision.contract.factKinds)
  const scope = isLines ? own : ofSubject(definition, own, question.about)
  const lines = isLines ? linesOf(name, scope, clausesIn(agreement, 'promises')) : undefined
  const all = lines && linesAbout(question, name, lines)
  const reading = { question, definition, scope, part: parts.join('.') }
  const found = all
    ? ofLines(all, reading, revision.contract.currency)
    : { derivation: ofDefinition(agreement, reading) }
  const { asOf } = scope.asking
  const isSettled = !scope.event || hasCome(scope.event, { agreement, asking, name })
  return {
    question: 'value',
    ...found,
    ...(isClause(definition) && { clause: name }),
    final: isSettled && isFinal({ asOf, period, derivation: found.derivation, lines: all }),
  }
}

type Named = { readonly agreement: Agreement; readonly asking: Asking; readonly name: string }

/** The event is over, and nothing more follows from it that the name rests on. */
function hasCome({ fact, at }: Happening, { agreement, asking, name }: Named): boolean {
  const { contract } = revisionAt(agreement, at)
  const rests = (clause: string) => restsOn([name], contract.names, (one) => one === clause)
  return !isOngoing(fact) && !isPending(agreement, asking, { id: fact.id, rests })
}

type ReadingOf = Pick<Reading, 'question'> & {
  readonly definition: Definition
  readonly scope: Scope
  /** Of a path, what follows the name; empty where nothing does. */
  readonly part: string
}

function ofLines(
  lines: readonly Line[],
  { question, definition, scope, part }: ReadingOf,
  currency: string,
): Pick<Found, 'derivation' | 'lines'> {
  if (part !== '') return { derivation: partOf(lines, part, question.value) }
  // Of what is due for a period it may be that of the fact. What makes none of its events is due nothing, whatever was
  // due for an earlier one about the same.
  const isForPeriods = definition.causes === undefined
  if (scope.event && lines.length === 0 && isForPeriods)
    return { derivation: definition.evaluate(scope), lines }
  return { derivation: sumOfLines(lines, definition.name, currency), lines }
}

function ofDefinition(
  agreement: Agreement,
  { question, definition, scope, part }: ReadingOf,
): Derivation {
  const isUndated = question.at === undefined && !scope.period && !scope.event
  const meant = (whole: Definition) => (part === '' ? whole : sharedPart(whole, part))
  const always = isUndated
    ? valueThroughout(definition.name, { agreement, meant }, scope.asking)
    : undefined
  return always ?? inScope(meant(definition), scope)
}

/** A total of what has one period of its own is asked by the first day of one, as a measure is. */
function inOwnPeriod({ periods }: Definition, scope: Scope): Scope {
  const { period, asking } = scope
  const [rule] = periods?.() ?? []
  const own = period && rule && periodAround(rule, period.start, asking.frame)
  const isFirstDay = own && own.start === period.start && period.end < own.end
  return isFirstDay ? periodScope({ asking }, own) : scope
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

/** For an event its own line, or that of the deadlines that it stopped; for a period the lines billed in it. */
function linesOf(
  name: string,
  { asking, event, period, at }: Scope,
  promises: readonly string[],
): readonly Line[] {
  if (!event) return asking.lines(name, period ?? { start: asking.frame.agreed.start, end: at + 1 })
  const begun = asking.eventsOf(name, event.fact)
  const events = begun.length > 0 ? begun : stoppedFor(name, event.fact.id, { asking, promises })
  return events.flatMap((one) => asking.line(name, one) ?? [])
}

/** What became of the deadlines that a fact stopped, as far as it is due for that. */
function stoppedFor(
  name: string,
  id: string,
  { asking, promises }: { readonly asking: Asking; readonly promises: readonly string[] },
): readonly Happening[] {
  return promises.flatMap((clause) =>
    asking
      .promises(clause)
      .filter((one) => isStoppedBy(one, id))
      .flatMap(({ start }) => asking.eventsOf(name, start.fact))
      .filter(({ kind }) => kind.startsWith(`${clause}.`)),
  )
}

/** A share of a split. */
function sharedPart(definition: Definition, part: string): Definition {
  const shares = definition.parts?.()
  const found = shares?.get(part)
  if (found) return { ...definition, ...found }
  if (computesNothing(definition)) return definition
  throw new QuestionRefused(
    'question_names_nothing',
    '/value',
    `“${definition.name}” has no part “${part}”.${instead(part, shares?.keys() ?? [], 'It has')}`,
  )
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
        ? `“${path}” is asked of one line; ${lines.length} lie in the period: say “for:” the fact of one, or a shorter “in:”.`
        : `The line has no part “${part}”.${instead(part, Object.keys(only.parts), 'It has')}`,
    )
  return found
}

function inScope(definition: Definition, scope: Scope): Derivation {
  demandOne(definition, scope)
  const { period, event, asking, at } = scope
  return event || period || within(at, asking.frame.agreed)
    ? answered(definition.evaluate(asRead(definition, scope)))
    : leaf(unknown('a period'))
}

/** As a term of that period reads it; what is charged is added up in its bill, where lines follow after the end as well. */
const asRead = ({ sort }: Definition, scope: Scope): Scope =>
  scope.period && sort !== 'total' && sort !== 'posting'
    ? { ...scope, ...periodScope(scope, agreedPart(scope.period, scope)) }
    : scope

/** A value that is left out where others are read has, asked for itself, nothing to say. */
const answered = (found: Derivation): Derivation =>
  found.value instanceof Absent && found.value.kind === 'left-out'
    ? leaf(unknown(...(found.name === undefined ? [] : [found.name])), {
        ...(found.name !== undefined && { name: found.name }),
        ...(found.unit !== undefined && { unit: found.unit }),
        ...(found.clause !== undefined && { clause: found.clause }),
      })
    : found
