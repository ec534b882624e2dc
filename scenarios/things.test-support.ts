import { expect } from 'vitest'
import { inForceAt, standingAt } from '../src/agreement/contract.ts'
import { readAgreementAsOf } from '../src/agreement/reading.store.ts'
import type { Database } from '../src/platform/database/database.ts'
import { withClient } from '../src/platform/database/transaction.ts'
import { readClock } from '../src/platform/journal/clock.ts'
import { stateOf } from '../src/platform/journal/kind.ts'
import type { ItemRow } from '../src/provision/store.ts'
import { platformPerson } from '../src/relationship/authority.ts'

type Standing = { readonly tag: string; readonly title: string; readonly custody: string }

/** The row of every single thing says what the contract says that it answers to. Returns how they stand, by tag. */
export async function thingsFollow({ owner, work }: Database): Promise<readonly Standing[]> {
  const now = await readClock(work)
  const viewer = { person: platformPerson, party: '', role: '' }
  const { rows } = await owner.query('select * from item order by tag')
  const items = rows.map((row) => stateOf(row) as ItemRow)
  const standing = ({ tag, title, custody }: ItemRow): Standing => ({ tag, title, custody })
  const answers = await withClient(owner, async (client) => {
    const found: Standing[] = []
    for (const item of items) {
      const agreement = item.agreement_id ?? item.returned_from
      if (agreement === undefined) continue
      const read = await readAgreementAsOf({ client, work, viewer, now }, agreement, {})
      if ('refusal' in read) throw new Error(read.refusal.words)
      const component = inForceAt(read, now).components.get(item.component ?? '')
      if (!component) throw new Error(`${item.tag} is of no component`)
      const { title, custody } = standingAt(read, { component, item: item.tag }, now)
      found.push({ tag: item.tag, title, custody })
    }
    return found
  })
  const answering = items.filter((item) => item.agreement_id ?? item.returned_from)
  expect(answering.map(standing)).toEqual(answers)
  return items.map(standing)
}
