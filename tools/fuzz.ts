import { parseArgs } from 'node:util'
import { readCorpus } from './fuzz/corpus.ts'
import { trials } from './fuzz/trial.ts'

// Documents that nobody wrote, any number of them: `npx node tools/fuzz.ts --runs 100000 --seed 7`.

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const runs = Number(values.runs ?? 10_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const every = 5000

const started = performance.now()
const counts = { documents: 0, sound: 0, answers: 0, refusals: 0, words: 0, slowest: 0 }

const failure = trials({ runs, seed, corpus: readCorpus() }, (one) => {
  counts.documents += 1
  counts.sound += one.isSound ? 1 : 0
  counts.answers += one.answers
  counts.refusals += one.refusals
  counts.words += one.words
  counts.slowest = Math.max(counts.slowest, one.milliseconds)
  if (counts.documents % every === 0) console.log(figures())
})
console.log(figures())
if (failure !== undefined) {
  console.log(failure)
  process.exitCode = 1
}

function figures(): string {
  const { documents, sound, answers, refusals, words, slowest } = counts
  const seconds = (performance.now() - started) / 1000
  return `seed ${seed}: ${documents} documents, ${sound} sound; ${answers} answers, ${refusals} questions refused, ${words} words left out; slowest ${Math.round(slowest)} ms, ${Math.round(documents / seconds)} a second`
}
