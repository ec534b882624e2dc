import { type ASTNode, parse as parseCel } from '@marcbachmann/cel-js'
import { Exact } from '../../kernel/exact.ts'
import { Length, type LengthUnit, lengthUnits, parseDate } from '../../kernel/time.ts'
import type { Faults, Path } from '../document/fault.ts'
import { inTwoDigits, minuteOfDay } from '../language/words.ts'

/** A formula as its author wrote it, read by a CEL parser into the few forms that this language has. Each can be printed. */
export type Formula =
  | { is: 'number'; value: Exact; written: string }
  | { is: 'percentage'; value: Exact; written: string }
  | { is: 'time-of-day'; value: Exact; written: string }
  | { is: 'length'; value: Length }
  | { is: 'date'; value: Temporal.PlainDate }
  | { is: 'truth'; value: boolean }
  | { is: 'text'; value: string }
  | { is: 'name'; name: string }
  | { is: 'attribute'; of: string; attribute: string }
  | { is: 'part'; of: Extract<Formula, { is: 'attribute' }>; part: string }
  | { is: 'not' | 'minus'; value: Formula }
  | { is: 'binary'; operator: BinaryOperator; left: Formula; right: Formula }
  | { is: 'one-of'; value: Formula; choices: readonly Formula[] }
  | { is: 'choose'; condition: Formula; yes: Formula; no: Formula }
  | { is: 'call'; called: FunctionName; arguments: readonly Formula[] }

const binaryOperators = ['+', '-', '*', '/', '==', '!=', '<', '<=', '>', '>=', '&&', '||'] as const
export type BinaryOperator = (typeof binaryOperators)[number]

const functionNames = [
  'min',
  'max',
  'whole',
  'started',
  'rounded',
  'minutes',
  'hours',
  'days',
  'weeks',
  'months',
  'years',
] as const
export type FunctionName = (typeof functionNames)[number]
export const isLengthFunction = (name: FunctionName): name is FunctionName & LengthUnit =>
  (lengthUnits as readonly string[]).includes(name)

/** What YAML takes for the start of something else when it stands unquoted. */
const cutByYaml = /^[[{]|[([{,?]$|\($/

/** Reads an expression: a bare number, percentage, length, time of day, date, yes or no, or a formula. */
export function readFormula(text: string, faults: Faults, path: Path): Formula | undefined {
  const written = text.trim()
  // Most expressions are a name alone, and need no parser.
  if (isBareName(written)) return { is: 'name', name: written }
  const literal = literalFormula(written)
  if (literal) return literal
  if (/^\d{4}-\d\d-\d\d$/.test(written)) {
    faults.add('value_misshapen', path, `“${written}” is no day of the calendar.`)
    return undefined
  }
  if (/^[+-]?\d[\d.]*%?$/.test(written)) {
    faults.add(
      'number_not_exact',
      path,
      `“${written.slice(0, 50)}” is not an exact decimal of at most forty digits.`,
    )
    return undefined
  }
  try {
    return new FormulaReader(written).read(parseCel(written).ast)
  } catch (error) {
    const reason = error instanceof FormulaFault ? `${error.message}.` : celReason(error)
    const balanced = written.split('(').length === written.split(')').length
    if (!balanced || cutByYaml.test(written))
      faults.add(
        'formula_cut_by_yaml',
        path,
        `“${written}” is only part of a formula: YAML ends an unquoted text at a comma or colon. Put the whole formula in quotes.`,
      )
    else
      faults.add(
        'formula_broken',
        path,
        `“${written}” cannot be read: ${hintFor(written) ?? reason}`,
      )
    return undefined
  }
}

const wordsOfCel =
  'true false null in yes no as break const continue else for function if import let loop package namespace return var void while'
const notNames = new Set(wordsOfCel.split(' '))
const isBareName = (text: string) => /^[a-z][a-z0-9_]*$/.test(text) && !notNames.has(text)

function literalFormula(text: string): Formula | undefined {
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) {
    const value = Exact.parse(text)
    return value && { is: 'number', value, written: text }
  }
  if (/^[+-]?\d+(\.\d+)?%$/.test(text)) {
    const value = Exact.parse(text.slice(0, -1))
    return value && { is: 'percentage', value: value.over(Exact.whole(100)), written: text }
  }
  const minute = minuteOfDay(text)
  if (minute !== undefined) return { is: 'time-of-day', value: Exact.whole(minute), written: text }
  if (text === 'yes' || text === 'no') return { is: 'truth', value: text === 'yes' }
  const length = Length.parse(text)
  if (length) return { is: 'length', value: length }
  const date = parseDate(text)
  return date && { is: 'date', value: date }
}

/** What authors write who think of another language. */
function hintFor(text: string): string | undefined {
  if (/\b(and|or|not)\b/.test(text)) return 'write && for and, || for or, ! for not.'
  const [, reserved] = /\.(in|true|false|null)\b/.exec(text) ?? []
  if (reserved !== undefined)
    return `“${reserved}” means something in a formula: give what is called so another name.`
  const [time] = /\d?\d:\d\d/.exec(inTwoDigits(text)) ?? []
  if (time === inTwoDigits(text)) return `its hour has two digits: ${time}.`
  if (time !== undefined)
    return `write a time of day in quotes, its hour with two digits: "${time}".`
  const length = hintForLength(text)
  if (length !== undefined) return length
  if (/^(the )?(next|following) (business|working|open) day$/.test(text))
    return 'the end of the next business day is “1 business days”, with the calendar in “clock:”.'
  const days = /^(\d+) [a-z]+ days?$/.exec(text)?.[1]
  if (days !== undefined)
    return `days that count only where a calendar is open are business days: “${days} business days”, with the calendar in “clock:”; all others are “${days} days”.`
  const periods = /^(\d+) ([a-z]+ )?(cycle|period|month)s?$/.exec(text)?.[1]
  if (periods !== undefined)
    return `so many whole periods are said by where they end: “by: { end-of: month, after: ${periods} }” is the end of the month that lies so many after that of the start.`
  if (/^\d+(\.\d+)? [a-z]+s?$/.test(text))
    return 'a length is a number of minutes, hours, days, weeks, months, years or business days, and of months, years and business days a whole one.'
  const inside = /[-+*/<>=(,?:]\s*(\d+) (minutes?|hours?|days?|weeks?|months?|years?)\b/.exec(text)
  if (inside)
    return `a length inside a formula is the bare number ${inside[1]}, in the unit of what it is compared with.`
  const percentage = /(\d+(?:\.\d+)?)%/.exec(text)?.[1]
  if (percentage !== undefined)
    return `a percentage stands alone; inside a formula write ${Exact.of(percentage).over(Exact.whole(100)).text}.`
  if (/\d ?[A-Z]{3}\b|[€$£]/.test(text))
    return 'write the amount without its currency: the offering says it once.'
  return /(^|[^=<>!])=([^=]|$)/.test(text) ? 'write == to compare.' : undefined
}

/** A length has one unit, in full; which hours count is said elsewhere. */
function hintForLength(text: string): string | undefined {
  const [, open, unit] = /^(\d+) \w+ (hours?|minutes?)$/.exec(text) ?? []
  if (open !== undefined)
    return `hours that count only where a calendar is open are plain ones: “${open} ${unit}”, with the calendar in “clock:”.`
  const [, hours, minutes] =
    /^(\d+) ?h(?:ours?)? ?(?:and )?(\d+) ?m(?:in(?:utes?)?)?$/.exec(text) ?? []
  if (hours !== undefined)
    return `a length has one unit: “${Number(hours) * 60 + Number(minutes)} minutes”.`
  const [, count, letter] = /^(\d+) ?(h|hrs?|min|mins|m|d|w|wk|y|yrs?)$/.exec(text) ?? []
  if (count === undefined) return undefined
  const units = { h: 'hours', m: 'minutes', d: 'days', w: 'weeks', y: 'years' }
  return `write the unit in full: “${count} ${units[letter?.charAt(0) as keyof typeof units]}”; where only the hours of a calendar count, “clock:” names it.`
}

class FormulaFault extends Error {}

/** The parser shows the place in a drawing below its first line; the first line is enough beside our own pointer. */
const celReason = (error: unknown) =>
  `${error instanceof Error ? error.message.split('\n')[0] : 'it is not a formula'}.`

class FormulaReader {
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  read(node: ASTNode): Formula {
    switch (node.op) {
      case 'value':
        return this.literal(node)
      case 'id':
        return this.name(node.args)
      case '.':
        return this.attribute(node.args)
      case '!_':
        return { is: 'not', value: this.read(node.args) }
      case '-_':
        return { is: 'minus', value: this.read(node.args) }
      case '?:': {
        const [condition, yes, no] = node.args
        return {
          is: 'choose',
          condition: this.read(condition),
          yes: this.read(yes),
          no: this.read(no),
        }
      }
      case 'in':
        return this.oneOf(node.args)
      case 'call':
        return this.call(node.args)
      default: {
        const operator = binaryOperators.find((known) => known === node.op)
        if (!operator) throw new FormulaFault(`“${node.op}” is not part of formulas here`)
        const [left, right] = node.args as [ASTNode, ASTNode]
        return { is: 'binary', operator, left: this.read(left), right: this.read(right) }
      }
    }
  }

  /** A number is taken from the text as written: CEL's own would be a binary double, and its 1/3 a zero. */
  private literal(node: ASTNode & { op: 'value' }): Formula {
    const { args: value } = node
    if (typeof value === 'string') return { is: 'text', value }
    if (typeof value === 'boolean') return { is: 'truth', value }
    const written = this.text.slice(node.range.start, node.range.end)
    const exact = Exact.parse(written)
    if (!exact) throw new FormulaFault(`“${written}” is not an exact decimal`)
    return { is: 'number', value: exact, written }
  }

  private name(name: string): Formula {
    return name === 'yes' || name === 'no'
      ? { is: 'truth', value: name === 'yes' }
      : { is: 'name', name }
  }

  private attribute([of, attribute]: [ASTNode, string]): Formula {
    if (of.op === 'id') return { is: 'attribute', of: of.args, attribute }
    const inner = of.op === '.' ? this.attribute(of.args) : undefined
    if (inner?.is !== 'attribute')
      throw new FormulaFault(
        'a dot stands between a kind of fact and its attribute, and once more before a part of a date or instant that it says, such as booked.departs.weekday',
      )
    return { is: 'part', of: inner, part: attribute }
  }

  private oneOf([value, list]: [ASTNode, ASTNode]): Formula {
    if (list.op !== 'list') throw new FormulaFault('“in” is followed by a list in square brackets')
    return {
      is: 'one-of',
      value: this.read(value),
      choices: list.args.map((choice) => this.read(choice)),
    }
  }

  private call([called, args]: [string, ASTNode[]]): Formula {
    const name = functionNames.find((known) => known === called)
    if (!name)
      throw new FormulaFault(
        `there is no function “${called}”; there are ${functionNames.join(', ')}`,
      )
    return { is: 'call', called: name, arguments: args.map((argument) => this.read(argument)) }
  }
}

/** Every name that a formula reads, also of what it reads an attribute. */
export function namesIn(formula: Formula): string[] {
  switch (formula.is) {
    case 'name':
      return [formula.name]
    case 'attribute':
      return [formula.of]
    case 'part':
      return namesIn(formula.of)
    case 'not':
    case 'minus':
      return namesIn(formula.value)
    case 'binary':
      return [formula.left, formula.right].flatMap(namesIn)
    case 'one-of':
      return [formula.value, ...formula.choices].flatMap(namesIn)
    case 'choose':
      return [formula.condition, formula.yes, formula.no].flatMap(namesIn)
    case 'call':
      return formula.arguments.flatMap(namesIn)
    default:
      return []
  }
}
