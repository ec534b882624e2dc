import type { Exact, RoundingMode } from '../kernel/exact.ts'
import type { AgreedValues } from './agreement/agreed.ts'
import type { Calendar } from './calendar/calendar.ts'
import type { Faults, Path } from './document/fault.ts'
import type { MeasureWords, TableWords } from './language/measure.ts'
import type { ComponentKind, OfferingPolicies } from './language/offering.ts'
import type { NamedPrice } from './language/price.ts'
import { type NameSort, nearName } from './near-name.ts'
import type { Structure } from './offering/structure.ts'
import type { NamedPeriods, PeriodRule } from './period/period.ts'
import type { Definition, Names } from './scope.ts'
import type { Type } from './type.ts'

/** What the parts of a contract are compiled with. */
export type Compiling = {
  readonly components: ReadonlyMap<string, Component>
  readonly policies: OfferingPolicies
  readonly rounding: { readonly to: Exact; readonly mode: RoundingMode }
  readonly names: Names
  readonly faults: Faults
  readonly zone: string
  readonly currency: string
  readonly periods: NamedPeriods
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly prices: ReadonlyMap<string, NamedPrice>
  /** What the parties filled in, each value from its date on. */
  readonly agreed: ReadonlyMap<string, AgreedValues>
  readonly measures: ReadonlyMap<string, MeasureWords>
  readonly tables: ReadonlyMap<string, TableWords>
  readonly structures: ReadonlyMap<string, Structure>
}

/** A component as the terms need it. */
export type Component = {
  readonly id: string
  readonly kind: ComponentKind
  readonly title: string
  readonly users: readonly string[]
  readonly serialised: boolean
  readonly of?: string
  readonly says?: string
}

/** What is compiled: which it is, and where it stands. */
export type Told = { readonly name: string; readonly path: Path }

/** What a measure's definition holds beside its name; `reads` names what it rests on, for finding circles. */
export type Measure = Pick<Definition, 'type' | 'evaluate' | 'demand' | 'parts' | 'turns'> & {
  readonly per?: PeriodRule
  readonly reads: () => readonly string[]
}

/** Nothing of these sorts, one of which stands there, has the name. */
export function unknownName(
  name: string,
  { names, faults }: Pick<Compiling, 'names' | 'faults'>,
  { path, sorts }: { readonly path: Path; readonly sorts: readonly NameSort[] },
): void {
  const words = `Nothing of that sort is called “${name}”.${nearName(name, names, sorts)}`
  faults.add('name_unknown', path, words)
}

/** Found when first asked for: names may stand in any order. */
export function lazily<Found>(find: () => Found): () => Found {
  let found: { value: Found } | undefined
  return () => {
    found ??= { value: find() }
    return found.value
  }
}

export const unitOf = (type: Type) =>
  type.is === 'number' && type.unit !== undefined ? { unit: type.unit } : {}
