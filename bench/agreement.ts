import { showAgreement } from '../src/agreement/shown.api.ts'
import { readAs } from '../src/platform/database/transaction.ts'
import { readClock } from '../src/platform/journal/clock.ts'
import { usage } from './child.ts'
import { type Guest, type Hotel, inHotel } from './hotel.ts'

const sizes = [
  { orders: 50, things: 2 },
  { orders: 300, things: 106 },
  { orders: 1000, things: 200 },
]
const desk = { person: 'per_m_reyes', party: 'org_meridian_hotels', role: '' }

/** The page of one agreement as it grows, read and checked for what goes out; the least of five. */
export function benchAgreement(): Promise<void> {
  return inHotel(async (hotel) => {
    const [guest] = await hotel.guests(1)
    if (!guest) throw new Error('nobody came')
    let [ordered, lent] = [0, 0]
    for (const { orders, things } of sizes) {
      for (; ordered < orders; ordered += 1) await orderOnce(hotel, guest, ordered)
      for (; lent < things; lent += 1)
        await send(hotel, guest, {
          ...{ command: 'grant_access', actor: desk },
          said: { component: 'robe', tag: `robe_${lent}_of_many` },
        })
      const read: number[] = []
      while (read.length < 5) read.push(await readPage(hotel, guest))
      console.log(
        `  ${orders} orders, ${things} things`.padEnd(46),
        `${(Math.min(...read) / 1000).toFixed(0).padStart(6)} ms of its process`,
      )
    }
  })
}

/** All but each twentieth is answered. */
async function orderOnce(hotel: Hotel, guest: Guest, number: number): Promise<void> {
  const { person, party } = guest
  const placed = await send(hotel, guest, {
    ...{ command: 'place_order', actor: { person, party, role: '' } },
    said: { component: 'front_desk', says: 'a fan, please' },
  })
  if (number % 20 === 0) return
  const { id: order } = placed as { id: string }
  const said = { order, says: 'It comes' }
  await send(hotel, guest, { command: 'respond_to_order', actor: desk, said })
}

type Sent = { readonly command: string; readonly actor: typeof desk; readonly said: object }

async function send({ journal }: Hotel, { agreement }: Guest, { command, actor, said }: Sent) {
  const outcome = await journal.handle({ command, actor, input: { agreement, ...said } })
  if ('refusal' in outcome) throw new Error(outcome.refusal.words)
  return outcome.answer
}

/** Its processor time in microseconds. */
async function readPage({ database }: Hotel, { agreement }: Guest): Promise<number> {
  const { app, work } = database
  const { cpuMicroseconds: before } = usage()
  const now = await readClock(app)
  const answer = await readAs(app, desk, (client) =>
    showAgreement.answer({
      ...{ input: { agreement }, viewer: desk, now, client, work, demonstration: true },
    }),
  )
  JSON.stringify(showAgreement.output.parse(answer))
  return usage().cpuMicroseconds - before
}
