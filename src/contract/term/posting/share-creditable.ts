import { Exact } from '../../../kernel/exact.ts'
import type { Compiling } from '../../compiling.ts'
import { namesRead } from '../../demand.ts'
import { type Derivation, inUnitOf, roundedBy } from '../../derivation.ts'
import type { Faults } from '../../document/fault.ts'
import { compileExpression } from '../../formula/expression.ts'
import { inRange } from '../../formula/range.ts'
import { stage } from '../../price/stage.ts'
import type { Read, Scope } from '../../scope.ts'
import { plainNumber } from '../../type.ts'
import type { PostingTold } from './check.ts'
import type { Posting } from './posting.ts'

/** “Together at most 30% of the monthly fee”: how much of a charge all credits of it may come to. */
export type Creditable = {
  readonly reads: readonly string[]
  readonly of: (scope: Scope, charged: Derivation) => Derivation
}

export function compileCreditable(
  text: string | undefined,
  { id: clause, path: under }: PostingTold,
  compiling: Compiling,
): Creditable | undefined {
  const { faults, names, rounding } = compiling
  const place = { path: [...under, 'creditable'], clause, expected: plainNumber }
  const compiled = compileExpression(text, compiling, place)
  if (!compiled) return undefined
  const isOfLine = ({ name, attribute }: Read) =>
    attribute !== undefined || names.find(name)?.sort !== 'agreed'
  if (compiled.reads.some(isOfLine))
    faults.add(
      'types_do_not_fit',
      place.path,
      'It is one share for all that is credited, whatever for: say a percentage such as 30%, or an agreed value.',
    )
  const share = inRange(compiled, { from: Exact.zero, upTo: Exact.one }, { ...place, faults })
  return {
    reads: namesRead([compiled]),
    of: (scope, charged) => {
      const said = { clause, ...inUnitOf(charged) }
      const most = stage('times', ['creditable', share.evaluate(scope)], ['base', charged], said)
      return roundedBy(rounding, most, said)
    },
  }
}

/** What nothing is credited of needs no bound. */
export function checkCredited(postings: ReadonlyMap<string, Posting>, faults: Faults): void {
  for (const [id, { words }] of postings) {
    const isOfIt = ({ crediting }: Posting) =>
      crediting?.of === id && crediting.payer !== words.payer
    if (words.creditable === undefined || postings.values().some(isOfIt)) continue
    faults.add(
      'word_without_effect',
      ['terms', id, 'charge', 'creditable'],
      `No credit gives back of “${id}”: those that count towards it say “of: ${id}”, one of an amount “maximum: 100%” as well.`,
    )
  }
}
