import type { Instant, Period } from '../../../kernel/time.ts'
import { clipped, within } from '../../../kernel/time.ts'
import { countedBy, whileRunning } from '../../agreement/running.ts'
import type { Compiling } from '../../compiling.ts'
import { demandCompiled, namesRead } from '../../demand.ts'
import { type Derivation, derive, type Input, leaf, onlyIf } from '../../derivation.ts'
import type { Fact } from '../../fact/fact.ts'
import { concerns, happenedLeaf, instantLeaf, kindsAtHand, termOf } from '../../happening.ts'
import type { PostingWords } from '../../language/posting.ts'
import { isFiner } from '../../period/order.ts'
import { countedFrom, type PeriodRule, periodsWithin, wholePeriod } from '../../period/period.ts'
import { ruleAt } from '../../period/place.ts'
import { chargedPeriod } from '../../period/rule.ts'
import { pricedBy } from '../../price/named.ts'
import { compilePrice, type Price } from '../../price/price.ts'
import type { Asking, Definition, Happening, Line, Place, Report, Scope } from '../../scope.ts'
import { eventScope, periodScope } from '../../scope.ts'
import { money } from '../../type.ts'
import { periodPriceOf } from './basis.ts'
import { type Bounds, compileEdges } from './bounds.ts'
import { changeLines, type PeriodPolicies, type PeriodPrice } from './change.ts'
import { checkPosting, type PostedWords, type PostingTold, policiesOf } from './check.ts'
import { coveredPart } from './covered.ts'
import {
  type Charged,
  type Credit,
  type Crediting,
  type CreditLines,
  compileCharged,
  compileCrediting,
  creditable,
} from './creditable.ts'
import { Due } from './due.ts'
import { type ChargedSubject, compileForEach, type ForEach, saidOf } from './for-each.ts'
import { compileLimiting, type Limiting } from './limit.ts'
import { checkMetered, checkOverlapping } from './metered.ts'
import { partOfPeriod } from './part.ts'
import { linesRead, readPosted } from './read.ts'
import { withRise } from './rise.ts'
import { billedAt, sumBefore, windowRule } from './together.ts'
import { checkTrueUp } from './true-up.ts'

/** What one revision governs, and since when the agreement has had the clause at all. */
type Governed = Period & { readonly since: Instant }

/** A charge or credit: the only terms that post money. */
export type Posting = Pick<
  Definition,
  'type' | 'evaluate' | 'demand' | 'causes' | 'forEach' | 'periods'
> & {
  readonly words: PostedWords
  readonly reads: readonly string[]
  /** What its price alone rests on, whether or not it is due. */
  readonly priced: readonly string[]
  /** Lines whose bill date lies in the range and that this contract governs. */
  readonly lines: (asking: Asking, range: Period, governs: Governed) => Line[]
  readonly line: (asking: Asking, event: Happening) => Line | undefined
  /** The same as it would be alone, and before its limit. */
  readonly limited: (asking: Asking, event: Happening) => Line | undefined
  readonly unlimited: (asking: Asking, event: Happening) => Line | undefined
  /** The periods of its limit, and when that becomes another. */
  readonly limitedIn?: PeriodRule | undefined
  readonly limitChanges?: ((zone: string) => readonly Instant[]) | undefined
  /** Of a credit that gives back of one charge; and of a charge, which lines are read of it. */
  readonly crediting?: Crediting | undefined
  readonly charged?: Charged | undefined
  /** Of a charge for periods: what it costs on either side of a change. */
  readonly period?: PeriodPrice | undefined
  /** The events that it charges for and that this fact made. */
  readonly eventsOf: (asking: Asking, fact: Fact) => readonly Happening[]
  /** Reports what this term itself reads from the wrong place. */
  readonly check: (report: Report) => void
}

export function compilePosting(
  words: PostingWords,
  told: PostingTold,
  compiling: Compiling,
): Posting {
  return new PostingCompiler(words, told, compiling).compile()
}

class PostingCompiler {
  readonly words: PostedWords
  readonly told: PostingTold
  readonly compiling: Compiling
  readonly price: Price
  readonly due: Due
  private readonly bounds: Bounds
  private readonly limiting: Limiting | undefined
  private readonly forEach: ForEach | undefined
  /** The period in which the quantities of events are priced together. */
  private readonly cumulative: PeriodRule | undefined
  private readonly crediting: Crediting | undefined
  /** `once` has no rule. */
  readonly rule: PeriodRule | undefined
  readonly policies: PeriodPolicies

  constructor(own: PostingWords, told: PostingTold, compiling: Compiling) {
    const payer = own.payer ?? (told.kind === 'charge' ? 'consumer' : 'provider')
    const at = { path: told.path, clause: told.id }
    const { words, place } = pricedBy({ ...own, payer }, compiling, at)
    this.words = words
    this.told = told
    this.compiling = compiling
    const every = words.every ?? words.per
    this.rule =
      every === undefined || every === 'once'
        ? undefined
        : chargedPeriod(every, compiling, [...told.path, words.every ? 'every' : 'per'])
    this.policies = policiesOf(words, told, compiling)
    checkPosting(every, { words, told, rule: this.rule, compiling })
    this.forEach = compileForEach(words, told, compiling)
    this.due = new Due(words, { ...told, forEach: this.forEach?.of }, compiling)
    this.bounds = compileEdges(words, told, compiling)
    const price = compilePrice(words, compiling, place)
    const { rule, bounds } = this
    this.price = withRise(price, { words, told, rule, bounds, compiling })
    this.limiting = compileLimiting(words, told, compiling)
    this.cumulative = windowRule(words.cumulative, compiling, [...told.path, 'cumulative'])
    this.crediting = compileCrediting(words, told, { lines: this.credits(), compiling })
  }

  compile(): Posting {
    const place: Place =
      this.words.each === undefined
        ? {
            ...(this.rule && { period: this.rule }),
            events: [],
            ...(this.forEach && { subject: { each: this.forEach.of } }),
          }
        : { events: kindsAtHand(this.words.each, this.compiling.names) }
    const isCharge = this.told.kind === 'charge'
    const decides = [...this.due.compiled, ...(this.limiting?.compiled ?? [])]
    const lines = (scope: Scope) => linesRead(this.readAs(), scope)
    const charged = compileCharged(this.words, this.told, { lines, compiling: this.compiling })
    const reads = [...this.price.reads, ...namesRead(decides)]
    const check = (report: Report) => {
      this.price.demand(place, report)
      demandCompiled(decides, place, this.compiling.names, report)
      this.due.claim?.check(place, report)
      checkMetered(this.words, { rule: this.rule, told: this.told }, this.compiling)
      checkOverlapping(this.words, { rule: this.rule, told: this.told }, this.compiling)
      checkTrueUp(this.words, { reads: this.price.reads, told: this.told }, this.compiling)
      this.bounds.check(report)
    }
    return {
      words: this.words,
      type: () => money,
      causes: this.words.each === undefined ? undefined : place.events,
      forEach: this.forEach?.of,
      reads: [
        ...reads,
        ...(this.due.claim?.reads ?? []),
        ...this.bounds.reads,
        ...(charged?.creditable?.reads ?? []),
        ...(this.words.each === undefined ? [] : [termOf(this.words.each)]),
        ...(this.forEach ? [this.forEach.kind] : []),
        ...[countedFrom(this.rule) ?? []].flat(),
      ],
      priced: this.price.reads,
      periods: () => (this.rule ? [this.rule] : []),
      evaluate: (scope) => readPosted(this.readAs(), scope),
      demand: (place, report) => {
        const around = ruleAt(place)
        if (this.rule && around && isFiner(around, this.rule))
          report(
            'period_too_long',
            `“${this.told.id}” is due for a longer period than the one that reads it: which part of it would be meant?`,
          )
      },
      check,
      lines: (asking, range, governs) =>
        this.words.each === undefined
          ? this.periodLines(asking, range, governs)
          : this.eventLines(asking, range, governs),
      line: (asking, event) => this.lineOf(asking, event),
      limited: (asking, event) => this.limited(asking, event),
      unlimited: (asking, event) => this.unlimited(asking, event),
      eventsOf: (asking, fact) =>
        this.words.each === undefined
          ? []
          : asking.happenings(this.words.each).filter((event) => event.fact === fact),
      limitedIn: this.limiting?.rule,
      limitChanges: this.limiting?.changes,
      crediting: this.crediting,
      charged,
      period: this.rule && isCharge ? periodPriceOf(this, reads) : undefined,
    }
  }

  private readAs(): Parameters<typeof readPosted>[0] {
    const { told, words, rule, forEach, compiling } = this
    return { id: told.id, each: words.each, rule, forEach, currency: compiling.currency }
  }

  private periodLines(asking: Asking, range: Period, governs: Governed): Line[] {
    const lines: Line[] = []
    for (const { period, service } of this.periodsOf(asking, range, governs)) {
      const all = asking.once(`lines ${this.told.id} ${service.start}`, () =>
        this.alone(asking, { period, service }).flatMap((one) => this.beside(asking, one) ?? []),
      )
      for (const line of all) if (within(line.billed, range)) lines.push(line)
    }
    return lines
  }

  /**
   * The periods of which some of this range is, and how far the agreement has them. What it has of each begins at an
   * instant of its own, also where another revision has periods that begin together with these.
   */
  private *periodsOf(asking: Asking, range: Period, governs: Governed) {
    const running = this.bounds.running(asking)
    const inside = running && clipped(range, running)
    if (!inside) return
    // A one-time charge is due when its clause comes into force: with the agreement, or with the revision that adds it.
    const once = { start: Math.max(running.start, governs.since), end: running.end }
    const periods = this.rule ? periodsWithin(this.rule, inside, asking.frame) : [once]
    for (const period of periods) {
      const service = clipped(period, running)
      if (service && within(service.start, governs)) yield { period, service }
    }
  }

  /** The lines of a period, each as it would be alone. */
  private alone(
    asking: Asking,
    { period, service }: Record<'period' | 'service', Period>,
  ): readonly Credit[] {
    const { rule, told, forEach } = this
    const find = () => {
      const part = { period: rule ? wholePeriod(rule, period, asking.frame) : period, service }
      const subjects = forEach ? forEach.subjects(asking, service) : [undefined]
      return subjects.flatMap((subject) =>
        this.linesOf(asking, part, subject).map((line): Credit => {
          const scope = { ...periodScope({ asking }, service), ...subject?.scope }
          const key = `${told.id} ${service.start} ${subject?.about ?? ''}`
          return { key, billed: line.billed, scope, line: () => line }
        }),
      )
    }
    return this.crediting ? asking.once(`alone ${told.id} ${service.start}`, find) : find()
  }

  /** What others that give back of the same lines leave of it. */
  private beside(asking: Asking, credit: Credit): Line | undefined {
    return this.crediting ? creditable(asking, credit, this.crediting) : credit.line()
  }

  /** Its lines as a credit beside others. */
  private credits(): CreditLines {
    return {
      ofEvents: (asking) =>
        asking.happenings(this.words.each ?? '').flatMap((event) => this.ofEvent(asking, event)),
      ofPeriodAt: (asking, at, governs) =>
        this.words.each === undefined
          ? [...this.periodsOf(asking, { start: at, end: at + 1 }, governs)].flatMap((one) =>
              this.alone(asking, one),
            )
          : [],
      issued: (amount) => this.due.issuedOf(amount),
      posted: (amount, line) => this.due.posted(amount, line),
    }
  }

  /** The line of one period, and those that a change within it posts. */
  private linesOf(
    asking: Asking,
    { period, service }: Record<'period' | 'service', Period>,
    subject?: ChargedSubject,
  ): Line[] {
    const { rule, policies, told } = this
    const inAdvance = policies.billed === 'in-advance' || !rule
    const ending = asking.ending()
    const isCredited = rule !== undefined && policies['on-end'] !== undefined
    const given = { service, bounds: this.bounds, isCredited }
    const { covered, isEmpty, mayEnd, ...own } = coveredPart(asking, given)
    const billed = inAdvance ? covered.start : own.last
    // What an event begins inside the period costs what is agreed by then.
    const scope: Scope = {
      ...periodScope({ asking }, service),
      ...subject?.scope,
      ...(covered.start > service.start && { agreedAt: covered.start }),
    }
    const isPart = covered.start > period.start || covered.end < period.end || mayEnd
    const ofPart = isPart ? partOfPeriod(this, own.part, { whole: period, asking }) : undefined
    const priced = subject?.unsaid
      ? { amount: subject.unsaid, parts: {} }
      : this.price.evaluate(scope, ofPart ? { ofPart } : {})
    const begins = { as: 'service begins', is: leaf(service.start) }
    const running: Input = {
      as: 'agreement running',
      is: derive('below', [begins, { as: 'agreement ends', is: ending }]),
      role: 'agreement running',
    }
    // An agreed end is no condition: only a transition that may end it earlier is one.
    const conditions = [
      ...(ending.operation === undefined ? [] : [running]),
      ...own.conditions,
      ...(subject ? [{ as: 'on file', is: subject.occurs }] : []),
    ]
    const when = { service: covered, billed, ...saidOf(subject) }
    const line = this.due.line(scope, { ...priced, conditions }, when)
    const all = asking.postings(told.id)
    const price = all.find(({ governs }) => within(service.start, governs))?.posting.period
    if (!price || isEmpty || subject?.unsaid) return [line]
    const cut = { asking, clause: told.id, own: price, policies, period, service, covered, line }
    return [line, ...changeLines({ ...cut, ...(subject && { subject }) })]
  }

  private eventLines(asking: Asking, range: Period, governs: Governed): Line[] {
    return asking
      .happenings(this.words.each ?? '')
      .filter((event) => within(event.at, governs))
      .flatMap((event) => this.lineOf(asking, event) ?? [])
      .filter((line) => within(line.billed, range))
  }

  private lineOf(asking: Asking, event: Happening): Line | undefined {
    const key = `line beside others ${this.told.id} ${event.kind} ${event.fact.id} ${event.at}`
    return this.crediting
      ? asking.once(key, () => this.beside(asking, this.ofEvent(asking, event)))
      : this.limited(asking, event)
  }

  private ofEvent(asking: Asking, event: Happening): Credit {
    const key = `${this.told.id} ${event.kind} ${event.fact.id} ${event.at}`
    const scope = this.scopeOf(asking, event)
    return { key, billed: billedAt(event), scope, line: () => this.limited(asking, event) }
  }

  /** The line of an event as it would be alone. */
  private limited(asking: Asking, event: Happening): Line | undefined {
    const line = asking.unlimited(this.told.id, event)
    const { limiting } = this
    if (!line || !limiting) return line
    const key = `limited ${this.told.id} ${event.kind} ${event.fact.id} ${event.at}`
    return asking.once(key, () => {
      const left = limiting.limited(this.scopeOf(asking, event), event, line.amount)
      return this.due.posted(this.due.issuedOf(left), line)
    })
  }

  /** The line of an event, before its limit. */
  private unlimited(asking: Asking, event: Happening): Line | undefined {
    const { each } = this.words
    if (each === undefined || !this.isMeant(event) || !this.isOurs(asking, event)) return undefined
    return asking.once(`line ${this.told.id} ${event.kind} ${event.fact.id} ${event.at}`, () => {
      const scope = this.scopeOf(asking, event)
      const earlier = this.earlier(asking, event)
      const when = this.due.ofPart
      const given = { ...(earlier && { earlier }), ...(when && { when }) }
      const { amount, most, parts } = this.price.evaluate(scope, given)
      const priced = { amount, most, parts, conditions: this.happened(asking, event) }
      return this.due.line(scope, priced, { event, billed: billedAt(event) })
    })
  }

  /** An event that it is due for, or one of the kinds that this stands for. */
  private isMeant({ kind }: Happening): boolean {
    const { each = '' } = this.words
    return kind === each || this.compiling.names.fact(each)?.anyOf?.includes(kind) === true
  }

  private scopeOf(asking: Asking, event: Happening): Scope {
    return eventScope({ asking, ...countedBy(this.told) }, event)
  }

  private isOurs(asking: Asking, event: Happening): boolean {
    const component = this.compiling.components.get(this.words['pays-for'] ?? '')
    return concerns(component, event, asking, this.compiling.names)
  }

  private happened(asking: Asking, event: Happening): Input[] {
    return [
      { as: event.kind, is: happenedLeaf(event, event.holds) },
      ...this.bounds.holds(asking, instantLeaf(event)),
      ...whileRunning(event, asking, this.told),
    ]
  }

  /** The quantity of the events before this one that the clause speaks of and that are priced together with it. */
  private earlier(asking: Asking, event: Happening): Derivation | undefined {
    const { cumulative: rule, words, told, price } = this
    if (!rule) return undefined
    const input = (earlier: Happening): Input | undefined => {
      if (!this.isOurs(asking, earlier)) return undefined
      const scope = this.scopeOf(asking, earlier)
      const when = { event: earlier, billed: billedAt(earlier) }
      const conditions = [...this.happened(asking, earlier), ...this.due.conditions(scope, when)]
      const holds = derive('all', conditions, undefined, { clause: told.id })
      return { as: earlier.fact.id, is: onlyIf(holds, price.quantity(scope)) }
    }
    const key = `quantities ${told.id}`
    const each = words.each ?? ''
    const of = this.compiling.names
    return sumBefore(asking, event, { ...{ key, of, rule, each, input }, ...countedBy(told) })
  }
}
