import { parseDate } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { type Derivation, derive, type Input, leaf, type PostedFor } from '../../derivation.ts'
import type { Path } from '../../document/fault.ts'
import { compileExpression } from '../../formula/expression.ts'
import { instantLeaf } from '../../happening.ts'
import { answerParts } from '../../language/vocabulary.ts'
import type { Side } from '../../language/words.ts'
import type { PartCondition } from '../../price/in-parts.ts'
import type { Held, Priced } from '../../price/price.ts'
import { roundedWithin } from '../../price/rounding.ts'
import type { Compiled, Line, Scope, ToldApart } from '../../scope.ts'
import { truth } from '../../type.ts'
import { type Claim, compileClaim } from '../deadline/claim.ts'
import type { PostedWords, PostingTold } from './check.ts'

/** And, of what is due for each of several, what tells them apart. */
type DueTold = PostingTold & { readonly forEach: ToldApart | undefined }
type When = Pick<Line, 'service' | 'event' | 'billed' | 'follows' | 'about' | 'toldApartBy'>

/** Whether a priced amount is due at all: rounding, conditions and waivers, and the line that it becomes. */
export class Due {
  /** Everything that decides, so that it can be asked what it reads. */
  readonly compiled: readonly Compiled[]
  readonly claim: Claim | undefined
  private readonly words: PostedWords
  private readonly told: DueTold
  private readonly compiling: Compiling
  private readonly when: Compiled | undefined
  private readonly waivers: readonly { id: string; compiled: Compiled }[]

  constructor(words: PostedWords, told: DueTold, compiling: Compiling) {
    this.words = words
    this.told = told
    this.compiling = compiling
    this.when = this.condition(words.when, ['when'])
    const waivers = words['waived-when']?.['any-of'] ?? []
    this.checkIds()
    this.waivers = waivers.map((waiver, place) => ({
      id: waiver.id,
      compiled: this.condition(waiver.if, ['waived-when', 'any-of', place, 'if']),
    }))
    const claiming = { ...told, per: words.per, component: words['pays-for'] }
    this.claim = words.claim && compileClaim(words.claim, claiming, compiling)
    this.compiled = [
      ...(this.when ? [this.when] : []),
      ...this.waivers.map(({ compiled }) => compiled),
    ]
  }

  /** Waivers and discounts are paths of the answer: each name stands for one thing. */
  private checkIds(): void {
    const { discounts = [] } = this.words
    const waivers = this.words['waived-when']?.['any-of'] ?? []
    const all = [
      ...waivers.map(({ id }, place) => ({ id, under: ['waived-when', 'any-of', place, 'id'] })),
      ...discounts.map(({ id }, place) => ({ id, under: ['discounts', place, 'id'] })),
    ]
    for (const [place, { id, under }] of all.entries()) {
      const path = [...this.told.path, ...under]
      const doubled = `Two waivers or discounts have the id “${id}”.`
      if (all.slice(0, place).some((other) => other.id === id))
        this.compiling.faults.add('name_doubled', path, doubled)
      const reserved = `“${id}” is a part of the answer; give it another id.`
      if (answerParts.has(id)) this.compiling.faults.add('name_reserved', path, reserved)
    }
  }

  private condition<Text extends string | undefined>(text: Text, under: Path) {
    const path = [...this.told.path, ...under]
    return compileExpression(text, this.compiling, { path, clause: this.told.id, expected: truth })
  }

  /** Of an interval in parts the condition decides over each of them. */
  get ofPart(): PartCondition | undefined {
    const { when } = this
    const isInParts = when && this.words['in-parts-of'] !== undefined
    return isInParts ? (scope) => when.evaluate(scope) : undefined
  }

  /** What has to hold for the clause to speak of it, whatever the amount. */
  conditions(scope: Scope, when: When): Input[] {
    return [
      ...this.dated(scope, when),
      ...(this.when && !this.ofPart
        ? [{ as: 'when', is: this.when.evaluate(scope), role: 'reason' as const }]
        : []),
    ]
  }

  /** Rounds at the declared place, then asks whether anything is due at all; every branch stays. */
  line(
    scope: Scope,
    { amount, most, parts, conditions }: Priced & { readonly conditions: readonly Input[] },
    when: When,
  ): Line {
    const { said } = this
    let found = this.rounded({ amount, most })
    for (const condition of [...conditions, ...this.conditions(scope, when), ...this.issued(found)])
      found = derive('when', [condition, { as: 'amount', is: found }], undefined, said)
    const waivers = this.waivers.map(({ id, compiled }) => ({
      as: id,
      is: compiled.evaluate(scope),
    }))
    if (waivers.length > 0)
      found = derive('waive', [{ as: 'amount', is: found }, ...waivers], undefined, said)
    const all = { ...parts, ...Object.fromEntries(waivers.map(({ as, is }) => [as, is])) }
    const claim = this.claim?.of(scope, when)
    if (!claim) return this.posted(found, { ...when, parts: all })
    const inputs = [
      { as: 'claimed in time', is: claim.inTime },
      { as: 'amount', is: found },
    ]
    found = derive('claimed', inputs, undefined, said)
    return { ...this.posted(found, { ...when, parts: all }), claim }
  }

  rounded({ amount, most }: Held): Derivation {
    const { rounding, currency } = this.compiling
    const { rounded } = this.words
    return roundedWithin(amount, most, { rounded, rounding, currency, clause: this.told.id })
  }

  /** What is too small to be issued is told of what a limit leaves, too. */
  issuedOf(amount: Derivation): Derivation {
    const [issued] = this.issued(amount)
    return issued
      ? derive('when', [issued, { as: 'amount', is: amount }], undefined, this.said)
      : amount
  }

  /** The line that posts an amount. */
  posted(amount: Derivation, rest: When & Pick<Line, 'parts'>): Line {
    const { words, told, said } = this
    const { payer, 'pays-for': component } = words
    const of = { ...amount, postedFor: postedFor(rest) }
    return {
      clause: told.id,
      ...rest,
      amount: { ...of, name: told.id },
      posted:
        payer === 'consumer'
          ? of
          : derive('negated', [{ as: 'credited', is: of }], undefined, said),
      payer,
      payee: otherSide(payer),
      ...(words.tax !== undefined && { tax: words.tax }),
      ...(component !== undefined && { component }),
    }
  }

  /** The line that takes an amount back: what was charged is credited. */
  reversed(amount: Derivation, rest: When & Pick<Line, 'parts'>): Line {
    const back = derive('negated', [{ as: 'taken back', is: amount }], undefined, this.said)
    const line = this.posted(back, rest)
    return { ...line, payer: line.payee, payee: line.payer }
  }

  get said() {
    return { clause: this.told.id, unit: this.compiling.currency }
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
      if (!limit) return []
      const edge = { as: operation, is: leaf(limit, { clause: this.told.id }) }
      return [{ as: 'in force', is: derive(operation, [date, edge]), role: 'reason' }]
    }
    return [...edge(from, 'from'), ...edge(until, 'below')]
  }

  private issued(amount: Derivation): Input[] {
    const above = this.words['issued-above']
    if (!above) return []
    const inputs = [
      { as: 'amount', is: amount },
      { as: 'issued above', is: leaf(above, { clause: this.told.id }) },
    ]
    return [{ as: 'large enough', is: derive('above', inputs), role: 'reason' }]
  }
}

/** An event or a period; and of a period perhaps one of several. */
function postedFor({ event, service, about }: When): PostedFor {
  // What a period began has no id that anybody knows.
  if (event?.fact.begins) return { service: event.fact.begins }
  if (event) return { event: { id: event.fact.id, at: event.at } }
  return { ...(service && { service }), ...(about !== undefined && { about }) }
}

const otherSide = (side: Side) => (side === 'consumer' ? 'provider' : 'consumer')
