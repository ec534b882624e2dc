import { Exact } from '../../kernel/exact.ts'
import { endOfTime, type Instant, type Period, parseDate } from '../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { compileTyped } from '../expression.ts'
import type { Fact } from '../fact.ts'
import type { Path } from '../fault.ts'
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
import type {
  Asking,
  Compiled,
  Definition,
  Happening,
  Line,
  Place,
  Report,
  Scope,
} from '../scope.ts'
import { money, truth } from '../type.ts'
import { nothingDue } from '../value.ts'
import { answerParts } from '../vocabulary.ts'
import { checkPosting } from './posting-check.ts'

/** What one revision governs, and since when the agreement has had the clause at all. */
type Governed = Period & { readonly since: Instant }

/** A charge or credit: the only terms that post money. */
export type Posting = Pick<Definition, 'type' | 'evaluate' | 'demand'> & {
  readonly reads: readonly string[]
  /** Lines whose bill date lies in the range and that this contract governs. */
  readonly lines: (asking: Asking, range: Period, governs: Governed) => Line[]
  readonly line: (asking: Asking, event: Happening) => Line | undefined
  /** The events that it charges for and that this fact made. */
  readonly eventsOf: (asking: Asking, fact: Fact) => readonly Happening[]
  /** Reports what this term itself reads from the wrong place. */
  readonly check: (report: Report) => void
}

type Words = ChargeWords & CreditWords
type Told = { id: string; kind: 'charge' | 'credit'; path: Path; survives: boolean }

export function compilePosting(
  words: ChargeWords | CreditWords,
  told: Told,
  compiling: Compiling,
): Posting {
  return new PostingCompiler(words, told, compiling).compile()
}

class PostingCompiler {
  private readonly words: Words
  private readonly told: Told
  private readonly compiling: Compiling
  private readonly price: Price
  private readonly when: Compiled | undefined
  private readonly waivers: readonly { id: string; compiled: Compiled }[]
  /** `once` has no rule. */
  private readonly rule: PeriodRule | undefined
  private readonly billed: 'in-advance' | 'in-arrears'

  constructor(words: ChargeWords | CreditWords, told: Told, compiling: Compiling) {
    this.words = words
    this.told = told
    this.compiling = compiling
    const every = this.words.every ?? this.words.per
    this.rule =
      every === undefined || every === 'once'
        ? undefined
        : periodRule(every, compiling, [...told.path, this.words.every ? 'every' : 'per'])
    checkPosting(every, { words: this.words, told, rule: this.rule, compiling })
    this.billed =
      told.kind === 'credit'
        ? 'in-arrears'
        : (this.words.billed ?? compiling.policies.billed ?? 'in-arrears')
    this.price = compilePrice(words, compiling, { path: told.path, clause: told.id })
    this.when = words.when === undefined ? undefined : this.condition(words.when, ['when'])
    this.waivers = (words['waived-when']?.['any-of'] ?? []).map((waiver, place) => {
      const under = ['waived-when', 'any-of', place]
      if (
        words['waived-when']?.['any-of'].some((other, at) => at < place && other.id === waiver.id)
      )
        this.fault('name_doubled', [...under, 'id'], `Two waivers have the id “${waiver.id}”.`)
      if (answerParts.has(waiver.id))
        this.fault(
          'name_reserved',
          [...under, 'id'],
          `“${waiver.id}” is a part of the answer; give the waiver another id.`,
        )
      return { id: waiver.id, compiled: this.condition(waiver.if, [...under, 'if']) }
    })
  }

  compile(): Posting {
    const place: Place =
      this.words.each === undefined
        ? { ...(this.rule && { period: this.rule }), events: [] }
        : { events: kindsAtHand(this.words.each, this.compiling.names) }
    const conditions = [this.when, ...this.waivers.map((waiver) => waiver.compiled)]
    const check = (report: Report) => {
      this.price.demand(place, report)
      demandCompiled(conditions, place, this.compiling.names, report)
    }
    return {
      type: () => money,
      reads: [
        ...this.price.reads,
        ...(this.words.each === undefined ? [] : [this.words.each.split('.')[0] ?? '']),
        ...namesRead(conditions),
      ],
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
      eventsOf: (asking, fact) =>
        this.words.each === undefined
          ? []
          : asking.happenings(this.words.each).filter((event) => event.fact === fact),
    }
  }

  private fault(name: Parameters<Compiling['faults']['add']>[0], under: Path, words: string): void {
    this.compiling.faults.add(name, [...this.told.path, ...under], words)
  }

  private condition(text: string, under: Path): Compiled {
    const { names, zone, faults } = this.compiling
    return compileTyped(text, truth, {
      names,
      zone,
      faults,
      path: [...this.told.path, ...under],
      clause: this.told.id,
    })
  }

  private periodLines(asking: Asking, range: Period, governs: Governed): Line[] {
    const { agreed } = asking.frame
    const inside = clipped(range, agreed)
    if (!inside) return []
    // A one-time charge is due when its clause comes into force: with the agreement, or with the revision that adds it.
    const once = { start: Math.max(agreed.start, governs.since), end: agreed.end }
    const periods = this.rule ? periodsWithin(this.rule, inside, asking.frame) : [once]
    const lines: Line[] = []
    for (const period of periods) {
      const service = clipped(period, agreed)
      if (!service || !within(service.start, governs)) continue
      const billed = this.billed === 'in-advance' || !this.rule ? service.start : service.end - 1
      if (within(billed, range))
        lines.push(
          asking.once(`line ${this.told.id} ${period.start} ${asking.asOf}`, () =>
            this.periodLine(asking, { period, service, billed }),
          ),
        )
    }
    return lines
  }

  private periodLine(
    asking: Asking,
    { period, service, billed }: { period: Period; service: Period; billed: Instant },
  ): Line {
    const scope = periodScope({ asking }, service)
    const ending = asking.ending()
    const running = derive('below', [
      { as: 'service begins', is: leaf(service.start) },
      { as: 'agreement ends', is: ending },
    ])
    const end = typeof ending.value === 'number' ? Math.min(service.end, ending.value) : service.end
    const covered = clipped(service, { start: service.start, end }) ?? service
    const { amount, parts } = this.price.evaluate(scope)
    const prorated = this.prorated(amount, covered, { whole: period, zone: asking.frame.zone })
    // An agreed end is no condition: only a transition that may end it earlier is one.
    const conditions =
      ending.operation === undefined ? [] : [{ as: 'agreement running', is: running }]
    return this.posted(scope, { amount: prorated, parts, conditions }, { service: covered, billed })
  }

  private prorated(
    amount: Derivation,
    covered: Period,
    { whole, zone }: { whole: Period; zone: string },
  ): Derivation {
    // A credit follows its base, which was prorated already.
    const prorate =
      this.told.kind === 'credit'
        ? undefined
        : (this.words.prorate ?? this.compiling.policies.prorate)
    if (!this.rule || prorate === undefined || prorate === 'no') return amount
    if (covered.start === whole.start && covered.end === whole.end) return amount
    const days = prorate.of instanceof Exact ? { days: prorate.of } : {}
    const share = derive(
      'covered',
      [],
      { covered, whole, by: prorate.by, zone, ...days },
      { clause: this.told.id },
    )
    return derive(
      'times',
      [
        { as: 'amount', is: amount },
        { as: 'share of the period', is: share },
      ],
      undefined,
      { clause: this.told.id },
    )
  }

  private eventLines(asking: Asking, range: Period, governs: Governed): Line[] {
    return asking
      .happenings(this.words.each ?? '')
      .filter((event) => within(event.at, governs))
      .flatMap((event) => this.lineOf(asking, event) ?? [])
      .filter((line) => within(line.billed, range))
  }

  private lineOf(asking: Asking, event: Happening): Line | undefined {
    const { each } = this.words
    if (each === undefined || event.kind !== each) return undefined
    const component = this.compiling.components.get(this.words['pays-for'] ?? '')
    if (!concerns(component, event, asking, this.compiling.names)) return undefined
    return asking.once(`line ${this.told.id} ${event.kind} ${event.fact.id} ${event.at}`, () => {
      const scope = eventScope({ asking }, event)
      const { amount, parts } = this.price.evaluate(scope)
      const conditions = [
        { as: each, is: happenedLeaf(event, event.holds) },
        ...(this.told.survives ? [] : whileRunning(event, asking)),
      ]
      return this.posted(scope, { amount, parts, conditions }, { event, billed: billedAt(event) })
    })
  }

  /** Rounds at the declared place, then asks whether anything is due at all; every branch stays. */
  private posted(
    scope: Scope,
    {
      amount,
      parts,
      conditions,
    }: { amount: Derivation; parts: Record<string, Derivation>; conditions: readonly Input[] },
    when: Pick<Line, 'service' | 'event' | 'billed'>,
  ): Line {
    const { words, told, compiling } = this
    const said = { clause: told.id, unit: compiling.currency }
    let found = derive(
      'round',
      [{ as: 'exact', is: amount }],
      words.rounded ?? compiling.rounding,
      said,
    )
    const all = [
      ...conditions,
      ...this.dated(scope, when),
      ...(this.when ? [{ as: 'when', is: this.when.evaluate(scope) }] : []),
      ...this.issued(found),
    ]
    for (const condition of all)
      found = derive('when', [condition, { as: 'amount', is: found }], undefined, said)
    const waivers = this.waivers.map((waiver) => ({
      as: waiver.id,
      is: waiver.compiled.evaluate(scope),
    }))
    if (waivers.length > 0)
      found = derive('waive', [{ as: 'amount', is: found }, ...waivers], undefined, said)
    const payer = words.payer ?? (told.kind === 'charge' ? 'consumer' : 'provider')
    const component = words['pays-for']
    return {
      clause: told.id,
      ...when,
      amount: { ...found, name: told.id },
      posted:
        payer === 'consumer'
          ? found
          : derive('negated', [{ as: 'credited', is: found }], undefined, said),
      parts: { ...parts, ...Object.fromEntries(waivers.map(({ as, is }) => [as, is])) },
      payer,
      payee: payer === 'consumer' ? 'provider' : 'consumer',
      ...(words.tax !== undefined && { tax: words.tax }),
      ...(component !== undefined && { component }),
    }
  }

  /** `from` and `until` as a condition on the date that `dated-by` names. */
  private dated(scope: Scope, when: Pick<Line, 'service' | 'event'>): Input[] {
    const { from, until, 'dated-by': datedBy } = this.words
    if (datedBy === undefined) return []
    const { frame } = scope.asking
    const at =
      datedBy === 'event' && when.event
        ? instantLeaf(when.event)
        : leaf(datedBy === 'period' && when.service ? when.service.start : frame.agreed.start)
    const date = {
      as: `date of the ${datedBy}`,
      is: derive('clock-part', [{ as: 'at', is: at }], { part: 'date', zone: frame.zone }),
    }
    const edge = (text: string | undefined, operation: 'from' | 'below'): Input[] => {
      const limit = text === undefined ? undefined : parseDate(text)
      return limit
        ? [
            {
              as: 'in force',
              is: derive(operation, [
                date,
                { as: operation, is: leaf(limit, { clause: this.told.id }) },
              ]),
            },
          ]
        : []
    }
    return [...edge(from, 'from'), ...edge(until, 'below')]
  }

  private issued(amount: Derivation): Input[] {
    const above = this.words['issued-above']
    return above
      ? [
          {
            as: 'large enough',
            is: derive('above', [
              { as: 'amount', is: amount },
              { as: 'issued above', is: leaf(above, { clause: this.told.id }) },
            ]),
          },
        ]
      : []
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

/** An event on its day; an interval when it ends. What has not ended is in no bill yet. */
function billedAt(event: Happening): Instant {
  if (event.fact.shape !== 'interval' || event.kind !== event.fact.kind) return event.at
  return event.fact.to === undefined ? endOfTime : Math.max(event.fact.to - 1, event.at)
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
