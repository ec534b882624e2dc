import { z } from 'zod'
import type { PlainMap } from '../contract/document/document.ts'
import { Side } from '../contract/language/words.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { parseInstant, utcText } from '../kernel/time.ts'
import { Kind, Ref, Role } from '../party/shown.ts'
import { titlesOf } from '../party/store.ts'
import { personId } from '../party/terms.ts'
import { door } from '../platform/http/endpoint.ts'
import { sessionEndsAt } from '../platform/http/token.ts'
import { moveClock as move } from '../platform/journal/clock.ts'
import { stateOf } from '../platform/journal/kind.ts'
import { heldAt } from '../relationship/authority.ts'
import { type RoleHolderRow, rolesFor } from '../relationship/store.ts'
import { applyActs, keepNames, planFor, readWorld } from './apply.store.ts'
import { readEverybody, readIntroductions, readPublished } from './store.ts'

const refuse = refuser({
  documents_must_be_sound: 'The documents have faults; nothing was applied.',
  document_to_apply_needed:
    'There is no document to apply here: cases are run by npx tessera test. Name the folder that holds the documents of a provider.',
  person_not_found: 'No such person holds a role for this organisation today.',
  clock_must_move_by_years_at_most: 'The clock moves by ten years at most in one step.',
  instant_unreadable:
    'Write a date and time such as 2026-05-31T11:00Z, of a year from 1900 to 2999. The clock is of all worlds: without a zone it is read in UTC.',
})

const Sent = z.strictObject({ file: z.string().max(500), text: z.string() })

export const applyDocuments = door({
  name: 'apply_documents',
  route: 'POST /documents',
  says: 'Brings a provider’s documents into the platform; what is the same is not repeated.',
  to: 'operator',
  input: z.strictObject({ documents: z.array(Sent).max(2000) }),
  output: z.object({
    lines: z.array(z.string()).describe('what changed, what was refused and what was left out'),
    applied: z.number().describe('documents and facts that are new; those refused are not here'),
    refused: z.number(),
  }),
  refusals: ['documents_must_be_sound', 'document_to_apply_needed'],
  enter: async ({ input, journal, work, now, demonstration }) => {
    const read = readWorld(input.documents)
    if ('faults' in read) {
      const [fault] = read.faults
      const place = `${fault?.file ?? ''}:${fault?.line ?? 1}`
      const more = `${read.faults.length === 1 ? '1 fault' : `${read.faults.length} faults, the first`}: ${place} ${fault?.name ?? ''}: ${fault?.words ?? ''}`
      return { refusal: refuse('documents_must_be_sound', '/documents', more) }
    }
    const { world } = read
    const acts = planFor(world)
    if (acts.length === 0) return { refusal: refuse('document_to_apply_needed', '/documents') }
    await keepNames(world, work)
    const running = demonstration ? 'keep their story' : 'are completed'
    const { lines, ...counted } = await applyActs(acts, { journal, until: now, running })
    return { lines: [...lines], ...counted }
  },
})

const Person = z.object({
  ...{ id: z.string(), title: z.string(), says: z.string().optional() },
  roles: z.array(Role),
})
const World = z.object({
  ...{ id: z.string(), title: z.string(), says: z.string().optional(), kinds: z.array(Kind) },
  organisations: z.array(Ref.extend({ side: Side, persons: z.array(Person) })),
})
type Everybody = {
  readonly provider_id: string
  readonly consumer_id: string
  readonly side: z.infer<typeof Side>
  readonly role: z.infer<typeof Role>
  readonly person_id: string
  readonly held_from: string
  readonly held_until?: string
}

export const showDemonstration = door({
  name: 'show_demonstration',
  route: 'GET /demonstration',
  says: 'The worlds one may step into, their people, and the moments to which the clock may be moved.',
  to: 'demonstration',
  input: z.strictObject({}),
  output: z.object({
    now: z.string(),
    moments: z.array(z.object({ world: z.string(), title: z.string(), at: z.string() })),
    worlds: z.array(World),
  }),
  refusals: [],
  enter: async ({ work, now }) => {
    const [everybody, introductions, published] = await Promise.all([
      work.query(readEverybody),
      work.query(readIntroductions),
      work.query(readPublished),
    ])
    const holders = heldAt(
      everybody.rows.map((row) => stateOf(row) as Everybody),
      now,
    )
    const name = await titlesOf(
      work,
      holders.flatMap((one) => [one.provider_id, one.consumer_id, one.person_id]),
    )
    const introduced = new Map(
      introductions.rows.map(({ provider_id, document }) => [provider_id, document as PlainMap]),
    )
    const worlds = [...Map.groupBy(holders, (one) => one.provider_id)].map(([provider, all]) => {
      const words = introduced.get(provider)
      const says = listIn(words, 'persons')
      const person = (id: string, own: readonly Everybody[]) => {
        const told = says.find((one) => personId(String(one['person'])) === id)
        const roles = [...new Set(own.map(({ role }) => role))]
        return { ...name(id), roles, ...(told && { says: String(told['says']) }) }
      }
      const organisations = [
        ...Map.groupBy(all, (one) => (one.side === 'provider' ? one.provider_id : one.consumer_id)),
      ]
      return {
        id: provider,
        title: String(words?.['title'] ?? name(provider).title),
        ...(words && { says: String(words['says']) }),
        kinds: kindsOf(published.rows.filter((row) => row['provider_id'] === provider)),
        organisations: organisations.map(([id, own]) => ({
          ...name(id),
          side: own[0]?.side ?? ('provider' as const),
          persons: [...Map.groupBy(own, (one) => one.person_id)].map(([one, its]) =>
            person(one, its),
          ),
        })),
      }
    })
    const moments = [...introduced].flatMap(([world, words]) =>
      listIn(words, 'moments').map((moment) => ({
        world,
        title: String(moment['title']),
        at: utcText(parseInstant(String(moment['at']), 'UTC') ?? 0),
      })),
    )
    return { now: utcText(now), moments, worlds }
  },
})

const listIn = (words: PlainMap | undefined, word: string) =>
  Array.isArray(words?.[word]) ? (words[word] as PlainMap[]) : []

function kindsOf(published: readonly Record<string, unknown>[]) {
  const components = published.flatMap(({ document }) =>
    listIn(JSON.parse(String(document)), 'components'),
  )
  return Kind.options.filter((kind) => components.some((one) => kind in one))
}

export const stepIn = door({
  name: 'step_in',
  route: 'POST /demonstration/session',
  says: 'Signs in as any person of the demonstration who holds a role.',
  to: 'demonstration',
  input: z.strictObject({ person: z.string(), organisation: z.string() }),
  output: z.object({ person: Ref, organisation: Ref }),
  refusals: ['person_not_found'],
  enter: async ({ input, work, tokens, now, machineNow, keepSession }) => {
    const { person, organisation } = input
    const { rows } = await work.query(rolesFor(organisation, person))
    const held = rows.map((row) => stateOf(row) as RoleHolderRow)
    if (heldAt(held, now).length === 0) return { refusal: refuse('person_not_found', '/person') }
    const { secret } = await tokens.issue({
      ...{
        kind: 'session',
        says: 'the demonstration',
        now,
        expiresAt: sessionEndsAt(machineNow()),
      },
      viewer: { person, party: organisation, role: '' },
    })
    keepSession(secret)
    const name = await titlesOf(work, [person, organisation])
    return { person: name(person), organisation: name(organisation) }
  },
})

/** All that falls due in between has to happen: a year mistyped would keep the platform at it for ever. */
const leapMax = 10 * 366 * 86_400_000

export const moveClock = door({
  name: 'move_clock',
  route: 'POST /demonstration/clock',
  says: 'Moves the clock of the demonstration on; what is due by then falls due.',
  to: 'demonstration',
  input: z.strictObject({
    at: z
      .string()
      .max(40)
      .describe(
        'the instant at which it goes on: a moment, or any later one; in UTC, where it has neither Z nor an offset',
      ),
  }),
  output: z.object({ now: z.string() }),
  refusals: ['instant_unreadable', 'clock_must_move_by_years_at_most', 'clock_must_move_forwards'],
  enter: async ({
    input,
    work,
    machineNow,
    now,
  }): Promise<{ now: string } | { refusal: Refusal }> => {
    const at = parseInstant(input.at, 'UTC')
    if (at === undefined) return { refusal: refuse('instant_unreadable', '/at') }
    if (at - now > leapMax) return { refusal: refuse('clock_must_move_by_years_at_most', '/at') }
    const moved = await move(work, at, machineNow())
    return 'refusal' in moved ? moved : { now: utcText(moved.now) }
  },
})

export const signOut = door({
  name: 'sign_out',
  route: 'DELETE /session',
  says: 'Ends the session of this browser.',
  to: 'everybody',
  input: z.strictObject({}),
  output: z.object({}),
  refusals: [],
  enter: async ({ keepSession }) => {
    keepSession(undefined)
    return {}
  },
})
