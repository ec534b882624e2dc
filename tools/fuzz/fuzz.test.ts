import { expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { trials } from './trial.ts'

test('two thousand documents that nobody wrote end in answers or named faults', () => {
  let [documents, sound, answers] = [0, 0, 0]
  const failure = trials({ runs: 2000, seed: 7, corpus: readCorpus() }, (one) => {
    documents += 1
    sound += one.isSound ? 1 : 0
    answers += one.answers
  })
  expect(failure).toBeUndefined()
  expect(documents).toBe(2000)
  // Documents that are refused at the door would try nothing else.
  expect(sound).toBeGreaterThan(400)
  expect(answers).toBeGreaterThan(1000)
}, 120_000)
