import type { Side } from '../contract/language/words.ts'
import { refuseDocument } from '../party/document.ts'
import type { Command } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import type { Row } from '../platform/journal/kind.ts'
import { relationshipKind, roleHolderKind } from './store.ts'
import type { Role } from './terms.ts'

type Opened = {
  readonly relationship: string
  readonly provider: string
  readonly consumer: string
  readonly group: string
  readonly from: string
  readonly until?: string
  readonly holders: readonly {
    readonly side: Side
    readonly role: Role
    readonly person: string
    readonly from: string
    readonly until?: string
  }[]
}

/** Two organisations begin to work together, or change who acts for them. Who is not named any more holds no role. */
export const openRelationship: Command<Opened> = {
  name: 'open_relationship',
  version: 1,
  streams: ({ relationship }) => [relationship],
  load: ({ relationship }) => [
    { kind: relationshipKind, stream: relationship, id: relationship },
    { kind: roleHolderKind, stream: relationship },
  ],
  decide: (input, facts) => {
    const { relationship, from, until } = input
    const event = (type: string, kind: string, entity: string, data: Event['data']): Event => ({
      ...{ type, v: 1, kind, entity, data },
    })
    const named = input.holders.map(({ side, role, person, ...dates }) => ({
      id: `${side}_${role}_${person}`,
      data: { side, role, person_id: person, ...held(dates) },
    }))
    const kept = facts.entity(relationshipKind, relationship, relationship)
    if (kept && kept.provider_id !== input.provider)
      return { refusal: refuseDocument('document_must_be_the_providers', '/relationship') }
    const today = new Date(facts.now).toISOString().slice(0, 10)
    const left = facts
      .entities(roleHolderKind, relationship)
      .filter(({ id }) => !named.some((one) => one.id === id))
      .map((holder) => ({ ...holder, ends: lastOf([today, holder.held_from]) }))
      .filter(({ held_until: until, ends }) => until === undefined || until > ends)
    const unchanged = named.every(({ id, data }) =>
      isSame(data, facts.entity(roleHolderKind, relationship, id)),
    )
    const opened = {
      target_group_id: input.group,
      ...held({ from, ...(until !== undefined && { until }) }),
    }
    const parties = { provider_id: input.provider, consumer_id: input.consumer }
    if (unchanged && left.length === 0 && isSame({ ...opened, ...parties }, kept))
      return { refusal: refuseDocument('document_must_differ') }
    return {
      answer: { id: relationship },
      changes: [
        {
          stream: relationship,
          events: [
            event('relationship_opened', relationshipKind.name, relationship, opened),
            ...named.map(({ id, data }) => event('role_given', roleHolderKind.name, id, data)),
            ...left.map(({ id, ends }) =>
              event('role_ended', roleHolderKind.name, id, { held_until: ends }),
            ),
          ],
          parties: { provider: input.provider, consumer: input.consumer },
        },
      ],
    }
  },
}

/** A role that was to begin later ends where it would have begun: it is held on no day. */
const lastOf = (dates: readonly string[]) => dates.toSorted().at(-1) ?? ''

const isSame = (data: object, row: Row | undefined) =>
  row !== undefined &&
  Object.entries(data).every(([name, value]) => row[name] === value) &&
  ('held_until' in data || row['held_until'] === undefined)

const held = ({ from, until }: { readonly from: string; readonly until?: string }) => ({
  held_from: from,
  ...(until !== undefined && { held_until: until }),
})
