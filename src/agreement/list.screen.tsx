import { useState } from 'react'
import type { z } from 'zod'
import { ActionButton, Choice } from '../platform/web/button.tsx'
import { useGo, useSearchWord } from '../platform/web/frame.tsx'
import { Card, Go, PageHead, Row, Rows, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { StatePill } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { useViewer } from '../platform/web/viewer.tsx'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import { cityOf, readerZone, shownPeriod } from '../platform/web/words.ts'
import type { listAgreements } from './shown.api.ts'
import type { AgreementCard, Status } from './shown.ts'
import { StatusPill } from './status.screen.tsx'

type StatusName = z.infer<typeof Status>

const choices: readonly { value: StatusName | 'all'; title: string }[] = [
  { value: 'all', title: 'All' },
  { value: 'proposed', title: 'Proposed' },
  { value: 'accepted', title: 'Accepted' },
  { value: 'active', title: 'Active' },
  { value: 'ended', title: 'Ended' },
  { value: 'withdrawn', title: 'Withdrawn' },
]

/** Every agreement that one's organisation has part in. */
export function AgreementsScreen() {
  const [word, choose] = useSearchWord('status')
  const chosen = choices.find(({ value }) => value === word)?.value ?? 'all'
  const status = chosen === 'all' ? undefined : chosen
  return (
    <>
      <PageHead title="Agreements" says="What your organisation has agreed, on either side" />
      <Stack>
        <Choice
          label="State"
          choices={choices}
          chosen={chosen}
          choose={(value) => choose(value === 'all' ? undefined : value)}
        />
        <AgreementsFrom key={chosen} status={status} />
      </Stack>
    </>
  )
}

type FromProps = { readonly status: StatusName | undefined; readonly cursor?: string }

/** One page of them; the page after it comes beneath when it is asked for. */
function AgreementsFrom({ status, cursor }: FromProps) {
  const asked = useAnswer<typeof listAgreements>('list_agreements', { status, cursor, limit: 50 })
  const [next, setNext] = useState<string>()
  return (
    <Answered asked={asked} waiting={<LinesWaiting lines={6} />}>
      {({ items, next: after }) =>
        items.length === 0 && cursor === undefined ? (
          <NothingAgreed status={status} />
        ) : (
          <>
            <Card title={cursor === undefined ? 'Agreements' : 'More'} space="flush">
              <Rows label="Agreements">
                {items.map((card) => (
                  <AgreementRow key={card.id} card={card} />
                ))}
              </Rows>
            </Card>
            {after !== undefined && next === undefined && (
              <ActionButton press={() => setNext(after)}>Show more</ActionButton>
            )}
            {next !== undefined && <AgreementsFrom status={status} cursor={next} />}
          </>
        )
      }
    </Answered>
  )
}

const AgreementRow = ({ card }: { readonly card: z.infer<typeof AgreementCard> }) => (
  <Row
    title={<Go to={`/agreements/${card.id}`}>{card.title}</Go>}
    says={
      <>
        {card.provider.title} provides to {card.consumer.title} ·{' '}
        {shownPeriod(card.from, card.ends_at, card.zone)}
        {isElsewhere(card) && ` ${cityOf(card.zone)}`}
      </>
    }
    end={
      <>
        {card.tailored > 0 && <StatePill>Tailored</StatePill>}{' '}
        <StatusPill status={card.status} lapsed={card.lapsed} />
      </>
    }
  />
)

/** The reader's clocks show another time then. */
const isElsewhere = ({ from, until, zone }: z.infer<typeof AgreementCard>) =>
  shownPeriod(from, until, zone) !== shownPeriod(from, until, readerZone())

function NothingAgreed({ status }: { readonly status: StatusName | undefined }) {
  const { data } = useViewer()
  const go = useGo()
  if (status !== undefined)
    return (
      <EmptyState
        title={`No agreement is ${status}`}
        says="Those in another state stand under the other words above."
      />
    )
  const isProvider = data?.viewer?.sides.includes('provider')
  return (
    <EmptyState
      title="Nothing is agreed yet"
      says={
        isProvider
          ? 'Propose one of your offerings to a consumer, and the agreement stands here as soon as it is proposed.'
          : 'Say what you need: the catalogue shows what would be yours to keep, yours to use and done for you.'
      }
      halves={{
        here: data?.viewer?.organisation.title ?? 'You',
        missing: isProvider ? 'A consumer' : 'A provider',
      }}
    >
      <ActionButton look="main" press={() => go('/catalogue')}>
        Look at the catalogue
      </ActionButton>
    </EmptyState>
  )
}
