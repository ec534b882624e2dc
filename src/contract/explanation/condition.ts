import { list } from '../../kernel/grammar.ts'
import { type Speaking, spoken } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'
import { comparisonText, sideText } from './comparison.ts'

/** Why a condition held, or what would have met it: what was measured, the bound, and how far apart they are. */
export const conditionWords = (node: Derivation, speaking: Speaking): string =>
  list([...new Set(decidingOf(node).map((one) => decidingText(one, speaking)))])

/** Of several that all have to hold those that did not; of several of which one is enough the one that did. */
export function decidingOf(node: Derivation): readonly Derivation[] {
  const { operation, value } = node
  const parts = node.from.map(({ is }) => is)
  if (operation === 'not') return parts.flatMap(decidingOf)
  if (operation !== 'all' && operation !== 'any') return [node]
  const deciding = parts.filter((part) => part.value === value)
  return (deciding.length > 0 ? deciding : parts).flatMap(decidingOf)
}

export function decidingText(node: Derivation, speaking: Speaking): string {
  const [left] = node.from
  if (node.operation === 'open' && left) return openWords(node, left.is, speaking)
  return liftText(node, speaking) ?? comparisonText(node, speaking) ?? plain(node, speaking)
}

/** Of a deadline that was lifted, and not kept. */
export function liftText({ operation, from, value }: Derivation, speaking: Speaking) {
  const lift = from[1]
  if (operation !== 'met' || lift?.role !== 'lift' || typeof value !== 'boolean') return undefined
  const at = spoken(lift.is.value, undefined, speaking)
  return `it was lifted on ${at}, ${value ? 'in time' : 'too late'}`
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

const plain = (node: Derivation, speaking: Speaking) =>
  node.name === undefined
    ? spoken(node.value, node.unit, speaking)
    : sideText(node, speaking, { unit: node.unit, asShare: false })
