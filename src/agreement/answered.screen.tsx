import { type ReactNode, useEffect } from 'react'
import { AnswerCard, type Because, type DerivationLine } from '../platform/web/answer.tsx'
import { useCited } from '../platform/web/citing.tsx'
import type { Answered as Told } from '../platform/web/client.tsx'
import type { Problem } from '../platform/web/problem.ts'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import { shownInstant } from '../platform/web/words.ts'
import type { AgreementPage, Named } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital, rightWords } from './words.ts'

type AnswerTold = Told<Named<'ask_agreement'>>

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

function AnswerShown({ page: { agreement }, told }: { page: AgreementPage; told: AnswerTold }) {
  const { question, kind, answer } = told
  useLit(told.because.map(({ clause }) => clause))
  const isParty = answer === 'provider' || answer === 'consumer'
  const lines = [...listedLines(told, agreement), ...(hasLines(question) ? billLines(told) : [])]
  const said = question === 'whose' && isParty ? agreement[answer].title : told.says
  return (
    <AnswerCard
      answer={{
        ...{ kind, says: said, exact: exactOf(told), final: told.final === 'yes' },
        ...{ clause: told.clause, number: told.number },
        ...{ missing: told.missing, warnings: told.warnings },
        because: lines.length > 0 ? [] : reasonsOf(told.because, agreement),
      }}
      lines={lines}
      {...(isSum(told) && lines.length > 1 && { total: { says: 'Sum', amount: answer } })}
      foot={holderOf(told, agreement)}
    />
  )
}

/** A length of time is said in days, hours and minutes; in full it is a number of what the contract counts in. */
function exactOf({ kind, answer, says, unit }: AnswerTold): string | undefined {
  const isSaidOtherwise = kind === 'value' && unit !== undefined && !says.startsWith(answer)
  return isSaidOtherwise ? `Exactly ${answer} ${unit}` : undefined
}

/** Lights what an answer rests on, as soon as it is there. */
export function useLit(clauses: readonly string[]): void {
  const { light } = useCited()
  const key = clauses.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another lighting must not light these again.
  useEffect(() => light(key.split(',')), [key])
}

/** Each clause once: by its title where steps lead to the answer; in full where there are none, and words alone decide. */
export function reasonsOf(because: readonly Because[], agreement: AgreementShown): Because[] {
  const titles = new Map(agreement.clauses.map(({ id, title }) => [id, title]))
  const first = because.filter(
    ({ clause }, place) => because.findIndex((one) => one.clause === clause) === place,
  )
  const stepped = first.filter(({ steps }) => steps.length > 0)
  return (stepped.length > 0 ? stepped : first).map(({ clause, number, says, steps }) => ({
    ...{ clause, number, steps: steps.map(capital) },
    says: steps.length > 0 ? capital(titles.get(clause) ?? says) : says,
  }))
}

const billLines = ({ lines = [] }: AnswerTold): DerivationLine[] =>
  lines.map(({ title, amount, clause, number, because, waived, claim, otherwise }) => ({
    ...{ amount, clause, number },
    says: waived ? `${capital(title)}, waived` : capital(title),
    detail: [
      ...(otherwise === undefined ? [] : [`otherwise ${otherwise}`]),
      ...(claim ? [`to be claimed by ${claim.says}`] : []),
      ...(because[0]?.steps ?? []),
    ].join(' · '),
  }))

const withLines: readonly string[] = ['bill', 'value', 'remedy', 'change', 'end']
const hasLines = (question: string) => withLines.includes(question)

/** An end is an instant, a level and duties are no sum, and what follows from a fact may be a difference. */
const isSum = ({ question, kind, lines = [] }: AnswerTold) =>
  kind === 'value' &&
  ['bill', 'value', 'change'].includes(question) &&
  lines.every(({ otherwise }) => otherwise === undefined)

/** Figures, changes, what is to be done by when, and clauses without a bound. */
function listedLines(told: AnswerTold, agreement: AgreementShown): DerivationLine[] {
  const {
    figures = [],
    sums = [],
    effects = [],
    duties = [],
    unbounded = [],
    undecided = [],
  } = told
  return [
    ...figures.map(({ name, says }) => ({ says: capital(name.replaceAll('_', ' ')), value: says })),
    ...sums.map(({ clause, number, title, answer }) => ({
      ...{ clause, number, says: capital(title), amount: answer },
    })),
    ...effects.map(({ clause, number, title, at, sets }) => ({
      ...{ clause, number, says: capital(title), detail: effectWords(sets, agreement) },
      value: shownInstant(at, agreement.zone),
    })),
    ...duties.map(({ clause, number, title, who, says, state }) => ({
      ...{ clause, number, says: capital(title), value: stateWords[state] },
      detail: `${agreement[who].title}, by ${says}`,
    })),
    ...unbounded.map(({ clause, number, title }) => ({
      ...{ clause, number, says: capital(title), value: 'no bound' },
    })),
    ...undecided.map(({ clause, number, title }) => ({
      ...{ clause, number, says: capital(title), value: 'not known yet' },
    })),
  ]
}

const stateWords = { met: 'done in time', missed: 'missed', open: 'open' } as const

type Sets = NonNullable<AnswerTold['effects']>[number]['sets']
const effectWords = ({ title, custody, right }: Sets, agreement: AgreementShown) =>
  [
    ...(title ? [`owned by ${agreement[title].title}`] : []),
    ...(custody ? [`held by ${agreement[custody].title}`] : []),
    ...(right ? [rightWords[right] ?? right] : []),
  ].join(', ')

/** Who owns a thing is not who holds it: both are said. */
function holderOf({ question, standing }: AnswerTold, agreement: AgreementShown): ReactNode {
  if (question !== 'whose') return undefined
  const { is } = (standing?.['custody'] ?? {}) as { is?: string }
  if (is !== 'provider' && is !== 'consumer') return undefined
  return <span>In the custody of {agreement[is].title}</span>
}
