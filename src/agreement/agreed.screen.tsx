import { ActionButton } from '../platform/web/button.tsx'
import { ClauseList } from '../platform/web/clause.tsx'
import { Card, Go } from '../platform/web/layout.tsx'
import { Note, Soft, When } from '../platform/web/marks.tsx'
import styles from './agreed.module.css'
import type { AgreementPage } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital } from './words.ts'

/** The contract in words, as it also goes on paper. */
export const AgreedCard = ({ agreement }: AgreementPage) => (
  <Card
    title={titles[agreement.status]}
    space="flush"
    says={
      <span className={styles['doing']}>
        <ActionButton look="text" press={() => window.print()}>
          Print
        </ActionButton>
        <Go to={`/offerings/${agreement.offering.id}`}>{offeredWords(agreement)}</Go>
      </span>
    }
    foot={<Signed agreement={agreement} />}
  >
    <div className={styles['head']}>
      {agreement.head.map((line) => (
        <Note key={line}>{line}</Note>
      ))}
    </div>
    <ClauseList clauses={agreement.clauses.map(withStop)} />
    <Definitions agreement={agreement} />
  </Card>
)

/** What only one side has said is not agreed. */
const titles: Record<AgreementShown['status'], string> = {
  proposed: 'What is proposed',
  accepted: 'What was agreed',
  active: 'What was agreed',
  ended: 'What was agreed',
  withdrawn: 'What was proposed',
}

/** The page of an offering shows it as it is published last. */
const offeredWords = ({ offering, offered }: AgreementShown) =>
  offered === offering.version
    ? 'The offering as published'
    : `The offering today, version ${offered}`

/** What was tailored is said as a sentence of its own. */
const withStop = (clause: AgreementShown['clauses'][number]) => ({
  ...clause,
  tailored: clause.tailored.map((one) => ({ ...one, says: `${capital(one.says)}.` })),
})

const Definitions = ({ agreement: { definitions } }: { agreement: AgreementShown }) =>
  definitions.length > 0 && (
    <section className={styles['definitions']} aria-label="What words mean">
      <h3>What words mean</h3>
      <dl>
        {definitions.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{capital(text)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )

const Signed = ({ agreement }: { agreement: AgreementShown }) => {
  const { proposed_at, accepted_at, authorised_at, revisions, zone } = agreement
  const changed = revisions.filter(({ number }) => number > 1)
  return (
    <>
      <span>
        Proposed <When at={proposed_at} zone={zone} />
      </span>
      {accepted_at !== undefined && (
        <span>
          Accepted <When at={accepted_at} zone={zone} />
        </span>
      )}
      {authorised_at !== undefined && (
        <span>
          Budget authorised <When at={authorised_at} zone={zone} />
        </span>
      )}
      {changed.map(({ number, from }) => (
        <Soft key={number}>
          Revision {number} from <When at={from} zone={zone} />
        </Soft>
      ))}
    </>
  )
}
