import { join } from 'node:path'
import { keepDetails } from '../src/party/store.ts'
import { startTestServer } from '../src/platform/database/database.test-support.ts'
import type { Database } from '../src/platform/database/database.ts'
import { createTokens } from '../src/platform/http/token.ts'
import { createJournal, type Journal } from '../src/platform/journal/handle.ts'
import { worldsIn } from '../src/serve.ts'
import { commands, kinds, migrations } from '../src/slices.ts'
import { applyActs, itemId, planFor, readWorld } from '../src/world/apply.store.ts'
import { loadDemonstration } from '../src/world/demonstration.store.ts'
import type { Act } from '../src/world/plan.ts'

/** The hotel of the examples in a database of its own, with as many guests and offerings as are asked for. */
export type Hotel = {
  readonly url: string
  readonly database: Database
  readonly journal: Journal
  /** Guests like Ana Costa, with a running stay, a robe, and what she had asked for. Each call brings others. */
  readonly guests: (count: number) => Promise<readonly Guest[]>
  readonly offerings: (count: number) => Promise<void>
}

export type Guest = {
  readonly agreement: string
  readonly person: string
  readonly party: string
  readonly token: string
}

const silent = () => undefined
const provider = 'org_meridian_hotels'

export async function inHotel(use: (hotel: Hotel) => Promise<void>): Promise<void> {
  const server = await startTestServer()
  const { url, ...database } = await server.open(migrations)
  try {
    const journal = createJournal({ pool: database.app, workPool: database.work, kinds, commands })
    await use({ url, database, journal, ...(await filled(database, journal)) })
  } finally {
    await database.close()
    await server.stop()
  }
}

/** All is brought in by the commands that people and the platform send. */
async function filled(
  database: Database,
  journal: Journal,
): Promise<Pick<Hotel, 'guests' | 'offerings'>> {
  const folder = join(import.meta.dirname, '../examples/hotel')
  const [example = []] = worldsIn({ worlds: [folder], say: silent })
  // A robe for every guest of a bench, and more.
  const documents = example.map(({ file, text }) => ({
    file,
    text: text.replace('stock: 120', 'stock: 1000000'),
  }))
  await loadDemonstration({ ...{ journal, say: silent }, work: database.work, worlds: [documents] })
  const read = readWorld(documents)
  if ('faults' in read) throw new Error('the hotel of the examples has faults')
  const acts = planFor(read.world)
  // What lies after the clock of the example has not happened.
  const until = Date.parse('2026-05-14T17:05Z')
  const apply = async (lot: readonly Act[]) => {
    const { lines } = await applyActs(lot, { journal, until })
    const refused = lines.find((line) => line.includes('refused'))
    if (refused !== undefined) throw new Error(refused)
  }
  const own = acts.filter(
    (act) => act.at <= until && /costa|robe_0173/.test(JSON.stringify(act)) && !isPublic(act),
  )
  const published = acts
    .filter(({ input }) => input['offering'] === 'off_city_stay')
    .filter(isPublic)
  let numbered = 0
  return {
    guests: (count) =>
      severally(count, async () => {
        numbered += 1
        const number = numbered
        await apply(own.map((act) => guestAct(act, number)))
        const guest = {
          agreement: `agr_stay_of_ana_costa${number}`,
          person: `per_ana_costa${number}`,
          party: `org_costa${number}`,
        }
        await keepDetails(database.work, [
          { id: guest.person, title: `Guest ${number}` },
          { id: guest.party, title: `Guest ${number}, one traveller` },
        ])
        const { secret } = await createTokens(database.work).issue({
          ...{ kind: 'bearer', says: 'a bench', now: until },
          viewer: { person: guest.person, party: guest.party, role: '' },
        })
        return { ...guest, token: secret }
      }),
    offerings: async (count) => {
      await severally(count, async (place) => {
        const words = (text: string) => text.replaceAll('city_stay', `city_stay${place}`)
        await apply(published.map((act) => rewritten(act, words)))
      })
    },
  }
}

const isPublic = ({ command }: Act) => command.endsWith('_offering')

function guestAct(act: Act, number: number): Act {
  const robe = itemId(provider, 'robe_0173')
  const own = itemId(provider, `robe_${number}_of_bench`)
  return rewritten(act, (text) =>
    text
      .replaceAll('costa', `costa${number}`)
      .replaceAll('robe_0173', `robe_${number}_of_bench`)
      .replaceAll(robe, own),
  )
}

const rewritten = (act: Act, words: (text: string) => string): Act =>
  JSON.parse(words(JSON.stringify(act)))

/** A few at a time, as people would. */
async function severally<Made>(
  count: number,
  make: (place: number) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = []
  let begun = 0
  const worker = async () => {
    while (begun < count) {
      begun += 1
      made.push(await make(begun))
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return made
}
