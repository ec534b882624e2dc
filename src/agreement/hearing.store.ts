import type { Pool } from 'pg'
import type { Hearers } from '../platform/http/changes.ts'
import { readClock } from '../platform/journal/clock.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { heldAt } from '../relationship/authority.ts'
import type { RoleHolderRow } from '../relationship/store.ts'

/**
 * Who is told that something changed: of an agreement, its budget or its relationship, those who hold a role in that
 * relationship now; of a party's own things, such as its offerings, those who hold any role for it.
 */
export const hearersOn =
  (work: Pool): Hearers =>
  async ({ stream, provider, consumer }) => {
    const [now, { rows }] = await Promise.all([
      readClock(work),
      work.query({
        name: 'hearers of a stream',
        text: `with subject as (
            select relationship_id, zone
            from agreement
            join offering_version using (offering_id)
            where agreement.id = coalesce((select agreement_id from envelope where id = $1), $1)
              and offering_version.version = agreement.offering_version
          )
          select role_holder.*, (select zone from subject) as zone
          from role_holder
          where case
              when exists (select from subject) then
                relationship_id = (select relationship_id from subject)
              when exists (select from relationship where id = $1) then relationship_id = $1
              else true
            end
            and case side when 'provider' then provider_id else consumer_id end = any($2)`,
        values: [stream, [provider, consumer].filter((party) => party !== undefined)],
      }),
    ])
    const held = rows.filter((row) => {
      const role = stateOf(row) as RoleHolderRow
      return heldAt([role], now, row['zone'] ?? 'UTC').length > 0
    })
    return new Set(
      held.map(({ side, person_id, provider_id, consumer_id }) =>
        [person_id, side === 'provider' ? provider_id : consumer_id].join(' '),
      ),
    )
  }
