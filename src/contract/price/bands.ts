import type { Exact } from '../../kernel/exact.ts'
import type { Faults, Path } from '../document/fault.ts'

/** One band with the edges that its author gave; an edge that is not a constant is not known before the contract runs. */
export type Band = {
  readonly from?: Exact
  readonly above?: Exact
  readonly below?: Exact
  readonly upTo?: Exact
  /** Its edges as their author wrote them: 99.0%, not 0.99. */
  readonly written?: { readonly lower?: string; readonly upper?: string }
}

type Edge = { readonly value: Exact; readonly included: boolean; readonly text: string }

/**
 * The edge is the dispute: two bands that hold the same value, or a value between bands that none holds, are faults.
 * `gapsAgreed` is the author's word that a hole means nothing due.
 */
export function checkBands(
  bands: readonly Band[],
  { faults, path, gapsAgreed }: { faults: Faults; path: Path; gapsAgreed: boolean },
): void {
  const edged = bands.map((band, place) => ({
    place,
    lower: lowerEdge(band),
    upper: upperEdge(band),
  }))
  for (const { place, lower, upper } of edged)
    if (
      lower &&
      upper &&
      (lower.value.compare(upper.value) > 0 ||
        (lower.value.equals(upper.value) && !(lower.included && upper.included)))
    )
      faults.add(
        'bands_overlap',
        [...path, place],
        'This band holds nothing: its lower edge is not below its upper one.',
      )
  const rising = [...edged].sort((left, right) => compareLower(left.lower, right.lower))
  let holes = 0
  rising.forEach((next, index) => {
    const band = rising[index - 1]
    if (!band) return
    const order = meeting(band.upper, next.lower)
    const edge = next.lower?.text ?? band.upper?.text ?? 'every value'
    if (order > 0)
      faults.add(
        'bands_overlap',
        [...path, next.place],
        `Two bands hold ${edge}: write “below” for the one and “from” for the other.`,
      )
    if (order < 0) holes += 1
    if (order < 0 && !gapsAgreed)
      faults.add(
        'bands_leave_a_gap',
        [...path, next.place],
        `${gapText(band.upper, next.lower)} Close the gap, or say “gaps: nothing-due”.`,
      )
  })
  if (gapsAgreed && holes === 0)
    faults.add(
      'word_without_effect',
      path,
      '“gaps: nothing-due” changes nothing: the bands have no gap. Below the first and above the last is none: nothing is due there unsaid.',
    )
}

const lowerEdge = ({ from, above, written }: Band) =>
  edgeOf({ including: from, excluding: above }, written?.lower)
const upperEdge = ({ upTo, below, written }: Band) =>
  edgeOf({ including: upTo, excluding: below }, written?.upper)

function edgeOf(
  { including, excluding }: Record<'including' | 'excluding', Exact | undefined>,
  written: string | undefined,
): Edge | undefined {
  const value = including ?? excluding
  return value && { value, included: including !== undefined, text: written ?? value.text }
}

function compareLower(left: Edge | undefined, right: Edge | undefined): number {
  if (!left || !right) return left ? 1 : right ? -1 : 0
  return left.value.compare(right.value) || Number(right.included) - Number(left.included)
}

/** Above zero where both hold a value, below zero where a value between them is held by none. */
function meeting(upper: Edge | undefined, lower: Edge | undefined): number {
  if (!upper || !lower) return 1
  const order = upper.value.compare(lower.value)
  if (order !== 0) return order
  return upper.included && lower.included ? 1 : upper.included || lower.included ? 0 : -1
}

const gapText = (upper: Edge | undefined, lower: Edge | undefined) =>
  upper && lower?.value.equals(upper.value)
    ? `No band holds exactly ${lower.text}.`
    : `Between ${upper?.text ?? ''} and ${lower?.text ?? ''} no band holds.`
