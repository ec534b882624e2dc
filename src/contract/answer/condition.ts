import { Exact } from '../../kernel/exact.ts'
import { list } from '../../kernel/grammar.ts'
import type { Derivation } from '../derivation.ts'
import { type Speaking, spoken, spokenStep } from './spoken.ts'

/**
 * Why a condition held, or what would have met it: what was measured, the bound, and how far apart they are. Of several
 * that all have to hold, those that did not; of several of which one is enough, the one that did.
 */
export function conditionWords(node: Derivation, speaking: Speaking): string {
  const { operation, value, from } = node
  const inner = (parts: readonly Derivation[]) =>
    list([...new Set(parts.map((part) => conditionWords(part, speaking)))])
  if (operation === 'all' || operation === 'any') {
    const parts = from.map(({ is }) => is)
    const deciding = parts.filter((part) => part.value === value)
    return inner(deciding.length > 0 ? deciding : parts)
  }
  const [left, right] = from.map(({ is }) => is)
  if (operation === 'not' && left) return conditionWords(left, speaking)
  if (operation === 'open' && left) return openWords(node, left, speaking)
  if (operation === 'one-of' && left) return oneOf(node, left, speaking)
  if (operation === undefined || !(operation in verbs) || !left || !right)
    return plain(node, speaking)
  return compared(node, { left, right }, speaking)
}

type Sides = { readonly left: Derivation; readonly right: Derivation }

const verbs = {
  from: 'at least',
  above: 'more than',
  'up-to': 'at most',
  below: 'less than',
  same: '',
  other: 'not',
} as const

function compared(node: Derivation, { left, right }: Sides, speaking: Speaking): string {
  const operation = node.operation as keyof typeof verbs
  const unit = left.unit ?? right.unit
  const bound = named(right, unit, speaking)
  const measured = named(left, unit, speaking)
  if (typeof node.value !== 'boolean') return `${measured} against ${bound}`
  const isEquality = operation === 'same' || operation === 'other'
  if (node.value || isEquality) {
    const not = isEquality && (operation === 'other') === node.value ? 'not ' : ''
    return `${measured} is ${not}${isEquality ? '' : `${verbs[operation]} `}${bound}`
  }
  const { value } = left
  if (!(value instanceof Exact) || !(right.value instanceof Exact))
    return `${measured} is not ${verbs[operation]} ${bound}`
  const apart = value.minus(right.value)
  if (apart.isZero) return `${measured} is not ${verbs[operation]} ${bound}`
  const isShort = apart.compare(Exact.zero) < 0
  const distance = spoken(isShort ? apart.negated() : apart, unit, speaking)
  return `${measured} is ${distance} ${isShort ? 'short of' : 'more than'} ${bound}`
}

/** When it was, and on which side of the hours of a calendar that is. */
function openWords(node: Derivation, at: Derivation, speaking: Speaking): string {
  const said = spoken(at.value, at.unit, speaking)
  if (typeof node.value !== 'boolean') return said
  return `${said} is ${node.value ? 'within' : 'outside'} ${calendarTitle(node, speaking) ?? 'its hours'}`
}

/** The calendar that a step counts by, as the contract calls it. */
export function calendarTitle({ settings }: Derivation, speaking: Speaking): string | undefined {
  const calendar = settings && 'calendar' in settings ? settings.calendar : undefined
  if (typeof calendar !== 'object' || calendar === null || !('name' in calendar)) return undefined
  const name = String(calendar.name)
  return speaking.titles?.(name) ?? name.replaceAll('_', ' ')
}

function oneOf(node: Derivation, left: Derivation, speaking: Speaking): string {
  const choices = node.from.slice(1).map(({ is }) => spoken(is.value, is.unit, speaking))
  const measured = named(left, left.unit, speaking)
  if (node.value === true) return `${measured} is one of them`
  return `${measured} is none of ${list(choices, 'or')}`
}

const plain = (node: Derivation, speaking: Speaking) =>
  node.name === undefined
    ? spoken(node.value, node.unit, speaking)
    : named(node, node.unit, speaking)

/** A measure by its name and value; a number that a clause states by itself; what is so or not, by its name alone. */
function named(node: Derivation, unit: string | undefined, speaking: Speaking): string {
  const value = spokenStep(node, speaking, unit)
  const name = node.name ?? (node.fact && !node.operation ? node.fact.field : undefined)
  if (name === undefined) return value
  const words = speaking.titles?.(name) ?? name.replaceAll('_', ' ').replace('.', ' ')
  if (typeof node.value === 'boolean') return node.value ? words : `not ${words}`
  return `${words} ${value}`
}
