import { type ReactNode, useEffect } from 'react'
import { AnswerCard, type Because, type DerivationLine } from '../platform/web/answer.tsx'
import { Citation, useCited } from '../platform/web/citing.tsx'
import type { Problem } from '../platform/web/problem.ts'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import {
  type AnswerTold,
  dutyLine,
  effectLine,
  figureLine,
  postedLine,
  reasonsOf,
  sumOf,
} from './answer-lines.screen.tsx'
import type { AgreementPage } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital } from './words.ts'

type AskedProps<What> = {
  readonly data: What | undefined
  readonly error: Problem | null
  readonly refetch: () => unknown
}

/** The answer of the agreement, with the clauses that decide lit beside it. */
export const AskedAnswer = ({
  page,
  asked,
}: {
  page: AgreementPage
  asked: AskedProps<AnswerTold>
}) => (
  <Answered asked={asked} waiting={<LinesWaiting lines={4} />}>
    {(told) => <AnswerShown page={page} told={told} />}
  </Answered>
)

/** What of an answer is shown beneath its headline, by what was asked. */
type Layout = {
  readonly says?: string
  readonly because?: readonly Because[]
  readonly lines?: readonly DerivationLine[]
  readonly total?: DerivationLine
  readonly foot?: ReactNode
}

function AnswerShown({ page: { agreement }, told }: { page: AgreementPage; told: AnswerTold }) {
  useLit(told.because.map(({ clause }) => clause))
  const lay = layouts[told.question] ?? reasoned
  const { says = told.says, because = [], lines = [], total, foot } = lay(told, agreement)
  const isAsTold = says === told.says
  return (
    <AnswerCard
      answer={{
        ...{ kind: isAsTold ? told.kind : 'value', says, exact: exactOf(told) },
        ...{ clause: told.clause, number: told.number, final: told.final, why: told.why },
        ...{ missing: isAsTold ? told.missing : undefined, warnings: told.warnings, because },
      }}
      lines={lines}
      {...(total && { total })}
      foot={foot}
    />
  )
}

/** Lights what an answer rests on, as soon as it is there. */
export function useLit(clauses: readonly string[]): void {
  const { light } = useCited()
  const key = clauses.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another lighting must not light these again.
  useEffect(() => light(key.split(',')), [key])
}

/** A length of time is said in days, hours and minutes; in full it is a number of what the contract counts in. */
function exactOf({ kind, answer, says, unit }: AnswerTold): string | undefined {
  const isSaidOtherwise =
    kind === 'value' && unit !== undefined && !says.endsWith(unit) && !/[A-Z]{3}/.test(unit)
  return isSaidOtherwise ? `Exactly ${answer} ${unit}` : undefined
}

type Lay = (told: AnswerTold, agreement: AgreementShown) => Layout

const reasoned: Lay = ({ because, stands }, agreement) => ({
  because: reasonsOf(because, agreement),
  ...(stands && { foot: <span>{stands.says}</span> }),
})

const layouts: Readonly<Record<string, Lay>> = {
  bill: summed,
  value: (told, agreement) =>
    (told.lines ?? []).length > 1 ? summed(told, agreement) : reasoned(told, agreement),
  whose: (told, agreement) => ({
    ...reasoned(told, agreement),
    foot: holderOf(told, agreement),
  }),
  // What is not due yet is not missed: it is open, and nothing has to be recorded for that to be known.
  met: (told, agreement) => ({
    ...reasoned(told, agreement),
    ...(told.kind === 'unknown' && isOpen(told) && { says: 'Still open' }),
  }),
  level: figured,
  duties: ({ duties = [], says }, agreement) => ({
    says: duties.length === 0 ? 'Nothing is left to do' : says,
    lines: duties.map((duty) => dutyLine(duty, agreement)),
  }),
  remedy: followed,
  end: (told, agreement) => ({
    ...reasoned(told, agreement),
    lines: (told.lines ?? []).map((line) => postedLine(line, agreement.zone)),
  }),
  fit: figured,
  exposure: committed,
}

function figured(told: AnswerTold, agreement: AgreementShown): Layout {
  return { ...reasoned(told, agreement), lines: (told.figures ?? []).map(figureLine) }
}

const isOpen = ({ missing = [] }: AnswerTold) =>
  missing.every((what) => what === 'whether it will be done in time')

/** The lines of a bill with their sum; of what is not all known yet, with the sum so far. */
function summed({ kind, answer, lines = [], because }: AnswerTold, agreement: AgreementShown) {
  if (lines.length === 0) return { because: reasonsOf(because, agreement) }
  const total =
    kind === 'unknown'
      ? { says: 'Known so far', amount: sumOf(lines) }
      : { says: 'Sum', amount: answer }
  return {
    lines: lines.map((line) => postedLine(line, agreement.zone)),
    ...((lines.length > 1 || kind === 'unknown') && { total }),
  }
}

/** What makes no charge may still set somebody a task, or pass a thing on: then that is what follows. */
function followed(told: AnswerTold, agreement: AgreementShown): Layout {
  const { lines: posted = [], effects = [], duties = [], kind, answer } = told
  const lines = [
    ...effects.map((one) => effectLine(one, agreement)),
    ...duties.map((one) => dutyLine(one, agreement)),
    ...posted.map((line) => postedLine(line, agreement.zone)),
  ]
  const isNothing = kind === 'nothing-due' || (kind === 'value' && Number(answer) === 0)
  return {
    lines,
    ...(isNothing && posted.length === 0 && { says: 'No charge follows' }),
    ...(kind === 'value' &&
      posted.length > 1 &&
      posted.every(({ otherwise }) => otherwise === undefined) && {
        total: { says: 'Sum', amount: answer },
      }),
  }
}

/** What is due in any case, clause by clause, and what may come on top of it. */
function committed(told: AnswerTold): Layout {
  const { sums = [], figures = [], unbounded = [], undecided = [], answer } = told
  const isUnbounded = (clause: string) =>
    [...unbounded, ...undecided].some((one) => one.clause === clause)
  const known = new Set(sums.map(({ clause }) => clause))
  const further = unbounded.filter(({ clause }) => !known.has(clause))
  const unknown = undecided.filter(
    ({ clause }) => !known.has(clause) && !further.some((one) => one.clause === clause),
  )
  return {
    lines: sums.map(({ clause, number, title, answer: amount }) => ({
      ...{ clause, number, amount, says: capital(title) },
      ...(isUnbounded(clause) && { detail: 'So far; what is still to come has no upper bound' }),
    })),
    ...(sums.length > 0 && { total: { says: 'Committed', amount: answer } }),
    foot: (
      <>
        {figures
          .filter(({ name }) => name !== 'committed')
          .map((figure) => (
            <span key={figure.name}>
              {figureLine(figure).says}: {figure.says}
            </span>
          ))}
        {further.length > 0 && (
          <ClauseNames says="On top of that, as it arises, without an upper bound:" of={further} />
        )}
        {unknown.length > 0 && <ClauseNames says="Not known yet:" of={unknown} />}
      </>
    ),
  }
}

type ClauseNamesProps = {
  readonly says: string
  readonly of: readonly {
    readonly clause: string
    readonly number: string
    readonly title: string
  }[]
}

export const ClauseNames = ({ says, of }: ClauseNamesProps) => (
  <span>
    {says}{' '}
    {of.map(({ clause, number, title }, place) => (
      <span key={clause}>
        {capital(title)} <Citation clause={clause} number={number} />
        {place < of.length - 1 ? ', ' : '.'}
      </span>
    ))}
  </span>
)

/** Who owns a thing is not who holds it: both are said. */
function holderOf({ standing }: AnswerTold, agreement: AgreementShown): ReactNode {
  const { is } = (standing?.['custody'] ?? {}) as { is?: string }
  if (is !== 'provider' && is !== 'consumer') return undefined
  return <span>In the custody of {agreement[is].title}</span>
}
