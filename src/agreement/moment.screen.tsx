import { ActionButton } from '../platform/web/button.tsx'
import { useSearchWord, useStrayWords } from '../platform/web/frame.tsx'
import { Line, PageHead, Row, Rows, Stack } from '../platform/web/layout.tsx'
import { StatePill, When } from '../platform/web/marks.tsx'
import { ProblemNotice } from '../platform/web/notice.tsx'
import type { Problem } from '../platform/web/problem.ts'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
import { listed } from '../platform/web/words.ts'
import styles from './moment.module.css'
import { type AgreementPage, isElsewhen } from './page.screen.tsx'

/** Both times of an agreement: as of when things had happened, and by when they were known. */
export function MomentControls({ agreement, looking }: AgreementPage) {
  const [, lookAt] = useSearchWord('at')
  const [, knownBy] = useSearchWord('known_by')
  const slot = (label: string, value: string | undefined, set: typeof lookAt) => ({
    is: 'choice' as const,
    label,
    choices: [
      { value: 'now', title: 'now' },
      ...turns(agreement).map(({ at, title }) => ({ value: at, title })),
    ],
    value: value ?? 'now',
    choose: (chosen: string) => set(chosen === 'now' ? undefined : chosen),
    orInstant: {},
  })
  return (
    <div className={styles['moment']}>
      <SentenceWithSlots
        label="Time that is looked at"
        says="As of {at}, as known by {known}"
        slots={{
          at: slot('As of', looking.at, lookAt),
          known: slot('As known by', looking.known_by, knownBy),
        }}
      />
    </div>
  )
}

/** The instants at which an agreement turns. */
const turns = ({ from, ends_at, revisions }: AgreementPage['agreement']) => [
  { at: from, title: 'its beginning' },
  ...revisions
    .filter(({ number }) => number > 1)
    .map(({ number, from: at }) => ({ at, title: `revision ${number}` })),
  { at: ends_at, title: 'its end' },
]

/** Said while one looks at another time, with the way back. */
export function MomentNotice({ agreement, looking }: AgreementPage) {
  const back = useWayBack()
  if (!isElsewhen(looking)) return null
  return (
    <div className={styles['notice']} role="status">
      <Rows>
        <Row
          look="chosen"
          first={<StatePill tone="warn">Not now</StatePill>}
          title={
            <>
              The agreement as of <When at={agreement.at} zone={agreement.zone} />
              {agreement.known_by !== undefined && (
                <>
                  , from what was recorded by <When at={agreement.known_by} zone={agreement.zone} />
                </>
              )}
            </>
          }
          says="It can be read and asked. Only now can something be done."
          end={<ActionButton press={back}>Back to now</ActionButton>}
        />
      </Rows>
    </div>
  )
}

function useWayBack() {
  const [, lookAt] = useSearchWord('at')
  const [, knownBy] = useSearchWord('known_by')
  return () => {
    lookAt(undefined)
    knownBy(undefined)
  }
}

/** The address asks for a time that is none, or at which the agreement cannot be read. */
export function MomentRefused({ problem }: { readonly problem: Problem }) {
  const back = useWayBack()
  return (
    <>
      <PageHead title="The agreement at another time" above={[agreements]} />
      <Stack>
        <ProblemNotice problem={problem} />
        <Line>
          <ActionButton look="main" press={back}>
            Back to now
          </ActionButton>
        </Line>
      </Stack>
    </>
  )
}

const agreements = { title: 'Agreements', to: '/agreements' }

/** Every word of the address's search that this page reads. */
const words = ['at', 'known_by', 'ask', 'span']

/** A misspelt time would be shown as now without a word: `?asOf=2026-05-01`. */
export function StrayWords() {
  const [stray, forget] = useStrayWords(words)
  if (stray.length === 0) return null
  return (
    <div className={styles['notice']} role="status">
      <Rows>
        <Row
          look="chosen"
          first={<StatePill tone="warn">Not read</StatePill>}
          title={`This page does not know “${listed(stray)}” in its address, and leaves it aside.`}
          says="Another time is chosen at the top of the page."
          end={<ActionButton press={forget}>Take it out</ActionButton>}
        />
      </Rows>
    </div>
  )
}
