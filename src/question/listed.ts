import {
  type Answer,
  type AnsweredLine,
  type Duty,
  dutyState,
  type Effect,
} from '../contract/answer/answer.ts'
import { answerValue } from '../contract/answer/data.ts'
import { type Speaking, spoken, spokenStep } from '../contract/answer/spoken.ts'
import type { Derivation } from '../contract/derivation.ts'
import { deadlineText } from '../contract/explanation/due.ts'
import { isWrittenShare, percentText, pointsText } from '../contract/explanation/share.ts'
import type { PrintedClause } from '../contract/prose/contract.ts'
import { isUnknown } from '../contract/value.ts'
import { Exact } from '../kernel/exact.ts'
import { spokenInstant, utcText } from '../kernel/time.ts'

/** What an answer lists beside its value: figures, effects, duties and clauses, for a page and for a terminal. */

export type Clauses = (clause: string) => PrintedClause | undefined
type Telling = { readonly speaking: Speaking; readonly clauses: Clauses }

/** For a page: with the number and title of each clause, and words for every value. */
export function listShown(answer: Answer, telling: Telling) {
  const { figures, sums, effects, duties, unbounded, undecided } = answer
  const named = (clause: string) => clauseShown(clause, telling.clauses)
  return {
    ...(figures && { figures: figuresShown(figures, telling.speaking) }),
    ...(sums && {
      sums: figuresShown(sums, telling.speaking).map(({ name, ...sum }) => ({
        ...named(name),
        ...sum,
      })),
    }),
    ...(effects && { effects: effects.map((one) => effectShown(one, telling)) }),
    ...(duties && { duties: duties.map((one) => dutyShown(one, telling)) }),
    ...(unbounded && { unbounded: unbounded.map(named) }),
    ...(undecided && { undecided: undecided.map(named) }),
  }
}

export const clauseShown = (clause: string, clauses: Clauses) => ({
  clause,
  number: clauses(clause)?.number ?? '',
  title: titleOf(clause, clauses),
})

/** A clause without a title of its own is called by its id. */
export const titleOf = (clause: string, clauses: Clauses) => clauses(clause)?.title ?? words(clause)

type Figures = NonNullable<Answer['figures']>

const figuresShown = (figures: Figures, speaking: Speaking) =>
  Object.entries(figures).map(([name, { value, unit }]) => {
    const decimals = unit === speaking.currency ? speaking.decimals : undefined
    return {
      ...{ name, answer: answerValue(value, speaking.zone, decimals) },
      says: figureText(name, figures, speaking),
      ...(unit !== undefined && { unit }),
    }
  })

/** A level that is promised as a percentage is measured as one; what is left to it is told in its points, and as time. */
function figureText(name: string, figures: Figures, speaking: Speaking): string {
  const figure = figures[name]
  if (!figure) return ''
  const { value, unit } = figure
  const asShare = unit === undefined && Object.values(figures).some(isWrittenShare)
  if (!asShare || !(value instanceof Exact)) return spokenStep(figure, speaking)
  if (!name.startsWith('left')) return figure.written ?? percentText(value)
  const isMissed = value.compare(Exact.zero) < 0
  const apart = isMissed ? value.negated() : value
  const whole = figures['measured'] && wholeOf(figures['measured'])
  const time = whole && spoken(apart.times(whole.value as Exact), whole.unit, speaking)
  const said = `${pointsText(apart)}${time === undefined ? '' : `, which is ${time}`}`
  return isMissed ? `missed by ${said}` : `${said} to spare`
}

/** Of a share of a length of time, `up / all` or `1 - down / all`, that length. */
function wholeOf(measured: Derivation): Derivation | undefined {
  const share = measured.operation === 'minus' ? measured.from[1]?.is : measured
  const whole = share?.operation === 'over' ? share.from[1]?.is : undefined
  const isTime = ['seconds', 'minutes', 'hours', 'days'].includes(whole?.unit ?? '')
  return isTime && whole?.value instanceof Exact ? whole : undefined
}

export const effectShown = (
  { clause, at, of, item, sets }: Effect,
  { clauses }: Pick<Telling, 'clauses'>,
) => ({
  ...clauseShown(clause, clauses),
  ...{ at: utcText(at), of, ...(item !== undefined && { item }), sets },
})

function dutyShown(duty: Duty, { clauses, speaking }: Telling) {
  const { clause, who, fact, about, start, due, done } = duty
  return {
    ...clauseShown(clause, clauses),
    ...{ who, fact, ...(about !== undefined && { about }), start: utcText(start) },
    ...(typeof due.value === 'number' && { due: utcText(due.value) }),
    ...(done !== undefined && { done: utcText(done) }),
    ...{ state: dutyState(duty), says: deadlineText(due, speaking) },
  }
}

/** Until when a line has to be claimed, and whether it was; what it would be otherwise. */
export const lineMore = ({ claim, otherwise }: AnsweredLine, speaking: Speaking) => ({
  ...(claim && {
    claim: {
      ...(typeof claim.due.value === 'number' && { until: utcText(claim.due.value) }),
      says: deadlineText(claim.due, speaking),
      claimed: answerValue(claim.inTime.value, speaking.zone),
    },
  }),
  ...(otherwise && {
    otherwise: answerValue(otherwise.value, speaking.zone, speaking.decimals),
  }),
})

/** For a terminal. */
export function listLines(answer: Answer, telling: Telling): string[] {
  const { figures = {}, effects = [], duties = [], unbounded = [], undecided = [] } = answer
  const { speaking, clauses } = telling
  const cited = (clause: string) =>
    `${clauses(clause)?.number ?? ''} ${titleOf(clause, clauses)}`.trim()
  const claims = (answer.lines ?? []).flatMap(({ clause, event, claim, ...line }) => {
    const about = line.about ?? event?.fact.about
    const of = about === undefined ? '' : `, for ${about}`
    if (!claim) return []
    const says = isUnknown(claim.inTime.value) ? 'may be claimed until' : 'to be claimed by'
    return [`  ${cited(clause)}${of}: ${says} ${deadlineText(claim.due, speaking)}`]
  })
  return [
    ...new Set(claims),
    ...Object.keys(figures).map(
      (name) => `  ${words(name)}: ${figureText(name, figures, speaking)}`,
    ),
    ...Object.entries(answer.sums ?? {}).map(
      ([clause, { value, unit }]) => `  ${cited(clause)}: ${spoken(value, unit, speaking)}`,
    ),
    ...effects.map((one) => `  ${cited(one.clause)}: ${effectWords(one, telling)}`),
    ...duties.map((one) => `  ${cited(one.clause)}: ${dutyWords(one, speaking)}`),
    ...unbounded.map((clause) => `  ${cited(clause)}: unbounded`),
    ...undecided.map((clause) => `  ${cited(clause)}: not known yet`),
  ]
}

function effectWords({ of, item, sets, at }: Effect, { clauses, speaking }: Telling): string {
  const told = Object.entries(sets).map(([aspect, to]) => `${aspect} ${to}`)
  const thing = item ?? titleOf(of, clauses)
  return `${thing}, ${told.join(', ')}, from ${spokenInstant(at, speaking.zone)}`
}

function dutyWords(duty: Duty, speaking: Speaking): string {
  const { who, about, fact, due, done } = duty
  const when = done === undefined ? '' : `, done ${spokenInstant(done, speaking.zone)}`
  return `${who}, for ${about ?? fact}, due ${deadlineText(due, speaking)}, ${dutyState(duty)}${when}`
}

const words = (name: string) => name.replaceAll('_', ' ')
