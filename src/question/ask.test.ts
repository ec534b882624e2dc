import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bytesMax, type PlainMap, readDocuments } from '../contract/document/document.ts'
import { readFiles } from '../platform/files.ts'
import { buildWorld } from '../world/world.ts'
import { type AskOptions, askWorld } from './ask.ts'
import { ask, print } from './command.ts'

/** Who may learn what by asking, and what an answer without an instant is asked as of. */

const root = join(import.meta.dirname, '..', '..', 'examples', 'hotel')
const { files, isFolder } = readFiles(root, bytesMax)
const { world } = buildWorld(files.flatMap(({ file, text }) => readDocuments(text, file).documents))
const asking = (question: PlainMap, options: AskOptions = {}) => askWorld(world, question, options)
const answered = (question: PlainMap, options: AskOptions = {}) => {
  const found = asking(question, options)
  return 'data' in found ? found.data : found
}
const during = '2026-05-13T20:00'

describe('guessing a name tells nothing', () => {
  const room = (user: string) => ({ may: 'room', user, at: during })
  const anonymous = (question: PlainMap, name: string, options: AskOptions) =>
    JSON.parse(JSON.stringify(asking(question, options)).replaceAll(name, 'somebody')) as object

  test.for<AskOptions>([
    { as: 'ana_costa' },
    { as: 'ana_costa', agreement: 'stay_of_ana_costa' },
    { as: 'ana_costa', agreement: 'stay_of_ben_ito' },
    { as: 'ana_costa', at: during },
  ])('another guest and nobody at all get the same refusal: %j', (options) => {
    const guest = anonymous(room('ben_ito'), 'ben_ito', options)
    expect(guest).toMatchObject({ refused: 'person_without_agreement', pointer: '/user' })
    expect(anonymous(room('jane_roe'), 'jane_roe', options)).toEqual(guest)
  })

  test('another guest’s agreement and no agreement at all get the same refusal', () => {
    const bill = { bill: '2026-05' }
    const others = anonymous(bill, 'stay_of_ben_ito', {
      as: 'ana_costa',
      agreement: 'stay_of_ben_ito',
    })
    const none = anonymous(bill, 'stay_of_jane_roe', {
      as: 'ana_costa',
      agreement: 'stay_of_jane_roe',
    })
    expect(others).toMatchObject({ refused: 'agreement_not_found' })
    expect(none).toEqual(others)
  })

  test('the command line refuses both with the same exit code', () => {
    const outcome = (user: string) =>
      ask({ files, faults: [], isFolder }, JSON.stringify(room(user)), { as: 'ana_costa' })
    expect(outcome('ben_ito').data).toMatchObject({ refused: 'person_without_agreement' })
    expect(outcome('ben_ito').exit).not.toBe(0)
    expect(outcome('jane_roe').exit).toBe(outcome('ben_ito').exit)
  })
})

test.for<readonly [PlainMap, AskOptions, pointer: string, words: string]>([
  [{ may: 'rom', user: 'guest' }, {}, '/may', 'Did you mean “room”?'],
  [{ may: 'room', user: 'gest' }, {}, '/user', 'Did you mean “guest”?'],
  [{ may: 'room', user: 'ana_cost' }, {}, '/user', 'Did you mean “ana_costa”?'],
  [{ may: 'room', user: 'ben_it' }, {}, '/user', 'It knows guest, ana_costa, hugo_costa.'],
  [{ may: 'robe', user: 'guest', item: 'robe_017' }, {}, '/item', 'Did you mean “robe_0173”?'],
  [{ whose: 'robe_017' }, {}, '/whose', 'Did you mean “robe_0173”?'],
  [
    { exposure: 'agreement', suppose: [{ kept: { about: 'robe_017', at: during } }] },
    ...([{}, '/suppose/0', 'Did you mean “robe_0173”?'] as const),
  ],
  [{ bill: '2026-05' }, { agreement: 'stay_of_ana_cost' }, '/agreement', '“stay_of_ana_costa”?'],
  [{ bill: '2026-05' }, { agreement: 'stay' }, '/agreement', 'There is stay_of_ana_costa.'],
  [{ bill: '2026-05' }, { as: 'ana_cost' }, '/as', 'Did you mean “ana_costa”?'],
  [{ bill: '2026-05' }, { as: 'ana_costa', at: '2020-01-01' }, '/as', 'no role on 1 January 2020'],
])('what is misspelt is refused with what the asker may name: %j %j', (row) => {
  const [question, options, pointer, words] = row
  const refusal = asking(question, { as: 'ana_costa', at: during, ...options })
  expect(refusal).toMatchObject({ pointer, words: expect.stringContaining(words) })
})

test.for<readonly [asked: PlainMap, AskOptions, pointer: string]>([
  [{}, { at: '20.5.2026' }, '/at'],
  [{}, { at: '20.5.2026', as: 'ana_costa' }, '/at'],
  [{}, { at: '3000-01-01', as: 'jane_roe' }, '/at'],
  [{}, { knownBy: '20.5.2026', as: 'ana_costa' }, '/known-by'],
  [{ at: '3000-01-01' }, { as: 'ana_costa' }, '/at'],
])('what is no instant is refused as that, whoever asks: %j %j', ([asked, options, pointer]) => {
  const words = expect.stringMatching(/such as 2026-05-31T11:00, of a year from 1900 to 2999\.$/)
  expect(asking({ bill: '2026-05', ...asked }, options)).toMatchObject({ pointer, words })
})

test('an instant that cannot be read prints nothing', () => {
  const printed = print({ files, faults: [], isFolder }, { as: 'ana_costa', at: '20.5.2026' })
  expect(printed).toMatchObject({ exit: 2, data: { refused: 'value_misshapen', pointer: '/at' } })
})

test.for<readonly [PlainMap, pointer: string]>([
  [{ value: 'robe_price', for: 'robe_is_kept' }, '/for'],
  [{ remedy: 'robe_is_kept' }, '/remedy'],
  [{ whose: 'robe_0173' }, '/whose'],
])('of what was recorded later is said that it was not known: %j', ([question, pointer]) => {
  const options = { agreement: 'stay_of_ana_costa', at: '2026-05-20', knownBy: '2026-05-12T15:00' }
  const words = expect.stringContaining('only what had been recorded by 12 May 2026, 15:00')
  expect(asking(question, options)).toMatchObject({ pointer, words })
})

describe('whether somebody may', () => {
  test.for([
    ['ana_costa', 'yes'],
    ['hugo_costa', 'no'],
  ] as const)(
    'is an answer for every person of the relationship, a user or not: %s %s',
    ([user, answer]) => {
      expect(answered({ may: 'room', user, at: during }, { as: 'ana_costa' })).toMatchObject({
        question: 'may',
        agreement: 'stay_of_ana_costa',
        answer,
      })
    },
  )

  test('of an item that nobody knows is refused', () => {
    const robe = (item: string) =>
      answered({ may: 'robe', user: 'guest', item, at: during }, { as: 'ana_costa' })
    expect(robe('robe_0173')).toMatchObject({ answer: 'yes' })
    const refused = { refused: 'question_names_nothing', pointer: '/item' }
    expect(robe('robe_9999')).toMatchObject(refused)
    // Another guest's item is no item of this agreement.
    expect(robe('robe_0088')).toMatchObject(refused)
  })
})

describe('without an instant the clock decides what is final', () => {
  test.for<[PlainMap, AskOptions, string]>([
    [{ bill: '2026-05' }, { now: '2026-05-14T10:00' }, 'no'],
    [{ bill: '2026-05' }, { now: '2026-05-31T23:59' }, 'no'],
    [{ bill: '2026-05' }, { now: '2026-06-01T00:00' }, 'yes'],
    [{ bill: '2026-05' }, {}, 'yes'],
    [{ bill: '2026-05', at: '2026-06-01T00:00' }, { now: '2026-05-14T10:00' }, 'yes'],
    [{ bill: '2026-05', at: '2026-05-14T10:00' }, { now: '2026-06-01T00:00' }, 'no'],
    [{ bill: '2026-05' }, { at: '2026-05-14T10:00', now: '2026-06-01T00:00' }, 'no'],
  ])('%j with %j: %s', ([question, options, final]) => {
    expect(answered(question, { as: 'ana_costa', ...options })).toMatchObject({ final })
  })

  test('nothing later than the clock has happened', () => {
    const bill = (now: string) => answered({ bill: '2026-05' }, { as: 'ana_costa', now })
    expect(bill('2026-05-14T10:00')).toMatchObject({ answer: '420.00' })
    // The robe was kept on the 15th, and came back on the 27th.
    expect(bill('2026-05-20T10:00')).toMatchObject({ answer: '480.00' })
    expect(bill('2026-06-01T00:00')).toMatchObject({ answer: '420.00' })
  })
})

test.for([
  ['', 'Nothing is asked: say a question, such as { bill: 2026-05 }.'],
  ['{ bill: 2026-05 }\n---\n{ bill: 2026-06 }', 'One question at a time.'],
  [
    '{ bill: 2026-05, value: robe_price }',
    'One question at a time. “bill:” and “value:” ask one each.',
  ],
] as const)('what is no single question is refused as such: %j', ([question, words]) => {
  const { data } = ask({ files, faults: [], isFolder }, question, {
    agreement: 'stay_of_ana_costa',
  })
  expect(data).toEqual({ refused: 'question_unreadable', words, pointer: '' })
})
