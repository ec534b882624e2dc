import type { Exact } from '../kernel/exact.ts'
import { Length, spokenDate } from '../kernel/time.ts'
import { spokenAmount } from './answer.ts'
import { type AgreedValues, type Contract, termKind } from './compile.ts'
import { type EventSlot, english } from './english.ts'
import { Faults } from './fault.ts'
import { type BinaryOperator, type Formula, isLengthFunction, readFormula } from './formula.ts'
import { parsePeriodRule, type PeriodRule } from './period.ts'
import type { Type } from './type.ts'
import { type Value, valueText } from './value.ts'
import { Exact as ExactNumber } from '../kernel/exact.ts'

/** Names as printed. */
export type Parties = { readonly provider: string; readonly consumer: string }

type Saying = {
  /** A bare number is an amount. */
  readonly money?: boolean
  /** The kind of fact whose attributes need no “of the …”. */
  readonly row?: string
  /** Part of something longer: an agreed value is named beside its value, and a sum stands in brackets. */
  readonly nested?: boolean
}

/** A quantity that is priced, bounded or compared. */
export type QuantitySlot = {
  readonly words: string
  readonly noun?: string
  readonly unit?: string
  /** The event’s own length: nothing more has to be said of it. */
  readonly own: boolean
  readonly money: boolean
  readonly timeOfDay: boolean
}

/** Says formulas, names and values of one contract. What it has mentioned is what the glossary explains. */
export class Speaker {
  readonly contract: Contract
  readonly parties: Parties
  readonly mentioned = new Set<string>()
  private readonly numbers: ReadonlyMap<string, string>

  constructor(contract: Contract, parties: Parties, numbers: ReadonlyMap<string, string>) {
    this.contract = contract
    this.parties = parties
    this.numbers = numbers
  }

  party(side: 'provider' | 'consumer'): string {
    return this.parties[side]
  }

  title(name: string): string {
    return this.contract.definitions.get(name)?.title ?? name.replaceAll('_', ' ')
  }

  component(id: string): string {
    return english.the(this.contract.components.get(id)?.title ?? id.replaceAll('_', ' '))
  }

  clause(id: string): string {
    const { title } = this.contract.words.terms?.[id] ?? {}
    return english.clause({ number: this.numbers.get(id) ?? '', title: title ?? this.title(id) })
  }

  event(name: string, component?: string): EventSlot {
    const [term = '', ending] = name.split('.')
    const made = this.contract.words.terms?.[term]
    if (made) return { clause: this.clause(term), ending: ending === 'met' || ending === 'missed' ? ending : 'effect' }
    const words = english.event(name, this.contract.factKinds.get(name)?.title, component === undefined ? undefined : this.component(component))
    return { words }
  }

  /** The noun for a kind of fact. */
  kind(name: string): string {
    return english.kind(name, this.contract.factKinds.get(name)?.title)
  }

  calendar(id: string): string {
    if (id === 'always') return english.aroundTheClock
    this.mentioned.add(id)
    return english.the(this.title(id))
  }

  amount(value: Exact): string {
    return spokenAmount(value, this.contract.decimals)
  }

  /** A written expression in words. */
  say(text: string, saying: Saying = {}): string {
    const formula = readFormula(text, new Faults(), [])
    return formula ? this.formula(formula, saying) : text.replaceAll('_', ' ')
  }

  amountText(text: string, saying: Saying = {}): string {
    return this.say(text, { ...saying, money: true })
  }

  /** An expression as a condition, turned round where it is a denial: “unless …” reads better than “not”. */
  condition(text: string, row?: string): { words: string; denied: boolean } {
    const formula = readFormula(text, new Faults(), [])
    const saying = row === undefined ? {} : { row }
    if (!formula) return { words: text.replaceAll('_', ' '), denied: false }
    if (formula.is === 'not' && formula.value.is === 'name') return { words: this.formula(formula.value, { ...saying, nested: true }), denied: true }
    return { words: this.formula(formula, saying), denied: false }
  }

  quantity(text: string): QuantitySlot {
    const formula = readFormula(text, new Faults(), [])
    const type = formula ? this.typeOf(formula) : undefined
    const named = formula?.is === 'name' && this.contract.definitions.get(formula.name)?.sort === 'measure'
    const own = formula?.is === 'attribute' && formula.attribute === 'minutes'
    const timeOfDay = type?.is === 'number' && type.unit === 'time of day'
    return {
      words: this.say(text, { nested: true, money: type?.is === 'money' }),
      ...(formula?.is === 'name' && { noun: this.title(formula.name), ...(!named && { agreed: true }) }),
      ...(type?.is === 'number' && type.unit !== undefined && !timeOfDay && { unit: type.unit }),
      own,
      money: type?.is === 'money',
      timeOfDay,
    }
  }

  /** What a charge is a share of. */
  base(of: readonly string[], sameCase: string | undefined): string {
    const parts = of.map((name) => {
      const words = this.name(name, { nested: true })
      const posting = this.contract.words.terms?.[name]
      return posting && 'charge' in posting && posting.charge.each !== undefined && sameCase !== undefined ? english.forTheSame(words, sameCase) : words
    })
    return english.sumOf(parts)
  }

  period(text: string): PeriodRuleWords {
    const named = this.contract.words.periods?.[text]
    if (named === undefined) return { rule: parsePeriodRule(text) }
    this.mentioned.add(text)
    const rule = typeof named === 'string' ? parsePeriodRule(named) : undefined
    const unit = rule && 'unit' in rule ? rule.unit : undefined
    const title = (typeof named === 'object' ? named.title : undefined) ?? text.replaceAll('_', ' ')
    return { rule, name: unit === undefined || title.includes(unit) ? title : `${title} ${unit}` }
  }

  since(kind: string): string {
    return english.eventNoun(this.event(kind))
  }

  each(text: string): string {
    return english.eachPeriod(this.period(text), (kind) => this.since(kind))
  }

  inPeriod(text: string): string {
    return english.inPeriod(this.period(text), (kind) => this.since(kind))
  }

  /** The value that was agreed; several, each from its date on. */
  agreed(name: string): string {
    const values: AgreedValues = this.contract.agreed.get(name) ?? []
    const type = this.contract.definitions.get(name)?.type()
    return english.agreedValues(values.map(({ from, value }) => ({ value: this.value(value, type), ...(from && { from: spokenDate(from) }) })))
  }

  value(value: Value, type: Type | undefined): string {
    if (value instanceof ExactNumber) {
      if (type?.is === 'money') return this.amount(value)
      return type?.is === 'number' && type.unit !== undefined ? `${value.text} ${type.unit}` : value.text
    }
    if (value instanceof Temporal.PlainDate) return spokenDate(value)
    if (value instanceof Length) return value.text
    if (typeof value === 'boolean') return valueText(value)
    return english.quoted(valueText(value))
  }

  formula(formula: Formula, saying: Saying): string {
    switch (formula.is) {
      case 'number':
        return saying.money ? this.amount(formula.value) : formula.written
      case 'percentage':
      case 'time-of-day':
        return formula.written
      case 'length':
        return formula.value.text
      case 'date':
        return spokenDate(formula.value)
      case 'truth':
        return formula.value ? english.yes : english.no
      case 'text':
        return english.quoted(formula.value)
      case 'name':
        return this.name(formula.name, saying)
      case 'attribute':
        return this.attribute(formula, saying)
      case 'not':
        return english.not(this.formula(formula.value, { ...saying, nested: true }))
      case 'minus':
        return english.minus(this.formula(formula.value, { ...saying, nested: true }))
      case 'one-of':
        return english.oneOf(this.formula(formula.value, { ...saying, nested: true }), formula.choices.map((choice) => this.formula(choice, saying)))
      case 'choose':
        return this.bracketed(saying, english.choose(this.formula(formula.condition, { ...saying, money: false }), this.formula(formula.yes, saying), this.formula(formula.no, saying)))
      case 'call':
        return this.call(formula, saying)
      case 'binary':
        return this.binary(formula, saying)
    }
  }

  private bracketed({ nested }: Saying, words: string): string {
    return nested ? `(${words})` : words
  }

  private name(name: string, saying: Saying): string {
    const definition = this.contract.definitions.get(name)
    const title = this.title(name)
    switch (definition?.sort) {
      case 'agreed':
        if (!saying.nested) return this.agreed(name)
        return english.agreedNamed({ title, value: this.agreed(name), number: ['money', 'number'].includes(definition.type().is) })
      case 'posting':
        return english.amountUnder(this.clause(name))
      case 'total':
        return english.totalOf(this.clause(name))
      case 'promise':
        return english.wasKept(this.clause(name))
      case 'measure':
        return this.measure(name, title)
      case 'table':
        this.mentioned.add(name)
        return definition.type().is === 'length' ? english.timeUnder(title) : english.the(title)
      case 'always':
        return english.always(name)
      default:
        return english.the(title)
    }
  }

  /** A measure that is true or false is a sentence of its own. */
  private measure(name: string, title: string): string {
    const words = this.contract.words.measures?.[name]
    const isTruth = this.contract.definitions.get(name)?.type().is === 'truth'
    this.mentioned.add(name)
    if (!isTruth) return english.the(title)
    if (words?.title !== undefined) return words.title
    if (words && 'open' in words) return english.within(this.calendar(words.open))
    if (words && 'met' in words) return english.wasKept(this.clause(words.met))
    return english.isTrue(title)
  }

  private attribute({ of, attribute }: Extract<Formula, { is: 'attribute' }>, { row }: Saying): string {
    const type = this.contract.factKinds.get(of)?.attributes.get(attribute)
    const words = english.attribute(attribute)
    if (type?.is === 'truth') return english.isMarked(row === of ? english.it : english.the(this.kind(of)), words)
    return row === of ? english.the(words) : english.attributeOf(words, this.kind(of))
  }

  private call({ called, arguments: given }: Extract<Formula, { is: 'call' }>, saying: Saying): string {
    const said = given.map((part) => this.formula(part, { ...saying, nested: true }))
    if (isLengthFunction(called)) return english.length(said[0] ?? '', called)
    if (called !== 'min' && called !== 'max') return this.bracketed(saying, english.call(called, said))
    const bound = given.findIndex((part) => part.is === 'number' || part.is === 'percentage')
    if (given.length !== 2 || bound < 0) return this.bracketed(saying, english.extreme(called, said))
    const other = given[1 - bound]
    const within = other ? this.formula(other, { ...saying, nested: false, ...(other.is === 'name' && { nested: true }) }) : ''
    return this.bracketed(saying, english.bounded(called, within, said[bound] ?? ''))
  }

  private binary(formula: Extract<Formula, { is: 'binary' }>, saying: Saying): string {
    const { operator, left, right } = formula
    if (operator === '&&' || operator === '||') return this.joined(formula, saying)
    if (operator in english.comparisons) {
      const subject = left.is === 'text' || left.is === 'number' ? right : left
      const flipped = subject === left ? operator : flip(operator)
      return english.compared(this.formula(subject, { ...saying, nested: true }), this.predicate(formula, flipped, subject === left ? right : left, saying))
    }
    const money = saying.money === true || this.typeOf(formula)?.is === 'money'
    const side = (part: Formula, isAmount: boolean) => {
      const same = part.is === 'binary' && part.operator === operator && (operator === '+' || operator === '*')
      return this.formula(part, { ...saying, money: isAmount, nested: !same })
    }
    const factor = operator === '*' || operator === '/'
    const words = english.arithmetic(operator, side(left, money && (!factor || this.typeOf(left)?.is === 'money')), side(right, money && (!factor || this.typeOf(right)?.is === 'money')))
    return this.bracketed(saying, words)
  }

  private predicate(formula: Extract<Formula, { is: 'binary' }>, operator: BinaryOperator, value: Formula, saying: Saying): { operator: BinaryOperator; value: string; time: boolean } {
    const type = this.typeOf(formula.left) ?? this.typeOf(formula.right)
    const money = [formula.left, formula.right].some((side) => this.typeOf(side)?.is === 'money')
    const time = type?.is === 'date' || (type?.is === 'number' && type.unit === 'time of day')
    return { operator, value: this.formula(value, { ...saying, money, nested: true }), time }
  }

  /** “is at least 17 and at most 24” where both sides speak of the same. */
  private joined(formula: Extract<Formula, { is: 'binary' }>, saying: Saying): string {
    const { operator, left, right } = formula
    const word = operator === '&&' ? 'and' : 'or'
    const part = (one: Formula) => this.formula(one, { ...saying, nested: one.is === 'binary' && (one.operator === '&&' || one.operator === '||') && one.operator !== operator })
    const both = left.is === 'binary' && right.is === 'binary' && left.operator in english.comparisons && right.operator in english.comparisons
    if (both) {
      const subject = this.formula(left.left, { ...saying, nested: true })
      if (subject === this.formula(right.left, { ...saying, nested: true }))
        return this.bracketed(saying, english.comparedTwice(subject, this.predicate(left, left.operator, left.right, saying), word, this.predicate(right, right.operator, right.right, saying)))
    }
    return this.bracketed(saying, english.joined(part(left), word, part(right)))
  }

  typeOf(formula: Formula): Type | undefined {
    switch (formula.is) {
      case 'name':
        return this.contract.definitions.get(formula.name)?.type()
      case 'attribute':
        return this.contract.factKinds.get(formula.of)?.attributes.get(formula.attribute)
      case 'time-of-day':
        return { is: 'number', unit: 'time of day' }
      case 'minus':
        return this.typeOf(formula.value)
      case 'choose':
        return this.typeOf(formula.yes) ?? this.typeOf(formula.no)
      case 'call':
        return isLengthFunction(formula.called) ? { is: 'length' } : this.firstType(formula.arguments)
      case 'binary':
        return formula.operator === '/' && this.typeOf(formula.right)?.is === 'money' ? undefined : this.firstType([formula.left, formula.right])
      default:
        return undefined
    }
  }

  private firstType(parts: readonly Formula[]): Type | undefined {
    const types = parts.map((part) => this.typeOf(part)).filter((type) => type !== undefined)
    return types.find((type) => type.is === 'money') ?? types[0]
  }

  kindOfTerm(id: string) {
    const term = this.contract.words.terms?.[id]
    return term && termKind(term)
  }
}

export type PeriodRuleWords = { readonly rule: PeriodRule | undefined; readonly name?: string }

function flip(operator: BinaryOperator): BinaryOperator {
  const flipped: Partial<Record<BinaryOperator, BinaryOperator>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }
  return flipped[operator] ?? operator
}
