import type { OrderRow } from '../consumption/store.ts'
import { type Revision, revisionAt } from '../contract/agreement/revision.ts'
import type { Contract } from '../contract/compile.ts'
import type { Component } from '../contract/compiling.ts'
import type { ComponentKind } from '../contract/language/offering.ts'
import type { Side } from '../contract/language/words.ts'
import { clausesOf } from '../contract/prose/clause.ts'
import { printedParts } from '../contract/prose/contract.ts'
import { english } from '../contract/prose/english.ts'
import { promiseOf } from '../contract/question/promise.ts'
import { standingOf, type Thing } from '../contract/standing/standing.ts'
import { begins } from '../contract/term/deadline/promised.ts'
import { promiseWords } from '../contract/term/term.ts'
import { type Instant, localText, utcText } from '../kernel/time.ts'
import type { Ref } from '../party/store.ts'
import { derivedId } from '../platform/journal/id.ts'
import { recorders } from '../provision/own-facts.ts'
import type { ItemRow } from '../provision/store.ts'
import { heldAt } from '../relationship/authority.ts'
import {
  componentAllowances,
  factAllowance,
  itemAllowances,
  type Onlooker,
  orderAllowances,
  stepAllowances,
} from './allowance.store.ts'
import { answered } from './answered.ts'
import { committedOf } from './committed.ts'
import { askingAt, factsAlone, standingAt } from './contract.ts'
import { fieldsOf, fieldType } from './fields.ts'
import { type Latest, latestOf } from './latest.ts'
import { agreedOtherwise, type Otherwise, tailoredBy } from './otherwise.ts'
import type { Ground } from './propose.ts'
import { isElsewhen, type Read } from './reading.store.ts'
import type { AgreementShown } from './shown.ts'
import { spokenPeriod } from './spoken-period.ts'
import { isLapsed } from './steps.ts'
import type { AgreementRow } from './store.ts'

/** What a page needs beside the agreement itself. */
export type Beside = {
  readonly onlooker: Onlooker
  readonly ground: Ground
  readonly name: (id: string) => Ref
  readonly items: readonly ItemRow[]
  /** The resource that a component's single things are counted in; the provider's own. */
  readonly resourceOf: (of: string | undefined) => string | undefined
  readonly budget?: { readonly amount: string; readonly currency: string }
}

export const cardOf = (
  row: AgreementRow,
  offering: { readonly title: string; readonly zone: string; readonly currency: string },
  { name, at }: { readonly name: (id: string) => Ref; readonly at: Instant },
) => ({
  id: row.id,
  title: `${offering.title}, ${spokenPeriod(row, offering.zone)}`,
  offering: { id: row.offering_id, title: offering.title, version: row.offering_version },
  provider: name(row.provider_id),
  consumer: name(row.consumer_id),
  status: row.status,
  lapsed: isLapsed(row, at),
  from: row.valid_from,
  until: row.valid_until,
  ends_at: row.ends_at,
  zone: offering.zone,
  currency: offering.currency,
  tailored: row.deviations.length,
})

/** The agreement page: what was agreed, what may be asked, what happened, and every button with its reason. */
export function pageOf(read: Read, beside: Beside): AgreementShown {
  const { row, agreement, offering, revisions, at } = read
  const { agreed } = agreement.frame
  const inForce = Math.max(agreed.start, Math.min(at, agreed.end - 1))
  const revision = revisionAt(agreement, inForce)
  const { contract } = revision
  const otherwise = agreedOtherwise(row.agreed, contract)
  const latest = latestOf(factsAlone(read.placed), read.orders, at)
  return {
    ...cardOf(row, offering, read),
    side: beside.onlooker.side,
    version: read.version,
    offered: beside.ground.version,
    revision: revision.number,
    revisions: [
      { number: 1, from: row.valid_from },
      ...revisions.map(({ number, valid_from, agreed_on }) => ({
        number,
        from: valid_from,
        agreed_on,
      })),
    ],
    parties: {
      provider: partyOf('provider', read, beside),
      consumer: partyOf('consumer', read, beside),
    },
    proposed_at: row.proposed_at,
    awaits: row.awaits,
    own_values: otherwise.map(({ name: _, ...own }) => own),
    ...committedShown(read),
    ...(row.accepted_at !== undefined && { accepted_at: row.accepted_at }),
    ...(row.authorised_at !== undefined && { authorised_at: row.authorised_at }),
    ...(row.authorised_at !== undefined && beside.budget && { budget: beside.budget }),
    users: Object.fromEntries(
      Object.entries(row.users).map(([kind, persons]) => [kind, persons.map(read.name)]),
    ),
    ...printedPage(read, revision, otherwise),
    components: [...contract.components.values()].map((one) => componentShown(one, read, beside)),
    orders: ordersShown(latest.orders, contract, { read, beside }),
    own_facts: ownFacts(contract, read, beside),
    happened: happenedOf(latest, read, contract),
    ...(latest.earlier !== undefined && { earlier: latest.earlier }),
    actions: stepAllowances(read, beside.onlooker, beside.ground),
    at: utcText(at),
    ...(read.knownBy !== undefined && { known_by: utcText(read.knownBy) }),
    ask: slotsOf(latest, read, contract),
  }
}

/** Who acts for a side at the instant that is looked at. */
function partyOf(side: Side, read: Read, beside: Beside) {
  const { row, name, at, offering } = read
  const holders = heldAt(read.holders, at, offering.zone)
  const own = holders.filter((holder) => holder.side === side)
  const persons = [...Map.groupBy(own, ({ person_id }) => person_id)]
  return {
    organisation: name(side === 'provider' ? row.provider_id : row.consumer_id),
    persons: persons.map(([person, holders]) => ({
      ...beside.name(person),
      roles: holders.map(({ role }) => role),
    })),
  }
}

const kindOfHeading = (heading: string) =>
  heading === 'good' || heading === 'access' || heading === 'action' ? { kind: heading } : {}

/** Who is to sign sees what he commits to; of what runs, the agreement itself is asked. */
function committedShown({ row, agreement }: Read): Pick<AgreementShown, 'committed'> {
  const isOpen = row.status === 'proposed' || row.status === 'accepted'
  const found = isOpen ? answered(() => committedOf(agreement)) : undefined
  return found && !('refusal' in found) ? { committed: found } : {}
}

function printedPage(
  read: Read,
  revision: Revision,
  otherwise: readonly Otherwise[],
): Pick<AgreementShown, 'head' | 'clauses' | 'definitions'> {
  const parts = printedParts(revision, read.agreement.frame.agreed, read.told)
  return {
    head: [parts.preamble],
    clauses: parts.clauses.map(
      ({ id, number, heading, under, title, text, says, deviations, survives }) => ({
        ...{ id, number, heading: under, title, text, survives },
        ...(kindOfHeading(heading) as { kind?: ComponentKind }),
        ...(says !== undefined && { says }),
        tailored: [
          ...deviations.map(({ words, is, was, because }) => ({
            ...(is !== undefined && { is }),
            ...(was !== undefined && { was }),
            says: words,
            ...(because !== undefined && { because }),
          })),
          ...tailoredBy({ id, text }, otherwise, revision.contract),
        ],
      }),
    ),
    definitions: parts.definitions.map(({ name, text, lines }) => ({
      term: name,
      text: [text, ...lines].join('\n'),
    })),
  }
}

function componentShown(component: Component, read: Read, beside: Beside) {
  const { onlooker, items } = beside
  const resource = beside.resourceOf(component.of)
  const { id, kind, title, serialised, users } = component
  const out = itemsOut(read, component, items)
  const free = items.filter(
    (item) => item.agreement_id === undefined && item.resource_id === resource,
  )
  const contract = revisionAt(read.agreement, read.at).contract
  return {
    ...{ id, kind, title, serialised, users: [...users] },
    standing: standingShown(read, { component }),
    items: serialised
      ? out.map((item) => ({
          id: item.id,
          tag: item.tag,
          ...standingShown(read, { component, item: item.tag }),
          actions: itemAllowances(
            read,
            { component, item: { id: item.id, tag: item.tag, agreement: read.row.id } },
            onlooker,
          ),
        }))
      : [],
    actions: componentAllowances(read, component, onlooker),
    ...(onlooker.side === 'provider' &&
      serialised &&
      !isElsewhen(read) && { free_items: free.map(({ id: one, tag }) => ({ id: one, tag })) }),
    fields: kind === 'action' ? fieldsOf('performed', contract) : [],
  }
}

/** The single things that are out; at another time as what happened by then says, and no longer the things themselves. */
function itemsOut(
  read: Read,
  component: Component,
  items: readonly ItemRow[],
): readonly { readonly id: string; readonly tag: string }[] {
  const { row } = read
  if (!isElsewhen(read))
    return items.filter((item) => item.agreement_id === row.id && item.component === component.id)
  const own = factsAlone(read.placed).filter(
    (fact) => fact.at <= read.at && fact.component === component.id,
  )
  const handed = own.filter(({ kind }) => kind === 'granted' || kind === 'handed_over')
  const tags = new Set(handed.flatMap(({ about }) => about ?? []))
  tags.delete(component.id)
  const isOut = (tag: string) => {
    const { title, custody } = standingAt(read, { component, item: tag }, read.at)
    const last = own.findLast(({ about }) => about === tag)
    return last?.kind === 'granted' || title === 'consumer' || custody === 'consumer'
  }
  return [...tags]
    .filter(isOut)
    .toSorted()
    .map((tag) => ({ id: derivedId('itm', row.provider_id, tag), tag }))
}

/** How it stands, and since when it has stood so; unknown where to find it is more work than a page may be. */
function standingShown(read: Read, thing: Thing) {
  const found = answered(() => standingFound(read, thing))
  return 'refusal' in found ? unknownStanding : found
}

const unknownStanding = { title: 'unknown', custody: 'unknown', right: 'unknown', changes: [] }

function standingFound(read: Read, thing: Thing) {
  const standing = standingOf(read.agreement, askingAt(read, read.at), thing)
  const aspects = ['title', 'custody', 'right'] as const
  const changes = aspects.flatMap((of) =>
    standing[of].changes.map(({ at, to, clause }) => ({ of, at, to, clause })),
  )
  return {
    ...standingAt(read, thing, read.at),
    changes: changes
      .toSorted((one, other) => one.at - other.at)
      .map((change) => ({ ...change, at: utcText(change.at) })),
  }
}

type Due = { readonly target: string; readonly title: string; readonly number: string }

/** The orders, with what is due for each: what they share is looked up once for all of them. */
function ordersShown(
  orders: readonly OrderRow[],
  contract: Contract,
  { read, beside }: { readonly read: Read; readonly beside: Beside },
) {
  const requests = factsAlone(read.placed).filter(({ kind }) => kind === 'requested')
  const requestOf = new Map(requests.toReversed().map(({ about, id }) => [about, id]))
  const targets = targetsOfOrders(contract)
  return orders.map((order) => {
    const { agreement_id: _a, provider_id: _p, consumer_id: _c, requested_by, ...shown } = order
    const request = requestOf.get(order.id)
    const own = targets.filter(({ of }) => of === undefined || of === order.component)
    return {
      ...shown,
      title: contract.components.get(order.component)?.title ?? order.component,
      requested_by: read.name(requested_by),
      due: request === undefined ? [] : own.flatMap(({ due }) => dueOf(due, request, read)),
      actions: orderAllowances(read, order, beside.onlooker),
    }
  })
}

/** What an order starts the clock of; of one component, or of whichever is ordered. */
function targetsOfOrders(
  contract: Contract,
): readonly { readonly of: string | undefined; readonly due: Due }[] {
  const numbers = new Map(clausesOf(contract, []).map(({ id, number }) => [id, number]))
  return [...contract.promises].flatMap(([target, { clock, isOption }]) => {
    // What one may do until then is not waited for.
    if (clock?.start !== 'requested' || isOption) return []
    const of = promiseWords(contract.words.terms?.[target])?.of
    const title = contract.definitions.get(target)?.title ?? target
    return [{ of, due: { target, title, number: numbers.get(target) ?? '' } }]
  })
}

/** When a target is due for an order, and whether it is met by now, found as anybody would be answered who asks. */
function dueOf(shown: Due, request: string, read: Read) {
  const asked = { name: shown.target, what: 'due', id: request } as const
  const found = answered(() => ({
    promise: promiseOf(read.agreement, askingAt(read, read.at), asked),
  }))
  const promise = 'refusal' in found ? undefined : found.promise
  // What its condition did not let begin is not waited for.
  if (promise && !begins(promise)) return []
  const [due, met] = [promise?.due.value, promise?.met.value]
  const at = typeof due === 'number' && { at: utcText(due) }
  return [{ ...shown, ...at, ...(typeof met === 'boolean' && { met }) }]
}

function ownFacts(contract: Contract, read: Read, { onlooker }: Beside) {
  return [...contract.factKinds.values()].flatMap((kind) => {
    const by = recorders(kind, contract)
    const own = contract.words.facts?.[kind.name]
    if (by === 'by a command' || !own) return []
    const record = factAllowance(read, by, onlooker)
    if (!record) return []
    return [
      {
        kind: kind.name,
        title: kind.title ?? kind.name.replaceAll('_', ' '),
        shape: kind.shape,
        fields: fieldsOf(kind.name, contract),
        record,
      },
    ]
  })
}

function happenedOf({ facts }: Latest, read: Read, contract: Contract): AgreementShown['happened'] {
  const recorded = new Map(read.facts.map(({ id, recorded_at }) => [id, recorded_at]))
  return facts.map(({ id, kind, at, to, about, component, values }) => {
    const { by } = values
    const lane = component ?? about ?? kind
    return {
      ...{ id, kind, at: utcText(at), recorded_at: recorded.get(id) ?? '' },
      title: contract.factKinds.get(kind)?.title ?? kind.replaceAll('_', ' '),
      lane: contract.components.get(lane)?.title ?? english.capital(lane.replaceAll('_', ' ')),
      ...(component !== undefined && { component }),
      ...(about !== undefined && { about }),
      ...(to !== undefined && { to: utcText(to) }),
      ...(typeof by === 'string' && { by: read.name(by) }),
    }
  })
}

/** What the slots of a question may hold. */
function slotsOf({ facts }: Latest, read: Read, contract: Contract): AgreementShown['ask'] {
  const ref = (id: string) => ({ id, title: contract.definitions.get(id)?.title ?? id })
  return {
    users: [...(contract.words.users ?? [])],
    values: [...contract.postings.keys()].map(ref),
    kinds: kindsNamed(contract),
    agreed: Object.keys(contract.words.agreed ?? {}).flatMap((name) => {
      const type = contract.definitions.get(name)?.type()
      return type ? [{ name, title: ref(name).title, ...fieldType(type), required: true }] : []
    }),
    targets: [...contract.promises].map(([id, { clock }]) => ({
      ...ref(id),
      ...(clock && { events: startingOf(id, clock.start, { read, contract }) }),
    })),
    events: facts.map(({ id, kind, at, about }) => ({
      id,
      title: `${contract.factKinds.get(kind)?.title ?? kind.replaceAll('_', ' ')}${about === undefined ? '' : `, ${about.replaceAll('_', ' ')}`}, ${localText(at, contract.zone).slice(0, 16).replace('T', ' ')}`,
      at: utcText(at),
    })),
  }
}

/** Kinds of fact that a term, or what it rests on, names: of the others nobody asks what they cost. */
function kindsNamed({ words, factKinds }: Contract): string[] {
  const { terms, measures, prices, tables, events } = words
  const said = JSON.stringify([terms, measures, prices, tables, events])
  return [...factKinds.keys()].filter((kind) => new RegExp(`\\b${kind}\\b`).test(said))
}

/** The facts that started the clock of a target or duty. */
function startingOf(
  id: string,
  start: string,
  { read, contract }: { readonly read: Read; readonly contract: Contract },
): string[] {
  const of = promiseWords(contract.words.terms?.[id])?.of
  return factsAlone(read.placed)
    .filter(({ kind, at }) => kind === start && at <= read.at)
    .filter(({ component, about }) => of === undefined || (component ?? about) === of)
    .map((fact) => fact.id)
}
