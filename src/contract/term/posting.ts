import type { Instant, Period } from '../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import type { Fact } from '../fact.ts'
import type { ChargeWords, CreditWords } from '../language/price.ts'
import { type PeriodRule, periodAround, periodsWithin } from '../period.ts'
import { compilePrice, type Price } from '../price.ts'
import {
  type Compiling,
  clipped,
  concerns,
  demandCompiled,
  eventScope,
  happenedLeaf,
  instantLeaf,
  isFiner,
  kindsAtHand,
  namesRead,
  paired,
  periodRule,
  periodScope,
  whileRunning,
  within,
} from '../reading.ts'
import type { Asking, Definition, Happening, Line, Place, Report, Scope } from '../scope.ts'
import { money } from '../type.ts'
import { nothingDue } from '../value.ts'
import { basisOf } from './posting-basis.ts'
import { type Bounds, compileBounds } from './posting-bounds.ts'
import {
  changeLines,
  convention,
  type PeriodPolicies,
  type PeriodPrice,
  type PricePart,
} from './posting-change.ts'
import { checkPosting, type PostingTold, type PostingWords, policiesOf } from './posting-check.ts'
import { Due } from './posting-due.ts'
import { compileLimiting, type Limiting } from './posting-limit.ts'
import { withRise } from './posting-rise.ts'
import { billedAt, sumBefore, windowRule } from './posting-together.ts'

/** What one revision governs, and since when the agreement has had the clause at all. */
type Governed = Period & { readonly since: Instant }

/** A charge or credit: the only terms that post money. */
export type Posting = Pick<Definition, 'type' | 'evaluate' | 'demand'> & {
  readonly reads: readonly string[]
  /** What its price alone rests on, whether or not it is due. */
  readonly priced: readonly string[]
  /** Lines whose bill date lies in the range and that this contract governs. */
  readonly lines: (asking: Asking, range: Period, governs: Governed) => Line[]
  readonly line: (asking: Asking, event: Happening) => Line | undefined
  /** The same before its limit. */
  readonly unlimited: (asking: Asking, event: Happening) => Line | undefined
  /** Of a charge for periods: what it costs on either side of a change. */
  readonly period?: PeriodPrice
  /** The events that it charges for and that this fact made. */
  readonly eventsOf: (asking: Asking, fact: Fact) => readonly Happening[]
  /** Reports what this term itself reads from the wrong place. */
  readonly check: (report: Report) => void
}

export function compilePosting(
  words: ChargeWords | CreditWords,
  told: PostingTold,
  compiling: Compiling,
): Posting {
  return new PostingCompiler(words, told, compiling).compile()
}

class PostingCompiler {
  private readonly words: PostingWords
  private readonly told: PostingTold
  private readonly compiling: Compiling
  private readonly price: Price
  private readonly due: Due
  private readonly bounds: Bounds
  private readonly limiting: Limiting | undefined
  /** The period in which the quantities of events are priced together. */
  private readonly cumulative: PeriodRule | undefined
  /** `once` has no rule. */
  private readonly rule: PeriodRule | undefined
  private readonly policies: PeriodPolicies

  constructor(words: ChargeWords | CreditWords, told: PostingTold, compiling: Compiling) {
    this.words = words
    this.told = told
    this.compiling = compiling
    const every = this.words.every ?? this.words.per
    this.rule =
      every === undefined || every === 'once'
        ? undefined
        : periodRule(every, compiling, [...told.path, this.words.every ? 'every' : 'per'])
    this.policies = policiesOf(this.words, told, compiling)
    checkPosting(every, { words: this.words, told, rule: this.rule, compiling })
    this.due = new Due(this.words, told, compiling)
    this.bounds = compileBounds(this.words, told, compiling)
    const price = compilePrice(this.words, compiling, { path: told.path, clause: told.id })
    const { rule, bounds } = this
    this.price = withRise(price, { words: this.words, told, rule, bounds, compiling })
    this.limiting = compileLimiting(this.words, told, compiling)
    this.cumulative =
      words.cumulative === undefined
        ? undefined
        : windowRule(words.cumulative, compiling, [...told.path, 'cumulative'])
  }

  compile(): Posting {
    const place: Place =
      this.words.each === undefined
        ? { ...(this.rule && { period: this.rule }), events: [] }
        : { events: kindsAtHand(this.words.each, this.compiling.names) }
    const decides = [...this.due.compiled, ...(this.limiting?.compiled ?? [])]
    const reads = [...this.price.reads, ...namesRead(decides)]
    const check = (report: Report) => {
      this.price.demand(place, report)
      demandCompiled(decides, place, this.compiling.names, report)
      this.due.claim?.check(place, report)
      this.bounds.check(report)
    }
    return {
      type: () => money,
      reads: [
        ...reads,
        ...(this.due.claim?.reads ?? []),
        ...this.bounds.reads,
        ...(this.words.each === undefined ? [] : [this.words.each.split('.')[0] ?? '']),
      ],
      priced: this.price.reads,
      evaluate: (scope) => this.read(scope),
      demand: (place, report) => {
        if (this.rule && place.period && isFiner(place.period, this.rule))
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
      unlimited: (asking, event) => this.unlimited(asking, event),
      eventsOf: (asking, fact) =>
        this.words.each === undefined
          ? []
          : asking.happenings(this.words.each).filter((event) => event.fact === fact),
      ...(this.rule && this.told.kind === 'charge' && { period: this.periodPrice(reads) }),
    }
  }

  /** The price on either side of a change within a period. */
  private periodPrice(reads: readonly string[]): PeriodPrice {
    const { words, compiling } = this
    const basis = basisOf(words, reads, compiling)
    const scopeOf = (asking: Asking, { service, agreedAt }: PricePart): Scope => ({
      ...periodScope({ asking }, service),
      agreedAt,
    })
    return {
      policies: this.policies,
      ...(this.rule && { rule: this.rule }),
      ...basis,
      whole: (asking, part) => this.price.evaluate(scopeOf(asking, part)).amount,
      undiscounted: (asking, part) => {
        const { amount } = this.price.evaluate(scopeOf(asking, part)).parts
        const exact = [{ as: 'exact', is: amount ?? leaf(nothingDue) }]
        return derive('round', exact, words.rounded ?? compiling.rounding, this.due.said)
      },
      line: (asking, part, { amount, conditions, when }) => {
        const scope = scopeOf(asking, part)
        const { parts } = this.price.evaluate(scope)
        return this.due.line(scope, { amount, parts, conditions }, when)
      },
      reversed: (amount, line) => this.due.reversed(amount, line),
      posted: (amount, line) => this.due.posted(amount, line),
    }
  }

  private periodLines(asking: Asking, range: Period, governs: Governed): Line[] {
    const running = this.bounds.running(asking)
    const inside = running && clipped(range, running)
    if (!inside) return []
    // A one-time charge is due when its clause comes into force: with the agreement, or with the revision that adds it.
    const once = { start: Math.max(running.start, governs.since), end: running.end }
    const periods = this.rule ? periodsWithin(this.rule, inside, asking.frame) : [once]
    const lines: Line[] = []
    for (const period of periods) {
      const service = clipped(period, running)
      if (!service || !within(service.start, governs)) continue
      const key = `lines ${this.told.id} ${period.start} ${asking.asOf}`
      const all = asking.once(key, () => this.linesOf(asking, { period, service }))
      for (const line of all) if (within(line.billed, range)) lines.push(line)
    }
    return lines
  }

  /** The line of one period, and those that a change within it posts. */
  private linesOf(
    asking: Asking,
    { period, service }: Record<'period' | 'service', Period>,
  ): Line[] {
    const { rule, policies, told } = this
    const inAdvance = policies.billed === 'in-advance' || !rule
    const ending = asking.ending()
    // What is credited at the end has been charged for the whole of the period.
    const isWhole = (rule && policies['on-end'] !== undefined) || typeof ending.value !== 'number'
    const end = isWhole ? service.end : Math.min(service.end, Number(ending.value))
    const charged = clipped(service, { start: service.start, end }) ?? service
    const bound = this.bounds.within(asking, charged)
    const covered = bound.covered ?? charged
    const billed = inAdvance ? covered.start : overBy(ending, covered) - 1
    // What an event begins inside the period costs what is agreed by then.
    const scope: Scope = {
      ...periodScope({ asking }, service),
      ...(covered.start > service.start && { agreedAt: covered.start }),
    }
    const isPart = covered.start > period.start || covered.end < period.end
    const share = isPart
      ? this.share(charged, {
          whole: period,
          zone: asking.frame.zone,
          part: bound.covered ? bound.part : [],
        })
      : undefined
    const { amount, parts } = this.price.evaluate(scope, share ? { share } : {})
    const begins = { as: 'service begins', is: leaf(service.start) }
    const running = derive('below', [begins, { as: 'agreement ends', is: ending }])
    // An agreed end is no condition: only a transition that may end it earlier is one.
    const conditions = [
      ...(ending.operation === undefined ? [] : [{ as: 'agreement running', is: running }]),
      ...bound.conditions,
    ]
    const line = this.due.line(scope, { amount, parts, conditions }, { service: covered, billed })
    const own = asking.postings(told.id).find(({ governs }) => within(service.start, governs))
    const price = own?.posting.period
    if (!price || !bound.covered) return [line]
    const cut = { asking, clause: told.id, own: price, policies, period, service, covered, line }
    return [line, ...changeLines(cut)]
  }

  private share(
    covered: Period,
    { whole, zone, part }: { whole: Period; zone: string; part: readonly Input[] },
  ): Derivation | undefined {
    // A credit follows its base, which was prorated already.
    const prorate = this.told.kind === 'credit' ? undefined : this.policies.prorate
    if (!this.rule || prorate === undefined || prorate === 'no') return undefined
    const settings = { covered, whole, zone, ...convention(prorate) }
    return derive('covered', part, settings, { clause: this.told.id })
  }

  private eventLines(asking: Asking, range: Period, governs: Governed): Line[] {
    return asking
      .happenings(this.words.each ?? '')
      .filter((event) => within(event.at, governs))
      .flatMap((event) => this.lineOf(asking, event) ?? [])
      .filter((line) => within(line.billed, range))
  }

  private lineOf(asking: Asking, event: Happening): Line | undefined {
    const line = asking.unlimited(this.told.id, event)
    const { limiting } = this
    if (!line || !limiting) return line
    const key = `limited ${this.told.id} ${event.kind} ${event.fact.id} ${event.at}`
    return asking.once(key, () =>
      this.due.posted(limiting.limited(eventScope({ asking }, event), event, line.amount), line),
    )
  }

  /** The line of an event, before its limit. */
  private unlimited(asking: Asking, event: Happening): Line | undefined {
    const { each } = this.words
    if (each === undefined || event.kind !== each || !this.isOurs(asking, event)) return undefined
    return asking.once(`line ${this.told.id} ${event.kind} ${event.fact.id} ${event.at}`, () => {
      const scope = eventScope({ asking }, event)
      const earlier = this.earlier(asking, event)
      const { amount, parts } = this.price.evaluate(scope, earlier ? { earlier } : {})
      const conditions = this.happened(asking, event)
      return this.due.line(scope, { amount, parts, conditions }, { event, billed: billedAt(event) })
    })
  }

  private isOurs(asking: Asking, event: Happening): boolean {
    const component = this.compiling.components.get(this.words['pays-for'] ?? '')
    return concerns(component, event, asking, this.compiling.names)
  }

  private happened(asking: Asking, event: Happening): Input[] {
    return [
      { as: event.kind, is: happenedLeaf(event, event.holds) },
      ...this.bounds.holds(asking, instantLeaf(event)),
      ...(this.told.survives ? [] : whileRunning(event, asking)),
    ]
  }

  /** The quantity of the events before this one that the clause speaks of and that are priced together with it. */
  private earlier(asking: Asking, event: Happening): Derivation | undefined {
    const { cumulative: rule, words, told, price } = this
    if (!rule) return undefined
    const input = (earlier: Happening): Input | undefined => {
      if (!this.isOurs(asking, earlier)) return undefined
      const scope = eventScope({ asking }, earlier)
      const when = { event: earlier, billed: billedAt(earlier) }
      const conditions = [...this.happened(asking, earlier), ...this.due.conditions(scope, when)]
      const holds = derive('all', conditions, undefined, { clause: told.id })
      const is = derive('keep', [
        { as: 'if', is: holds },
        { as: 'quantity', is: price.quantity(scope) },
      ])
      return { as: earlier.fact.id, is }
    }
    const key = `quantities ${told.id}`
    return sumBefore(asking, event, { key, rule, each: words.each ?? '', input })
  }

  /** Who reads a charge or credit reads what it posts: for the event at hand, for the same subject before it, or of the period. */
  private read(scope: Scope): Derivation {
    const { asking, event, period } = scope
    const { id } = this.told
    if (event) return this.readForEvent(asking, event)
    const lines = period ? asking.lines(id, period) : []
    return sumOfLines(lines, id, this.compiling.currency)
  }

  private readForEvent(asking: Asking, event: Happening): Derivation {
    const { id } = this.told
    const none = leaf(nothingDue, { clause: id, name: id })
    if (this.words.each === undefined) {
      const period = this.rule
        ? periodAround(this.rule, event.at, asking.frame)
        : asking.frame.agreed
      const lines = asking.lines(
        id,
        period ?? { start: asking.frame.agreed.start, end: event.at + 1 },
      )
      return lines.at(-1)?.amount ?? none
    }
    const same = asking
      .happenings(this.words.each)
      .filter((one) => one.fact === event.fact || one.at <= event.at)
    const own = same.find((one) => one.fact === event.fact)
    if (own) return asking.line(id, own)?.amount ?? none
    const earlier = paired(same, event).flatMap((one): Input[] => {
      const line = asking.line(id, one)
      return line
        ? [
            {
              as: one.kind,
              is: one.holds
                ? derive('keep', [
                    { as: 'if', is: one.holds },
                    { as: 'amount', is: line.amount },
                  ])
                : line.amount,
            },
          ]
        : []
    })
    return earlier.length === 0
      ? none
      : derive(
          'last',
          earlier,
          { of: id, missing: nothingDue },
          { clause: id, name: id, unit: this.compiling.currency },
        )
  }
}

/** A period that an end cuts is over when it is cut, whether it was agreed or came early. */
function overBy({ value }: Derivation, { start, end }: Period): Instant {
  return typeof value === 'number' && start < value ? Math.min(value, end) : end
}

export function sumOfLines(lines: readonly Line[], name: string, currency: string): Derivation {
  const [only, ...more] = lines
  if (!only) return leaf(nothingDue, { clause: name, name })
  if (more.length === 0) return only.amount
  return derive(
    'sum',
    lines.map((line) => ({ as: line.clause, is: line.amount })),
    { of: name, missing: nothingDue },
    { name, unit: currency },
  )
}
