import { expect, test } from 'vitest'
import { startTestServer } from '../src/platform/database/database.test-support.ts'
import { tell } from './story.test-support.ts'

test('what waits for one person is not hidden behind what waits for others', async () => {
  const server = await startTestServer()
  const story = await tell(server, ['hotel'])
  const { owner } = story.database
  await owner.query(
    `insert into role_holder (relationship_id, id, provider_id, consumer_id, side, role, person_id, held_from)
     select relationship_id, 'provider_practitioner_per_zed', provider_id, consumer_id, side, role, 'per_zed', held_from
     from role_holder
     where relationship_id = 'rel_ito_with_meridian' and person_id = 'per_m_reyes'`,
  )
  const ordered = (agreement: string, count: number, at: string) =>
    owner.query(
      `insert into service_order (agreement_id, id, provider_id, consumer_id, component, status, requested_by, requested_at)
       select id, 'order_' || number, provider_id, consumer_id, 'front_desk', 'requested', 'per_guest', $3
       from agreement, generate_series(1, $2) as number
       where id = $1`,
      [agreement, count, at],
    )
  await ordered('agr_stay_of_ana_costa', 120, '2026-05-13T10:00Z')
  await ordered('agr_stay_of_ben_ito', 1, '2026-05-14T10:00Z')
  const home = async (person: string) =>
    (await story.as(person, 'meridian_hotels')).query('show_home', {})
  const zed = await home('zed')
  expect(zed.needs.map(({ agreement }) => agreement)).toEqual(['agr_stay_of_ben_ito'])
  expect(zed.needs_of).toBe('all')
  const changed = zed.changed.flatMap((one) => (one.agreement ? [one.agreement.id] : []))
  expect(new Set(changed)).toEqual(new Set(['agr_stay_of_ben_ito']))
  const reyes = await home('m_reyes')
  expect(reyes.needs).toHaveLength(100)
  expect(reyes.needs_of).toBe('first')
  await story.end()
  await server.stop()
})
