import type { Pool } from 'pg'
import type { Read } from '../agreement/reading.store.ts'
import { utcText } from '../kernel/time.ts'
import { sharedOn } from '../party/rules.ts'
import { readBelongings, titlesOf } from '../party/store.ts'
import type { Shared } from './internal.ts'

/** What both sides of an agreement belong to, as it was known when the agreement was read. */
export async function readShared(
  { row, knownBy }: Pick<Read, 'row' | 'knownBy'>,
  work: Pool,
): Promise<Shared> {
  const { provider_id: provider, consumer_id: consumer } = row
  const known = knownBy === undefined ? undefined : utcText(knownBy)
  const belongings = await readBelongings(work, [provider, consumer], known)
  const [own, other] = [belongings(provider), belongings(consumer)]
  if (own.length === 0 || other.length === 0) return () => []
  const name = await titlesOf(
    work,
    own.map(({ entity }) => entity),
  )
  return (date) => sharedOn(date, own, other).map(name)
}
