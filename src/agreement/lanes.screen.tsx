import type { Answered } from '../platform/web/client.tsx'
import type { Lane, MarkTone, TimeMark } from '../platform/web/line-of-time.tsx'
import { possessive, shownAmount } from '../platform/web/words.ts'
import { fromLocal, toLocal } from '../platform/web/zoned.ts'
import type { AgreementPage, Named } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital, rightWords, spokenTag } from './words.ts'

type ComponentShown = AgreementShown['components'][number]
type Standing = ComponentShown['standing']
type Happened = AgreementShown['happened'][number]
type Line = Answered<Named<'show_bill'>>['lines'][number]

/** A lane for each component and each single thing of it, then for the offering's own facts, then for money. */
export function lanesOf({ agreement, now }: AgreementPage, lines: readonly Line[]): Lane[] {
  const { components, happened, orders } = agreement
  const own = Map.groupBy(
    happened.filter(({ component }) => component === undefined),
    ({ lane }) => lane,
  )
  return [
    ...components.flatMap((component) => componentLanes(agreement, component)),
    ...[...own].map(([title, facts]) => ({
      ...{ id: `own-${title}`, title },
      marks: facts.map((fact) => factMark(fact, 'plain')),
    })),
    { id: 'due', title: 'Due', marks: orders.flatMap(dueRings) },
    {
      id: 'money',
      title: 'Charges',
      marks: lines.map((line, place) => money(agreement, line, { place, now })),
    },
  ]
}

const dueRings = ({ due, title }: AgreementShown['orders'][number]): TimeMark[] =>
  due.flatMap(({ target, at, met, title: promised }) => {
    if (at === undefined) return []
    const [tone, words] = how(met)
    const says = `${capital(promised)}, ${title}: ${words}`
    return [{ id: `due-${target}-${at}`, shape: 'ring' as const, tone, from: at, says }]
  })

function how(met: boolean | undefined): readonly [MarkTone, string] {
  if (met === undefined) return ['plain', 'due']
  return met ? ['ok', 'kept'] : ['bad', 'missed']
}

function componentLanes(agreement: AgreementShown, component: ComponentShown): Lane[] {
  const { id, title, kind, items, standing } = component
  const facts = agreement.happened.filter((fact) => fact.component === id)
  const dots = facts.filter(({ kind: fact }) => !inBars.has(fact))
  const isOfItem = ({ about }: Happened) => items.some(({ tag }) => tag === about)
  const lane: Lane = {
    ...{ id, title: capital(title) },
    marks: [
      ...(kind === 'access' && !component.serialised ? rightBars(agreement, component) : []),
      ...(kind === 'access' ? custodyBars(agreement, standing, id) : []),
      ...dots.filter((fact) => !isOfItem(fact)).map((fact) => factMark(fact, kind)),
    ],
  }
  const things = items.map((item): Lane => {
    const own = dots.filter(({ about }) => about === item.tag)
    return {
      ...{ id: item.id, title: `${capital(title)}, ${spokenTag(item.tag)}` },
      marks: [
        ...(kind === 'access' ? custodyBars(agreement, item, item.id) : []),
        ...own.map((fact) => factMark(fact, kind)),
      ],
    }
  })
  return component.serialised ? [...things, lane] : [lane]
}

/** These begin or end a bar, which says them. */
const inBars: ReadonlySet<string> = new Set(['granted', 'ended'])

/** While the agreement lets it be used. */
function rightBars(agreement: AgreementShown, { id, standing, title }: ComponentShown): TimeMark[] {
  const changes = standing.changes.filter(({ of }) => of === 'right')
  const first = changes.length === 0 ? standing.right : undefined
  const given = ({ to }: { to: string }) => to === 'given' || to === 'restored'
  // Before its first change a right was given, unless that change gave it.
  const start = changes[0]?.to === 'given' ? 'not-given' : (first ?? 'given')
  const turns = [
    { at: agreement.from, to: start },
    ...changes.filter(({ at }) => at < agreement.until),
  ]
  return turns.flatMap((turn, place): TimeMark[] =>
    given(turn)
      ? [
          {
            ...{ id: `${id}-right-${turn.at}`, shape: 'bar', tone: 'access', from: turn.at },
            to: turns[place + 1]?.at ?? agreement.until,
            says: `${capital(title)} ${rightWords['given']} by ${agreement.consumer.title}`,
            label: 'may be used',
          },
        ]
      : [],
  )
}

/** While the consumer holds it: lent where it is not his, and then his own. */
function custodyBars(agreement: AgreementShown, standing: Standing, id: string): TimeMark[] {
  const held = standing.changes.filter(({ of }) => of === 'custody')
  const owned = standing.changes.filter(({ of }) => of === 'title')
  const turns = [...new Set([...held, ...owned].map(({ at }) => at))].toSorted()
  const after = (changes: Standing['changes'], at: string) =>
    changes.findLast((change) => change.at <= at)?.to ?? 'provider'
  const { title: consumer } = agreement.consumer
  return turns.flatMap((at, place): TimeMark[] => {
    if (after(held, at) !== 'consumer') return []
    const isOwn = after(owned, at) === 'consumer'
    const to = turns[place + 1]
    return [
      {
        ...{ id: `${id}-custody-${at}`, shape: 'bar', from: at, ...(to !== undefined && { to }) },
        tone: isOwn ? 'good' : 'access-mid',
        says: isOwn ? `${consumer} owns and holds it` : `On loan to ${consumer}`,
        label: isOwn ? possessive(consumer) : 'on loan',
      },
    ]
  })
}

const factMark = ({ id, title, at, to, about, by }: Happened, tone: MarkTone): TimeMark => ({
  ...{ id, tone, from: at, ...(to !== undefined && { to }) },
  shape: to === undefined ? 'dot' : 'bar',
  says: [
    capital(title),
    ...(about === undefined ? [] : [spokenTag(about)]),
    ...(by ? [`by ${by.title}`] : []),
  ].join(', '),
})

/** What is billed by now is a dot; what will be, a ring. */
const money = (
  { zone }: AgreementShown,
  line: Line,
  { place, now }: { readonly place: number; readonly now: string },
): TimeMark => {
  const isOfItsDay = (at: string | undefined) =>
    at !== undefined && toLocal(at, zone).startsWith(line.billed)
  const from =
    [line.at, line.to, line.from].find(isOfItsDay) ??
    fromLocal(`${line.billed}T00:00`, zone) ??
    line.billed
  const amount = shownAmount(line.amount)
  return {
    ...{ id: `money-${place}`, tone: 'money', from },
    shape: from <= now ? 'dot' : 'ring',
    says: `${capital(line.title)}, ${line.waived ? 'waived' : amount}`,
  }
}
