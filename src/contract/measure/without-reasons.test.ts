import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { parsePeriod } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { afterEverything, askingOf } from '../answering.ts'
import { factsIn, signed, type Tried, triesOfAll } from '../contract.test-support.ts'
import type { Fact } from '../fact/fact.ts'
import { happeningOf } from '../happening.ts'
import type { Asking, Scope } from '../scope.ts'
import { eventScope, periodScope } from '../scope.ts'
import { type Value, valueText } from '../value.ts'

/**
 * Few facts stand in a derivation one by one; many are one leaf, whose value is computed without their reasons. How many
 * are few is told to the engine: with none the values alone decide everything, without end every reason is given.
 */
const none = 0
const all = Number.MAX_SAFE_INTEGER

/** Every definition of the contract, read as the questions of a case read theirs. */
function valuesIn(tried: Tried, factsShownMax: number): Map<string, string> {
  const { agreement, facts } = tried
  const found = new Map<string, string>()
  for (const [asOf, same] of Map.groupBy(readingsOf(tried), (one) => one.asOf)) {
    const asking = askingOf(agreement, facts, asOf, { factsShownMax })
    for (const { period, fact } of same) {
      if (period) {
        read(found, agreement, periodScope({ asking }, period))
        const { contract } = revisionAt(agreement, period.start)
        for (const clause of contract.postings.keys())
          for (const [place, line] of asking.lines(clause, period).entries())
            found.set(`${clause} ${place} ${period.start}`, valueText(line.posted.value))
      }
      if (fact) read(found, agreement, eventScope({ asking }, happeningOf(fact)))
    }
  }
  return found
}

/** What the questions are about, of several that are about the same the first. */
function readingsOf({ agreement, facts, questions }: Tried) {
  const readings = questions.map((question) => {
    const [first] = Object.values(question)
    const texts = ['in' in question ? question.in : undefined, String(first)]
    const period =
      texts.map((text) => text && parsePeriod(text, agreement.frame.zone)).find(Boolean) ||
      undefined
    const id = 'for' in question ? question.for : undefined
    const fact = facts.find((one) => one.id === id)
    return { period, fact, asOf: Math.max(afterEverything(facts), period?.end ?? 0) }
  })
  const keyOf = ({ period, fact }: (typeof readings)[number]) =>
    `${period?.start} ${period?.end} ${fact?.id}`
  return [...new Map(readings.toReversed().map((one) => [keyOf(one), one])).values()]
}

function read(found: Map<string, string>, agreement: Agreement, scope: Scope): void {
  const where = scope.event?.fact.id ?? `${scope.period?.start} ${scope.period?.end}`
  for (const [name, { sort, evaluate }] of revisionAt(agreement, scope.at).contract.definitions)
    if (['measure', 'table', 'posting', 'total', 'promise'].includes(sort))
      found.set(`${name} ${where}`, text(evaluate(scope).value))
}

const text = (value: Value) =>
  typeof value === 'object' && 'missing' in value
    ? `${value.kind} ${value.missing.join(', ')}`
    : valueText(value)

describe('the values that are computed without their reasons', () => {
  // The time grows with what the cases hold.
  test('are those that have them, in every case and example', { timeout: 120_000 }, () => {
    const differing: string[] = []
    let compared = 0
    for (const tried of triesOfAll()) {
      const explained = valuesIn(tried, all)
      for (const [name, value] of valuesIn(tried, none)) {
        compared += 1
        if (explained.get(name) !== value)
          differing.push(`${tried.name} · ${name}: ${value}, explained ${explained.get(name)}`)
      }
    }
    expect(differing).toEqual([])
    expect(compared).toBeGreaterThan(2000)
  })

  test('are those that have them, for each fact of random facts', () => {
    const { agreement } = signed(counting)
    fc.assert(
      fc.property(anyFacts, (written) => {
        const facts = factsIn(`[${written.join(', ')}]`, agreement)
        expect(eachFact(agreement, facts, none)).toEqual(eachFact(agreement, facts, all))
      }),
      { numRuns: 150 },
    )
  })

  test('leave many facts as one leaf: which, how many, and a digest', () => {
    const { agreement } = signed(counting)
    const written = Array.from({ length: 40 }, (_, day) => used(day, '1.5', 'red', 'a'))
    const asking = askingOf(agreement, factsIn(`[${written.join(', ')}]`, agreement))
    const period = parsePeriod('2024-01', agreement.frame.zone) ?? { start: 0, end: 0 }
    const found = agreement.revisions[0]?.contract.definitions
      .get('all_used')
      ?.evaluate(periodScope({ asking }, period))
    expect(found?.facts).toMatchObject({ kind: 'used', count: 31 })
    expect(found?.facts?.digest).toMatch(/^[0-9a-f]{16}$/)
    expect(found?.value).toEqual(Exact.of('46.5'))
  })
})

const forms = {
  counted: '{ count: used, where: used.colour == "red", per: so-far-month }',
  added:
    '{ sum: used, value: used.amount, where: used.amount > 1 && used.colour != "blue", per: so-far-month }',
  own: '{ sum: used, value: used.amount, about: same, per: so-far-month, missing: 7 }',
  least: '{ min: used, value: used.amount * 2 - 1, per: so-far-month }',
  most: '{ max: used, value: used.amount, where: "used.colour in [\\"red\\", \\"blue\\"]", per: so-far-quarter }',
  first: '{ first: used, value: used.colour, per: so-far-month }',
  last: '{ last: used, value: used.amount, where: "!(used.amount < 2)", per: so-far-month }',
  middle: '{ percentile: used, value: used.amount, rank: 50%, per: so-far-month }',
  ran: '{ longest-run: used, where: used.amount >= 2 || used.colour == "red", per: month }',
  colours: '{ unique: used, value: used.colour, per: so-far-month }',
  mean: '{ average: used, value: "used.amount > 2 ? used.amount : 2", per: month }',
  lately: '{ sum: used, value: used.amount, per: past 10 days }',
  paired: '{ count: used, about: same, paired-by: colour, per: month }',
  all_used: '{ sum: used, value: used.amount, per: month }',
}
const counting = `
facts:
  used: { shape: event, has: { amount: number, colour: [ red, green, blue ] } }
measures:
${Object.entries(forms)
  .map(([name, form]) => `  ${name}: ${form}`)
  .join('\n')}
terms:
  fee: { charge: { each: used, measure: own, rate: 1.00 } }
`

/** Days repeat, so that several facts have one instant. */
const used = (day: number, amount: string | undefined, colour: string, about: string) =>
  `{ used: { at: ${Temporal.PlainDate.from('2024-01-01').add({ days: day })}T10:00, about: ${about}, colour: ${colour}${amount === undefined ? '' : `, amount: ${amount}`} } }`
const anyFacts = fc.array(
  fc
    .tuple(
      fc.nat(120),
      fc.oneof(
        { weight: 30, arbitrary: fc.constantFrom('0', '0.5', '1', '1.25', '2', '3') },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      fc.constantFrom('red', 'green', 'blue'),
      fc.constantFrom('a', 'b'),
    )
    .map((parts) => used(...parts)),
  { minLength: 1, maxLength: 40 },
)

function eachFact(agreement: Agreement, facts: readonly Fact[], factsShownMax: number): string[] {
  const asking: Asking = askingOf(agreement, facts, afterEverything(facts), { factsShownMax })
  const { definitions } = agreement.revisions[0]?.contract ?? { definitions: new Map() }
  return facts.flatMap((fact) =>
    [...Object.keys(forms), 'fee'].map((name) => {
      const value: Value = definitions
        .get(name)
        .evaluate(eventScope({ asking }, happeningOf(fact))).value
      return `${name} for ${fact.id}: ${text(value)}`
    }),
  )
}
