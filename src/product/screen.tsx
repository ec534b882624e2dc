import { a } from '../contract/prose/grammar.ts'
import { DataTable } from '../platform/web/data-table.tsx'
import { Card, Columns, Go, PageHead, Row, Rows, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Amount, Note, Soft, StatePill, When } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { useViewer } from '../platform/web/viewer.tsx'
import { AnsweredPage } from '../platform/web/waiting.tsx'
import { possessive, titleOf } from '../platform/web/words.ts'
import type { showPortfolio } from './portfolio.api.ts'
import styles from './screen.module.css'
import { TheStack } from './stack.screen.tsx'

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
  const things = of.flatMap(({ title: kind, items }) => items.map((item) => ({ ...item, kind })))
  return (
    <Card
      title="Single things"
      says={things.length === 0 ? undefined : things.length}
      space="flush"
    >
      {things.length === 0 ? (
        <div className={styles['within']}>
          <Note>
            No thing has left the stock with a tag of its own yet. Each that does stands here: with
            whom it is, and whose.
          </Note>
        </div>
      ) : (
        <Rows label="Single things">
          {things.map(({ id, tag, kind, custody, title, since, agreement, holder }) => (
            <Row
              key={id}
              title={
                <>
                  <b>{titleOf(tag)}</b> <Soft>{kind}</Soft>
                </>
              }
              says={
                <>
                  {whereabouts({ custody, title, holder })} since <When at={since} />
                  {agreement !== undefined && (
                    <>
                      {' · '}
                      <Go to={`/agreements/${agreement}`}>the agreement</Go>
                    </>
                  )}
                </>
              }
              end={
                <StatePill>
                  {possessive(title === 'provider' || !holder ? owner : holder.title)} property
                </StatePill>
              }
            />
          ))}
        </Rows>
      )}
    </Card>
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
