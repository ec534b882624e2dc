import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bytesMax, readDocuments } from '../contract/document/document.ts'
import { readFiles } from '../platform/files.ts'
import { projectProduct } from '../product/projection.ts'
import { buildWorld } from '../world/world.ts'
import { askWorld } from './ask.ts'
import { ask, type Files, type Outcome, print } from './command.ts'
import { secretsOf } from './secrets.test-support.ts'

/** Hidden stays hidden: what stands behind an offering is told to its provider and to nobody else. */

const root = join(import.meta.dirname, '..', '..', 'examples')
const load = (name: string): Files => {
  const { files, isFolder } = readFiles(join(root, name), bytesMax)
  return { files, faults: [], isFolder }
}
const worldOf = ({ files }: Files) =>
  buildWorld(files.flatMap(({ file, text: source }) => readDocuments(source, file).documents)).world
const text = ({ says, data }: Outcome) => `${says.join('\n')}\n${JSON.stringify(data)}`

type World = {
  readonly name: string
  /** A user of the consumer's side, with the agreement, and a person of another consumer. */
  readonly person: string
  readonly agreement: string
  readonly stranger?: string
  readonly provider: string
}
const worlds: readonly World[] = [
  {
    name: 'hotel',
    person: 'ana_costa',
    agreement: 'stay_of_ana_costa',
    stranger: 'ben_ito',
    provider: 'm_reyes',
  },
  { name: 'colocation', person: 'j_weber', agreement: 'rack_of_brightline', provider: 'o_nilsen' },
]

/** Everything that can be asked about every name that the contract or anybody knows, sound or not. */
function questionsOf(files: Files, agreement: string): string[] {
  const world = worldOf(files)
  const live = world.agreements.get(agreement)
  const contract = live?.agreement.revisions[0]?.contract
  const names = [
    ...(contract?.definitions.keys() ?? []),
    ...secretsOf(world, '').filter((name) => /^[a-z_]+$/.test(name)),
    'nothing_of_that_name',
  ]
  const facts = live?.facts ?? []
  const items = [...new Set(facts.flatMap(({ about }) => (about === undefined ? [] : [about])))]
  return [
    ...names.flatMap((name) => [
      `{ value: ${name} }`,
      `{ value: ${name}, in: 2026-05 }`,
      `{ whose: ${name}, at: 2026-05-14 }`,
      `{ may: ${name}, user: guest, at: 2026-05-14 }`,
      `{ due: ${name}, for: ${facts[0]?.id ?? 'none'} }`,
      `{ met: ${name}, in: 2026-05 }`,
      ...facts.map(({ id }) => `{ value: ${name}, for: ${id} }`),
    ]),
    ...items.map((item) => `{ whose: ${item} }`),
    '{ bill: 2026-05 }',
    '{ bill: May }',
    '{ price: robe }',
    '{ value: [ a ] }',
    'nothing',
    '{ value: robe_price, in: 2026-05, agreement: stay_of_ben_ito }',
    '{ may: robe, user: linen_laundry, at: 2026-05-14 }',
  ]
}

describe.for(worlds)('in the world of the $name', ({ name, person, agreement, provider }) => {
  const files = load(name)
  const world = worldOf(files)
  const group = [...world.relationships.values()][0]?.words['target-group'] ?? ''
  const secrets = secretsOf(world, group)
  const leaks = (outcome: Outcome) => secrets.filter((secret) => text(outcome).includes(secret))

  test('there is something to hide, and the provider is shown it', () => {
    expect(secrets.length).toBeGreaterThan(8)
    const behind = print(files, { agreement: agreement, as: provider, behind: true })
    expect(leaks(behind).length).toBeGreaterThan(6)
    expect(leaks(print(files, { agreement: agreement, as: provider }))).toEqual([])
  })

  test('no answer and no refusal tells the consumer’s person any of it', () => {
    const questions = questionsOf(files, agreement)
    expect(questions.length).toBeGreaterThan(150)
    const found = questions.flatMap((question) => {
      // A name that the asker wrote may come back in the words of a refusal.
      const written = secrets.filter((secret) => question.includes(secret))
      const data = readDocuments(question, 'question').documents[0]?.data ?? ''
      const answer = JSON.stringify(askWorld(world, data, { as: person }))
      const told = secrets.filter((secret) => answer.includes(secret) && !written.includes(secret))
      return told.map((secret) => `${secret} in the answer to ${question}`)
    })
    expect(found).toEqual([])
  })

  test('a hidden name is answered as a name that nothing has', () => {
    const hidden = secrets.filter((secret) => /^[a-z]+(_[a-z]+)+$/.test(secret))
    const answerTo = (asked: string) =>
      text(ask(files, `{ whose: ${asked} }`, { as: person }))
        .replaceAll(asked, '…')
        // Of what the contract itself names, what is near to the name that was written; else all of it.
        .replaceAll(/ (Did you mean|Its components are) [^.?]*[.?]/g, '')
    expect(hidden.length).toBeGreaterThan(3)
    for (const asked of hidden) expect(answerTo(asked)).toBe(answerTo('nothing_of_that_name'))
  })

  test('her contract in print holds none of it, and what stands behind it is refused her by name', () => {
    expect(leaks(print(files, { agreement: agreement, as: person }))).toEqual([])
    const refused = print(files, { agreement: agreement, as: person, behind: true })
    expect(refused.data).toMatchObject({ refused: 'role_must_be_the_providers' })
    expect(leaks(refused)).toEqual([])
  })

  test('a faulty world tells her only that it is faulty', () => {
    const broken: Files = {
      ...files,
      files: files.files.map((one) => ({
        ...one,
        text: one.text.replace(/resource: (\w+)/, 'resource: $1_gone'),
      })),
    }
    for (const outcome of [
      ask(broken, '{ bill: 2026-05 }', { as: person }),
      print(broken, { agreement: agreement, as: person }),
    ]) {
      expect(outcome.data).toMatchObject({ refused: 'world_must_be_sound' })
      expect(leaks(outcome)).toEqual([])
    }
    const forProvider = text(ask(broken, '{ bill: 2026-05 }', {}))
    expect(forProvider).toContain('publication_incomplete')
  })
})

test.for(worlds.flatMap(({ stranger, ...world }) => (stranger ? [{ ...world, stranger }] : [])))(
  'a person without part in an agreement of the $name is told nothing of it, not even that it exists',
  ({ name, person, agreement, stranger }) => {
    const files = load(name)
    const outcomes = [
      print(files, { agreement: agreement, as: stranger }),
      ask(files, '{ bill: 2026-05 }', { as: stranger, agreement }),
      ask(files, `{ bill: 2026-05, agreement: ${agreement} }`, { as: stranger }),
      ask(files, `{ may: room, user: ${person}, at: 2026-05-14 }`, { as: stranger }),
    ]
    const nowhere = ask(files, '{ bill: 2026-05 }', { as: stranger, agreement: 'stay_of_nobody' })
    for (const outcome of outcomes) expect(outcome.exit).toBe(2)
    expect(text(outcomes[1] as Outcome).replaceAll(agreement, '…')).toBe(
      text(nowhere).replaceAll('stay_of_nobody', '…'),
    )
    expect(text(outcomes[2] as Outcome).replaceAll(agreement, '…')).toBe(
      text(nowhere).replaceAll('stay_of_nobody', '…'),
    )
    const facts = ['robe_0173', 'ana_leaves', '13:00', 'train']
    for (const outcome of outcomes)
      for (const fact of facts) expect(text(outcome)).not.toContain(fact)
  },
)

/** Two worlds that differ only in what is hidden answer a consumer alike (I30). */
test('equal visible graphs give equal views', () => {
  const files = load('hotel')
  const changed: Files = {
    ...files,
    files: files.files.map((one) => ({
      ...one,
      text: one.text
        .replaceAll('linen_laundry', 'sheet_service')
        .replaceAll('Linen laundry', 'Sheets')
        .replaceAll('38.20', '99.90')
        .replaceAll('Brightwash', 'Other')
        .replaceAll('Bathrobes', 'Gowns'),
    })),
  }
  for (const question of [
    '{ bill: 2026-05 }',
    '{ whose: robe_0173 }',
    '{ value: robe_price, in: 2026-05 }',
    '{ may: robe, user: guest, at: 2026-05-14 }',
  ])
    expect(ask(changed, question, { as: 'ana_costa' })).toEqual(
      ask(files, question, { as: 'ana_costa' }),
    )
  const printed = (one: Files, options: object) =>
    print(one, { agreement: 'stay_of_ana_costa', ...options })
  expect(printed(changed, { as: 'ana_costa' })).toEqual(printed(files, { as: 'ana_costa' }))
  expect(printed(changed, { behind: true })).not.toEqual(printed(files, { behind: true }))
})

test('a consumer sees the components that its group may see, by id and title alone, without a gap', () => {
  const product = [...worldOf(load('hotel')).products.values()][0]?.words
  if (!product) throw new Error('no product')
  const ids = (group: string) =>
    projectProduct(product, { side: 'consumer', group }).components.map((one) => one.id)
  expect(ids('leisure_guests')).toEqual(['double_room', 'bathrobe', 'welcome_kit', 'reception'])
  expect(ids('business_guests')).toEqual(['double_room', 'bathrobe', 'welcome_kit'])
  const seen = projectProduct(product, { side: 'consumer', group: 'leisure_guests' })
  expect(seen.components.map((one) => Object.keys(one))).toEqual(
    ids('leisure_guests').map(() => ['id', 'title']),
  )
  expect(projectProduct(product, { side: 'provider' }).components).toHaveLength(5)
})
