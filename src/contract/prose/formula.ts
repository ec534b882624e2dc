import { parseDate, parseInstant, spokenDate, spokenInstant } from '../../kernel/time.ts'
import { isDerived } from '../fact/fact-kind.ts'
import { typeOf } from '../formula/expression.ts'
import { type BinaryOperator, type Formula, isLengthFunction } from '../formula/formula.ts'
import { minuteOfDay } from '../language/words.ts'
import { fitsTimeOfDay, type Type } from '../type.ts'
import { english } from './english.ts'
import {
  dayRange,
  dividing,
  flip,
  needsBrackets,
  needsNoBrackets,
  opposites,
} from './formula-shape.ts'
import { saidFirst } from './said-first.ts'
import type { Speaker } from './speaker.ts'

export type Saying = {
  /** A bare number is an amount. */
  readonly money?: boolean
  /** The kind of fact whose attributes need no “of the …”. */
  readonly row?: string
  /** Part of something longer: an agreed value is named beside its value, and a sum stands in brackets. */
  readonly nested?: boolean
}

type Compared = Extract<Formula, { is: 'binary' }>

/** Says a formula from its tree, with the titles, values and clauses of one contract. */
export class FormulaSpeaker {
  private readonly speaker: Speaker

  constructor(speaker: Speaker) {
    this.speaker = speaker
  }

  formula(formula: Formula, saying: Saying): string {
    switch (formula.is) {
      case 'number':
        return saying.money
          ? this.speaker.amountWritten(formula)
          : english.groupedNumber(formula.written)
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
      case 'part':
        return english.partOf(formula.part, this.attribute(formula.of, saying))
      case 'not':
        return this.denied(formula.value, saying)
      case 'minus':
        return english.minus(this.formula(formula.value, { ...saying, nested: true }))
      case 'one-of':
        return this.bracketed(
          saying,
          english.oneOf(
            this.formula(formula.value, { ...saying, nested: true }),
            formula.choices.map((choice) => this.beside(formula.value, choice, saying)),
          ),
        )
      case 'choose': {
        // A choice within a choice stands in brackets, unless it comes last: whose “otherwise” would it be?
        const { condition, yes, no } = formula
        const isWithin = { ...saying, money: false, nested: condition.is === 'choose' }
        const ifSo = { ...saying, nested: saying.nested === true || yes.is === 'choose' }
        const [first, second] = [this.formula(condition, isWithin), this.formula(yes, ifSo)]
        return this.bracketed(saying, english.choose(first, second, this.formula(no, saying)))
      }
      case 'call':
        return this.call(formula, saying)
      case 'binary':
        return this.binary(formula, saying)
    }
  }

  /** A month and a weekday are called by their names. */
  private beside(subject: Formula, value: Formula, saying: Saying): string {
    const part = subject.is === 'part' ? subject.part : 'attribute' in subject && subject.attribute
    const word = value.is === 'text' ? value.value : value.is === 'number' ? value.written : ''
    return english.namedPart(part || '', word) ?? this.formula(value, saying)
  }

  private bracketed({ nested }: Saying, words: string): string {
    return nested ? `(${words})` : words
  }

  name(name: string, saying: Saying): string {
    const definition = this.speaker.contract.definitions.get(name)
    const title = this.speaker.title(name)
    switch (definition?.sort) {
      case 'agreed':
        if (definition.type().is === 'truth')
          return english.agreedTruth(english.isTrue(title), this.speaker.agreed(name))
        if (!saying.nested) return this.speaker.agreed(name)
        return english.agreedNamed({
          title,
          value: this.speaker.agreedBare(name),
          number: ['money', 'number'].includes(definition.type().is) && !english.isPlural(title),
        })
      case 'posting':
        return english.amountUnder(this.speaker.clause(name))
      case 'total':
        return english.totalOf(this.speaker.clause(name))
      case 'promise':
        return english.wasKept(this.speaker.clause(name))
      case 'measure':
        return this.measure(name, title, saying)
      case 'table':
        this.speaker.mentioned.add(name)
        if (saying.money) this.speaker.amounts.add(name)
        return definition.type().is === 'length' ? english.timeUnder(title) : english.the(title)
      case 'always':
        return english.always(name)
      default:
        return english.the(title)
    }
  }

  /** A measure that is true or false is a sentence of its own. */
  private measure(name: string, title: string, { nested }: Saying): string {
    const words = this.speaker.contract.words.measures?.[name]
    const isTruth = this.speaker.contract.definitions.get(name)?.type().is === 'truth'
    this.speaker.mentioned.add(name)
    if (!isTruth) return english.the(title)
    if (words?.title !== undefined)
      return !nested && english.isAdverbial(title) ? title : english.isTrue(title)
    if (words && 'open' in words) return english.within(this.speaker.opening(words))
    if (words && 'met' in words) return english.wasKept(this.speaker.clause(words.met))
    return english.isTrue(title)
  }

  private attribute(
    { of, attribute }: Extract<Formula, { is: 'attribute' }>,
    { row }: Saying,
  ): string {
    if (this.shareIn(of, attribute)) return this.share(of, attribute)
    if (!this.speaker.kindCalled(of) && this.speaker.contract.definitions.has(of))
      return english.partOf(attribute, this.name(of, { nested: true }))
    const type = this.speaker.kindCalled(of)?.attributes.get(attribute)
    const words = this.attributeWords(of, attribute)
    if (type?.is === 'truth')
      return english.isMarked(row === of ? english.it : english.the(this.speaker.kind(of)), words)
    return row === of ? english.itsOwn(words) : english.attributeOf(words, this.speaker.kind(of))
  }

  /** A share of a split, read by its path. */
  private shareIn(of: string, name: string) {
    return this.speaker.contract.definitions.get(of)?.parts?.()?.get(name)
  }

  private share(of: string, name: string): string {
    this.speaker.mentioned.add(of)
    return english.shareOf(name, this.speaker.title(of))
  }

  private denied(value: Formula, saying: Saying): string {
    if (value.is === 'binary') {
      const operator = opposites[value.operator]
      if (operator) return this.binary({ ...value, operator }, saying)
    }
    // Neither of two: the denial of each, which is easier to read than that of both.
    if (value.is === 'binary' && (value.operator === '&&' || value.operator === '||'))
      return this.binary(
        {
          ...value,
          operator: value.operator === '&&' ? '||' : '&&',
          left: { is: 'not', value: value.left },
          right: { is: 'not', value: value.right },
        },
        saying,
      )
    if (value.is === 'attribute') {
      const { of, attribute } = value
      return english.isNotMarked(
        saying.row === of ? english.it : english.the(this.speaker.kind(of)),
        this.attributeWords(of, attribute),
      )
    }
    if (value.is === 'name') {
      const words = this.speaker.contract.words.measures?.[value.name]
      if (words && words.title === undefined && 'open' in words)
        return english.outside(this.speaker.opening(words))
      if (words && words.title === undefined && 'met' in words)
        return english.wasNotKept(this.speaker.clause(words.met))
      if (this.speaker.contract.promises.has(value.name))
        return english.wasNotKept(this.speaker.clause(value.name))
    }
    return this.bracketed(saying, english.not(this.formula(value, { ...saying, nested: true })))
  }

  /** A unit as it is written (kWh), where the attribute is called by it. */
  attributeWords(of: string, attribute: string): string {
    const kind = this.speaker.kindCalled(of)
    const type = kind?.attributes.get(attribute)
    if (kind && type?.is === 'instant' && isDerived(kind, attribute))
      return english.instantOf(attribute)
    const title = kind?.titles.get(attribute)
    if (title !== undefined) return title
    return type?.is === 'number' && type.unit?.toLowerCase() === attribute
      ? type.unit
      : english.attribute(attribute)
  }

  private call(
    { called, arguments: given }: Extract<Formula, { is: 'call' }>,
    saying: Saying,
  ): string {
    if (isLengthFunction(called))
      return english.length(
        given[0] ? this.formula(given[0], { ...saying, nested: given[0].is === 'name' }) : '',
        called,
      )
    const said = given.map((part) => this.formula(part, { ...saying, nested: true }))
    if (called !== 'min' && called !== 'max')
      return this.bracketed(saying, english.call(called, said))
    const bound = given.findIndex((part) => part.is === 'number' || part.is === 'percentage')
    if (given.length !== 2 || bound < 0)
      return this.bracketed(saying, english.extreme(called, said))
    const other = given[1 - bound]
    const within = other
      ? this.formula(other, {
          ...saying,
          nested: false,
          ...(other.is === 'name' && { nested: true }),
        })
      : ''
    return this.bracketed(saying, english.bounded(called, within, said[bound] ?? ''))
  }

  private binary(formula: Extract<Formula, { is: 'binary' }>, saying: Saying): string {
    const { operator, left, right } = formula
    if (operator === '&&' || operator === '||') return this.joined(formula, saying)
    if (operator in english.comparisons) {
      const subject = left.is === 'text' || left.is === 'number' ? right : left
      const flipped = subject === left ? operator : flip(operator)
      return english.compared(
        this.formula(subject, { ...saying, nested: true }),
        this.predicate(formula, flipped, subject === left ? right : left, saying),
      )
    }
    return this.arithmetic(dividing(formula), saying)
  }

  private arithmetic(formula: Extract<Formula, { is: 'binary' }>, saying: Saying): string {
    const { operator, left, right } = formula
    const isMoved = this.typeOf(right).is === 'length'
    const money = saying.money === true || this.typeOf(formula).is === 'money'
    const side = (part: Formula, isAmount: boolean) => {
      const same = part.is === 'binary' && needsNoBrackets(operator, part.operator, part === left)
      return this.formula(part, { ...saying, money: isAmount, nested: !same })
    }
    const factor = operator === '*' || operator === '/'
    const goesOn =
      !factor && left.is === 'binary' && (left.operator === '*' || left.operator === '/')
    const first = side(left, money && (!factor || this.typeOf(left).is === 'money'))
    const second = side(right, money && (!factor || this.typeOf(right).is === 'money'))
    if (isMoved) return english.moved(operator, first, second)
    const said = goesOn
      ? english.sumGoesOn(first, operator, second)
      : english.arithmetic(operator, first, second)
    return this.bracketed(saying, said)
  }

  private predicate(
    formula: Extract<Formula, { is: 'binary' }>,
    operator: BinaryOperator,
    value: Formula,
    saying: Saying,
  ): { operator: BinaryOperator; value: string; time: boolean } {
    const types = [formula.left, formula.right].map((side) => this.typeOf(side))
    const money = types.some(({ is }) => is === 'money')
    const other = value === formula.right ? formula.left : formula.right
    const isDated = types.some(({ is }) => is === 'date' || is === 'instant')
    const time = isDated || (types.some(fitsTimeOfDay) && value.is !== 'number')
    return {
      operator,
      value:
        (time && value.is === 'text' ? this.moment(value.value) : undefined) ??
        this.inUnit(value, formula, this.beside(other, value, { ...saying, money, nested: true })),
      time,
    }
  }

  /** “at least 3 hours”, where neither the number nor what it is compared with has said so. */
  private inUnit(value: Formula, { left, right }: Compared, said: string): string {
    const other = value === right ? left : right
    const type = this.typeOf(other)
    if (value.is !== 'number' || value.value.isZero || type.is !== 'number') return said
    const { unit } = type
    return unit === undefined || english.saysUnit(this.formula(other, {}), unit)
      ? said
      : english.unit(said, unit)
  }

  /** A quoted time of day, date, or date and time, beside one. */
  private moment(text: string): string | undefined {
    if (minuteOfDay(text) !== undefined) return text
    const date = parseDate(text)
    if (date) return spokenDate(date)
    const { zone } = this.speaker.contract
    const at = parseInstant(text, zone)
    return at === undefined ? undefined : spokenInstant(at, zone)
  }

  /** “is at least 17 and at most 24” where both sides speak of the same. */
  private joined(formula: Extract<Formula, { is: 'binary' }>, saying: Saying): string {
    const { operator, left, right } = saidFirst(formula, this.speaker.contract.words.measures)
    const word = operator === '&&' ? 'and' : 'or'
    const part = (one: Formula) =>
      this.formula(one, { ...saying, nested: needsBrackets(one, { operator, left, right }) })
    const both =
      left.is === 'binary' &&
      right.is === 'binary' &&
      left.operator in english.comparisons &&
      right.operator in english.comparisons
    if (both) {
      const subject = this.formula(left.left, { ...saying, nested: true })
      if (subject === this.formula(right.left, { ...saying, nested: true })) {
        const first = this.predicate(left, left.operator, left.right, saying)
        const second = this.predicate(right, right.operator, right.right, saying)
        const range = dayRange(formula)
        return this.bracketed(
          saying,
          range
            ? english.comparedRange(subject, range.from, range.until)
            : english.comparedTwice(subject, first, word, second),
        )
      }
    }
    return this.bracketed(saying, english.joined(part(left), word, part(right)))
  }

  typeOf(formula: Formula): Type {
    return typeOf(formula, this.speaker.contract)
  }
}
