import { expect, test } from 'vitest'
import { checkOffering } from './agreement/agreement.ts'
import { offering } from './contract.test-support.ts'

/** A hint leads to a word that may stand there: of what else the contract names, however near, none is hinted. */

const rest = `
  policies: { prorate: no, billed: in-arrears, ends: with-the-day }, users: [ member ],
  facts: { outage: { shape: interval }, complaint: { shape: event } },
  events: { report: { any-of: [ complaint, outage ] } },
  calendars: { desk: { hours: { mon-fri: 09:00-17:00 } } },
  periods: { season: year from 04-01 },
  components: [ { access: hall, for: member } ],
  measures: { reports: { count: report, per: month } },
  terms: {
    fee: { charge: { every: month, amount: 1.00 } },
    answer: { target: { of: hall, start: complaint, stop: responded, within: 2 hours, clock: desk } }`
const saidOf = (term: string, pointer: string) =>
  checkOffering(offering(`{ ${rest}, tried: ${term} } }`)).faults.find(
    (fault) => fault.pointer === `/terms/tried${pointer}`,
  )?.words

const deadline = (words: string) => `{ target: { ${words}, within: 2 hours } }`
const charge = (words: string) => `{ charge: { ${words}, amount: 1.00 } }`

test.for<readonly [term: string, pointer: string, hint: string]>([
  // The measure “reports” is the same word, and no event.
  [deadline('start: reports, stop: responded, clock: desk'), '/target/start', '“report”?'],
  [deadline('start: complant, stop: responded, clock: desk'), '/target/start', '“complaint”?'],
  [deadline('start: mounth, stop: responded, clock: desk'), '/target/start', '“month”?'],
  [deadline('start: seson, stop: responded, clock: desk'), '/target/start', '“season”?'],
  [deadline('start: answer, stop: responded, clock: desk'), '/target/start', '“answer.missed”.'],
  [deadline('start: complaint, stop: respond, clock: desk'), '/target/stop', '“responded”?'],
  [deadline('start: complaint, stop: responded, clock: dessk'), '/target/clock', '“desk”?'],
  [deadline('of: hal, start: complaint, stop: responded'), '/target/of', '“hall”?'],
  [charge('each: reports'), '/charge/each', '“report”?'],
  [charge('each: anser.missed'), '/charge/each', '“answer.missed”?'],
  [charge('every: mnth'), '/charge/every', '“month”?'],
  [charge('every: seasn'), '/charge/every', '“season”?'],
  [charge('each: report, pays-for: hal'), '/charge/pays-for', '“hall”?'],
  ['{ total: { of: [ fe ] } }', '/total/of/0', '“fee”?'],
  ['{ transition: { of: hal, on: ended, right: ended } }', '/transition/of', '“hall”?'],
  ['{ transition: { of: hall, on: endd, right: ended } }', '/transition/on/0', '“ended”?'],
  [
    '{ limit: { of: hall, measure: reports, at-most: 2, on: usd, if-exceeded: refuse } }',
    '/limit/on',
    '“used”?',
  ],
  [
    '{ credit: { each: report, amount: 1.00, claim: { fact: complant, within: 2 days } } }',
    '/credit/claim/fact',
    '“complaint”?',
  ],
  ['{ total: { of: [ hal ] } }', '/total/of/0', 'called “hal”.'],
])('%s: %s ends with %s', ([term, pointer, hint]) => {
  expect(saidOf(term, pointer)).toMatch(new RegExp(`${RegExp.escape(hint)}$`))
})

test.for<readonly [term: string, pointer: string, hint: string]>([
  ['{ chrage: { every: month, amount: 1.00 } }', '/chrage', 'Did you mean “charge”?'],
  [charge('evry: month'), '/charge/evry', 'Did you mean “every”?'],
  // What a charge calls “every” a credit and a measure call “per”.
  ['{ credit: { every: month, amount: 1.00 } }', '/credit/every', 'Here “per:” says it.'],
  [charge('per: month'), '/charge/per', 'Here “every:” says it.'],
  ['{ total: { measure: fee } }', '/total/measure', 'Here “of:” says it.'],
  // A formula calculates with values: a component is none.
  [charge('every: month, when: fe > 1'), '/charge/when', 'Did you mean “fee”?'],
  [charge('every: month, when: hal > 1'), '/charge/when', 'called “hal”. Declare it'],
  [charge('each: report, when: complant.month > 1'), '/charge/when', 'Did you mean “complaint”?'],
  // A word of the language that is none here is no hint.
  ['{ clauses: { every: month } }', '/clauses', '“clauses” is not a word that may stand here.'],
])('what may not stand there, %s: %s: %s', ([term, pointer, hint]) => {
  expect(saidOf(term, pointer)).toContain(hint)
})

test.for<readonly [body: string, hint: string]>([
  [
    'calendars: { desk: { hours: { mon: 8:00-17:00 } } }',
    'may be “closed”. Did you mean “08:00-17:00”?',
  ],
  ['periods: { night: { day-from: 8:00, until: 10:00 } }', 'such as 17:00. Did you mean “08:00”?'],
  ['periods: { night: { day-from: 8:70, until: 10:00 } }', '“8:70” is not a time of day such as'],
  ['measures: { m: { sum: used, value: used.time >= 8:00 } }', 'with two digits: "08:00".'],
  ['measures: { m: { count: used, where: "used.time >= \\"8:00\\"" } }', 'two digits: "08:00".'],
  ['calendars: { desk: { hours: [ 08:00-17:00 ] } }', 'Such as “hours: { mon-fri: 09:00-17:00 }”.'],
])('a time of day has two digits for its hour: %s: %s', ([body, hint]) => {
  const [fault] = checkOffering(offering(`{ ${body} }`)).faults
  expect(fault?.words).toContain(hint)
})
