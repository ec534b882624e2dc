import { useState } from 'react'
import { a } from '../kernel/grammar.ts'
import { ActionButton } from '../platform/web/button.tsx'
import { DataTable } from '../platform/web/data-table.tsx'
import { Card, Columns, Go, Line, PageHead, Row, Rows, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Amount, Note, Soft, StatePill, When } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { useViewer } from '../platform/web/viewer.tsx'
import { Answered, AnsweredPage, LinesWaiting } from '../platform/web/waiting.tsx'
import { possessive, titleOf } from '../platform/web/words.ts'
import type { showPortfolio } from './portfolio.api.ts'
import styles from './screen.module.css'
import { TheStack } from './stack.screen.tsx'
import { CorrectTag } from './tag.screen.tsx'
import type { listThings } from './things.api.ts'

/** What stands behind a provider's offerings: services, products, components, resources, and where each thing is. */
export function PortfolioScreen() {
  const { data: shown } = useViewer()
  const asked = useAnswer<typeof showPortfolio>('show_portfolio', {})
  const owner = shown?.viewer?.organisation.title ?? ''
  return (
    <AnsweredPage asked={asked}>
      {(portfolio) => {
        const resources = resourcesOf(portfolio)
        return (
          <>
            <PageHead title="What stands behind what we offer" says={owner} />
            {portfolio.products.length === 0 ? (
              <NoPortfolio />
            ) : (
              <Stack>
                <TheStack of={portfolio} />
                <Columns>
                  <Resources of={resources} />
                  <Things of={resources} owner={owner} />
                </Columns>
              </Stack>
            )}
          </>
        )
      }}
    </AnsweredPage>
  )
}

export type Portfolio = NonNullable<ReturnType<typeof useAnswer<typeof showPortfolio>>['data']>
type Resource = Portfolio['products'][number]['components'][number]['resources'][number]

/** Each once, whatever rests on it. */
function resourcesOf({ products }: Portfolio): readonly Resource[] {
  const all = products.flatMap(({ components }) => components.flatMap((one) => one.resources))
  return [...new Map(all.map((one) => [one.id, one])).values()]
}

const NoPortfolio = () => (
  <EmptyState
    title="No portfolio stands here"
    says="It holds what a provider keeps behind its offerings: services, products, and the resources they are made of. It is read from files: “tessera apply” brings in a folder of them."
  />
)

function Resources({ of }: { readonly of: readonly Resource[] }) {
  const currencies = [...new Set(of.flatMap(({ cost }) => cost?.currency ?? []))]
  const [only] = currencies.length === 1 ? currencies : []
  return (
    <Card
      title="Resources"
      says={only === undefined ? 'and what each costs us' : `and what each costs us, in ${only}`}
      space="flush"
    >
      <DataTable
        caption="Each resource, what it costs and what is on hand"
        rows={of}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Resource',
            shown: ({ title, supplier }) => (
              <>
                {title}
                {supplier && <small className={styles['beneath']}>from {supplier.title}</small>}
              </>
            ),
          },
          {
            title: 'Dimension',
            shown: ({ dimension }) => <Soft>{dimensionWords(dimension)}</Soft>,
          },
          {
            title: 'Cost',
            align: 'end',
            shown: ({ cost }) =>
              cost && (
                <>
                  <Amount
                    amount={cost.amount}
                    {...(only === undefined && { currency: cost.currency })}
                  />
                  <small className={styles['beneath']}>{a(cost.per)}</small>
                </>
              ),
          },
          {
            title: 'On hand',
            align: 'end',
            shown: ({ stock }) => stock && `${stock.on_hand} of ${stock.total}`,
          },
        ]}
      />
    </Card>
  )
}

const dimensionWords = (dimension: string) => titleOf(dimension.replaceAll('-', ' '))

type ThingsProps = { readonly of: readonly Resource[]; readonly owner: string }

/** Single things: with whom each is, and whose it is, which are two questions. */
function Things({ of, owner }: ThingsProps) {
  const count = of.reduce((sum, { things }) => sum + things, 0)
  return (
    <Card title="Single things" says={count === 0 ? undefined : count} space="flush">
      {count === 0 ? (
        <div className={styles['within']}>
          <Note>
            No thing has left the stock with a tag of its own yet. Each that does stands here: with
            whom it is, and whose.
          </Note>
        </div>
      ) : (
        <Rows label="Single things">
          {of.map(({ id, title, items, next }) => (
            <ThingsOf key={id} resource={id} owner={owner} page={{ kind: title, items, next }} />
          ))}
        </Rows>
      )}
    </Card>
  )
}

type PageOfThings = {
  readonly resource: string
  readonly owner: string
  readonly page: {
    readonly kind: string
    readonly items: readonly Resource['items'][number][]
    readonly next?: string | undefined
  }
}

/** Those of one resource; those that follow come beneath when they are asked for. */
function ThingsOf({ resource, owner, page: { kind, items, next } }: PageOfThings) {
  const [after, setAfter] = useState<string>()
  return (
    <>
      {items.map((item) => (
        <Thing key={item.id} thing={{ ...item, kind }} owner={owner} />
      ))}
      {next !== undefined && after === undefined && (
        <li className={styles['within']}>
          <ActionButton press={() => setAfter(next)}>Show more of {kind}</ActionButton>
        </li>
      )}
      {after !== undefined && (
        <ThingsAfter resource={resource} owner={owner} kind={kind} cursor={after} />
      )}
    </>
  )
}

type ThingsAfterProps = {
  readonly resource: string
  readonly owner: string
  readonly kind: string
  readonly cursor: string
}

function ThingsAfter({ resource, owner, kind, cursor }: ThingsAfterProps) {
  const asked = useAnswer<typeof listThings>('list_things', { resource, cursor, limit: 50 })
  return (
    <Answered
      asked={asked}
      waiting={
        <li className={styles['within']}>
          <LinesWaiting lines={6} />
        </li>
      }
    >
      {({ items, next }) => (
        <ThingsOf resource={resource} owner={owner} page={{ kind, items, next }} />
      )}
    </Answered>
  )
}

type Item = Resource['items'][number] & { readonly kind: string }

/** One of them; its tag may have been mistyped. */
function Thing({ thing, owner }: { readonly thing: Item; readonly owner: string }) {
  const [isOpen, open] = useState(false)
  const { tag, kind, title, since, agreement, holder, was, correct } = thing
  return (
    <>
      <Row
        title={
          <>
            <b>{titleOf(tag)}</b> <Soft>{kind}</Soft>
          </>
        }
        says={
          <>
            {whereabouts(thing)} since <When at={since} />
            {agreement !== undefined && (
              <>
                {' · '}
                <Go to={`/agreements/${agreement}`}>the agreement</Go>
              </>
            )}
            {was && ` · recorded as ${titleOf(was.tag)} by mistake: ${was.because}`}
          </>
        }
        end={
          <Line>
            <StatePill>
              {possessive(title === 'provider' || !holder ? owner : holder.title)} property
            </StatePill>
            <ActionButton look="text" allowance={correct} press={() => open(!isOpen)}>
              Correct the tag
            </ActionButton>
          </Line>
        }
      />
      {isOpen && (
        <li className={styles['form']}>
          <CorrectTag thing={thing} close={() => open(false)} />
        </li>
      )}
    </>
  )
}

/** What the consumer owns is not the provider's to hand out, also while it lies with the provider. */
function whereabouts({
  custody,
  title,
  holder,
}: Pick<Resource['items'][number], 'custody' | 'title' | 'holder'>) {
  if (holder && custody === 'consumer') return `With ${holder.title}`
  return holder && title === 'consumer' ? `Here for ${holder.title}` : 'On hand'
}
