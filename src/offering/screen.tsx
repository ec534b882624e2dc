import { Citing } from '../platform/web/citing.tsx'
import { ClauseList } from '../platform/web/clause.tsx'
import { useParam } from '../platform/web/frame.tsx'
import { Card, Columns, PageHead, Pairs, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { KindDots, Soft, StatePill, When } from '../platform/web/marks.tsx'
import { AnsweredPage } from '../platform/web/waiting.tsx'
import { cityOf, shownAmount } from '../platform/web/words.ts'
import type { showOffering } from './catalogue.api.ts'
import { Propose } from './propose.screen.tsx'
import styles from './screen.module.css'
import type { OfferingShown } from './shown.ts'
import { Source } from './source.screen.tsx'

/** One offering: what it says, what the parties agree on, its versions, and the way to an agreement. */
export function OfferingScreen() {
  const offering = useParam('offering')
  const asked = useAnswer<typeof showOffering>(
    'show_offering',
    { offering },
    { streams: [offering] },
  )
  return (
    <AnsweredPage asked={asked}>
      {(shown) => (
        <Citing>
          <PageHead
            title={shown.title}
            above={[{ title: 'Catalogue', to: '/catalogue' }]}
            state={
              <>
                <StatePill tone="ok">Version {shown.version}</StatePill>
                <KindDots kinds={shown.components.map(({ kind }) => kind)} />
              </>
            }
            says={`${shown.provider.title} · amounts in ${shown.currency}, times of ${cityOf(shown.zone)}`}
          />
          <Columns shares="wide-left">
            <Clauses of={shown} />
            <Stack>
              <Propose key={shown.id} of={shown} />
              <AgreedOn of={shown} />
              <Versions of={shown} />
            </Stack>
          </Columns>
          {shown.source && <Source key={shown.id} of={shown} source={shown.source} />}
        </Citing>
      )}
    </AnsweredPage>
  )
}

type Of = { readonly of: OfferingShown }

const Clauses = ({ of: { head, clauses, definitions, provider } }: Of) => (
  <Card title="What it says" says={`as ${provider.title} offers it`} space="flush">
    {head.map((line) => (
      <p key={line} className={styles['head']}>
        {line}
      </p>
    ))}
    <ClauseList clauses={clauses} />
    {definitions.length > 0 && (
      <dl className={styles['definitions']}>
        {definitions.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{`${text.charAt(0).toUpperCase()}${text.slice(1)}`}</dd>
          </div>
        ))}
      </dl>
    )}
  </Card>
)

const AgreedOn = ({ of: { agreed, users, needs, target_groups } }: Of) => (
  <Card title="What the parties agree on">
    <Pairs
      of={[
        ['Made for', target_groups.map(({ title }) => title).join(', ')],
        ...(needs.length > 0 ? [['Meets', needs.join(', ')] as const] : []),
        ...(users.length > 0
          ? [['Used by', users.map((one) => one.replaceAll('_', ' ')).join(', ')] as const]
          : []),
        ...agreed.map(
          ({ title, type, default: usual }) =>
            [
              title.charAt(0).toUpperCase() + title.slice(1),
              usual === undefined ? (
                <Soft key={title}>to be agreed</Soft>
              ) : (
                `${type === 'money' ? shownAmount(usual) : usual}, unless agreed otherwise`
              ),
            ] as const,
        ),
      ]}
    />
  </Card>
)

const Versions = ({ of: { versions } }: Of) => (
  <Card title="Versions" foot="An agreement keeps the version that it was made on.">
    <ol className={styles['versions']}>
      {versions.map(({ version, published_at }, index) => (
        <li key={version} data-is={index === 0 ? 'last' : 'earlier'}>
          <b>{version}</b> {index === 0 ? 'published' : 'replaced'}
          <small>
            <When at={published_at} />
          </small>
        </li>
      ))}
    </ol>
  </Card>
)
