import { startOfDay } from '../../kernel/time.ts'
import { heldAt } from '../agreed.ts'
import { type Compiling, lazily } from '../reading.ts'
import { valueText } from '../value.ts'
import type { PeriodPrice } from './posting-change.ts'
import type { PostingWords } from './posting-check.ts'

/**
 * What a charge rests on of what was agreed: its own words, the definitions that it reads, and the agreed values in
 * them. What another charge costs is that charge’s own matter: it posts its own changes.
 */
export function basisOf(
  words: PostingWords,
  reads: readonly string[],
  compiling: Compiling,
): Pick<PeriodPrice, 'basis' | 'changes'> {
  const rests = lazily(() => restsOn(reads, compiling))
  const agreed = lazily(() =>
    rests().flatMap((slot) => {
      const values = compiling.agreed.get(slot)
      return values ? [{ slot, values }] : []
    }),
  )
  const said = lazily(() => written([words, ...rests().map(compiling.wordsOf)]))
  return {
    basis: (at, zone) => {
      const values = agreed().map(({ slot, values }) => {
        const held = heldAt(values, at, zone)
        return `${slot}: ${held ? valueText(held.value) : ''}`
      })
      return [said(), ...values].join('\n')
    },
    changes: (zone) =>
      agreed().flatMap(({ slot, values }) =>
        values.flatMap(({ from }) => (from ? [{ slot, at: startOfDay(from, zone) }] : [])),
      ),
  }
}

/** Measures, tables and agreed values, and what these read in turn. */
function restsOn(reads: readonly string[], { names }: Compiling): string[] {
  const found = new Set<string>()
  const visit = (name: string) => {
    const sort = names.find(name)?.sort
    if (found.has(name) || !['measure', 'table', 'agreed'].includes(sort ?? '')) return
    found.add(name)
    for (const read of names.readsOf(name)) visit(read)
  }
  for (const name of reads) visit(name)
  return [...found].sort()
}

const written = (said: unknown): string =>
  JSON.stringify(said, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
