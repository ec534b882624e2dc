import { type Speaking, spokenStep } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'
import { deadlineText } from './due.ts'

/** A value by its name, `monthly fee 80.00 EUR`; a bare number by itself. */
export function namedText(node: Derivation, speaking: Speaking, unit = node.unit): string {
  const value = figureText(node, speaking, unit)
  const isNamed = node.name !== undefined && node.operation !== 'end-of-period'
  return isNamed ? `${called(node.name ?? '', speaking)} ${value}` : value
}

/** A share that a row gives is said as the row is written: 10%, not 0.1; days promised end with a day. */
export function figureText(node: Derivation, speaking: Speaking, unit = node.unit): string {
  if (typeof node.value === 'number') return deadlineText(node, speaking)
  const isRow = node.operation === 'band' || node.operation === 'row'
  const given = isRow ? node.from.find(({ is }) => is.value === node.value) : undefined
  return given?.is.written ?? spokenStep(node, speaking, unit)
}

/** What the contract calls a name; else the name as words. */
export const called = (name: string, { titles }: Speaking): string =>
  titles?.(name) ?? name.replaceAll('_', ' ').replaceAll('-', ' ').replace('.', ' ')
