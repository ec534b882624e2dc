import { Exact } from '../../kernel/exact.ts'
import { list } from '../../kernel/grammar.ts'
import { type Speaking, spoken } from '../answer/spoken.ts'
import type { Derivation } from '../derivation.ts'
import type { OperationName } from '../operation/operation.ts'
import { called, namedText } from './named.ts'
import { isWrittenShare, percentText, pointsText } from './share.ts'

/** What a comparison came to, as a condition and as a step of an answer: what holds is said, so that no yes or no has to follow. */
export function comparisonText(node: Derivation, speaking: Speaking): string | undefined {
  const { operation, value, from } = node
  const [left, right] = from.map(({ is }) => is)
  if (operation === 'one-of' && left) return oneOfText(node, left, speaking)
  const verbs = operation && comparisons[operation]
  if (!verbs || !left || !right) return undefined
  const unit = left.unit ?? right.unit
  const asShare = isWrittenShare(left) || isWrittenShare(right)
  const [measured, bound] = [left, right].map((side) => sideText(side, speaking, { unit, asShare }))
  if (typeof value !== 'boolean') return `${measured} against ${bound}`
  const [holds, fails] = isMoment(left) ? (verbs.ofMoments ?? verbs.says) : verbs.says
  if (value) return `${measured} ${holds} ${bound}`
  const apart = verbs.apart && distance(left, right)
  if (!apart) return `${measured} ${fails} ${bound}`
  const by = asShare ? pointsText(apart) : spoken(apart, unit, speaking)
  return `${measured} is ${by} ${verbs.apart} ${bound}`
}

type Comparison = {
  readonly says: readonly [holds: string, fails: string]
  readonly ofMoments?: readonly [holds: string, fails: string]
  /** How far it was from holding, where so much more or less would have been enough. */
  readonly apart?: string
}
const comparisons: Readonly<Partial<Record<OperationName, Comparison>>> = {
  from: {
    says: ['is at least', 'is less than'],
    ofMoments: ['is not before', 'is before'],
    apart: 'short of',
  },
  above: { says: ['is more than', 'is not more than'], ofMoments: ['is after', 'is not after'] },
  'up-to': {
    says: ['is at most', 'is more than'],
    ofMoments: ['is not after', 'is after'],
    apart: 'more than',
  },
  below: { says: ['is less than', 'is not less than'], ofMoments: ['is before', 'is not before'] },
  same: { says: ['is', 'is not'] },
  other: { says: ['is not', 'is'] },
}

const isMoment = ({ value }: Derivation) =>
  typeof value === 'number' || value instanceof Temporal.PlainDate

function distance({ value: left }: Derivation, { value: right }: Derivation): Exact | undefined {
  if (!(left instanceof Exact) || !(right instanceof Exact)) return undefined
  return left.compare(right) < 0 ? right.minus(left) : left.minus(right)
}

function oneOfText({ value, from }: Derivation, left: Derivation, speaking: Speaking): string {
  const choices = list(
    from.slice(1).map(({ is }) => spoken(is.value, is.unit, speaking)),
    'and',
  )
  const measured = sideText(left, speaking, { unit: left.unit, asShare: false })
  if (typeof value !== 'boolean') return `${measured} against ${choices}`
  return `${measured} is ${value ? 'one' : 'none'} of ${choices}`
}

type Sides = { readonly unit: string | undefined; readonly asShare: boolean }

/** By its name, or by what the fact calls it; what is so or not by its name alone. */
export function sideText(node: Derivation, speaking: Speaking, { unit, asShare }: Sides): string {
  const { value, operation, fact } = node
  // When something happened is said by the instant.
  const field = operation === undefined && typeof value !== 'number' ? fact?.field : undefined
  const name = node.name ?? field
  if (name !== undefined && typeof value === 'boolean')
    return value ? called(name, speaking) : `not ${called(name, speaking)}`
  const isShare = asShare && value instanceof Exact && node.written === undefined
  const said = isShare ? { ...node, written: percentText(value) } : node
  return namedText({ ...said, ...(name !== undefined && { name }) }, speaking, node.unit ?? unit)
}
