import { compileRevision } from '../src/contract/agreement.ts'
import { evaluate } from '../src/contract/derivation.ts'
import { checked, type PlainMap, readDocuments } from '../src/contract/document.ts'
import { Faults } from '../src/contract/fault.ts'
import { OfferingWords } from '../src/contract/language/offering.ts'
import { answerQuestion } from '../src/contract/question.ts'
import type { Agreement } from '../src/contract/revision.ts'
import { liftTerms } from '../src/contract/tailor.ts'
import { readFiles } from '../src/platform/files.ts'
import { buildWorld, type LiveAgreement, mapOf } from '../src/world/world.ts'

/** What the engine does in a second on one core, and what dominates it. Each figure is a median of rounds of equal length. */
export function benchEngine(): void {
  for (const folder of ['examples/hotel', 'examples/colocation']) compiling(folder)
  asking('examples/hotel', '2026-05')
  asking('examples/colocation', '2026-05')
}

const roundMs = 400
const rounds = 5

function perSecond(work: () => unknown): number {
  work()
  const rates = Array.from({ length: rounds }, () => {
    const start = performance.now()
    let done = 0
    while (performance.now() - start < roundMs) {
      work()
      done += 1
    }
    return (done * 1000) / (performance.now() - start)
  })
  return rates.sort((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0
}

function row(name: string, rate: number, of?: { rate: number; name: string }): void {
  const share = of ? `   ${((100 * of.rate) / rate).toFixed(0).padStart(3)} % of ${of.name}` : ''
  console.log(`${name.padEnd(46)} ${Math.round(rate).toLocaleString('en').padStart(9)} /s${share}`)
}

function load(folder: string): { text: string; live: LiveAgreement; offering: PlainMap } {
  const { files } = readFiles(folder, 2_000_000)
  const documents = files.flatMap(({ file, text }) => readDocuments(text, file).documents)
  const [live] = buildWorld(documents).world.agreements.values()
  const document = documents.find((one) => mapOf(one)['kind'] === 'offering')
  const text = files.find(({ file }) => file === document?.file)?.text
  if (!live || !document || text === undefined) throw new Error(`${folder} holds no agreement`)
  return { text, live, offering: mapOf(document) }
}

function compiling(folder: string): void {
  const { text, live, offering } = load(folder)
  const clauses = Object.keys(offering['terms'] as PlainMap).length
  const { lifted } = liftTerms(offering)
  const revision = {
    offering,
    agreed: live.words.agreed ?? {},
    deviations: live.words.deviations ?? [],
  }
  const whole = perSecond(() => {
    readDocuments(text, folder)
    compileRevision(revision)
  })
  row(`${folder}: contract from text (${clauses} terms)`, whole)
  const of = { rate: whole, name: 'that' }
  row(
    '  reading YAML with positions',
    perSecond(() => readDocuments(text, folder)),
    of,
  )
  row(
    '  checking the words',
    perSecond(() => checked(OfferingWords, lifted, new Faults())),
    of,
  )
  row(
    '  compiling (words, names, types, laws)',
    perSecond(() => compileRevision(revision)),
    of,
  )
}

function asking(folder: string, month: string): void {
  const { live } = load(folder)
  const { agreement, facts } = live
  const bill = () => answerQuestion(agreement as Agreement, facts, { bill: month })
  const lines = bill().lines?.length ?? 0
  const rate = perSecond(bill)
  row(`${folder}: bill of a month (${lines} lines)`, rate)
  row('  lines', rate * lines)
  const { derivation } = bill()
  row(
    '  its derivation evaluated again',
    perSecond(() => evaluate(derivation)),
    { rate, name: 'the bill' },
  )
}
