import { Citation } from '../platform/web/citing.tsx'
import type { Answered } from '../platform/web/client.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { shownAmount } from '../platform/web/words.ts'
import type { Named } from './page.screen.tsx'

type Line = NonNullable<Answered<Named<'ask_agreement'>>['lines']>[number]
type WillFollowProps = {
  readonly agreement: string
  /** As it would be recorded. */
  readonly fact: { readonly kind: string; readonly component: string; readonly about: string }
  /** What comes of it beside what is due. */
  readonly says: string | undefined
}

/** What would be due if it were recorded, asked of the agreement before it is. */
export function WillFollow({ agreement, fact, says }: WillFollowProps) {
  const { data, error } = useAnswer<Named<'suppose_fact'>>(
    'suppose_fact',
    { agreement, ...fact },
    { streams: [agreement] },
  )
  return (
    <>
      {data && <Due supposed={data} />} {!data && !error && 'Asking the agreement what it costs …'}{' '}
      {says}
    </>
  )
}

const Due = ({ supposed }: { readonly supposed: Answered<Named<'suppose_fact'>> }) => {
  const { kind, answers } = supposed
  if (kind === 'nothing-due') return 'Nothing is charged for it.'
  if (kind === 'not-agreed') return 'No charge is agreed for it.'
  if (kind === 'unknown') return 'What it costs is not known yet.'
  const lines = answers.flatMap((one) => one.lines ?? []).filter(isAmount)
  return lines.map((line) => (
    <span key={line.clause}>
      <Money line={line} words={['is charged', 'is credited']} />{' '}
    </span>
  ))
}

type FollowedProps = { readonly agreement: string; readonly fact: string }

/** What was charged or credited because of what was just recorded. */
export function Followed({ agreement, fact }: FollowedProps) {
  const { data } = useAnswer<Named<'ask_agreement'>>(
    'ask_agreement',
    { agreement, question: { remedy: fact } },
    { streams: [agreement] },
  )
  return (data?.lines ?? [])
    .filter((line) => isAmount(line) && line.event === fact)
    .map((line) => (
      <span key={line.clause}>
        {' '}
        <Money line={line} words={['was charged', 'was credited']} />
      </span>
    ))
}

const isAmount = ({ amount, waived }: Line) => !waived && /^-?\d/.test(amount)

type MoneyProps = { readonly line: Line; readonly words: readonly [charged: string, back: string] }

const Money = ({ line, words: [charged, credited] }: MoneyProps) => {
  const { amount, currency, title, clause, number } = line
  return (
    <>
      {title}: {shownAmount(amount.replace(/^-/, ''))} {currency}{' '}
      {amount.startsWith('-') ? credited : charged} (
      <Citation clause={clause} number={number} />
      ).
    </>
  )
}
