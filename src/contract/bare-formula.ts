import type { Contract } from './compile.ts'
import { Faults } from './fault.ts'
import { type Formula, isLengthFunction, readFormula } from './formula.ts'

export type Amounts = { readonly all: number; readonly onFormulas: readonly string[] }

/**
 * The charges and credits whose amount an author computes by hand instead of saying it in terms: a formula can be printed,
 * but its parts can be neither tailored, nor cited, nor checked for gaps. Ratios and conditions are what formulas are for.
 */
export function amountsIn({ words, definitions }: Contract): Amounts {
  const isMoney = (name: string) => definitions.get(name)?.type().is === 'money'
  const isBare = (text: string | undefined): boolean => {
    const formula = text === undefined ? undefined : readFormula(text, new Faults(), [])
    if (formula?.is === 'name') return isBareMeasure(formula.name)
    return formula !== undefined && computes(formula)
  }
  const isBareMeasure = (name: string): boolean => {
    const measure = words.measures?.[name]
    if (!measure || !('formula' in measure) || !isMoney(name)) return false
    return isBare(measure.formula)
  }
  const postings = Object.entries(words.terms ?? {}).flatMap(([id, term]) =>
    'charge' in term ? [{ id, ...term.charge }] : 'credit' in term ? [{ id, ...term.credit }] : [],
  )
  const onFormulas = postings.filter(
    ({ amount, measure, of = [] }) =>
      isBare(amount) || (measure !== undefined && isBareMeasure(measure)) || of.some(isBareMeasure),
  )
  return { all: postings.length, onFormulas: onFormulas.map(({ id }) => id) }
}

const computing = new Set<string>(['+', '-', '*', '/'])

const computes = (formula: Formula): boolean =>
  (formula.is === 'binary' && computing.has(formula.operator)) ||
  (formula.is === 'choose' && [formula.yes, formula.no].some(computes)) ||
  (formula.is === 'call' && !isLengthFunction(formula.called))
