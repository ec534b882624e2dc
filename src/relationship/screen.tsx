import { useState } from 'react'
import { ActionButton } from '../platform/web/button.tsx'
import { PageHead, Stack, TwoHalves } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Soft, StatePill, When } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import { listed, type Side } from '../platform/web/words.ts'
import styles from './screen.module.css'
import type { listRelationships } from './shown.api.ts'

/** Who acts for whom, on both sides of each relationship. */
export const RelationshipsScreen = () => (
  <>
    <PageHead
      title="Relationships"
      says="Who acts for whom; what each may do follows from the role"
    />
    <Stack>
      <RelationshipsFrom />
    </Stack>
  </>
)

/** One page of them; the page after it comes beneath when it is asked for. */
function RelationshipsFrom({ cursor }: { readonly cursor?: string }) {
  const asked = useAnswer<typeof listRelationships>('list_relationships', { cursor, limit: 50 })
  const [next, setNext] = useState<string>()
  return (
    <Answered asked={asked} waiting={<LinesWaiting lines={6} />}>
      {({ items, next: after }) => (
        <>
          {items.length === 0 && cursor === undefined && (
            <EmptyState
              title="There is no relationship yet"
              says="A provider opens one with its consumer and says who acts for each. Agreements are made within it."
            />
          )}
          {items.map((one) => (
            <RelationshipShown key={one.id} of={one} />
          ))}
          {after !== undefined && next === undefined && (
            <ActionButton press={() => setNext(after)}>Show more</ActionButton>
          )}
          {next !== undefined && <RelationshipsFrom cursor={next} />}
        </>
      )}
    </Answered>
  )
}

type Relationship = NonNullable<
  ReturnType<typeof useAnswer<typeof listRelationships>>['data']
>['items'][number]

const RelationshipShown = ({ of: { provider, consumer, ...one } }: { of: Relationship }) => (
  <div>
    <TwoHalves
      provider={{ title: provider.title, persons: personsOf(one.holders, 'provider') }}
      consumer={{ title: consumer.title, persons: personsOf(one.holders, 'consumer') }}
    />
    <p className={styles['since']}>
      <StatePill>{one.target_group.title}</StatePill>{' '}
      <Soft>
        since <When at={one.from} form="day" />
        {one.until !== undefined && (
          <>
            , until <When at={one.until} form="day" />
          </>
        )}
        {[provider, consumer].map(
          ({ id, title, legal_entities: entities }) =>
            entities.length > 0 && (
              <span key={id}>
                {' · '}
                {title} belongs to {listed(entities.map((entity) => entity.title))}
              </span>
            ),
        )}
      </Soft>
    </p>
  </div>
)

/** Each person once, with every role that is held on the side. */
const personsOf = (holders: Relationship['holders'], side: Side) =>
  [
    ...Map.groupBy(
      holders.filter((one) => one.side === side),
      ({ person }) => person.id,
    ).values(),
  ].map((own) => ({
    title: own[0]?.person.title ?? '',
    says: listed(own.map(({ role }) => role)),
  }))
