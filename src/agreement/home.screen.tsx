import type { ReactNode } from 'react'
import { ActionButton } from '../platform/web/button.tsx'
import { useGo } from '../platform/web/frame.tsx'
import { Card, Columns, Go, PageHead, Row, Rows, Stack } from '../platform/web/layout.tsx'
import { useAnswer, useCommand } from '../platform/web/live.tsx'
import { KindChip, Note, Soft, StatePill, When } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { useViewer, type ViewerShown } from '../platform/web/viewer.tsx'
import { AnsweredPage } from '../platform/web/waiting.tsx'
import { listed, readerZone, shownDay, shownDuration, shownTime } from '../platform/web/words.ts'
import type { Endpoints } from '../slices.ts'
import type { acceptAgreement } from './api.ts'
import type { showHome } from './home.api.ts'
import styles from './home.module.css'
import { commandWords, followsFrom } from './words.ts'

/** What needs this person, what begins or ends next, and what changed. */
export function HomeScreen() {
  const viewer = useViewer()
  const asked = useAnswer<typeof showHome>('show_home', {})
  return (
    <AnsweredPage asked={asked}>
      {(home) => (
        <>
          <PageHead
            title={greeting(home.now, viewer.data)}
            says={`${shownDay(home.now, readerZone())}, ${shownTime(home.now, readerZone())}${partOf(viewer.data)}`}
          />
          {isNew(home) ? <Beginning viewer={viewer.data} /> : <Lists home={home} />}
        </>
      )}
    </AnsweredPage>
  )
}

type Home = NonNullable<ReturnType<typeof useAnswer<typeof showHome>>['data']>
type Need = Home['needs'][number]
type Named<Name> = Extract<Endpoints[number], { readonly name: Name }>

const isNew = ({ needs, runs_out, changed }: Home) =>
  needs.length + runs_out.length + changed.length === 0

function greeting(now: string, shown: ViewerShown | undefined): string {
  const hour = Number(shownTime(now, readerZone()).slice(0, 2))
  const day =
    hour < 5 || hour >= 18 ? 'Good evening' : hour < 12 ? 'Good morning' : 'Good afternoon'
  const [first] = shown?.viewer?.person.title.split(' ') ?? []
  return first === undefined ? day : `${day}, ${first}`
}

function partOf(shown: ViewerShown | undefined): string {
  if (!shown?.viewer) return ''
  const roles = [...new Set(shown.viewer.roles.map(({ role }) => role))]
  return ` · ${[shown.viewer.organisation.title, listed(roles)].filter(Boolean).join(', ')}`
}

const Lists = ({ home }: { readonly home: Home }) => (
  <Columns shares="wide-left">
    <Stack>
      <NeedsYou home={home} />
      <Changed changed={home.changed} />
    </Stack>
    <RunsOut home={home} />
  </Columns>
)

const countOf = (needs: Home['needs'], of: Home['needs_of']) =>
  needs.length === 0 ? undefined : of === 'all' ? needs.length : 'what waits longest'

const NeedsYou = ({ home: { needs, needs_of, now } }: { readonly home: Home }) => (
  <Card title="Needs you" says={countOf(needs, needs_of)} space="flush">
    {needs.length === 0 ? (
      <Within>
        Nothing waits for you. What only you may answer, accept or authorise appears here by itself.
      </Within>
    ) : (
      <Rows label="Needs you">
        {needs.map((need, index) => (
          <NeedRow
            key={`${need.agreement}${need.command}${need.order ?? ''}`}
            need={need}
            now={now}
            look={index === 0 ? 'first' : 'plain'}
          />
        ))}
      </Rows>
    )}
  </Card>
)

const signers = { provider: 'Provider', consumer: 'Customer', sponsor: 'Sponsor' } as const

type NeedRowProps = {
  readonly need: Need
  readonly now: string
  readonly look: 'first' | 'plain'
}

const NeedRow = ({ need, now, look }: NeedRowProps) => (
  <Row
    look={look}
    title={
      <>
        {need.kind === undefined ? (
          <StatePill>{signers[need.signs ?? 'consumer']}</StatePill>
        ) : (
          <KindChip kind={need.kind} />
        )}{' '}
        {need.says}
      </>
    }
    says={
      <>
        Since <When at={need.since} />, {shownDuration(Date.parse(now) - Date.parse(need.since))}{' '}
        ago. <Go to={`/agreements/${need.agreement}`}>See the agreement</Go>
      </>
    }
    end={<NeedAction need={need} look={look === 'first' ? 'main' : 'other'} />}
  />
)

/** What needs nothing else to be said is done here; for the rest one goes where it is said. */
function NeedAction({ need, look }: { readonly need: Need; readonly look: 'main' | 'other' }) {
  const go = useGo()
  const accept = useCommand<typeof acceptAgreement>('accept_agreement')
  const respond = useCommand<Named<'respond_to_order'>>('respond_to_order')
  const { agreement, order, command } = need
  if (command === 'accept_agreement')
    return (
      <ActionButton
        look={look}
        press={() => accept.run({ agreement })}
        {...followsFrom('accept_agreement')}
        done={commandWords.accept_agreement.done}
      >
        Accept
      </ActionButton>
    )
  if (command === 'respond_to_order' && order !== undefined)
    return (
      <ActionButton look={look} press={() => respond.run({ agreement, order })}>
        Answer
      </ActionButton>
    )
  return (
    <ActionButton look={look} press={() => void go(`/agreements/${agreement}`)}>
      {command === 'authorise_budget' ? 'Authorise' : 'Go to it'}
    </ActionButton>
  )
}

const RunsOut = ({ home: { runs_out, runs_out_of, now } }: { readonly home: Home }) => (
  <Card
    title="Begins and ends"
    says="the next 60 days"
    space="flush"
    foot={
      runs_out_of === 'all' ? undefined : (
        <span>
          There are more agreements than are looked at here. <Go to="/agreements">See them all</Go>
        </span>
      )
    }
  >
    {runs_out.length === 0 ? (
      <Within>Nothing begins or ends in the next 60 days.</Within>
    ) : (
      <Rows label="Begins and ends">
        {runs_out.map(({ says, at, agreement }) => (
          <Row
            key={`${agreement}${at}`}
            title={<Go to={`/agreements/${agreement}`}>{says}</Go>}
            says={`in ${shownDuration(Date.parse(at) - Date.parse(now))}`}
            end={<When at={at} />}
          />
        ))}
      </Rows>
    )}
  </Card>
)

const Changed = ({ changed }: { readonly changed: Home['changed'] }) => (
  <Card title="Changed" says="the latest first" space="flush">
    {changed.length === 0 ? (
      <Within>What either side records about your agreements stands here, the latest first.</Within>
    ) : (
      <Rows label="Changed">
        {changed.map(({ says, at, by, agreement, offering }) => (
          <Row
            key={`${at}${says}${agreement?.id ?? offering ?? ''}`}
            title={
              <>
                {by} {says}
                {offering !== undefined && (
                  <>
                    : <Go to={`/offerings/${offering}`}>see it</Go>
                  </>
                )}
              </>
            }
            says={agreement && <Go to={`/agreements/${agreement.id}`}>{agreement.title}</Go>}
            end={
              <Soft>
                <When at={at} />
              </Soft>
            }
          />
        ))}
      </Rows>
    )}
  </Card>
)

const Within = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles['within']}>
    <Note>{children}</Note>
  </div>
)

/** Nothing has happened at all: what will stand here, and the first step. */
function Beginning({ viewer }: { readonly viewer: ViewerShown | undefined }) {
  const go = useGo()
  const isProvider = viewer?.viewer?.sides.includes('provider')
  return (
    <EmptyState
      title="Nothing is agreed yet"
      says={
        isProvider
          ? 'Propose one of your offerings to a consumer. What then needs you, what ends next and what the other side does stands here.'
          : 'Look for what you need. What then needs you, what ends next and what your provider does stands here.'
      }
      halves={{
        here: viewer?.viewer?.organisation.title ?? 'You',
        missing: isProvider ? 'A consumer' : 'A provider',
      }}
    >
      <ActionButton look="main" press={() => void go('/catalogue')}>
        Look at the catalogue
      </ActionButton>
    </EmptyState>
  )
}
