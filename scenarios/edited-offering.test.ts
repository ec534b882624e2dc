import { expect, test } from 'vitest'
import { readFiles } from '../src/platform/files.ts'
import { ask, check, print, test as runCases } from '../src/question/command.ts'

const read = () => {
  const { files, isFolder } = readFiles('examples/hotel', 2_000_000)
  return { files: files.filter(({ file }) => !file.includes('/cases/')), isFolder, faults: [] }
}

/** Changes the files of the hotel as its author would, in memory; a text that is not there fails the test. */
function edited(changes: readonly [file: RegExp, from: string, to: string][]) {
  const world = read()
  for (const [file, from, to] of changes) {
    const found = world.files.find((one) => file.test(one.file) && one.text.includes(from))
    if (!found) throw new Error(`nothing in ${file} says ${from}`)
    world.files[world.files.indexOf(found)] = { ...found, text: found.text.replace(from, to) }
  }
  return world
}

const agreement = 'stay_of_ana_costa'
const answer = (world: ReturnType<typeof read>, question: string) =>
  ask(world, question, { agreement }).data as {
    answer: string
    lines: { clause: string; amount: string }[]
  }

// The promise of the whole: the author edits the offering alone, and prose, answers and bill follow.
test('R026 another price for the robe, a second thing on loan, and a shorter time to send it back', () => {
  const before = read()
  expect(print(before, { agreement }).says.join('\n')).toContain('60.00')
  expect(answer(before, '{ bill: 2026-05 }').answer).toBe('420.00')

  const world = edited([
    [/city_stay/, 'each: robe_kept, amount: 60.00', 'each: robe_kept, amount: 72.50'],
    [/city_stay/, 'when: days_since_kept <= 14', 'when: days_since_kept <= 7'],
    [
      /city_stay/,
      '  - { action: front_desk,',
      `  - access: umbrella
    of: city_room.umbrella
    title: umbrella
    for: guest
    serialised: yes
    terms:
      umbrella_kept:
        transition: { on: [ kept, missing ], title: consumer, custody: consumer, right: ended }
      umbrella_price:
        charge: { each: umbrella_kept, amount: 18.00 }
  - { action: front_desk,`,
    ],
    [
      /product/,
      '  - { id: welcome_kit,',
      '  - { id: umbrella, title: Umbrella, resources: [ { resource: bathrobes } ], visible-to: everybody }\n  - { id: welcome_kit,',
    ],
    [
      /ana_costa/,
      '  - checked_out:',
      '  - missing: { id: umbrella_gone, about: umbrella_7, component: umbrella, at: 2026-05-15T12:41 }\n  - checked_out:',
    ],
  ])
  expect(check(world).says).toEqual(['21 documents, 0 faults'])

  const prose = print(world, { agreement }).says.join('\n')
  expect(prose).toContain('72.50')
  expect(prose).not.toContain('60.00')
  expect(prose).toMatch(/at\s+most\s+7/)
  expect(prose).toContain('umbrella')

  expect(answer(world, '{ value: robe_price, for: robe_is_kept }').answer).toBe('72.50')
  expect(answer(world, '{ value: umbrella_price, for: umbrella_gone }').answer).toBe('18.00')
  const bill = answer(world, '{ bill: 2026-05 }')
  expect(bill.answer).toBe('510.50')
  expect(bill.lines.find((line) => line.clause === 'robe_refund')?.amount).toBe('nothing-due')
  expect(answer(world, '{ whose: umbrella_7, at: 2026-05-16 }').answer).toBe('consumer')
})

test('R009 a change that would break a promise is named before anybody signs', () => {
  const world = edited([
    [/city_stay/, 'each: robe_kept, amount: 60.00', 'each: robe_kpet, amount: 60.00'],
  ])
  const { says, exit } = check(world)
  expect(exit).toBe(1)
  expect(says.join('\n')).toContain('Did you mean “robe_kept”?')
})

test('the cases of the hotel fail where its offering no longer says what they expect', () => {
  const { files, isFolder } = readFiles('examples/hotel', 2_000_000)
  const changed = files.map(({ file, text }) => ({
    file,
    text: text.replace('amount: 60.00', 'amount: 61.00'),
  }))
  expect(runCases({ files: changed, faults: [], isFolder }).exit).toBe(1)
})
