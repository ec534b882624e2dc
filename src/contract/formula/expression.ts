import { Exact } from '../../kernel/exact.ts'
import { parseDate, parseInstant } from '../../kernel/time.ts'
import type { Compiling } from '../compiling.ts'
import { type Derivation, derive, leaf, type Said } from '../derivation.ts'
import { didYouMean, Faults, type Path } from '../document/fault.ts'
import { minuteOfDay } from '../language/words.ts'
import { sortText } from '../namespace.ts'
import { nearName, sortsOfValues } from '../near-name.ts'
import type { Compiled, Definition, Evaluate, Read, Scope } from '../scope.ts'
import {
  anything,
  clockPartsOf,
  fitsTimeOfDay,
  isClockPart,
  isNumeric,
  joined,
  madeOf,
  plainNumber,
  product,
  quotient,
  type Type,
  timeOfDay,
  truth,
  typeText,
} from '../type.ts'
import { unknown } from '../value.ts'
import { attributeReader, undeclaredHint } from './attribute.ts'
import { partHint, partOfMoment } from './clock-part.ts'
import {
  type BinaryOperator,
  type Formula,
  type FunctionName,
  isLengthFunction,
  readFormula,
} from './formula.ts'
import { movedMoment, movingHint } from './moment.ts'
import {
  callDerivation,
  checkType,
  combined,
  comparisonHint,
  comparisons,
  isOrdered,
  madeHint,
  step,
  type Typed,
  typed,
  unitHint,
} from './operator.ts'

type ExpressionPlace = StatedBy & {
  readonly path: Path
  /** The type that has to come out. */
  readonly expected?: Type | undefined
  /** Where the author may name what comes out, what he named it: then units may be multiplied and divided. */
  readonly unit?: string | undefined
}
/** The clause that states the numbers written here; or the measure or table, whose numbers are those of the clause that reads it. */
type StatedBy =
  | { readonly clause: string; readonly name?: undefined }
  | { readonly name: string; readonly clause?: undefined }
type ExpressionCompiling = Pick<Compiling, 'names' | 'zone' | 'faults'>

/** Reads, type-checks and compiles one expression, if there is one. With faults it still compiles, to something unknown. */
export function compileExpression<Text extends string | undefined>(
  text: Text,
  compiling: ExpressionCompiling,
  place: ExpressionPlace,
): Compiled | (Text & undefined) {
  if (text === undefined) return text as Text & undefined
  const { path, expected } = place
  const formula = readFormula(text, compiling.faults, path)
  const compiler = new ExpressionCompiler(compiling, place)
  const { type, evaluate, value } = formula ? compiler.compile(formula) : nothing
  if (expected) checkType(type, expected, { text, path, faults: compiling.faults })
  return { type, evaluate, value, reads: compiler.reads }
}

/** What a formula that was checked where it stands comes to, or a part of it. */
export function typeOf(
  formula: Formula,
  { names, zone }: Omit<ExpressionCompiling, 'faults'>,
): Type {
  const place = { path: [], name: '', unit: '' }
  return new ExpressionCompiler({ names, zone, faults: new Faults() }, place).compile(formula).type
}

const unreadable = leaf(unknown('a formula that can be read'))
const nothing = typed(anything, () => unreadable)

type Parts = NonNullable<ReturnType<NonNullable<Definition['parts']>>>

class ExpressionCompiler {
  readonly reads: Read[] = []
  private readonly compiling: ExpressionCompiling
  private readonly place: ExpressionPlace
  /** The clause that states its numbers. */
  private readonly said: Said

  constructor(compiling: ExpressionCompiling, place: ExpressionPlace) {
    this.compiling = compiling
    this.place = place
    this.said = place.clause === undefined ? {} : { clause: place.clause }
  }

  compile(formula: Formula): Typed {
    switch (formula.is) {
      case 'number':
        return this.constant(formula.value, { is: 'written' })
      case 'percentage':
        return this.constant(formula.value, plainNumber, formula.written)
      case 'time-of-day':
        return this.constant(formula.value, timeOfDay)
      case 'length':
        return this.constant(formula.value, { is: 'length', units: [formula.value.unit] })
      case 'date':
        return this.constant(formula.value, { is: 'date' })
      case 'truth':
        return this.constant(formula.value, truth)
      case 'text':
        return this.constant(formula.value, { is: 'choice', words: [formula.value] })
      case 'name':
        return this.name(formula.name)
      case 'attribute':
        return this.attribute(formula.of, formula.attribute)
      case 'part':
        return this.partOfAttribute(formula)
      case 'not': {
        const value = this.expecting(this.compile(formula.value), truth, 'not')
        return step(truth, 'not', [{ as: 'condition', is: value }])
      }
      case 'minus': {
        const value = this.compile(formula.value)
        if (!isNumeric(value.type))
          this.misfit(`A minus stands before a number, not before ${typeText(value.type)}.`)
        return step(value.type, 'negated', [{ as: 'value', is: value }])
      }
      case 'choose':
        return this.choose(formula)
      case 'one-of':
        return this.oneOf(formula)
      case 'call':
        return this.call(
          formula.called,
          formula.arguments.map((argument) => this.compile(argument)),
        )
      case 'binary':
        return this.binary(formula.operator, formula.left, formula.right)
    }
  }

  private misfit(
    words: string,
    name: 'types_do_not_fit' | 'units_do_not_fit' | 'choice_unknown' = 'types_do_not_fit',
  ): void {
    this.compiling.faults.add(name, this.place.path, words)
  }

  private constant(value: Derivation['value'], type: Type, written?: string): Typed {
    const constant = leaf(value, written === undefined ? this.said : { ...this.said, written })
    return typed(
      type,
      () => constant,
      () => value,
    )
  }

  private name(name: string): Typed {
    const definition = this.compiling.names.find(name)
    if (!definition) {
      this.compiling.faults.add(
        'name_unknown',
        this.place.path,
        `Nothing is called “${name}”.${isClockPart(name) ? ` It is read of a kind of fact, such as “trip.${name}”, or of a date.` : `${nearName(name, this.compiling.names, sortsOfValues)} Declare it, or put a word that is compared in quotes.`}`,
      )
      return nothing
    }
    if (!sortsOfValues.includes(definition.sort)) {
      this.misfit(
        `“${name}” names ${sortText(definition.sort)}: it has no value of its own to calculate with.`,
      )
      return nothing
    }
    this.reads.push({ name })
    // A term may be declared further down: what it evaluates to is found when it is asked.
    const isTerm = ['posting', 'total', 'promise'].includes(definition.sort)
    const evaluate: Evaluate = (scope) => definition.evaluate(scope)
    return typed(definition.type(), isTerm ? evaluate : definition.evaluate)
  }

  private attribute(of: string, attribute: string): Typed {
    const parts = this.compiling.names.find(of)?.parts?.()
    if (parts) return this.part(of, attribute, parts)
    const kind = this.compiling.names.fact(of)
    const named = kind ? undefined : this.compiling.names.find(of)
    if (named && clockPartsOf(named.type())) return this.partOfMoment(this.name(of), of, attribute)
    if (!kind) {
      this.compiling.faults.add(
        'fact_undeclared',
        this.place.path,
        `No kind of fact is called “${of}”.${nearName(of, this.compiling.names, ['event'])}`,
      )
      return nothing
    }
    const type = kind.attributes.get(attribute)
    if (!type) {
      this.compiling.faults.add(
        'attribute_undeclared',
        this.place.path,
        `“${of}” has no “${attribute}”${undeclaredHint(kind, attribute)}`,
      )
      return nothing
    }
    this.reads.push({ name: of, attribute })
    return { type, ...attributeReader(kind, attribute, this.compiling.zone) }
  }

  private partOfAttribute({
    of: { of, attribute },
    part,
  }: Extract<Formula, { is: 'part' }>): Typed {
    return this.partOfMoment(this.attribute(of, attribute), `${of}.${attribute}`, part)
  }

  /** The weekday, the hour … of a date or instant that is agreed, measured or said by a fact. */
  private partOfMoment(moment: Typed, of: string, part: string): Typed {
    const parts = clockPartsOf(moment.type)
    if (isClockPart(part) && parts?.has(part))
      return partOfMoment(moment, part, this.compiling.zone)
    if (moment !== nothing)
      this.compiling.faults.add(
        'attribute_undeclared',
        this.place.path,
        `“${of}” has no “${part}”${partHint(moment.type)}`,
      )
    return nothing
  }

  /** A share of a split, by its path. */
  private part(of: string, name: string, parts: Parts): Typed {
    this.reads.push({ name: of })
    const part = parts.get(name)
    if (part) return typed(part.type(), part.evaluate)
    this.compiling.faults.add(
      'name_unknown',
      this.place.path,
      `“${of}” has no share “${name}”.${didYouMean(name, parts.keys())}`,
    )
    return nothing
  }

  private expecting(value: Typed, expected: Type, what: string): Typed {
    if (!joined(value.type, expected))
      this.misfit(`“${what}” stands between conditions, not with ${typeText(value.type)}.`)
    return value
  }

  private choose(formula: Extract<Formula, { is: 'choose' }>): Typed {
    const condition = this.expecting(this.compile(formula.condition), truth, '?')
    const yes = this.compile(formula.yes)
    const no = this.compile(formula.no)
    const type = joined(yes.type, no.type)
    if (!type)
      this.misfit(`The two sides of “? :” are ${typeText(yes.type)} and ${typeText(no.type)}.`)
    return step(type ?? anything, 'choose', [
      { as: 'if', is: condition },
      { as: 'then', is: yes },
      { as: 'otherwise', is: no },
    ])
  }

  private oneOf(formula: Extract<Formula, { is: 'one-of' }>): Typed {
    const value = this.compile(formula.value)
    const choices = formula.choices.map((choice) => this.comparable(value, this.compile(choice)))
    return step(truth, 'one-of', [
      { as: 'value', is: value },
      ...choices.map((choice) => ({ as: 'choice', is: choice })),
    ])
  }

  /** Checks that two sides may be compared, and turns a quoted date or time of day into one. */
  private comparable(left: Typed, right: Typed): Typed {
    const words = right.type.is === 'choice' ? right.type.words : []
    const quoted = words.length === 1 ? this.quoted(words[0] ?? '', left.type) : undefined
    if (quoted) return quoted
    if (left.type.is === 'choice') this.checkChoices(words, left.type.words)
    if (!joined(left.type, right.type)) {
      const units = left.type.is === 'number' && right.type.is === 'number'
      this.misfit(
        `${typeText(left.type)} is compared with ${typeText(right.type)}.${units ? unitHint(left.type, right.type) : comparisonHint(left.type, right.type)}`,
        units ? 'units_do_not_fit' : 'types_do_not_fit',
      )
    }
    return right
  }

  private quoted(text: string, beside: Type): Typed | undefined {
    const date = beside.is === 'date' ? parseDate(text) : undefined
    if (date) return this.constant(date, { is: 'date' })
    const instant = beside.is === 'instant' ? parseInstant(text, this.compiling.zone) : undefined
    if (instant !== undefined) return this.constant(instant, { is: 'instant' })
    const minute = fitsTimeOfDay(beside) ? minuteOfDay(text) : undefined
    return minute === undefined ? undefined : this.constant(Exact.whole(minute), timeOfDay)
  }

  private checkChoices(words: readonly string[], known: readonly string[]): void {
    for (const word of words)
      if (!known.includes(word))
        this.misfit(
          `“${word}” is none of ${known.join(', ')}: the condition would never hold.${didYouMean(word, known)}`,
          'choice_unknown',
        )
  }

  private call(called: FunctionName, given: readonly Typed[]): Typed {
    const counts = { min: [2, 9], max: [2, 9], rounded: [2, 2] } as Partial<
      Record<FunctionName, [number, number]>
    >
    const [least, most] = counts[called] ?? [1, 1]
    if (given.length < least || given.length > most)
      this.misfit(`“${called}” takes ${least === most ? least : `${least} or more`} values.`)
    for (const { type } of given)
      if (!isNumeric(type)) this.misfit(`“${called}” takes numbers, not ${typeText(type)}.`)
    const inputs = (scope: Scope) =>
      given.map((one, place) => ({ as: `value ${place + 1}`, is: one.evaluate(scope) }))
    if (isLengthFunction(called))
      return typed({ is: 'length', units: [called] }, (scope) =>
        derive('length', inputs(scope), { unit: called }),
      )
    let type: Type | undefined = given[0]?.type ?? anything
    for (const other of called === 'rounded' ? [] : given.slice(1))
      type = type && joined(type, other.type)
    if (!type)
      this.misfit(
        `“${called}” chooses between ${given.map((one) => typeText(one.type)).join(' and ')}.${unitHint(given[0]?.type ?? anything, given[1]?.type ?? anything)}`,
        'units_do_not_fit',
      )
    return typed(type ?? anything, (scope) => callDerivation(called, inputs(scope)))
  }

  private binary(operator: BinaryOperator, leftFormula: Formula, rightFormula: Formula): Typed {
    let left = this.compile(leftFormula)
    let right = this.compile(rightFormula)
    let type: Type | undefined = truth
    if (operator === '&&' || operator === '||') {
      this.expecting(left, truth, operator)
      this.expecting(right, truth, operator)
    } else if (operator in comparisons) {
      if (leftFormula.is === 'text') left = this.comparable(right, left)
      else right = this.comparable(left, right)
      if (!['==', '!='].includes(operator) && !isOrdered(left.type))
        this.misfit(`${typeText(left.type)} has no order: compare it with == or !=.`)
    } else {
      const moved = movedMoment(operator, [left, right], this.compiling.zone)
      if (moved) return moved
      type = this.arithmetic(operator, left.type, right.type)
    }
    const { clause, name } = this.place
    return combined(operator, type ?? anything, [left, right], `“${clause ?? name}”`)
  }

  private arithmetic(operator: BinaryOperator, left: Type, right: Type): Type | undefined {
    const numeric = isNumeric(left) && isNumeric(right)
    const type = numeric ? this.outcome(operator, left, right) : undefined
    // Minutes after six are no time of day.
    if (type?.is === 'number' && type.ofDay) return { is: 'number', unit: 'minutes' }
    if (!type) {
      const verbs: Partial<Record<BinaryOperator, string>> = {
        '*': 'multiplied by',
        '/': 'divided by',
        '+': 'added to',
        '-': 'taken together with',
      }
      const isMade = operator === '*' || operator === '/'
      const share = operator === '*' ? ' A share of it is a quotient in brackets: a * (b / c).' : ''
      const mend = isMade ? `${madeHint(this.place)}${share}` : unitHint(left, right)
      this.misfit(
        `${typeText(left)} cannot be ${verbs[operator] ?? operator} ${typeText(right)}.${numeric ? mend : movingHint(left, right)}`,
        numeric ? 'units_do_not_fit' : 'types_do_not_fit',
      )
    }
    return type
  }

  private outcome(operator: BinaryOperator, left: Type, right: Type): Type | undefined {
    if (operator !== '*' && operator !== '/') return joined(left, right)
    const type = operator === '*' ? product(left, right) : quotient(left, right)
    return type ?? (this.place.unit === undefined ? undefined : madeOf(operator, left, right))
  }
}
