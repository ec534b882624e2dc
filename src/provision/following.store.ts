import type { QueryConfig } from 'pg'
import { factsAlone, inForceAt, type SoFar } from '../agreement/contract.ts'
import type { AgreementRow } from '../agreement/store.ts'
import { askingOf } from '../contract/answering.ts'
import type { Component } from '../contract/compiling.ts'
import type { Asking } from '../contract/scope.ts'
import { aspectOf } from '../contract/standing/standing.ts'
import { valueText } from '../contract/value.ts'
import type { Instant } from '../kernel/time.ts'
import type { Change, Facts } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { type Movers, moversOf, speaks } from './moving.ts'
import { type ItemRow, itemKind } from './store.ts'

/** An agreement once a fact is recorded, or once it has ended. */
type After = SoFar & { readonly row: AgreementRow }

/** A single thing that answers to an agreement: out under it, or back from it and not out again. */
export type Thing = {
  readonly row: ItemRow
  readonly component: Component
  /** Whether access to it is granted and has not ended, or it was handed over and its title waits. */
  readonly given: boolean
  /** Written before what moves it, where it is new. */
  readonly registered?: readonly Event[]
  /** Of its stream, where the command could not name it. */
  readonly readAt?: number
}

/** What every command reads that records a fact, so that the things of the agreement can follow. */
export const followingReads = (agreement: string) => ({ things: readThings(agreement) })

/** The things of an agreement as they were read, but for those that the command names. */
export function thingsOf(
  soFar: SoFar,
  facts: Facts,
  named: readonly string[] = [],
): readonly Thing[] {
  const rows = (facts.rows['things'] ?? []) as unknown as readonly ThingRow[]
  return rows
    .filter(({ id }) => !named.includes(id))
    .flatMap(({ stream_version: version, granted, ...row }): Thing[] => {
      const component = componentOnceOf(soFar, row.component)
      const given = granted || (component?.kind === 'good' && waits(row))
      return component ? [{ row, component, given, readAt: Number(version) }] : []
    })
}

type ThingRow = ItemRow & { readonly stream_version: string; readonly granted: boolean }

const waits = ({ agreement_id: agreement, title, custody }: ItemRow) =>
  agreement !== undefined && title === 'provider' && custody === 'provider'

/** A revision may have taken the component away: then the last one that has it speaks of its things. */
const componentOnceOf = ({ agreement, now }: SoFar, id: string | undefined) =>
  id === undefined
    ? undefined
    : (inForceAt({ agreement }, now).components.get(id) ??
      agreement.revisions
        .findLast(({ contract }) => contract.components.has(id))
        ?.contract.components.get(id))

/** Those of which facts that were just recorded could speak: most say nothing of most things, and of these nothing is asked. */
export function spokenOf(
  { agreement, placed }: SoFar,
  things: readonly Thing[],
  recorded: readonly string[],
): readonly Thing[] {
  const facts = factsAlone(placed).filter(({ id }) => recorded.includes(id))
  const movers = new Map<string, Movers>()
  return things.filter(({ component, row }) => {
    const moving = movers.get(component.id) ?? moversOf(agreement, component.id)
    movers.set(component.id, moving)
    return facts.some((fact) => speaks(moving, fact, { component: component.id, tag: row.tag }))
  })
}

/** Where the contract now says otherwise of a thing than its row does, the thing's own stream says so too. */
export function followed(after: After, things: readonly Thing[], at: Instant): Change[] {
  if (things.length === 0) return []
  const asking = askingOf(after.agreement, factsAlone(after.placed), after.now)
  return things.flatMap((thing) => {
    const { row, registered = [], readAt } = thing
    const moved = movedOf(after, asking, thing)
    const events = moved ? [...registered, moved] : registered
    if (events.length === 0) return []
    const parties = { provider: after.row.provider_id, consumer: after.row.consumer_id }
    const late = readAt !== undefined && { readAt }
    return [{ stream: row.id, events, parties, occurredAt: at, ...late }]
  })
}

/** It is out as long as it is given, or the consumer's in one of the two ways. */
function movedOf(
  { agreement, row: { id } }: After,
  asking: Asking,
  { row, component, given }: Thing,
): Event | undefined {
  const now = (aspect: 'title' | 'custody') =>
    valueText(aspectOf(aspect, agreement, asking, { component, item: row.tag }).value.value)
  const [title, custody] = [now('title'), now('custody')]
  const isOut = given || title === 'consumer' || custody === 'consumer'
  const under = isOut ? id : undefined
  const isAsItWas = row.title === title && row.custody === custody && row.agreement_id === under
  if (isAsItWas) return undefined
  const event = { v: 1, kind: itemKind.name, entity: row.id }
  return isOut
    ? {
        ...{ ...event, type: 'item_passed' },
        data: { title, custody, agreement_id: id, component: component.id },
      }
    : { ...event, type: 'item_returned', data: { title, custody } }
}

const readThings = (agreement: string): QueryConfig => ({
  name: 'things of agreement',
  text: `select item.*,
      stream.version as stream_version,
      exists (
        select
        from access_grant
        where access_grant.agreement_id = $1
          and access_grant.item_id = item.id
          and access_grant.ended_at is null
      ) as granted
    from item
    join stream on stream.stream = item.id
    where coalesce(item.agreement_id, item.returned_from) = $1
    order by item.id`,
  values: [agreement],
})
