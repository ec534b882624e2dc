import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../kernel/exact.ts'
import { localText, utcText } from '../kernel/time.ts'
import { answering, type Signed, signed } from './contract.test-support.ts'
import { derivationData } from './derivation.ts'
import type { Fact } from './fact/fact.ts'
import type { Question } from './question/form.ts'
import { anyContract, lineKey } from './random-contract.test-support.ts'
import type { Line } from './scope.ts'
import type { Value } from './value.ts'

/** Invariants of docs/requirements.md that one agreement and its facts decide, over random facts. */

const numberOf = (value: Value): Exact => {
  if (value instanceof Exact) return value
  throw new Error('no number')
}

type Interval = { readonly start: number; readonly minutes: number }
const anyInterval = fc.record({
  start: fc.integer({ min: 0, max: 59 * 1440 }),
  minutes: fc.integer({ min: 1, max: 3000 }),
})
const anyIntervals = fc.array(anyInterval, { maxLength: 5 })
const first = Date.UTC(2024, 0, 1)

/** Intervals of January and February, an interval over their ends among them. */
const intervals = (kind: string, list: readonly Interval[], about?: string): Fact[] =>
  list.map(({ start, minutes }, place) => {
    const at = first + start * 60_000
    const to = at + minutes * 60_000
    const id = `${kind}_${about ?? ''}_${place}`
    const part = about === undefined ? {} : { about }
    return { id, kind, shape: 'interval', at, to, recorded: to, values: part, ...part }
  })

describe('availability', () => {
  const { agreement } = signed(
    `{ zone: Etc/UTC, calendars: { office: { hours: { mon-fri: [ 09:00-12:00, 13:00-17:00 ] } } },
       measures: {
         down: { time: outage, except: { facts: maintenance }, in: minutes }, all: { time: period, in: minutes }, up: { formula: 1 - down / all },
         down_open: { time: outage, except: { facts: maintenance }, calendar: office, in: minutes }, all_open: { time: period, calendar: office, in: minutes }, up_open: { formula: 1 - down_open / all_open } } }`,
  )
  const measured = (outages: readonly Interval[], excluded: readonly Interval[]) => {
    const facts = [...intervals('outage', outages), ...intervals('maintenance', excluded)]
    const { ask } = answering(agreement, facts)
    return (value: string, period: string) =>
      numberOf(ask({ value, in: period, at: '2025-01-01' }).derivation.value)
  }
  const periods = ['2024-01', '2024-02', '2024-01-16', '2024']

  test('is between 0 and 1, and more downtime never raises it (I32)', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, anyInterval, (outages, excluded, more) => {
        const plain = measured(outages, excluded)
        const worse = measured([...outages, more], excluded)
        for (const name of ['up', 'up_open'])
          for (const period of periods) {
            if (name === 'up_open' && plain('all_open', period).isZero) continue
            const [up, less] = [plain(name, period), worse(name, period)]
            expect(up.compare(Exact.zero) >= 0 && up.compare(Exact.one) <= 0).toBe(true)
            expect(less.compare(up)).toBeLessThanOrEqual(0)
          }
      }),
      { numRuns: 40 },
    )
  })

  test('is never lowered by downtime in an agreed exclusion, nor by an exclusion (I32)', () => {
    fc.assert(
      fc.property(anyIntervals, anyInterval, fc.nat(), fc.nat(), (outages, hole, from, long) => {
        const start = hole.start + (from % hole.minutes)
        const inside = { start, minutes: 1 + (long % (hole.start + hole.minutes - start)) }
        const [plain, excluded] = [measured(outages, []), measured(outages, [hole])]
        const hit = measured([...outages, inside], [hole])
        for (const period of periods) {
          expect(hit('down', period).text).toBe(excluded('down', period).text)
          expect(excluded('up', period).compare(plain('up', period))).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('counts what overlaps once, planned and unplanned (I32)', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (outages, excluded) => {
        const once = measured(outages, excluded)
        const twice = measured([...outages, ...outages], [...excluded, ...excluded])
        for (const period of periods) expect(twice('up', period).text).toBe(once('up', period).text)
      }),
      { numRuns: 30 },
    )
  })

  test('of the parts of a window, weighted by committed time, is that of the whole (I33)', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, fc.integer({ min: 1, max: 58 }), (out, ex, cut) => {
        const found = measured(out, ex)
        const day = utcText(first + cut * 86_400_000).slice(0, 10)
        const parts = [`2024-01-01 to ${day}`, `${day} to 2024-03-01`]
        for (const [up, all] of [
          ['up', 'all'],
          ['up_open', 'all_open'],
        ] as const) {
          if (parts.some((part) => found(all, part).isZero)) continue
          const weighted = (period: string) => found(up, period).times(found(all, period))
          const sum = Exact.sum(parts.map(weighted))
          expect(sum.text).toBe(weighted('2024-01-01 to 2024-03-01').text)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('a whole made of parts', () => {
  const parts = ['a', 'b', 'c', 'd']
  const structures = {
    whole: '{ all-of: [ a, b, { any-of: [ c ] } ] }',
    redundant: '{ all-of: [ a, b, { any-of: [ c, d ] } ] }',
  }
  const ofShares = (structure: string, shares: readonly number[]) =>
    numberOf(
      signed(
        `{ agreed: { a: number, b: number, c: number, d: number }, structures: { shop: ${structure} }, measures: { promised: { forecast: shop } } }`,
        {
          agreed: Object.fromEntries(
            parts.map((part, place) => [part, `${(shares[place] ?? 0) / 1000}`]),
          ),
        },
      ).ask({ value: 'promised' }).derivation.value,
    )
  const ofOutages = (structure: string, facts: readonly Fact[]) => {
    const { agreement } = signed(
      `{ zone: Etc/UTC, agreed: { a: number, b: number, c: number, d: number }, structures: { shop: ${structure} },
         measures: { down: { time: outage, through: shop, in: minutes } } }`,
      { agreed: { a: '1', b: '1', c: '1', d: '1' } },
    )
    const { ask } = answering(agreement, facts)
    return numberOf(ask({ value: 'down', in: '2024-01', at: '2025-01-01' }).derivation.value)
  }

  test('is promised no more than any part it must have, and more of one never less (I34)', () => {
    const share = fc.integer({ min: 0, max: 1000 })
    fc.assert(
      fc.property(fc.array(share, { minLength: 4, maxLength: 4 }), (shares) => {
        const [plain, more] = [structures.whole, structures.redundant].map((one) =>
          ofShares(one, shares),
        )
        if (!plain || !more) throw new Error('no share')
        for (const place of [0, 1, 2])
          expect(plain.compare(Exact.ratio(shares[place] ?? 0, 1000))).toBeLessThanOrEqual(0)
        for (const place of [0, 1])
          expect(more.compare(Exact.ratio(shares[place] ?? 0, 1000))).toBeLessThanOrEqual(0)
        expect(more.compare(plain)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 60 },
    )
  })

  test('was up no longer than any part it must have, and with one more never less (I34)', () => {
    fc.assert(
      fc.property(fc.array(anyIntervals, { minLength: 4, maxLength: 4 }), (drawn) => {
        const facts = drawn.flatMap((list, place) => intervals('outage', list, parts[place]))
        const plain = ofOutages(structures.whole, facts)
        const more = ofOutages(structures.redundant, facts)
        for (const part of ['a', 'b', 'c'])
          expect(plain.compare(ofOutages(`{ all-of: [ ${part} ] }`, facts))).toBeGreaterThanOrEqual(
            0,
          )
        expect(more.compare(plain)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 25 },
    )
  })
})

describe('a fact that is told late', () => {
  const asked: Question & { bill: string } = { bill: '2023-01-01 to 2026-12-31', at: '2028-01-01' }
  const day = 86_400_000

  /** Each is recorded some days after it happened, and no two at one instant. */
  const toldLate = (facts: readonly Fact[], delays: readonly number[]): Fact[] =>
    facts.map((fact, place) => ({
      ...fact,
      recorded: (fact.to ?? fact.at) + (delays[place] ?? 0) * day + place,
    }))
  const amounts = ({ ask }: Signed, knownBy: number) => {
    const answer = ask({ ...asked, 'known-by': utcText(knownBy) })
    const own = new Map<string, Exact>()
    for (const { clause, posted } of answer.lines ?? [])
      if (posted.value instanceof Exact)
        own.set(clause, (own.get(clause) ?? Exact.zero).plus(posted.value))
    return { answer, own }
  }
  const delays = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 8, maxLength: 8 })

  test('is corrected: what was billed and all corrections are what is computed afresh (I12)', () => {
    let moved = 0
    fc.assert(
      fc.property(anyContract, delays, fc.nat(700), (contract, drawn, issued) => {
        // Of two at one instant the one that was recorded first comes first: then the delay says something.
        fc.pre(new Set(contract.facts.map(({ at }) => at)).size === contract.facts.length)
        const late = answering(contract.agreement, toldLate(contract.facts, drawn))
        const inTime = answering(contract.agreement, toldLate(contract.facts, []))
        const start = Date.UTC(2023, 6, 1) + issued * day
        const known = [
          start,
          ...late.facts
            .map(({ recorded }) => recorded)
            .filter((at) => at > start)
            .sort((left, right) => left - right),
        ]
        const told = known.map((at) => amounts(late, at).own)
        const corrected = new Map(told[0])
        for (const [place, now] of told.entries()) {
          const before = told[place - 1]
          if (!before) continue
          for (const clause of new Set([...before.keys(), ...now.keys()])) {
            const [had, has] = [before, now].map((one) => one.get(clause) ?? Exact.zero)
            const correction = (has ?? Exact.zero).minus(had ?? Exact.zero)
            if (!correction.isZero) moved += 1
            corrected.set(clause, (corrected.get(clause) ?? Exact.zero).plus(correction))
          }
        }
        const afresh = amounts(inTime, Date.UTC(2028, 0, 1)).own
        const text = (of: ReadonlyMap<string, Exact>) =>
          [...of].filter(([, sum]) => !sum.isZero).map(([clause, sum]) => `${clause} ${sum.text}`)
        expect(text(corrected).toSorted()).toEqual(text(afresh).toSorted())
      }),
      { numRuns: 60 },
    )
    expect(moved).toBeGreaterThan(20)
  })

  test('leaves what was issued as it was, with its reasons (I12, I16)', () => {
    fc.assert(
      fc.property(anyContract, delays, fc.nat(700), (contract, drawn, issued) => {
        const facts = toldLate(contract.facts, drawn)
        const at = Date.UTC(2023, 6, 1) + issued * day
        const known = facts.filter(({ recorded }) => recorded <= at)
        const then = amounts(answering(contract.agreement, known), at).answer
        const since = amounts(answering(contract.agreement, facts), at).answer
        expect(since.lines?.map(lineKey)).toEqual(then.lines?.map(lineKey))
        expect(derivationData(since.derivation)).toEqual(derivationData(then.derivation))
      }),
      { numRuns: 60 },
    )
  })
})

test('the credits of a charge never exceed what was charged (I7)', () => {
  let bound = 0
  fc.assert(
    fc.property(anyContract, (contract) => {
      const { lines = [] } = contract.ask({ bill: '2023-01-01 to 2027-12-31', at: '2028-01-01' })
      const words = contract.agreement.revisions[0]?.contract.words.terms ?? {}
      const creditOf = ({ clause }: Line) => {
        const term = words[clause]
        return term && 'credit' in term ? term.credit.of?.[0] : undefined
      }
      const isOfMonth = ({ clause }: Line) => {
        const term = words[clause]
        return term !== undefined && 'credit' in term && term.credit.per === 'month'
      }
      const { frame, revisions } = contract.agreement
      const monthOf = ({ billed }: Line) => localText(billed, frame.zone).slice(0, 7)
      // Beside what the provider pays a credit gives nothing back.
      const isOfProvider = (charge: string) =>
        revisions.some(
          ({
            contract: {
              words: { terms = {} },
            },
          }) => {
            const term = terms[charge]
            return term && 'charge' in term && term.charge.payer === 'provider'
          },
        )
      const amount = ({ posted }: Line) =>
        posted.value instanceof Exact ? posted.value : Exact.zero
      const refuse = (charged: readonly Line[], credited: readonly Line[]) => {
        const left = Exact.sum([...charged, ...credited].map(amount))
        if (credited.length > 1 && left.isZero) bound += 1
        expect(left.compare(Exact.zero)).toBeGreaterThanOrEqual(0)
      }
      for (const charge of new Set(lines.flatMap((line) => creditOf(line) ?? []))) {
        if (isOfProvider(charge)) continue
        // Net: what a charge takes back itself, at a change or an end, is charged no more.
        const charged = lines.filter((line) => line.clause === charge)
        const credited = lines.filter((line) => creditOf(line) === charge)
        refuse(charged, credited)
        for (const [month, own] of Map.groupBy(credited.filter(isOfMonth), monthOf))
          refuse(
            charged.filter((line) => monthOf(line) === month),
            own,
          )
        if (charge !== 'each_visit') continue
        const about = ({ event }: Line) => event?.fact.about
        for (const [subject, own] of Map.groupBy(charged, about))
          refuse(
            own,
            credited.filter((line) => line.event && about(line) === subject),
          )
      }
    }),
    { numRuns: 150 },
  )
  expect(bound).toBeGreaterThan(10)
})
