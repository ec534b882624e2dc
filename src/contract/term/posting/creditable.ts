import { Exact } from '../../../kernel/exact.ts'
import { reached } from '../../../kernel/reached.ts'
import { endOfTime, type Instant, within } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { type Derivation, derive, inUnitOf, leaf } from '../../derivation.ts'
import { inOrder } from '../../fact/fact.ts'
import type { PostingWords } from '../../language/posting.ts'
import { percentOf } from '../../language/words.ts'
import type { Asking, GovernedCrediting, Line, Scope } from '../../scope.ts'
import { isUnknown } from '../../value.ts'
import type { PostedWords, PostingTold } from './check.ts'
import { sumOfLines } from './read.ts'
import { type Creditable, compileCreditable } from './share-creditable.ts'
import { sumOf } from './together.ts'

/**
 * What is credited of a charge is at most what was charged. Credits that give back of the same lines are taken in order:
 * by the instant at which they are billed, then as their clauses and their events follow each other. What happens later on the
 * same day takes nothing from what was credited already. Each gives what those before it have left.
 */

/** One line of a credit, as it would be alone. */
export type Credit = {
  readonly key: string
  readonly billed: Instant
  /** Where its base is read. */
  readonly scope: Scope
  readonly line: () => Line | undefined
}
/** A credit that gives back of the lines of one charge. */
export type Crediting = CreditLines &
  Pick<PostedWords, 'payer' | 'each'> & {
    readonly of: string
    /** By its own words it is never more than its base, before it is rounded. */
    readonly isAtMostBase: boolean
    readonly step: Exact
  }
/** A charge as credits give back of it. */
export type Charged = Pick<PostedWords, 'payer' | 'each'> & {
  /** What is charged is a multiple of one of these: of its own, or of the offering’s where a bound cuts it. */
  readonly steps: readonly Exact[]
  readonly linesRead: (scope: Scope) => readonly Line[]
  /** How much of these lines all credits of them may come to; without it all. */
  readonly creditable?: Creditable | undefined
}
/** Its lines as they would be alone, and how they become what they are. */
export type CreditLines = {
  readonly ofEvents: (asking: Asking) => readonly Credit[]
  /** Those of the period in which this instant lies. */
  readonly ofPeriodAt: (
    asking: Asking,
    at: Instant,
    governs: GovernedCrediting['governs'],
  ) => readonly Credit[]
  /** Nothing, where it is too small to be issued. */
  readonly issued: (amount: Derivation) => Derivation
  readonly posted: (amount: Derivation, line: Line) => Line
}

/** Only of one name; what may be more than its base says so, and is no part of it. */
export function compileCrediting(
  words: PostedWords,
  { kind }: PostingTold,
  { lines, compiling }: { readonly lines: CreditLines; readonly compiling: Compiling },
): Crediting | undefined {
  const [of, ...others] = words.of ?? []
  const most = percentOf(words.maximum)
  const isMore = most !== undefined && most.compare(hundred) > 0
  if (kind !== 'credit' || of === undefined || others.length > 0 || isMore) return undefined
  const { payer, each } = words
  const { to: step } = words.rounded ?? compiling.rounding
  return { ...lines, of, payer, each, step, isAtMostBase: most !== undefined || isOfShares(words) }
}

export function compileCharged(
  words: PostedWords,
  told: PostingTold,
  { lines, compiling }: { readonly lines: Charged['linesRead']; readonly compiling: Compiling },
): Charged | undefined {
  if (told.kind !== 'charge') return undefined
  const { payer, each, rounded } = words
  const steps = [rounded, compiling.rounding].flatMap((one) => one?.to ?? [])
  const creditable = compileCreditable(words.creditable, told, compiling)
  return { payer, each, steps, linesRead: lines, creditable }
}

/**
 * A share of its base may be more than may be credited: where less than all of that may be, or where its steps are no parts
 * of those of the charge, so that a part is rounded to more than all of it.
 */
const mayBeMore = ({ step }: Crediting, charges: readonly (Charged | undefined)[]) =>
  charges.some(
    (charge) =>
      charge?.creditable || charge?.steps.some((one) => one !== step && !one.over(step).isWhole),
  )

/** Whether several lines may stand on one of the charge: of several clauses, or of one for events that are not its own. */
export const canBeSeveral = (
  all: readonly { readonly clause: string; readonly crediting: Crediting }[],
  charge: Charged | undefined,
): boolean =>
  new Set(all.map(({ clause }) => clause)).size > 1 ||
  all.some(({ crediting: { each } }) => each !== undefined && each !== charge?.each)

/** Shares that are written down are at most all of their base, whatever is measured. */
function isOfShares({ share, bands = [], ...words }: PostingWords): boolean {
  const isMore = [words.rate, words.amount, words.minimum, words.tiers].some(
    (one) => one !== undefined,
  )
  const shares = [...(share === undefined ? [] : [share]), ...bands.map((band) => band.share)]
  return !isMore && shares.every((one) => (percentOf(one)?.compare(hundred) ?? 1) <= 0)
}

const hundred = Exact.whole(100)

/** The line of a credit as it stands beside the others. */
export function creditable(asking: Asking, credit: Credit, crediting: Crediting): Line | undefined {
  const line = credit.line()
  const credits = asking.credits(crediting.of)
  const of = credits.find((one) => one.crediting === crediting)
  const charges = asking.postings(crediting.of).map(({ posting }) => posting.charged)
  const isBound = crediting.isAtMostBase && mayBeMore(crediting, charges)
  const isShared = charges.some((charge) => charge?.creditable || canBeSeveral(credits, charge))
  if (!line || !of || !(isBound || isShared)) return line
  const beside = asking.once(
    `beside ${crediting.of} ${of.clause} ${of.governs.start}`,
    () => new Beside(asking, of, credits),
  )
  const own = beside.own(credit, crediting)
  if (!own) return line
  const bounds = beside.bounds(own)
  if (bounds.length === 0) return line
  const left = (amount: Derivation) =>
    bounds.reduce((found, bound) => leftOf(found, bound, of.clause), amount)
  const amount = withinClaim(line.amount, (found) => crediting.issued(left(found)))
  return crediting.posted(amount, line)
}

/** A line of a credit among those that give back of the same charge. */
type Placed = {
  readonly credit: Credit
  readonly of: Ranked
  /** The lines that it gives back of. */
  readonly base: Base
}
/** `rank`: how many of the credits of the same charge it reads; `isAtMostBase`: as it is rounded, too. */
type Ranked = GovernedCrediting & { readonly rank: number; readonly isAtMostBase: boolean }
type Base = {
  readonly key: string
  readonly lines: ReadonlySet<Line>
  /** How much of what they come to may be credited. */
  readonly creditable: (charged: Derivation) => Derivation
}
/** What was charged, and what of it was credited before. */
type Bound = { readonly base: Derivation; readonly before: Derivation | undefined }

function leftOf(amount: Derivation, { base, before }: Bound, clause: string): Derivation {
  const inputs = [
    { as: 'amount', is: amount },
    { as: 'base', is: base },
    ...(before ? [{ as: 'credited before', is: before }] : []),
  ]
  return derive('creditable', inputs, undefined, { clause, ...inUnitOf(amount) })
}

/** What is not claimed is nothing: what would be left of the line is what may be claimed. */
function withinClaim(amount: Derivation, bound: (amount: Derivation) => Derivation): Derivation {
  const [inTime, before] = amount.from
  if (amount.operation !== 'claimed' || !inTime || !before) return bound(amount)
  return derive('claimed', [inTime, { ...before, is: bound(before.is) }], undefined, {
    ...(amount.clause !== undefined && { clause: amount.clause }),
    ...inUnitOf(amount),
  })
}

/** What a credit takes away from those after it: until it is claimed nothing. */
function taken({ claim, amount }: Line): Derivation {
  if (!claim || !isUnknown(claim.inTime.value)) return amount
  const done = { as: 'done', is: claim.done }
  const until = { as: 'by now', is: leaf(endOfTime) }
  const isClaimed = derive('up-to', [done, until])
  const inputs = [
    { as: 'claimed', is: isClaimed },
    { as: 'amount', is: amount },
  ]
  return { ...derive('when', inputs, undefined, inUnitOf(amount)), mayChange: true }
}

function baseAmount(credit: Credit, { lines }: Base, charge: string): Derivation {
  const line = credit.line()
  return line?.parts['base'] ?? sumOfLines([...lines], charge, line?.amount.unit ?? '')
}

/** The credits of one charge, as one of them sees those before it. */
class Beside {
  private readonly asking: Asking
  private readonly charge: string
  private readonly all: readonly Ranked[]
  private readonly key: string

  constructor(asking: Asking, of: GovernedCrediting, credits: readonly GovernedCrediting[]) {
    this.asking = asking
    this.charge = of.crediting.of
    const names = new Set(credits.map(({ clause }) => clause))
    const charges = asking.postings(this.charge).map(({ posting }) => posting.charged)
    const isAtMost = (one: Crediting) => one.isAtMostBase && !mayBeMore(one, charges)
    const rank = readBy(of, names)
    // What reads a credit comes after it, whatever their dates: the credit cannot rest on it.
    this.all = credits
      .map((one) => ({ ...one, rank: readBy(one, names), isAtMostBase: isAtMost(one.crediting) }))
      .filter((one) => one.rank <= rank)
    this.key = `credits of ${this.charge} ${this.all.length}`
  }

  /** What each set of lines in which its own are leaves of it. */
  bounds(own: Placed, bases = this.within(own)): Bound[] {
    return bases.flatMap((base) => {
      const before = this.before(base, own)
      const isNeeded = before || (base.key === own.base.key && !own.of.isAtMostBase)
      return isNeeded ? [{ base: this.amountOf(base, own), before }] : []
    })
  }

  own(credit: Credit, crediting: Crediting): Placed | undefined {
    const of = this.all.find((one) => one.crediting === crediting)
    return of && this.placed(credit, of)
  }

  private placed(credit: Credit, of: Ranked): Placed | undefined {
    return this.asking.once(`${this.key} placed ${credit.key}`, () => {
      const base = baseOf(this.asking, credit, of)
      return base && { credit, of, base }
    })
  }

  /** Its own lines, and larger sets of which another credit is. */
  private within({ base }: Placed): readonly Base[] {
    return [base, ...this.beside(base).larger]
  }

  private amountOf(base: Base, { credit, base: own }: Placed): Derivation {
    if (base.key === own.key) return base.creditable(baseAmount(credit, own, this.charge))
    const unit = credit.line()?.amount.unit ?? ''
    return base.creditable(sumOfLines([...base.lines], this.charge, unit))
  }

  /** What those before it take of these lines. */
  private before(base: Base, own: Placed): Derivation | undefined {
    const { inside, places } = this.beside(base)
    const unit = own.credit.line()?.amount.unit
    const range = { from: 0, until: places.get(own.credit.key) ?? 0 }
    return sumOf(range, {
      asking: this.asking,
      key: `${this.key} before ${base.key}`,
      all: inside,
      ...(unit !== undefined && { unit }),
      input: (one) => {
        const line = one.credit.line()
        return line && { as: one.of.clause, is: this.takenOf(base, one, line) }
      },
    })
  }

  /**
   * What it takes as far as the smaller sets of lines bound it. The first so much of what would have been credited is the
   * first so much of what is: no line has to rest on the bounded line before it.
   */
  private takenOf(of: Base, one: Placed, line: Line): Derivation {
    return this.asking.once(`${this.key} taken ${one.credit.key} ${of.key}`, () => {
      const smaller = this.within(one).filter((base) => isLarger(of, base))
      return this.bounds(one, smaller).reduce(
        (found, bound) => leftOf(found, bound, one.of.clause),
        taken(line),
      )
    })
  }

  /** The credits that give back of some of these lines, in their order. */
  private beside(base: Base): Besides {
    return this.asking.once(`${this.key} beside ${base.key}`, () => {
      const found = new Map<string, Placed>()
      const billed = new Set(base.lines.keys().map((line) => line.billed))
      for (const line of base.lines)
        for (const one of this.ofEvents().get(line) ?? []) found.set(one.credit.key, one)
      for (const at of billed)
        for (const one of this.ofPeriodsAt(at))
          if (isShared(one.base, base)) found.set(one.credit.key, one)
      const all = [...found.values()]
      const inside = all.filter((one) => !isLarger(one.base, base)).sort(inTurn)
      const larger = new Map(all.map((one) => [one.base.key, one.base] as const))
      return {
        inside,
        places: new Map(inside.map((one, place) => [one.credit.key, place])),
        larger: [...larger.values()]
          .filter((one) => isLarger(one, base))
          .sort((left, right) => left.lines.size - right.lines.size),
      }
    })
  }

  private ofEvents(): ReadonlyMap<Line, readonly Placed[]> {
    return this.asking.once(`${this.key} for events`, () => {
      const found = new Map<Line, Placed[]>()
      for (const of of this.all)
        for (const credit of of.crediting.ofEvents(this.asking)) {
          const placed = within(credit.scope.at, of.governs) && this.placed(credit, of)
          if (!placed) continue
          for (const line of placed.base.lines) {
            const known = found.get(line)
            if (known) known.push(placed)
            else found.set(line, [placed])
          }
        }
      return found
    })
  }

  private ofPeriodsAt(at: Instant): readonly Placed[] {
    return this.asking.once(`${this.key} for periods ${at}`, () =>
      this.all.flatMap((of) =>
        of.crediting
          .ofPeriodAt(this.asking, at, of.governs)
          .flatMap((credit) => this.placed(credit, of) ?? []),
      ),
    )
  }
}
/** `inside`: of lines among these, or among these and others; `larger`: all of these and more. */
type Besides = {
  readonly inside: readonly Placed[]
  readonly places: ReadonlyMap<string, number>
  readonly larger: readonly Base[]
}

function readBy({ clause, names }: GovernedCrediting, credits: ReadonlySet<string>): number {
  return reached([clause], (name) => names.readsOf(name))
    .filter((name) => name !== clause && credits.has(name))
    .toArray().length
}

const isShared = (one: Base, other: Base) => one.lines.keys().some((line) => other.lines.has(line))
const isLarger = (one: Base, than: Base) =>
  one.lines.size > than.lines.size && than.lines.keys().every((line) => one.lines.has(line))

/** By the instant of billing, then as their clauses and their events follow each other. */
function inTurn(left: Placed, right: Placed): number {
  const [one, other] = [left.credit, right.credit]
  const [fact, against] = [one.scope.event?.fact, other.scope.event?.fact]
  return (
    left.of.rank - right.of.rank ||
    one.billed - other.billed ||
    left.of.place - right.of.place ||
    one.scope.at - other.scope.at ||
    (fact && against ? inOrder(fact, against) : 0) ||
    (one.key < other.key ? -1 : 1)
  )
}

/** The lines that it gives back of; none where there are none, or where they are paid by the one who credits. */
function baseOf(
  asking: Asking,
  { scope }: Credit,
  { crediting }: GovernedCrediting,
): Base | undefined {
  const at = scope.event?.at ?? scope.period?.start ?? scope.at
  const charge = asking.postings(crediting.of).find(({ governs }) => within(at, governs))
    ?.posting.charged
  if (!charge || charge.payer === crediting.payer) return undefined
  const lines = charge.linesRead(scope)
  const numbers = asking.once(`numbers of lines of ${crediting.of}`, () => new Map<Line, number>())
  const numberOf = (line: Line) => {
    const number = numbers.get(line) ?? numbers.size
    numbers.set(line, number)
    return number
  }
  const key = lines
    .map(numberOf)
    .sort((left, right) => left - right)
    .join()
  const creditable = (all: Derivation) => charge.creditable?.of(scope, all) ?? all
  return lines.length === 0 ? undefined : { key, lines: new Set(lines), creditable }
}
