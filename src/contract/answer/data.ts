import { Exact } from '../../kernel/exact.ts'
import { localText } from '../../kernel/time.ts'
import { citedClauses, derivationData, factsOf } from '../derivation.ts'
import type { Line } from '../scope.ts'
import type { Standing } from '../standing/standing.ts'
import type { Stretch } from '../standing/stretch.ts'
import { Absent, type Value, valueText } from '../value.ts'
import {
  type Answer,
  type AnsweredLine,
  answerKind,
  type Duty,
  dutyState,
  type Effect,
} from './answer.ts'
import { type Speaking, spoken } from './spoken.ts'

/** A posted amount has all its decimals; one that was never rounded keeps what it has. */
const spokenDecimals = (value: Exact, decimals: number) =>
  value.times(Exact.whole(10n ** BigInt(decimals))).isWhole ? value.shown(decimals) : value.text

/** The value of an answer as data: amounts as text, instants in the zone of the contract. */
export function answerValue(value: Value, zone: string, decimals?: number): string {
  if (value instanceof Exact && decimals !== undefined) return spokenDecimals(value, decimals)
  return typeof value === 'number' ? localText(value, zone) : valueText(value)
}

type Reasoned = Speaking & { readonly reasons: readonly object[] }

/** An answer as data, as every door gives it. */
export function answerData(answer: Answer, speaking: Reasoned): object {
  const { lines, standing } = answer
  const { because, derivation, ...value } = valueData(answer, speaking)
  return {
    ...value,
    ...(lines && { lines: lines.map((line) => lineData(line, speaking)) }),
    ...(standing && { standing: standingData(standing, speaking.zone) }),
    ...(answer.figures && { figures: figuresData(answer.figures, speaking) }),
    ...(answer.sums && { sums: figuresData(answer.sums, speaking) }),
    ...(answer.effects && { effects: answer.effects.map((one) => effectData(one, speaking)) }),
    ...(answer.duties && { duties: answer.duties.map((one) => dutyData(one, speaking)) }),
    ...(answer.unbounded && { unbounded: answer.unbounded }),
    ...(answer.undecided && { undecided: answer.undecided }),
    because,
    derivation,
  }
}

/** The value that was found and why, without the lists that come with it. */
export function valueData(answer: Answer, speaking: Reasoned) {
  const { derivation, clause, final, question } = answer
  return {
    question,
    kind: answerKind(answer),
    answer: answerValue(
      derivation.value,
      speaking.zone,
      derivation.unit === speaking.currency ? speaking.decimals : undefined,
    ),
    ...(derivation.unit !== undefined && { unit: derivation.unit }),
    ...(derivation.value instanceof Absent &&
      derivation.value.kind === 'unknown' && { missing: derivation.value.missing }),
    final: final ? 'yes' : 'no',
    asOf: localText(answer.asOf, speaking.zone),
    ...(clause !== undefined && { clause }),
    ...(answer.warnings && { warnings: answer.warnings }),
    ...(answer.stands && { stands: stretchData(answer.stands, speaking.zone) }),
    because: speaking.reasons,
    derivation: derivationData(derivation),
  }
}

const stretchData = ({ from, until }: Stretch, zone: string) => ({
  ...(from !== undefined && { from: localText(from, zone) }),
  ...(until !== undefined && { until: localText(until, zone) }),
})

function figuresData(figures: NonNullable<Answer['figures']>, speaking: Speaking): object {
  const { zone, currency, decimals } = speaking
  return Object.fromEntries(
    Object.entries(figures).map(([name, { value, unit }]) => [
      name,
      {
        answer: answerValue(value, zone, unit === currency ? decimals : undefined),
        says: spoken(value, unit, speaking),
        ...(unit !== undefined && { unit }),
      },
    ]),
  )
}

const effectData = ({ clause, at, of, item, sets }: Effect, { zone }: Speaking): object => ({
  clause,
  at: localText(at, zone),
  of,
  ...(item !== undefined && { item }),
  sets,
})

function dutyData(duty: Duty, speaking: Speaking): object {
  const { clause, who, fact, about, start, due, done } = duty
  const { zone } = speaking
  return {
    ...{ clause, who, fact, ...(about !== undefined && { about }) },
    ...{ start: localText(start, zone), due: answerValue(due.value, zone) },
    ...(done !== undefined && { done: localText(done, zone) }),
    ...{ state: dutyState(duty), says: spoken(due.value, undefined, speaking) },
  }
}

/** Until when a line has to be claimed, and whether it was. */
const claimData = ({ due, inTime }: NonNullable<Line['claim']>, zone: string) => ({
  until: answerValue(due.value, zone),
  claimed: answerValue(inTime.value, zone),
})

function lineData(line: AnsweredLine, { zone, currency, decimals }: Speaking): object {
  return {
    clause: line.clause,
    amount: answerValue(line.posted.value, zone, decimals),
    currency,
    ...(line.service && {
      from: localText(line.service.start, zone),
      to: localText(line.service.end, zone),
    }),
    ...(line.event && { event: line.event.fact.id }),
    ...(line.about !== undefined && { about: line.about }),
    billed: localText(line.billed, zone).slice(0, 10),
    payer: line.payer,
    payee: line.payee,
    ...(line.tax !== undefined && { tax: line.tax }),
    ...(line.component !== undefined && { component: line.component }),
    ...(line.claim && { claim: claimData(line.claim, zone) }),
    ...(line.otherwise && { otherwise: answerValue(line.otherwise.value, zone, decimals) }),
    clauses: citedClauses(line.amount),
    facts: factsOf([line.amount]),
  }
}

function standingData(standing: Standing, zone: string): object {
  return Object.fromEntries(
    Object.entries(standing).map(([aspect, { value, changes }]) => [
      aspect,
      {
        is: valueText(value.value),
        changes: changes.map((change) => ({ ...change, at: localText(change.at, zone) })),
      },
    ]),
  )
}
