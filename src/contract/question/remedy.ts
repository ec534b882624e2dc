import { type Period, parsePeriod, spokenInstant, within } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import type { Effect } from '../answer/answer.ts'
import { askingOf } from '../answering.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import type { Fact } from '../fact/fact.ts'
import { happenedLeaf } from '../happening.ts'
import { amountBefore } from '../operation/price.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking, Line } from '../scope.ts'
import { lastInTime } from '../term/deadline/promised.ts'
import { isUnknown, notAgreed, nothingDue } from '../value.ts'
import { type Asked, type Found, knownIds } from './asked.ts'
import { linesIn, sumOf } from './bill.ts'
import { dutyOf, promisesIn } from './duties.ts'
import { awaitsClaim, isFinal, isOngoing } from './final.ts'
import type { Question } from './form.ts'
import {
  answeredLine,
  cites,
  isChanged,
  isDue,
  type Pair,
  pairedLines,
  rangeAround,
  rangeBeyond,
  type Supposing,
  supposedFacts,
  supposing,
} from './supposing.ts'
import { afterSettled, deadlinesOver, isPending, settledBy } from './undated.ts'

/** What follows from a fact, or the credits of a period: lines, changes of title, custody and right, and deadlines. */
export function remedy(asked: Asked, question: Extract<Question, { remedy: string }>): Found {
  const supposed = supposedFacts(asked, question.suppose)
  const period = parsePeriod(question.remedy, asked.agreement.frame.zone)
  const world = period
    ? supposing(asked, supposed, period.end)
    : onceOver(asked, supposed, question.remedy)
  const found = period
    ? creditsOf(asked.agreement, world, period)
    : following(asked.agreement, world, question.remedy)
  // Of a period that is not over it is asked as though nothing more were to come.
  const isEarly = period !== undefined && asked.asOf !== undefined && asked.asOf < period.end
  const final = found.final && !isEarly && supposed.length === 0
  return { ...found, final, asOf: world.asOf }
}

/** Once the deadlines that the fact began or stopped are over, where the question says no instant. */
function onceOver(asked: Asked, supposed: readonly Fact[], id: string): Supposing {
  const world = supposing(asked, supposed, deadlinesOver(asked, supposed, id))
  if (asked.asOf !== undefined) return world
  const until = afterSettled(asked.agreement, world, id)
  return until > world.asOf ? supposing(asked, supposed, until) : world
}

function creditsOf(agreement: Agreement, { asking, facts }: Supposing, period: Period): Found {
  const { contract } = revisionAt(agreement, period.start)
  const lines = linesIn(agreement, asking, period).filter(({ payer }) => payer === 'provider')
  const derivation = sumOf(lines, told(contract.currency))
  const effects = facts
    .flatMap((fact) => effectsOf(agreement, asking, fact))
    .filter(({ at }) => within(at, period))
  const missed = promisesIn(agreement, asking).filter(
    (one) => one.met.value === false && within(lastInTime(one) ?? Number.NaN, period),
  )
  const duties = missed.map((one) => dutyOf(agreement, one))
  const [clause, ...others] = new Set(lines.filter(isDue).map((line) => line.clause))
  return {
    question: 'remedy',
    derivation,
    ...(clause !== undefined && others.length === 0 && { clause }),
    lines,
    effects,
    duties,
    final: isFinal({ asOf: asking.asOf, period, derivation, lines }),
  }
}

const told = (currency: string) => ({ name: 'remedy', currency, missing: nothingDue })

/**
 * What the fact's own lines come to; and of clauses that speak of other facts, or of periods, what is due with it less
 * what would be due without it.
 */
function following(agreement: Agreement, { asking, facts, asOf }: Supposing, id: string): Found {
  const fact = facts.find((one) => one.id === id)
  if (!fact) throw factNotFound(agreement, asking, id)
  const without = askingOf(
    agreement,
    facts.filter((one) => one !== fact),
    asOf,
  )
  const range = rangeAround(agreement, fact.at, asOf)
  const all = pairedLines(agreement, { asking, without, range })
  const isMeant = followsFrom(id, all.pairs)
  const pairs = all.pairs.filter(({ line }) => isMeant(line))
  const gone = all.gone.filter(isMeant)
  // What rests on it stays although it makes no difference now: it would, were the fact another.
  const touched = pairs.filter((pair) => isChanged(pair) || cites(pair.line.posted, id))
  const { currency } = revisionAt(agreement, fact.at).contract
  const changed = touched.filter(
    (pair) => isChanged(pair) && (isDue(pair.line) || pair.line.event !== undefined),
  )
  const effects = effectsOf(agreement, asking, fact)
  const clause = changed.find(({ line }) => isDue(line))?.line.clause ?? effects[0]?.clause
  const derivation = difference({ touched, gone, currency })
  const unbounded = goingOn(agreement, { asking, without, range }).filter((name) =>
    [...touched.map(({ line }) => line), ...gone].some((line) => line.clause === name),
  )
  const isPosted = touched.every(({ line }) => (line.service?.end ?? line.billed) <= asOf)
  const isSettled = settledBy(agreement, { asking, without }).length === 0
  const isOver = isPosted && isSettled && !isOngoing(fact) && !isPending(agreement, asking, { id })
  return {
    question: 'remedy',
    derivation,
    ...(clause !== undefined && { clause }),
    lines: [...changed.map(answeredLine), ...fallenAway(touched, gone)],
    effects,
    duties: promisesIn(agreement, asking)
      .filter(({ start }) => start.fact.id === fact.id)
      .map((one) => dutyOf(agreement, one)),
    ...(unbounded.length > 0 && { unbounded }),
    final: isOver && isFinal({ asOf, derivation }),
  }
}

/** Clauses that differ for ever: of an agreement without an end no amount is all that follows. */
function goingOn(
  agreement: Agreement,
  { range, ...worlds }: Parameters<typeof pairedLines>[1],
): readonly string[] {
  const beyond = rangeBeyond(agreement, range)
  if (!beyond) return []
  const { pairs, gone } = pairedLines(agreement, { ...worlds, range: beyond })
  const lines = [...pairs.filter(isChanged).map(({ line }) => line), ...gone]
  return [...new Set(lines.map(({ clause }) => clause))]
}

/** Of periods, what is not due any more because of the fact: it is taken back, so that the lines come to the remedy. */
function fallenAway(touched: readonly Pair[], gone: readonly Line[]): readonly Line[] {
  const lost = touched.flatMap(({ line, otherwise }) =>
    otherwise && !line.event && !isDue(line) ? [otherwise] : [],
  )
  return [...lost, ...gone]
    .filter((line) => isDue(line) && !isUnknown(line.posted.value))
    .map((line) => ({
      ...line,
      ...{ payer: line.payee, payee: line.payer },
      posted: derive('negated', [{ as: 'otherwise due', is: line.posted }], undefined, {
        clause: line.clause,
        ...(line.posted.unit !== undefined && { unit: line.posted.unit }),
      }),
    }))
}

/** A remedy is asked of what happened, or of a period; who names a clause is told so. */
function factNotFound(agreement: Agreement, asking: Asking, id: string): QuestionRefused {
  const { asOf, frame } = asking
  const { contract } = revisionAt(agreement, asOf)
  const ids = knownIds(id, asking)
  const meant =
    contract.words.terms?.[id] === undefined
      ? ids
      : ` “${id}” is a clause: say the fact that it follows from.${ids}`
  const by = spokenInstant(asOf, frame.zone)
  const words = `“${id}” is the id of no fact that has happened by ${by}, and no period such as 2024-05.${meant}`
  return new QuestionRefused('fact_not_found', '/remedy', words)
}

/**
 * Of a clause that speaks of the fact itself only its own lines: under a limit or with tiers that count together it moves
 * the amounts of other facts too, and those follow from these.
 */
function followsFrom(id: string, pairs: readonly Pair[]) {
  const isOwn = ({ event }: Line) => event?.fact.id === id
  const clauses = new Set(pairs.flatMap(({ line }) => (isOwn(line) ? [line.clause] : [])))
  return (line: Line) => isOwn(line) || !clauses.has(line.clause)
}

function difference({
  touched,
  gone,
  currency,
}: {
  touched: readonly Pair[]
  gone: readonly Line[]
  currency: string
}): Derivation {
  const ofClaims = new Map(touched.map((pair) => [pair, ofClaim(pair)]))
  const all = sumOf(
    touched.map((pair) => ({ ...pair.line, posted: ofClaims.get(pair) ?? pair.line.posted })),
    told(currency),
  )
  const comparable = touched.filter((pair) => ofClaims.get(pair) === undefined)
  // What nobody could know without the fact, or no clause says, is no amount to take off: what is due with it follows.
  const others = [...comparable.flatMap(({ otherwise }) => otherwise ?? []), ...gone].filter(
    ({ posted }) => posted.value !== notAgreed && !isUnknown(posted.value),
  )
  if (others.length === 0) return all
  const inputs = [
    { as: 'with it', is: all },
    { as: 'without it', is: sumOf(others, told(currency)) },
  ]
  const found = derive('minus', inputs, undefined, { unit: currency, name: 'remedy' })
  const isOfItself = touched.some(({ line }) => line.event !== undefined)
  return isOfItself || gone.length > 0 ? found : unlessTheSame(found, inputs)
}

/** What moves no amount of another clause makes nothing due: 0 would be an amount that was computed. */
function unlessTheSame(found: Derivation, inputs: Derivation['from']): Derivation {
  return derive(
    'choose',
    [
      { as: 'the same', is: derive('same', inputs) },
      { as: 'nothing', is: leaf(nothingDue, { name: 'remedy' }) },
      { as: 'difference', is: found },
    ],
    undefined,
    { ...(found.unit !== undefined && { unit: found.unit }), name: 'remedy' },
  )
}

/** Of what may still be claimed, with the fact and without it: nothing where the same could be claimed. */
function ofClaim({ line, otherwise }: Pair): Derivation | undefined {
  const [amount, before] = [line, otherwise].map((one) => one && claimable(one))
  if (!amount || !before || !otherwise) return undefined
  const { clause } = line
  const inputs = [
    { as: 'with it', is: amount },
    { as: 'without it', is: before },
  ]
  const posted = [
    { as: 'with it', is: line.posted },
    { as: 'without it', is: otherwise.posted },
  ]
  return derive(
    'choose',
    [
      { as: 'the same', is: derive('same', inputs) },
      { as: 'nothing', is: leaf(nothingDue, { clause }) },
      { as: 'difference', is: derive('minus', posted) },
    ],
    undefined,
    { clause },
  )
}

/** What could still be claimed of a line. */
const claimable = (line: Line): Derivation | undefined =>
  awaitsClaim(line) && line.amount.operation === 'claimed' ? amountBefore(line.amount) : undefined

/** What transitions make of a fact, also those that take effect later. */
export function effectsOf(agreement: Agreement, asking: Asking, fact: Fact): Effect[] {
  const { contract, governs } = revisionAt(agreement, fact.at)
  return [...contract.transitions].flatMap(([clause, transition]) =>
    transition
      .happenings(asking, governs)
      .filter((event) => event.fact.id === fact.id && event.holds?.value !== false)
      .map((event): Effect => {
        const { of, title, custody, right } = transition.words
        const item = contract.components.get(of)?.serialised ? fact.about : undefined
        return {
          ...{ clause, of, at: event.at },
          ...(item !== undefined && { item }),
          sets: { ...(title && { title }), ...(custody && { custody }), ...(right && { right }) },
          happens: happenedLeaf(event, event.holds),
        }
      }),
  )
}
