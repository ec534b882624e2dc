import { type ReactNode, useEffect } from 'react'
import { AnswerCard, type Because, type DerivationLine } from '../platform/web/answer.tsx'
import { useCited } from '../platform/web/citing.tsx'
import type { Answered as Told } from '../platform/web/client.tsx'
import type { Problem } from '../platform/web/problem.ts'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import type { AgreementPage, Named } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital } from './words.ts'

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
  const lines = question === 'bill' || question === 'value' ? billLines(told) : []
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
      {...(lines.length > 1 && kind === 'value' && { total: { says: 'Sum', amount: answer } })}
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
  lines.map(({ title, amount, clause, number, because, waived }) => ({
    ...{ amount, clause, number },
    says: waived ? `${capital(title)}, waived` : capital(title),
    detail: because[0]?.steps.join(' · '),
  }))

/** Who owns a thing is not who holds it: both are said. */
function holderOf({ question, standing }: AnswerTold, agreement: AgreementShown): ReactNode {
  if (question !== 'whose') return undefined
  const { is } = (standing?.['custody'] ?? {}) as { is?: string }
  if (is !== 'provider' && is !== 'consumer') return undefined
  return <span>In the custody of {agreement[is].title}</span>
}
