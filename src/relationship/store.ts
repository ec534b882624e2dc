import type { QueryConfig } from 'pg'
import type { Side } from '../contract/language/words.ts'
import type { EntityKind } from '../platform/journal/kind.ts'
import type { Role } from './terms.ts'

export type RelationshipRow = {
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly target_group_id: string
  readonly held_from: string
  readonly held_until?: string
}

export type RoleHolderRow = {
  readonly relationship_id: string
  readonly id: string
  readonly provider_id: string
  readonly consumer_id: string
  readonly side: Side
  readonly role: Role
  readonly person_id: string
  readonly held_from: string
  readonly held_until?: string
}

export const relationshipKind: EntityKind<RelationshipRow> = {
  name: 'relationship',
  table: 'relationship',
  columns: {
    ...{ id: 'text', provider_id: 'text', consumer_id: 'text', target_group_id: 'text' },
    ...{ held_from: 'date', held_until: 'date' },
  },
  stream: 'id',
  id: 'id',
  evolve: (_, { entity, data }, entry) => ({
    id: entity,
    provider_id: entry.provider ?? '',
    consumer_id: entry.consumer ?? '',
    target_group_id: String(data['target_group_id']),
    held_from: String(data['held_from']),
    ...(typeof data['held_until'] === 'string' && { held_until: data['held_until'] }),
  }),
}

export const roleHolderKind: EntityKind<RoleHolderRow> = {
  name: 'role_holder',
  table: 'role_holder',
  columns: {
    ...{ relationship_id: 'text', id: 'text', provider_id: 'text', consumer_id: 'text' },
    ...{ side: 'text', role: 'text', person_id: 'text', held_from: 'date', held_until: 'date' },
  },
  stream: 'relationship_id',
  id: 'id',
  evolve: (state, { entity, data }, entry) => ({
    relationship_id: entry.stream,
    id: entity,
    provider_id: entry.provider ?? '',
    consumer_id: entry.consumer ?? '',
    side: (state?.side ?? data['side']) as Side,
    role: (state?.role ?? data['role']) as Role,
    person_id: state?.person_id ?? String(data['person_id']),
    held_from: String(data['held_from'] ?? state?.held_from),
    ...(typeof data['held_until'] === 'string' && { held_until: data['held_until'] }),
  }),
}

/** Of a role holder in a transaction: who acts for one side may hold a role of the other, which does not count here. */
const forActingParty = `case role_holder.side
        when 'provider' then role_holder.provider_id
        else role_holder.consumer_id
      end = nullif(current_setting('tessera.party', true), '')`

/**
 * In a query over agreements and their offerings' versions, what `heldAt` says of one: whether the person holds a role
 * in the relationship for the acting party, on the day that it is in the zone of the offering; any, or one of some.
 */
export const isHeldIn = (
  person: `$${number}`,
  now: `$${number}`,
  roles: readonly Role[] = [],
) => `exists (
      select
      from role_holder
      where role_holder.relationship_id = agreement.relationship_id
        and role_holder.person_id = ${person}
        and ${forActingParty}${roles.length > 0 ? `\n        and role_holder.role in (${roles.map((role) => `'${role}'`).join(', ')})` : ''}
        and role_holder.held_from <= (${now}::timestamptz at time zone offering_version.zone)::date
        and coalesce(
          (${now}::timestamptz at time zone offering_version.zone)::date < role_holder.held_until,
          true
        )
    )`

/** Roles that a person holds for the acting party in the relationship of an agreement; the rules judge the dates. */
export const rolesInAgreement = (agreement: string, person: string): QueryConfig => ({
  name: 'roles in agreement',
  text: `select role_holder.*
    from agreement
    join role_holder on role_holder.relationship_id = agreement.relationship_id
    where agreement.id = $1
      and role_holder.person_id = $2
      and ${forActingParty}`,
  values: [agreement, person],
})

/** As `rolesInAgreement`, of a relationship. */
export const rolesInRelationship = (relationship: string, person: string): QueryConfig => ({
  name: 'roles in relationship',
  text: `select *
    from role_holder
    where relationship_id = $1
      and person_id = $2
      and ${forActingParty}`,
  values: [relationship, person],
})

/** Every role that a person holds for an organisation. */
export const rolesFor = (party: string, person: string): QueryConfig => ({
  name: 'roles for a party',
  text: `select *
    from role_holder
    where person_id = $2
      and case side when 'provider' then provider_id else consumer_id end = $1
    order by relationship_id, side, role`,
  values: [party, person],
})

/** Everybody who acts for either side. */
export const readHolders = (relationship: string): QueryConfig => ({
  name: 'holders of relationship',
  text: `select *
    from role_holder
    where relationship_id = $1
    order by side, role, person_id`,
  values: [relationship],
})

/** The same of several relationships at once. */
export const readHoldersOf = (relationships: readonly string[]): QueryConfig => ({
  name: 'holders of relationships',
  text: `select *
    from role_holder
    where relationship_id = any($1)
    order by relationship_id, side, role, person_id`,
  values: [relationships],
})

/** Persons who hold the role of user; the dates are judged by the rules. */
export const usersOf = (relationship: string): QueryConfig => ({
  name: 'users of relationship',
  text: `select person_id, held_from, held_until
    from role_holder
    where relationship_id = $1
      and side = 'consumer'
      and role = 'user'`,
  values: [relationship],
})

export const readRelationship = (relationship: string): QueryConfig => ({
  name: 'relationship',
  text: 'select * from relationship where id = $1',
  values: [relationship],
})

/** By id, so that a cursor is the last id seen. */
export const readRelationships = (after: string, limit: number): QueryConfig => ({
  name: 'relationships',
  text: `select *
    from relationship
    where id > $1
    order by id
    limit $2`,
  values: [after, limit],
})
