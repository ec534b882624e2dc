import type { BinaryOperator, Formula } from '../formula/formula.ts'
import { minuteOfDay } from '../language/words.ts'

/** What a formula’s tree says at a glance: where brackets are idle, what its opposite is, and what is one phrase. */

/** A third of it is it, divided by three. */
export function dividing(
  formula: Extract<Formula, { is: 'binary' }>,
): Extract<Formula, { is: 'binary' }> {
  const { operator, right } = formula
  if (operator !== '*' || right.is !== 'binary' || right.operator !== '/') return formula
  const isOne = right.left.is === 'number' && right.left.value.text === '1'
  return isOne ? { ...formula, operator: '/', right: right.right } : formula
}

/** “from 21:00 to 06:00”: two times of day that are the ends of one stretch, over midnight or within a day. */
export function dayRange({
  operator,
  left,
  right,
}: Extract<Formula, { is: 'binary' }>): { from: string; until: string } | undefined {
  const edges = [left, right].flatMap((side) => {
    if (side.is !== 'binary') return []
    const { right: edge } = side
    const text =
      edge.is === 'time-of-day' ? edge.written : edge.is === 'text' ? edge.value : undefined
    const minute = text === undefined ? undefined : minuteOfDay(text)
    return text === undefined || minute === undefined
      ? []
      : [{ operator: side.operator, text, minute }]
  })
  const from = edges.find((edge) => edge.operator === '>=')
  const until = edges.find((edge) => edge.operator === '<')
  if (!from || !until) return undefined
  const isStretch = operator === '||' ? until.minute < from.minute : from.minute < until.minute
  return isStretch ? { from: from.text, until: until.text } : undefined
}

/** In a condition of several: what has an “and”, an “or” or a comma of its own, and a name beside a sentence. */
export const needsBrackets = (
  part: Formula,
  {
    operator,
    left,
    right,
  }: Pick<Extract<Formula, { is: 'binary' }>, 'operator' | 'left' | 'right'>,
): boolean =>
  part.is === 'not' ||
  part.is === 'one-of' ||
  part.is === 'choose' ||
  (part.is === 'name' && left.is !== right.is && part !== left) ||
  (part.is === 'binary' &&
    (part.operator === '&&' || part.operator === '||') &&
    part.operator !== operator)

/** Sums go on without brackets, and so do products. */
export function needsNoBrackets(
  operator: BinaryOperator,
  inner: BinaryOperator,
  isLeft: boolean,
): boolean {
  const isSum = (one: BinaryOperator) => one === '+' || one === '-'
  if (isSum(operator)) return isLeft || (isSum(inner) && operator === '+')
  return operator === '*' && inner === '*'
}

export const opposites: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

export function flip(operator: BinaryOperator): BinaryOperator {
  const flipped: Partial<Record<BinaryOperator, BinaryOperator>> = {
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
  }
  return flipped[operator] ?? operator
}
