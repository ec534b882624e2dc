import { useState } from 'react'
import type { z } from 'zod'
import { ActionButton } from '../platform/web/button.tsx'
import { useGo, useSearchWord } from '../platform/web/frame.tsx'
import { Card, Go, PageHead, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { KindChip, Soft, StatePill } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { SearchField } from '../platform/web/search-field.tsx'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
import { useViewer } from '../platform/web/viewer.tsx'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import { type Kind, listed, titleOf } from '../platform/web/words.ts'
import type { showCatalogue } from './catalogue.api.ts'
import styles from './catalogue.module.css'
import type { OfferingCard } from './shown.ts'

/** Every offering that is published: searched in words, filtered by a sentence. */
export function CatalogueScreen() {
  const filter = useFilter()
  const first = useAnswer<typeof showCatalogue>('show_catalogue', { ...filter.wanted, limit })
  const count = first.data?.items.length ?? 0
  const found = `${count}${first.data?.next === undefined ? '' : ' and more'} ${count === 1 ? 'offering' : 'offerings'}`
  return (
    <>
      <PageHead
        title="What you could have"
        says="Every offering that is published, by what you would keep, use and have done"
      />
      <Stack>
        <SearchField
          label="Search the catalogue"
          value={filter.wanted.search ?? ''}
          search={filter.search}
          {...(first.data && { found })}
        />
        <FilterSentence filter={filter} groups={first.data?.groups ?? []} />
        <OfferingsFrom key={JSON.stringify(filter.wanted)} filter={filter} />
      </Stack>
    </>
  )
}

const limit = 20
type Filter = ReturnType<typeof useFilter>

/** In the address, so that what is looked at can be sent to someone. */
function useFilter() {
  const [text, search] = useSearchWord('search')
  const [kind, setKind] = useSearchWord('kind')
  const [group, setGroup] = useSearchWord('group')
  const known = kinds.find((one) => one === kind)
  const wanted = {
    ...(text !== undefined && text !== '' && { search: text }),
    ...(known !== undefined && { kind: known }),
    ...(group !== undefined && { group }),
  }
  return {
    wanted,
    search: (words: string) => search(words === '' ? undefined : words),
    setKind,
    setGroup,
  }
}

const kinds: readonly Kind[] = ['good', 'access', 'action']
const anything = 'anything'

type FilterSentenceProps = {
  readonly filter: Filter
  readonly groups: readonly { readonly id: string; readonly title: string }[]
}

const FilterSentence = ({ filter, groups }: FilterSentenceProps) => (
  <SentenceWithSlots
    label="Filter"
    says="Show offerings with {kind}, made for {group}."
    slots={{
      kind: {
        is: 'choice',
        label: 'Kind',
        value: filter.wanted.kind ?? anything,
        choices: [
          { value: anything, title: 'goods, access or actions' },
          { value: 'good', title: 'goods to keep' },
          { value: 'access', title: 'access to use' },
          { value: 'action', title: 'actions done for you' },
        ],
        choose: (value) => filter.setKind(value === anything ? undefined : value),
      },
      group: {
        is: 'choice',
        label: 'Target group',
        value: filter.wanted.group ?? anything,
        choices: [
          { value: anything, title: 'every target group' },
          ...groups.map(({ id, title }) => ({ value: id, title: title.toLowerCase() })),
        ],
        choose: (value) => filter.setGroup(value === anything ? undefined : value),
      },
    }}
  />
)

type FromProps = { readonly filter: Filter; readonly cursor?: string }

/** One page of them; the page after it comes beneath when it is asked for. */
function OfferingsFrom({ filter, cursor }: FromProps) {
  const wanted = { ...filter.wanted, limit, ...(cursor !== undefined && { cursor }) }
  const asked = useAnswer<typeof showCatalogue>('show_catalogue', wanted)
  const [next, setNext] = useState<string>()
  return (
    <Answered asked={asked} waiting={<LinesWaiting lines={8} />}>
      {({ items, next: after }) => (
        <>
          {items.length > 0 && (
            <Card title={cursor === undefined ? 'Offerings' : 'More offerings'} space="flush">
              <ul className={styles['offerings']}>
                {items.map((card) => (
                  <Offering key={card.id} card={card} />
                ))}
              </ul>
            </Card>
          )}
          {items.length === 0 && cursor === undefined && <NothingFound filter={filter} />}
          {after !== undefined && next === undefined && (
            <ActionButton press={() => setNext(after)}>Show more</ActionButton>
          )}
          {next !== undefined && <OfferingsFrom filter={filter} cursor={next} />}
        </>
      )}
    </Answered>
  )
}

type CardShown = z.infer<typeof OfferingCard>

function Offering({ card }: { readonly card: CardShown }) {
  const go = useGo()
  const { data } = useViewer()
  const isStranger = data !== undefined && data.viewer === undefined
  return (
    <li className={styles['offering']}>
      <div>
        <h3 className={styles['title']}>
          <Go to={`/offerings/${card.id}`}>{card.title}</Go> <Soft>{card.provider.title}</Soft>
        </h3>
        {card.needs.length > 0 && <p className={styles['needs']}>{card.needs.join(' · ')}</p>}
        <p className={styles['groups']}>
          {card.target_groups.map(({ id, title }) => (
            <StatePill key={id}>{title}</StatePill>
          ))}
          <Soft>
            version {card.version}, in {card.currency}
          </Soft>
        </p>
      </div>
      <dl className={styles['kinds']}>
        {componentWords(card.components).map(({ kind, says }) => (
          <div key={kind}>
            <dt>
              <KindChip kind={kind} count="many" />
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <div className={styles['doing']}>
        <ActionButton
          press={() => void go(`/offerings/${card.id}#propose`)}
          allowance={card.propose}
        >
          Propose<span className="reader-only"> {card.title}</span>
        </ActionButton>
        {isStranger && <Go to="/sign-in">Sign in</Go>}
      </div>
    </li>
  )
}

/** What it is made of, as one says it, kind by kind; what it has nothing of is left out. */
const componentWords = (components: CardShown['components']) =>
  kinds
    .map((kind) => ({ kind, own: components.filter((one) => one.kind === kind) }))
    .filter(({ own }) => own.length > 0)
    .map(({ kind, own }) => ({ kind, says: titleOf(listed(own.map(({ title }) => title))) }))

const NothingFound = ({ filter }: { readonly filter: Filter }) => {
  const isFiltered = Object.keys(filter.wanted).length > 0
  const go = useGo()
  return (
    <EmptyState
      title={isFiltered ? 'Nothing fits that' : 'Nothing is published yet'}
      says={
        isFiltered
          ? 'Offerings are found by their title, by the need they meet, and by what they are made of. Fewer words find more.'
          : 'As soon as a provider publishes an offering, it stands here for everybody.'
      }
    >
      {isFiltered && (
        <ActionButton look="main" press={() => void go('/catalogue')}>
          Show everything
        </ActionButton>
      )}
    </EmptyState>
  )
}
