import { describe, expect, test } from 'vitest'
import { readDocuments } from '../contract/document/document.ts'
import { buildWorld } from '../world/world.ts'
import { type Belonging, sharedOn } from './rules.ts'

const always: Belonging = { entity: 'university' }
const until: Belonging = { ...always, until: '2026-04-16' }
const again: Belonging = { ...always, from: '2026-09-01' }
const other: Belonging = { entity: 'hospital' }

describe('R049 the legal entities that two organisations share on a day', () => {
  test.for<[string, readonly Belonging[], readonly Belonging[], readonly string[]]>([
    ['2026-04-15', [], [], []],
    ['2026-04-15', [always], [], []],
    ['2026-04-15', [], [always], []],
    ['2026-04-15', [always], [other], []],
    ['2026-04-15', [always], [always], ['university']],
    ['2026-04-15', [other, always], [always, other], ['hospital', 'university']],
    ['2026-04-15', [always], [until], ['university']],
    ['2026-04-16', [always], [until], []],
    ['2026-08-31', [until, again], [always], []],
    ['2026-09-01', [until, again], [always], ['university']],
  ])('on %s of %j and %j: %j', ([date, one, two, expected]) => {
    expect(sharedOn(date, one, two)).toEqual(expected)
    expect(sharedOn(date, two, one).toSorted()).toEqual(expected.toSorted())
  })
})

describe('R049 what an organisation belongs to', () => {
  const faultsOf = (text: string) => {
    const { documents, faults } = readDocuments(text, 'parties.yaml')
    return [...faults, ...buildWorld(documents).faults].map(({ name, pointer }) => [name, pointer])
  }
  const university = 'kind: legal-entity\nid: university\ntitle: University\n---\n'
  const department = (list: string) =>
    `${university}kind: organisation\nid: it\ntitle: IT\nlegal-entities: ${list}\n`
  const spell = (dates: string) => `{ legal-entity: university, ${dates} }`

  test.for<[string, readonly (readonly [string, string])[]]>([
    ['[]', []],
    ['[ university ]', []],
    [`[ ${spell('until: 2026-04-16')}, ${spell('from: 2026-04-16')} ]`, []],
    ['[ univercity ]', [['reference_unknown', '/legal-entities/0']]],
    ['[ university, university ]', [['name_doubled', '/legal-entities/1']]],
    [`[ ${spell('until: 2026-04-16')}, university ]`, [['name_doubled', '/legal-entities/1']]],
    [
      `[ ${spell('from: 2026-01-01, until: 2026-04-16')}, ${spell('from: 2026-04-15')} ]`,
      [['name_doubled', '/legal-entities/1']],
    ],
    [
      `[ ${spell('from: 2026-04-16, until: 2026-04-16')} ]`,
      [['period_misordered', '/legal-entities/0']],
    ],
    [`[ ${spell('form: 2026-04-16')} ]`, [['word_unknown', '/legal-entities/0/form']]],
  ])('%s has the faults %j', ([list, expected]) => {
    expect(faultsOf(department(list))).toEqual(expected)
  })

  test('is a legal entity that stands once, and with a name', () => {
    expect(faultsOf(`${university}${university}`.replace(/---\n$/, ''))).toEqual([
      ['name_doubled', '/id'],
    ])
    expect(faultsOf('kind: legal-entity\nid: university\n')).toEqual([['word_missing', '']])
  })
})
