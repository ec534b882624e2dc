import { ActionButton } from '../platform/web/button.tsx'
import { useSearchWord } from '../platform/web/frame.tsx'
import { Row, Rows } from '../platform/web/layout.tsx'
import { StatePill, When } from '../platform/web/marks.tsx'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
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
const turns = ({ from, until, revisions }: AgreementPage['agreement']) => [
  { at: from, title: 'its beginning' },
  ...revisions
    .filter(({ number }) => number > 1)
    .map(({ number, from: at }) => ({ at, title: `revision ${number}` })),
  { at: until, title: 'its end' },
]

/** Said while one looks at another time, with the way back. */
export function MomentNotice({ agreement, looking }: AgreementPage) {
  const [, lookAt] = useSearchWord('at')
  const [, knownBy] = useSearchWord('known_by')
  if (!isElsewhen(looking)) return null
  const back = () => {
    lookAt(undefined)
    knownBy(undefined)
  }
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
