import {
  type BinaryOperator,
  type Formula,
  type FunctionName,
  isLengthFunction,
} from './formula.ts'

/** Says a formula in words, from its tree. `titleOf` gives the words for a name. */
export function formulaText(
  formula: Formula,
  titleOf: (name: string, attribute?: string) => string,
): string {
  const say = (part: Formula): string => formulaText(part, titleOf)
  const inner = (part: Formula) =>
    part.is === 'binary' || part.is === 'choose' || part.is === 'one-of' || part.is === 'call'
      ? `(${say(part)})`
      : say(part)
  switch (formula.is) {
    case 'number':
    case 'percentage':
    case 'time-of-day':
      return formula.written
    case 'length':
      return formula.value.text
    case 'date':
      return formula.value.toString()
    case 'truth':
      return formula.value ? 'yes' : 'no'
    case 'text':
      return `“${formula.value.replaceAll('_', ' ')}”`
    case 'name':
      return titleOf(formula.name)
    case 'attribute':
      return titleOf(formula.of, formula.attribute)
    case 'part':
      return `${formula.part.replaceAll('_', ' ')} of the ${say(formula.of)}`
    case 'not':
      return `not ${inner(formula.value)}`
    case 'minus':
      return `−${inner(formula.value)}`
    case 'one-of':
      return `${say(formula.value)} is one of ${formula.choices.map(say).join(', ')}`
    case 'choose':
      return `${inner(formula.yes)} if ${formula.condition.is === 'choose' ? inner(formula.condition) : say(formula.condition)}, otherwise ${say(formula.no)}`
    case 'call':
      return callText(formula.called, formula.arguments.map(inner))
    case 'binary': {
      const nested = (part: Formula) =>
        sameOperator(formula.operator, part) ? say(part) : inner(part)
      return `${nested(formula.left)} ${operatorWords[formula.operator]} ${nested(formula.right)}`
    }
  }
}

/** Needs no brackets: the same sum or condition going on, or a comparison inside and, or. */
function sameOperator(operator: BinaryOperator, part: Formula): boolean {
  if (part.is !== 'binary') return false
  const comparing = ['==', '!=', '<', '<=', '>', '>='].includes(part.operator)
  return (operator === '&&' || operator === '||') && (comparing || part.operator === operator)
}

const operatorWords: Record<BinaryOperator, string> = {
  '+': '+',
  '-': '−',
  '*': '×',
  '/': '÷',
  '==': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
  '&&': 'and',
  '||': 'or',
}

function callText(called: FunctionName, said: readonly string[]): string {
  if (isLengthFunction(called)) return `${said[0] ?? ''} ${called}`
  if (called === 'min') return `the smaller of ${said.join(' and ')}`
  if (called === 'max') return `the larger of ${said.join(' and ')}`
  if (called === 'whole') return `the whole part of ${said[0] ?? ''}`
  if (called === 'started') return `${said[0] ?? ''}, a part counting as whole`
  return `${said[0] ?? ''} rounded to ${said[1] ?? ''}`
}
