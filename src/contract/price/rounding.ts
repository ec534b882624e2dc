import type { Compiling } from '../compiling.ts'
import { type Derivation, roundedBy } from '../derivation.ts'
import { stage } from './stage.ts'

type Rounded = { readonly rounded?: Compiling['rounding'] | undefined }
type Place = Pick<Compiling, 'rounding' | 'currency'> & { readonly clause: string }

/** Steps of its own that are no parts of those of other amounts: an amount on them may lie above what bounds it. */
export const isCoarse = ({ rounded }: Rounded, { rounding }: Pick<Compiling, 'rounding'>) =>
  rounded !== undefined && !rounding.to.over(rounded.to).isWhole

/** As the clause rounds, and never above what bounds it: that is an amount as any other, and rounded as those are. */
export function roundedWithin(
  amount: Derivation,
  most: Derivation | undefined,
  { rounded, rounding, currency, clause }: Rounded & Place,
): Derivation {
  const said = { clause, unit: currency }
  const found = roundedBy(rounded ?? rounding, amount, said)
  return stage(
    'maximum',
    ['rounded', found],
    ['at most', most && roundedBy(rounding, most, said)],
    said,
  )
}
