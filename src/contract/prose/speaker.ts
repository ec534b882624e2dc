import { Exact } from '../../kernel/exact.ts'
import { Length, spokenDate, spokenInstant } from '../../kernel/time.ts'
import { spokenAmount } from '../answer/spoken.ts'
import type { Contract } from '../compile.ts'
import { Faults } from '../document/fault.ts'
import type { FactKind } from '../fact/fact-kind.ts'
import { type Formula, readFormula } from '../formula/formula.ts'
import { isEvent, termOf } from '../happening.ts'
import type { MeasureWords, TableWords } from '../language/measure.ts'
import type { Side } from '../language/words.ts'
import { ofInterval } from '../measure/interval.ts'
import type { PeriodRule } from '../period/period.ts'
import { parsePeriodRule } from '../period/words.ts'
import { resultsOf } from '../table/table.ts'
import { isWithinOne } from '../term/posting/read.ts'
import { anything, type Type, timeOfDayUnit } from '../type.ts'
import { type Value, valueText } from '../value.ts'
import { english } from './english.ts'
import type { EachSlot, EventSlot, OpeningSlot, PerSlot } from './english-phrases.ts'
import { FormulaSpeaker, type Saying } from './formula.ts'

/** Names as printed. */
export type Parties = { readonly provider: string; readonly consumer: string }

/** A quantity that is priced, bounded or compared. */
export type QuantitySlot = {
  readonly words: string
  readonly noun?: string
  /** The value that the parties agreed. */
  readonly agreed?: string
  readonly unit?: string
  /** A bare number that the author wrote. */
  readonly isWritten?: true
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
  /** Tables that were read as amounts. */
  readonly amounts = new Set<string>()
  private readonly clauses: ReadonlyMap<string, { number: string; title: string }>

  private readonly formulas = new FormulaSpeaker(this)

  constructor(
    contract: Contract,
    parties: Parties,
    clauses: ReadonlyMap<string, { number: string; title: string }>,
  ) {
    this.contract = contract
    this.parties = parties
    this.clauses = clauses
  }

  party(side: Side): string {
    return this.parties[side]
  }

  title(name: string): string {
    return this.contract.definitions.get(name)?.title ?? name.replaceAll('_', ' ')
  }

  component(id: string): string {
    return english.the(this.contract.components.get(id)?.title ?? id.replaceAll('_', ' '))
  }

  clause(id: string): string {
    return english.clause(this.clauses.get(id) ?? { number: '', title: this.title(id) })
  }

  event(name: string, component?: string): EventSlot {
    const [term = '', ending] = name.split('.')
    const made = this.contract.definitions.get(term)
    if (made && this.contract.words.terms?.[term]) {
      // Without anything that could be done in time it is a length of time that passes.
      const { endings, isOption } = made
      const isTime = ending === 'missed' && !endings?.includes('met')
      const isEnding = ending === 'met' || ending === 'missed'
      const ended = isEnding ? (isOption ? ofOption[ending] : ending) : 'effect'
      const happens = isTime ? 'over' : ended
      return { clause: this.clause(term), ending: happens }
    }
    this.mentioned.add(name)
    const kind = this.kindCalled(name)
    const words = english.event({
      name,
      title: kind?.title,
      shape: kind?.shape,
      thing: component === undefined ? undefined : this.component(component),
    })

    return { words }
  }

  /** The noun for a kind of fact. */
  kind(name: string): string {
    const kind = this.kindCalled(name)
    return english.kind({ name, title: kind?.title, shape: kind?.shape })
  }

  /** A kind of fact, or a name for several kinds of event. */
  kindCalled(name: string): FactKind | undefined {
    return this.contract.names.fact(name)
  }

  calendar(id: string): string {
    if (id === 'always') return english.aroundTheClock
    this.mentioned.add(id)
    if (this.contract.words.calendars?.[id] === undefined)
      return english.calendarChosen(this.title(id))
    return english.calendar(this.title(id))
  }

  opening({ open, at }: { open: string; at?: string | undefined }): OpeningSlot {
    return { calendar: this.calendar(open), ...(at !== undefined && { moment: this.say(at) }) }
  }

  amount(value: Exact): string {
    return english.groupedAmount(spokenAmount(value, this.contract.decimals))
  }

  /** With as many digits as its author gave it, where they are more than those of the currency. */
  amountWritten({ value, written }: { readonly value: Exact; readonly written: string }): string {
    const digits = written.split('.')[1]?.length ?? 0
    return english.groupedAmount(spokenAmount(value, Math.max(digits, this.contract.decimals)))
  }

  /** A written expression in words. */
  say(text: string, saying: Saying = {}): string {
    const formula = read(text)
    return formula ? this.formulas.formula(formula, saying) : text.replaceAll('_', ' ')
  }

  amountText(text: string, saying: Saying = {}): string {
    return this.say(text, { ...saying, money: true })
  }

  /** What a table gives, row by row; what has a name, a calendar too, is called by it. */
  results(table: TableWords): readonly string[] {
    const { names } = this.contract
    return resultsOf(table, (word) => (names.find(word) ?? names.fact(word)) !== undefined)
  }

  /** An expression as a condition, turned round where it is a denial: “unless …” reads better than “not”. */
  condition(text: string, row?: string): { words: string; denied: boolean } {
    const formula = read(text)
    const saying = row === undefined ? {} : { row }
    if (!formula) return { words: text.replaceAll('_', ' '), denied: false }
    if (formula.is === 'not' && formula.value.is === 'name')
      return {
        words: this.formulas.formula(formula.value, { ...saying, nested: true }),
        denied: true,
      }
    return { words: this.formulas.formula(formula, saying), denied: false }
  }

  /** What “condition ? 1 : 0” asks, which is what may stand where a number is bounded. */
  indicated(text: string): string | undefined {
    const formula = read(text)
    if (formula?.is !== 'choose') return undefined
    const { yes, no, condition } = formula
    const is = (part: Formula, count: Exact) => part.is === 'number' && part.value.equals(count)
    return is(yes, Exact.one) && is(no, Exact.zero)
      ? this.formulas.formula(condition, {})
      : undefined
  }

  quantity(text: string): QuantitySlot {
    const formula = read(text)
    const type = this.typeOf(text)
    const agreed =
      formula?.is === 'name' && this.contract.definitions.get(formula.name)?.sort === 'agreed'
        ? this.agreedBare(formula.name)
        : undefined
    const measure =
      formula?.is === 'name' ? this.contract.words.measures?.[formula.name] : undefined
    const own = formula?.is === 'attribute' && formula.attribute === 'minutes'
    const timeOfDay = type.is === 'number' && type.unit === timeOfDayUnit
    return {
      words: this.say(text, { nested: true, money: type.is === 'money' }),
      ...(formula?.is === 'number' && { isWritten: true }),
      ...(formula?.is === 'name' && {
        noun: this.title(formula.name),
        ...(agreed !== undefined && { agreed }),
      }),
      ...(type.is === 'number' &&
        type.unit !== undefined &&
        !timeOfDay &&
        !isRatio(measure, formula, (name) => this.title(name)) && { unit: type.unit }),
      ...(measure && 'months' in measure && { unit: 'months' }),
      own,
      money: type.is === 'money',
      timeOfDay,
    }
  }

  /** What a charge is a share of; for an event, of a charge for periods that of its period. */
  base(
    of: readonly string[],
    { sameCase, each }: { sameCase?: string | undefined; each?: string | undefined },
  ): string {
    const parts = of.map((name) => {
      const words = this.formulas.name(name, { nested: true })
      const posting = this.contract.postings.get(name)
      if (!posting?.charged) return words
      const { each: own, every } = posting.words
      if (own !== undefined)
        return sameCase === undefined ? words : english.forTheSame(words, sameCase)
      if (each === undefined || every === undefined || ['once', 'agreement'].includes(every))
        return words
      const whole = this.each(every)
      const kinds = this.contract.events.get(each)?.anyOf ?? [each]
      const due = kinds.map((kind) => this.dutysPeriod(kind, every))
      const said = due.map((part) =>
        part === undefined ? english.itsPeriod(whole) : english.dutysPeriod(whole, part),
      )
      return `${words} ${english.either([...new Set(said)])}`
    })
    return english.sumOf(parts)
  }

  /** Of a duty that each period begins, that period, where it is one of those that are charged for, or a part of one. */
  private dutysPeriod(event: string, every: string): EachSlot | undefined {
    const begins = this.contract.promises.get(termOf(event))?.begins
    const { rule } = this.period(every)
    if (!event.includes('.') || !begins || !rule || !isWithinOne(begins.rule, rule))
      return undefined
    return this.each(begins.name)
  }

  /** A kind of fact whose subjects are meant, or one of its attributes. */
  eachOf(text: string): string {
    const [kind = '', by] = text.split('.')
    return by === undefined
      ? english.thingOf(this.kind(kind))
      : english.eachOf(this.say(text, { nested: true }))
  }

  period(text: string): PeriodRuleWords {
    const name = text.replace(/^so-far-/, '')
    const rule = parsePeriodRule(text, this.contract.periods)
    const named = this.contract.words.periods?.[name]
    if (named === undefined) return { rule }
    this.mentioned.add(name)
    const own = this.contract.periods.get(name)
    const unit = own && 'unit' in own ? own.unit : undefined
    const title = (typeof named === 'object' ? named.title : undefined) ?? name.replaceAll('_', ' ')
    const isWhole = unit === undefined || title.includes(unit)
    return { rule, name: isWhole ? title : english.periodCalled(title, unit) }
  }

  /** A kind of fact; the last one, from which periods are counted, or the date that was agreed for it. */
  since(kind: string, which?: 'the last'): string {
    if (which && this.contract.agreed.has(kind)) return this.say(kind, { nested: true })
    const noun = english.eventNoun(this.event(kind))
    return which ? `${which} ${noun}` : noun
  }

  each(text: string): EachSlot {
    return english.eachPeriod(this.period(text), (...kind) => this.since(...kind))
  }

  inPeriod(text: string): PerSlot {
    if (text === ofInterval) return english.whileItLasts
    return english.inPeriod(this.period(text), (...kind) => this.since(...kind))
  }

  /** The value that was agreed; several, each from its date on. */
  agreed(name: string): string {
    const values = this.contract.agreed.get(name) ?? []
    const type = this.contract.definitions.get(name)?.type()
    return english.agreedValues(
      values.map(({ from, value, written }) => ({
        value: written ?? this.value(value, type),
        ...(from && { from: spokenDate(from) }),
      })),
    )
  }

  /** A number without a unit that its title says already: “base units (agreed: 1)”. */
  agreedBare(name: string): string {
    const type = this.contract.definitions.get(name)?.type()
    const said = this.agreed(name)
    const unit = type?.is === 'number' ? type.unit : undefined
    return unit !== undefined && this.title(name).endsWith(unit)
      ? said.replaceAll(` ${unit}`, '').replaceAll(` ${english.unit('1', unit).slice(2)}`, '')
      : said
  }

  value(value: Value, type: Type | undefined): string {
    if (value instanceof Exact) {
      if (type?.is === 'money') return this.amount(value)
      const said = english.groupedNumber(value.text)
      return type?.is === 'number' && type.unit !== undefined ? english.unit(said, type.unit) : said
    }
    if (value instanceof Temporal.PlainDate) return spokenDate(value)
    if (typeof value === 'number') return spokenInstant(value, this.contract.zone)
    if (value instanceof Length) return value.text
    if (typeof value === 'boolean') return valueText(value)
    return english.quoted(valueText(value))
  }

  isDate(text: string): boolean {
    return this.typeOf(text).is === 'date'
  }

  typeOf(text: string): Type {
    const formula = read(text)
    return formula ? this.formulas.typeOf(formula) : anything
  }

  /** Nothing, whenever it is asked: as written, or as agreed. */
  isZero(text: string): boolean {
    const formula = read(text)
    if (formula?.is === 'number' || formula?.is === 'percentage') return formula.value.isZero
    const agreed = formula?.is === 'name' ? (this.contract.agreed.get(formula.name) ?? []) : []
    return agreed.length > 0 && agreed.every(({ value }) => value instanceof Exact && value.isZero)
  }

  isEvent(name: string): boolean {
    return isEvent(name, this.contract.names)
  }

  isTruth(text: string): boolean {
    return this.typeOf(text).is === 'truth'
  }

  attributeWords(of: string, attribute: string): string {
    return this.formulas.attributeWords(of, attribute)
  }
}

/** What was checked when it was compiled, and words of another offering, that may be none of this one. */
const read = (text: string) => readFormula(text, new Faults(), [])

const ofOption = { met: 'used', missed: 'lapsed' } as const

/** A quotient with a plural name counts things of its own (increments of 15 minutes), not the unit that it was made from. */
function isRatio(
  measure: MeasureWords | undefined,
  formula: Formula | undefined,
  titleOf: (name: string) => string,
): boolean {
  return (
    measure !== undefined &&
    'formula' in measure &&
    measure.formula.includes('/') &&
    formula?.is === 'name' &&
    english.isPlural(titleOf(formula.name))
  )
}

export type PeriodRuleWords = { readonly rule: PeriodRule | undefined; readonly name?: string }
