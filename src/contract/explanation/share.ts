import { Exact } from '../../kernel/exact.ts'
import type { Derivation } from '../derivation.ts'

/** A share that its author, or the parties, wrote as a percentage. */
export const isWrittenShare = ({ written }: Derivation) => written?.endsWith('%') === true

const thousandth = Exact.ratio(1, 1000)

/** Of a share, to the thousandth of a percent: no bound is written finer. */
export function percentText(share: Exact): string {
  const percent = share.times(Exact.whole(100))
  const rounded = percent.rounded(thousandth, 'half-up')
  const text = rounded.text.replace('-', '−')
  return `${rounded.equals(percent) ? '' : 'about '}${text}%`
}

/** How far two shares are apart. */
export const pointsText = (apart: Exact) => percentText(apart).replace('%', ' percentage points')
