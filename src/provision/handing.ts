import type { SoFar } from '../agreement/contract.ts'
import type { AgreementRow } from '../agreement/store.ts'
import type { Component } from '../contract/compiling.ts'
import { Exact } from '../kernel/exact.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Taken } from '../product/stock.ts'
import { givenAs, refuseProvision } from './rules.ts'
import { namesElse } from './tag.ts'

/** A single thing that is about to be handed out, and what it is counted in. */
export type Handing = {
  readonly tag: string
  readonly component: Component
  /** The resource of a thing that is known; a new one becomes one of the component's. */
  readonly resource?: string
  readonly wanted: string | undefined
  /** How many the resource has, where it says so, and how many of them have a tag. */
  readonly stock?: Exact
  readonly tagged: number
}

/** What a good without a tag takes of what is counted. */
export function stockRefused(taken: readonly Taken[]): Refusal | undefined {
  const short = taken.find(({ left, takes }) => left.compare(takes) < 0)
  return (
    short &&
    refuseProvision(
      'stock_must_suffice',
      '/component',
      `Of ${short.total.text} there are ${short.left.text} on hand, and it takes ${short.takes.text}.`,
    )
  )
}

/** After the rules of the command itself, in the order in which they are checked. */
export const handingRefusals = [
  'item_must_be_of_the_component',
  'tag_must_not_name_another',
  'stock_must_suffice',
] as const

/** A thing is handed out as what it is: of the component's own resource, by a tag that means nothing else here, out of its stock. */
export function handingRefused(
  under: SoFar & { readonly row: Pick<AgreementRow, 'users'> },
  { tag, component, resource, wanted, stock, tagged }: Handing,
): Refusal | undefined {
  const isElse = (givenAs(under, tag) ?? component.id) !== component.id
  const isOther = resource !== undefined && resource !== wanted
  if (isElse || isOther) return refuseProvision('item_must_be_of_the_component', '/item')
  if (namesElse(under, tag)) return refuseProvision('tag_must_not_name_another', '/item')
  const isBeyond = resource === undefined && stock?.compare(Exact.whole(tagged + 1)) === -1
  return isBeyond
    ? refuseProvision('stock_must_suffice', '/item', `There are ${stock.text}, each with its tag.`)
    : undefined
}
