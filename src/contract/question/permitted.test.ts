import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, utcText } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { askingOf } from '../answering.ts'
import { factsIn, signed, triesOfAll } from '../contract.test-support.ts'
import type { Fact } from '../fact/fact.ts'
import { QuestionRefused } from '../question-refused.ts'
import { itemsOf } from '../standing/standing.ts'
import type { Stretch } from '../standing/stretch.ts'
import { valueText } from '../value.ts'
import { type PermittedQuestion, permittedBy } from './permitted.ts'
import { answerQuestion } from './question.ts'

const day = 86_400_000

type Timeless = Omit<PermittedQuestion, 'at'>
type Told = { readonly value: string; readonly because?: string; readonly stands?: Stretch }

/** What the question `may` answers, and for how long that stands; of what it refuses the name of the refusal. */
function asked(agreement: Agreement, facts: readonly Fact[], { component, ...rest }: Timeless) {
  return (at: Instant): Told => {
    const question = { may: component, ...rest, at: utcText(at) }
    const refused = nameOfRefusal(() => answerQuestion(agreement, facts, question))
    if (typeof refused === 'string') return { value: refused }
    const { derivation, stands, clause, warnings } = refused
    const because = [clause, ...(warnings ?? [])].join(' ')
    return { value: valueText(derivation.value), because, ...(stands && { stands }) }
  }
}

function nameOfRefusal<Found>(ask: () => Found): Found | string {
  try {
    return ask()
  } catch (error) {
    if (error instanceof QuestionRefused) return error.name
    throw error
  }
}

/**
 * Where the answer of whoever asks often is another, when each is asked for the first time and again; or where an answer
 * is another, or stands for another stretch, somewhere within the stretch for which it stands.
 */
function differences(
  agreement: Agreement,
  facts: readonly Fact[],
  instants: readonly Instant[],
  parts: readonly number[] = [],
) {
  const may = permittedBy(agreement, facts)
  const again: (() => string[])[] = []
  const found = questionsOf(agreement, facts).flatMap((question) => {
    const ask = asked(agreement, facts, question)
    const tried = new Set<string>()
    return instants.flatMap((at) => {
      const { value, because, stands } = ask(at)
      const compared = () => {
        const fast = nameOfRefusal(() => valueText(may({ ...question, at })))
        return fast === value ? [] : [`${said(question, at)}: ${fast}, the question: ${value}`]
      }
      again.push(compared)
      const { from = at - day, until = at + day } = stands ?? {}
      const stretch = `${from} ${until}`
      if (!stands || tried.has(stretch)) return compared()
      tried.add(stretch)
      const inside = parts.map((part) => from + Math.floor((until - from) * part))
      const moved = [from, until - 1, ...inside].flatMap((then) => {
        const other = ask(then)
        const isSame = other.value === value && other.because === because
        return isSame
          ? []
          : [`${said(question, then)}: ${other.value}, and ${value} ${utcText(at)}`]
      })
      return [...compared(), ...moved]
    })
  })
  return [...found, ...again.flatMap((compared) => compared())]
}

const said = (question: Timeless, at: Instant) => JSON.stringify({ ...question, at: utcText(at) })

function questionsOf(agreement: Agreement, facts: readonly Fact[]): Timeless[] {
  const { components, words } = revisionAt(agreement, agreement.frame.agreed.start).contract
  const asking = askingOf(agreement, facts)
  return [...components].flatMap(([component, one]) =>
    (words.users ?? []).flatMap((user) => [
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
      fc.property(anyFacts, anyMinutes, anyParts, (written, minutes, parts) => {
        const facts = factsIn(`[${written.join(', ')}]`, agreement)
        const random = minutes.map((minute) => agreement.frame.agreed.start + minute * 60_000)
        const instants = [...instantsAround(agreement, facts), ...random]
        expect(differences(agreement, facts, instants, parts)).toEqual([])
      }),
      { numRuns: 30 },
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

  test('is of nobody else, whatever spaces stand in the name of a user or of an item', () => {
    const { agreement, facts } = signed(
      '{ users: [ guest ], components: [ { access: room, for: guest, serialised: yes } ] }',
      { facts: '[ granted: { about: "no 17", component: room, at: 2024-01-01 } ]' },
    )
    const at = Date.parse('2024-01-06T00:00Z')
    const asked: Timeless[] = [
      { component: 'room', user: 'guest', item: 'no 17' },
      { component: 'room', user: 'guest no', item: '17' },
      { component: 'room', user: 'guest' },
      { component: 'room', user: 'guest', item: '' },
    ]
    const may = permittedBy(agreement, facts)
    const found = asked.map((one) => nameOfRefusal(() => may({ ...one, at })))
    expect(found).toEqual([true, 'user_undeclared', true, 'question_names_nothing'])
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
  invoiced_for: { shape: event }
  taken: { shape: event }
  listed: { shape: event }
agreed: { most: { type: number, default: 3 } }
components:
  - { access: tool, title: tool, for: [ guest, member ] }
  - { access: room, title: room, for: member }
  - { access: hall, title: hall, for: member }
  - { access: key, title: key, for: guest, serialised: yes }
  - { access: desk, title: desk, for: guest }
  - { access: cellar, title: cellar, for: member }
measures:
  lent_this_month: { count: lent, where: lent.size > 1, per: month }
  all_lent: { count: lent, per: month }
  lent_so_far: { sum: lent, value: lent.size, per: so-far-week }
  together: { formula: lent_this_month + lent_so_far }
  taken_lately: { count: taken, per: past 3 days }
  since_listed: { since: listed, in: hours }
  taken_so_far: { count: taken, per: so-far-month }
  unpaid: { count: pay.missed, per: month }
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
  sparingly: { limit: { of: cellar, on: taken, measure: taken_so_far, if-exceeded: refuse, at-most: 2 } }
  pay: { duty: { who: consumer, start: invoiced_for, within: 3 days, ends: at-the-hour, stop: paid, pauses: { facts: closed, counted: around-the-clock } } }
  unpaid_thrice: { limit: { of: hall, measure: unpaid, if-exceeded: warn, at-most: 0 } }
  locked: { transition: { of: room, on: pay.missed, right: suspended } }
  opened: { transition: { of: room, on: paid, right: restored } }
  list: { duty: { who: consumer, start: month, within: 5 days, ends: at-the-hour, stop: listed } }
  crowded: { transition: { of: cellar, on: taken, when: taken_lately > 1 && since_listed > 48, right: suspended } }
  closed_unlisted: { transition: { of: cellar, on: list.missed, right: suspended } }
  reopened: { transition: { of: cellar, on: listed, right: restored } }
  over: { transition: { of: agreement, on: given_up, takes-effect: { within: 3 weeks, ends: at-the-hour }, right: ended } }
`
const anyMinute = fc.nat(70 * 24 * 60)
const anyMinutes = fc.array(anyMinute, { maxLength: 12 })
/** Where within a stretch. */
const anyParts = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  maxLength: 3,
})
const anyFacts = fc.array(
  fc
    .tuple(
      anyMinute.map((minute) => minute - (minute % 720)),
      fc.constantFrom(
        'lent: { size: 1, component: tool, at:',
        'lent: { size: 2, component: tool, at:',
        'lent: { size: 3, component: tool, at:',
        'blocked: { strict: yes, component: tool, at:',
        'blocked: { strict: no, component: tool, at:',
        'freed: { component: tool, at:',
        'granted: { about: key_1, component: key, at:',
        'returned: { about: key_1, component: key, at:',
        'invoiced_for: { at:',
        'paid: { at:',
        'closed: { for: 30 hours, from:',
        'closed: { from:',
        'taken: { recorded: 2024-06-01, at:',
        'listed: { at:',
        'given_up: { at:',
      ),
    )
    .map(([minute, head]) => {
      const at = Temporal.PlainDateTime.from('2024-01-01T00:00').add({ minutes: minute })
      return `{ ${head} ${at.toString({ smallestUnit: 'minute' })} } }`
    }),
  { maxLength: 12 },
)
