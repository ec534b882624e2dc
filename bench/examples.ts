import { compileRevision } from '../src/contract/agreement/agreement.ts'
import type { Agreement } from '../src/contract/agreement/revision.ts'
import { evaluate } from '../src/contract/derivation.ts'
import { checked } from '../src/contract/document/checked.ts'
import { type PlainMap, readDocuments } from '../src/contract/document/document.ts'
import { Faults } from '../src/contract/document/fault.ts'
import { OfferingWords } from '../src/contract/language/offering.ts'
import { liftTerms } from '../src/contract/offering/lifted.ts'
import { answerQuestion } from '../src/contract/question/question.ts'
import { readFiles } from '../src/platform/files.ts'
import { buildWorld, type LiveAgreement, mapOf } from '../src/world/world.ts'
import { asRate, perSecond, row, shareOf, times } from './measure.ts'

const folders = ['examples/hotel', 'examples/colocation']

/** Contracts as somebody would write them: from their text, and a bill of each. */
export const examples: Readonly<Record<string, () => void>> = {
  'contracts of the examples, from text': () => folders.forEach(compiling),
  'bills of the examples': () =>
    folders.forEach((folder) => {
      asking(folder, '2026-05')
    }),
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
  const parts = {
    'reading YAML with positions': () => readDocuments(text, folder),
    'checking the words': () => checked(OfferingWords, lifted, new Faults()),
    'compiling, words and all': () => compileRevision(revision),
  }
  const shares = Object.entries(parts).map(([name, part]) => shareOf(whole, perSecond(part), name))
  row(`${folder}: contract from text (${clauses} terms)`, asRate(whole), ...shares)
}

/** Each bill is given a list of facts of its own: of the last list it was asked about, what was found is kept. */
function asking(folder: string, month: string): void {
  const { live } = load(folder)
  const { agreement, facts } = live
  const bill = () => answerQuestion(agreement as Agreement, [...facts], { bill: month })
  const { lines = [], derivation } = bill()
  const whole = perSecond(bill)
  const again = perSecond(() => evaluate(derivation))
  const shares = [
    `${asRate(times(whole, lines.length))} lines`,
    shareOf(whole, again, 'evaluating its derivation again would be'),
  ]
  row(`${folder}: bill of a month (${lines.length} lines)`, asRate(whole), ...shares)
}
