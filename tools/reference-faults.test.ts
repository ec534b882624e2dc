import { expect, test } from 'vitest'
import { type FaultName, faultNames } from '../src/contract/document/fault.ts'
import { faultExample } from './reference-faults.ts'

test('every fault has an example of what raises it', () => {
  const names = Object.keys(faultNames) as FaultName[]
  expect(names.filter((name) => faultExample(name) === undefined)).toEqual([])
})
