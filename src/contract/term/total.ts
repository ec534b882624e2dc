import { type Compiling, unknownName } from '../compiling.ts'
import { demandCompiled, namesRead } from '../demand.ts'
import { type Derivation, derive, type Input } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { compileExpression } from '../formula/expression.ts'
import type { TotalWords } from '../language/posting.ts'
import type { NameSort } from '../near-name.ts'
import { isSamePeriod } from '../period/order.ts'
import type { PeriodRule } from '../period/period.ts'
import { stage } from '../price/stage.ts'
import type { Definition } from '../scope.ts'
import { joined, money, typeText } from '../type.ts'

/** A reading over terms; it posts nothing. */
type Total = Pick<Definition, 'type' | 'evaluate' | 'demand' | 'periods'> & {
  readonly reads: readonly string[]
}

const added: readonly NameSort[] = ['posting', 'total', 'measure', 'agreed']

export function compileTotal(
  words: TotalWords,
  { id, path }: { id: string; path: Path },
  compiling: Compiling,
): Total {
  const { names, faults, currency } = compiling
  const parts = (list: readonly string[], word: 'of' | 'minus') =>
    list.flatMap((name, place): Definition[] => {
      const definition = names.find(name)
      if (!definition || !added.includes(definition.sort)) {
        unknownName(name, compiling, { path: [...path, word, place], sorts: added })
        return []
      }
      return [definition]
    })
  const of = parts(words.of, 'of')
  const minus = parts(words.minus ?? [], 'minus')
  const bound = (word: 'minimum' | 'maximum') =>
    compileExpression(words[word], compiling, {
      path: [...path, word],
      clause: id,
      expected: money,
    })
  const [minimum, maximum] = [bound('minimum'), bound('maximum')]
  const said = { clause: id, name: id, unit: currency }
  return {
    type: () => {
      for (const part of [...of, ...minus])
        if (!joined(part.type(), money))
          faults.add(
            'types_do_not_fit',
            path,
            `A total adds amounts; “${part.name}” is ${typeText(part.type())}.`,
          )
      return money
    },
    reads: [...words.of, ...(words.minus ?? []), ...namesRead([minimum, maximum])],
    periods: () => shared([...of, ...minus]),
    demand: (place, report) => {
      for (const part of [...of, ...minus]) part.demand(place, report)
      demandCompiled([minimum, maximum], place, names, report)
    },
    evaluate: (scope) => {
      const sum = (list: readonly Definition[]): Derivation =>
        derive(
          'sum',
          list.map((part): Input => ({ as: part.name, is: part.evaluate(scope) })),
          { of: id },
          said,
        )
      const less = minus.length > 0 ? sum(minus) : undefined
      const left = stage('minus', ['sum', sum(of)], ['less', less], said)
      const raised = stage('greatest', ['sum', left], ['minimum', minimum?.evaluate(scope)], said)
      return stage('least', ['sum', raised], ['maximum', maximum?.evaluate(scope)], said)
    },
  }
}

/** The period that all of them have; what is agreed has any. */
function shared(parts: readonly Definition[]): readonly PeriodRule[] {
  const all = parts
    .filter(({ sort }) => sort !== 'agreed')
    .map(({ periods, per }) => periods?.()[0] ?? per?.())
  const [first] = all
  return first && all.every((one) => isSamePeriod(one, first)) ? [first] : []
}
