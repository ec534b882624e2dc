import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { askingOf } from '../answering.ts'
import { factsIn, signed, triesOfAll } from '../contract.test-support.ts'
import type { Fact } from '../fact/fact.ts'
import { notAgreed, type Value, valueText } from '../value.ts'
import { permission } from './permission.ts'
import { type PermittedQuestion, permittedBy } from './permitted.ts'
import { itemsOf } from './standing.ts'

const day = 86_400_000

/** What the question `may` answers, found anew at each instant. */
function askedAt(agreement: Agreement, facts: readonly Fact[], at: Instant) {
  const { components } = revisionAt(agreement, at).contract
  const asking = askingOf(agreement, facts, at)
  return ({ component, ...rest }: Omit<PermittedQuestion, 'at'>): Value => {
    const found = components.get(component)
    if (!found) return notAgreed
    return permission(agreement, asking, { component: found, ...rest, at }).derivation.value
  }
}

/** Where the answer differs, when each is asked for the first time and again. */
function differences(agreement: Agreement, facts: readonly Fact[], instants: readonly Instant[]) {
  const may = permittedBy(agreement, facts)
  const all = questionsOf(agreement, facts)
  const answered = instants.flatMap((at) => {
    const asked = askedAt(agreement, facts, at)
    return all.map((one) => ({ question: { ...one, at }, slow: valueText(asked(one)) }))
  })
  return [...answered, ...answered].flatMap(({ question, slow }) => {
    const fast = valueText(may(question))
    const at = new Date(question.at).toISOString()
    return fast === slow
      ? []
      : [`${JSON.stringify({ ...question, at })}: ${fast}, the question answers ${slow}`]
  })
}

function questionsOf(
  agreement: Agreement,
  facts: readonly Fact[],
): Omit<PermittedQuestion, 'at'>[] {
  const { components, words } = revisionAt(agreement, agreement.frame.agreed.start).contract
  const asking = askingOf(agreement, facts)
  return [...components].flatMap(([component, one]) =>
    [...(words.users ?? []), 'stranger'].flatMap((user) => [
      { component, user },
      ...itemsOf(asking, one).map((item) => ({ component, user, item })),
    ]),
  )
}

/** Around every fact, the edges of the agreement, and the turn of a month and of a week. */
function instantsAround(agreement: Agreement, facts: readonly Fact[]): Instant[] {
  const { start, end } = agreement.frame.agreed
  const turns = [Date.UTC(2024, 1, 1), Date.UTC(2024, 1, 5)]
  const edges = [
    start,
    end,
    ...turns,
    ...facts.flatMap(({ at, to }) => (to === undefined ? [at] : [at, to])),
  ]
  return edges.flatMap((edge) => [edge - 1, edge, edge + 1, edge + 9 * day])
}

describe('whether a user may, for whoever asks often', () => {
  test('is what the question answers, in every case and example', () => {
    const differing = triesOfAll().flatMap(({ agreement, facts, name }) =>
      differences(agreement, facts, instantsAround(agreement, facts.slice(0, 12))).map(
        (words) => `${name} · ${words}`,
      ),
    )
    expect(differing).toEqual([])
  })

  test('is what the question answers, over random facts', () => {
    const { agreement } = signed(lending)
    fc.assert(
      fc.property(anyFacts, fc.array(anyMinute, { maxLength: 12 }), (written, minutes) => {
        const facts = factsIn(`[${written.join(', ')}]`, agreement)
        const random = minutes.map((minute) => agreement.frame.agreed.start + minute * 60_000)
        const instants = [...instantsAround(agreement, facts), ...random]
        expect(differences(agreement, facts, instants)).toEqual([])
      }),
      { numRuns: 10 },
    )
  })

  test('is another once a period turns in which a limit counts', () => {
    const written = [1, 2, 3].map((day) => `{ lent: { at: 2024-01-2${day}, size: 1 } }`)
    const { agreement, facts } = signed(lending, { facts: `[${written.join(', ')}]` })
    const may = permittedBy(agreement, facts)
    const turn = Date.parse('2024-02-01T00:00Z')
    const room = (at: Instant) => may({ component: 'room', user: 'member', at })
    expect([turn - day, turn - 1, turn, turn - 1, turn + day].map(room)).toEqual([
      ...[false, false, true, false, true],
    ])
  })

  test('is asked anew where the hours of a calendar decide', () => {
    const { agreement, facts } = signed(lending)
    const may = permittedBy(agreement, facts)
    const monday = Date.parse('2024-01-08T08:59:59.999Z')
    const desk = (at: Instant) => may({ component: 'desk', user: 'guest', at })
    expect([monday, monday + 1, monday].map(desk)).toEqual([false, true, false])
  })
})

const lending = `
users: [ guest, member ]
calendars: { office: { hours: { mon-fri: 09:00-17:00 } } }
facts:
  lent: { shape: event, has: { size: number } }
  blocked: { shape: event, has: { strict: truth } }
  freed: { shape: event }
  closed: { shape: interval }
  given_up: { shape: event }
agreed: { most: { type: number, default: 3 } }
components:
  - { access: tool, title: tool, for: [ guest, member ] }
  - { access: room, title: room, for: member }
  - { access: hall, title: hall, for: member }
  - { access: key, title: key, for: guest, serialised: yes }
  - { access: desk, title: desk, for: guest }
measures:
  lent_this_month: { count: lent, where: lent.size > 1, per: month }
  all_lent: { count: lent, per: month }
  lent_so_far: { sum: lent, value: lent.size, per: so-far-week }
  together: { formula: lent_this_month + lent_so_far }
  lent_lately: { count: lent, per: past 3 days }
  is_open: { open: office }
terms:
  few: { limit: { of: tool, measure: together, if-exceeded: refuse, at-most: most } }
  often: { limit: { of: room, on: lent, measure: all_lent, if-exceeded: refuse, at-most: 2 } }
  rarely: { limit: { of: hall, measure: lent_lately, if-exceeded: refuse, at-most: 1 } }
  in_hours: { limit: { of: desk, measure: "is_open ? 1 : 0", if-exceeded: refuse, at-least: 1 } }
  block: { transition: { of: tool, on: blocked, when: blocked.strict || lent_this_month > 2, right: suspended } }
  free: { transition: { of: tool, on: freed, right: restored } }
  key_ends: { transition: { of: key, on: returned, takes-effect: { within: 2 days, ends: at-the-hour }, right: ended } }
  over: { transition: { of: agreement, on: given_up, right: ended } }
`
const anyMinute = fc.nat(70 * 24 * 60)
const anyFacts = fc.array(
  fc
    .tuple(
      anyMinute.map((minute) => minute - (minute % 720)),
      fc.constantFrom(
        'lent: { size: 1, component: tool,',
        'lent: { size: 2, component: tool,',
        'lent: { size: 3, component: tool,',
        'blocked: { strict: yes, component: tool,',
        'blocked: { strict: no, component: tool,',
        'freed: { component: tool,',
        'granted: { about: key_1, component: key,',
        'returned: { about: key_1, component: key,',
        'given_up: {',
      ),
    )
    .map(([minute, head]) => {
      const at = Temporal.PlainDateTime.from('2024-01-01T00:00').add({ minutes: minute })
      return `{ ${head} at: ${at.toString({ smallestUnit: 'minute' })} } }`
    }),
  { maxLength: 10 },
)
