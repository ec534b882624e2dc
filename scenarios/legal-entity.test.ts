import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTooWide, narrow, violations, wide } from '../src/platform/browser.test-support.ts'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { ask, check } from '../src/question/command.ts'
import { openPages, type Pages, seen } from './pages.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

/** The department of a university that looks after desks: of its faculties, and of a firm that was one of them. */

const university = 'Example University'
const belongs = (dates = '') => `legal-entities: [ { legal-entity: university${dates} } ]`

/** `faculty` and `firm` are the words by which they belong to the university, or to no legal entity. */
const parties = (faculty: string, firm = '') => `
kind: legal-entity
id: university
title: ${university}
says: entered in the register of universities under 117
---
kind: organisation
id: it_department
title: IT department
${belongs()}
persons: [ { id: i_weber, title: Ida Weber } ]
---
kind: organisation
id: faculty
title: Faculty of Law
${faculty}
persons: [ { id: f_marin, title: Flora Marin } ]
---
kind: organisation
id: firm
title: Firm
${firm}
persons: [ { id: b_lund, title: Bo Lund } ]
---
kind: target-group
id: desks
title: People with a desk
`

const relationship = (consumer: string, person: string) => `
kind: relationship
id: desks_of_${consumer}
provider: it_department
consumer: ${consumer}
target-group: desks
from: 2026-01-01
roles:
  provider: { owner: [ i_weber ] }
  consumer: { customer: [ ${person} ], user: [ ${person} ] }
---
kind: agreement
id: desks_for_${consumer}
relationship: desks_of_${consumer}
offering: desk_care
period: [ 2026-03-01T00:00, 2027-03-01T00:00 ]
---
kind: facts
agreement: desks_for_${consumer}
facts:
  - performed: { id: visit_of_${consumer}, component: visit, from: 2026-04-10T09:00, to: 2026-04-10T10:00, by: i_weber }
`

const offering = `
kind: resource
id: technicians
title: Technicians
owner: it_department
dimension: organisations-and-people
---
kind: product
id: desk
title: Desk
provider: it_department
components: [ { id: care, title: Care, resources: [ { resource: technicians } ], visible-to: everybody } ]
---
kind: service
id: working_desk
title: Working desk
provider: it_department
products: [ desk ]
outcomes: [ { id: works, title: one can work, for: desks } ]
---
language: 1
kind: offering
id: desk_care
title: Desk care
provider: it_department
target-groups: [ desks ]
services: [ working_desk ]
currency: EUR
zone: Europe/Berlin
rounding: { to: 0.01, mode: half-up }
policies: { prorate: no, billed: in-arrears }
users: [ staff ]
components: [ { action: visit, of: desk.care, for: staff, title: visit } ]
terms:
  readiness: { charge: { every: month, amount: 100.00 } }
  each_visit: { charge: { each: performed, pays-for: visit, amount: 20.00 } }
`

const agreements = [relationship('faculty', 'f_marin'), relationship('firm', 'b_lund')]
const worldOf = (...told: Parameters<typeof parties>) =>
  [parties(...told), offering, ...agreements].join('---')

const both = `Internal charges: both belong to ${university}; no tax invoice`
const someOf = `1 of 2 lines are internal charges: on their bill dates both belong to ${university}; no tax invoice for them`

describe('on files', () => {
  const asked = (text: string, agreement: string, bill = '2026-04') => {
    const files = { files: [{ file: 'desks.yaml', text }], faults: [], isFolder: true }
    expect(check(files).says).toEqual(['15 documents, 0 faults'])
    const { says, data } = ask(files, `{ bill: ${bill} }`, { agreement, now: '2026-05-14' })
    return { says, ...(data as { answer: string; internal?: { lines: number } }) }
  }
  const left = belongs(', until: 2026-04-16')

  test.for<[string, { faculty: string; agreement: string; bill?: string }, string | undefined]>([
    ['a provider and a consumer of one', { faculty: belongs(), agreement: 'faculty' }, both],
    ['a consumer of none', { faculty: belongs(), agreement: 'firm' }, undefined],
    ['one that left within the month', { faculty: left, agreement: 'faculty' }, someOf],
    [
      'one that left, before it did',
      { faculty: left, agreement: 'faculty', bill: '2026-03' },
      both,
    ],
  ])('R050 %s', ([_, { faculty, agreement, bill }, internal]) => {
    const {
      says,
      answer,
      internal: found,
    } = asked(worldOf(faculty), `desks_for_${agreement}`, bill)
    const told = says.filter((line) => /internal charges/i.test(line))
    expect(told).toEqual(internal === undefined ? [] : [`${internal}.`])
    expect(found).toEqual(
      internal === undefined ? undefined : expect.objectContaining({ says: internal }),
    )
    expect(answer).toBe(bill === '2026-03' ? '100.00' : '120.00')
  })
})

describe('live', () => {
  let server: TestServer
  let pages: Pages
  let story: Story
  beforeAll(async () => {
    ;[server, pages] = await Promise.all([startTestServer(), openPages()])
    story = await tell(server, ['hotel'], pages.folder)
    await apply(belongs())
  }, 60_000)
  afterAll(async () => {
    await story.replayed()
    await story.end()
    await Promise.all([pages.end(), server.stop()])
  })

  const apply = async (...told: Parameters<typeof parties>) => {
    const documents = [{ file: 'desks.yaml', text: worldOf(...told) }]
    return (await story.operator()).door('apply_documents', { documents })
  }
  const flora = () => story.as('f_marin', 'faculty')
  const agreement = 'agr_desks_for_faculty'

  test('R049 R050 both sides are told that what they charge each other is internal', async () => {
    for (const client of [await flora(), await story.as('i_weber', 'it_department')]) {
      const bill = await client.query('show_bill', { agreement, period: '2026-04' })
      expect(bill.internal).toEqual({
        legal_entities: [{ id: 'ent_university', title: university }],
        ...{ lines: 2, of: 2, says: both },
      })
      expect(bill.lines.map(({ internal }) => internal)).toEqual([university, university])
      expect(bill.total).toBe('120.00')
      const months = await client.query('list_bills', { agreement })
      expect(months.internal).toBe(both)
      expect(months.items.map(({ internal }) => internal?.lines)).toEqual([1, 2, 1])
      const question = { bill: '2026-04' }
      const answer = await client.query('ask_agreement', { agreement, question })
      expect(answer.internal).toEqual(bill.internal)
    }
  })

  test.for([
    ['/agreements/agr_desks_for_faculty/charges', [both, 'final · internal']],
    ['/agreements/agr_desks_for_faculty/charges/2026-04', [both, 'internal, no tax invoice']],
    ['/relationships', [`Faculty of Law belongs to ${university}`]],
  ] as const)('R050 the page %s says %j', async ([path, says]) => {
    const origin = story.base().replace(/\/api$/, '')
    for (const size of [wide, narrow]) {
      const { page, wrongs } = await seen(pages.browser, `${origin}${path}`, {
        ...{ as: 'f_marin@faculty', size },
      })
      for (const words of says) await page.getByText(words).first().waitFor()
      expect([await isTooWide(page), await violations(page), wrongs]).toEqual([false, [], []])
      await page.context().close()
    }
  })

  test('R049 who sees a party sees what it belongs to; a department of none provides and consumes all the same', async () => {
    const firm = await story.as('b_lund', 'firm')
    const { items } = await firm.query('list_relationships', {})
    expect(items.map(({ provider, consumer }) => [provider, consumer])).toMatchObject([
      [{ legal_entities: [{ title: university }] }, { legal_entities: [] }],
    ])
    const own = { agreement: 'agr_desks_for_firm' }
    const bill = await firm.query('show_bill', { ...own, period: '2026-04' })
    expect([bill.total, bill.internal, bill.lines.length]).toEqual(['120.00', undefined, 2])
    expect(await firm.query('list_bills', own)).not.toHaveProperty('internal')
  })

  test('R050 who leaves is charged as before, and taxed from then on; as known before, nothing has changed', async () => {
    const client = await flora()
    const before = new Date(Date.parse((await client.query('show_viewer', {})).now)).toISOString()
    await story.moveTo('2026-05-20T12:00Z')
    const told = await apply(belongs(', until: 2026-04-16'), belongs(', from: 2026-05-01'))
    expect(told).toMatchObject({
      lines: expect.arrayContaining([
        'register organisation: Faculty of Law',
        'register organisation: Firm',
      ]),
      refused: 0,
    })
    expect(
      (await apply(belongs(', until: 2026-04-16'), belongs(', from: 2026-05-01'))).applied,
    ).toBe(0)

    const bill = await client.query('show_bill', { agreement, period: '2026-04' })
    expect(bill.internal).toMatchObject({ lines: 1, of: 2, says: someOf })
    expect(bill.lines.map(({ clause, internal }) => [clause, internal])).toEqual([
      ['each_visit', university],
      ['readiness', undefined],
    ])
    const months = await client.query('list_bills', { agreement })
    expect(months).not.toHaveProperty('internal')
    expect(months.items.map(({ internal }) => internal?.lines)).toEqual([1, 1, undefined])

    const known = { agreement, known_by: before, period: '2026-04' }
    expect((await client.query('show_bill', known)).internal).toMatchObject({ lines: 2 })
    const firm = await story.as('b_lund', 'firm')
    const joined = await firm.query('list_bills', { agreement: 'agr_desks_for_firm' })
    expect(joined.internal).toBe(both)
  })

  test('who is said to belong to none any more has left today; where nothing is said, it stays', async () => {
    await apply('', '')
    const firm = await story.as('b_lund', 'firm')
    const own = { agreement: 'agr_desks_for_firm' }
    expect((await firm.query('list_bills', own)).internal).toBe(both)
    await apply('', 'legal-entities: []')
    expect(await firm.query('list_bills', own)).not.toHaveProperty('internal')
    const march = await (await flora()).query('show_bill', { agreement, period: '2026-03' })
    expect(march.internal).toMatchObject({ says: both })
  })
})
