import { join } from 'node:path'
import { bytesMax, type PlainMap, readDocuments } from '../contract/document/document.ts'
import { parseInstant } from '../kernel/time.ts'
import { readFiles } from '../platform/files.ts'
import { contractOf, factsOf, type SoFar } from './contract.ts'
import type { FactRow } from './store.ts'

/** A document of the worked worlds, as JSON text, which is how a version keeps it. */
export function offeringOf(world: 'hotel' | 'colocation'): string {
  const folder = join(import.meta.dirname, '..', '..', 'examples', world, 'offerings')
  const [file] = readFiles(folder, bytesMax).files
  const [document] = readDocuments(file?.text ?? '', file?.file ?? '').documents
  return JSON.stringify(document?.data)
}

type Told = {
  readonly document: string
  /** Local times of the offering’s zone. */
  readonly period: readonly [from: string, until: string]
  readonly agreed?: PlainMap
  readonly deviations?: readonly PlainMap[]
  /** What happened: its kind, and what is said of it. */
  readonly facts?: readonly (readonly [kind: string, said: PlainMap])[]
  readonly now: string
}

/** An agreement and what happened under it, as a rule finds them. */
export function soFarOf(told: Told): SoFar & { readonly facts: readonly FactRow[] } {
  const { document, period, agreed = {}, deviations = [], facts = [] } = told
  const { zone }: { zone: string } = JSON.parse(document)
  const at = (text: string) => parseInstant(text, zone) ?? Number.NaN
  const [from = '', until = ''] = period.map((text) => new Date(at(text)).toISOString())
  const terms = { valid_from: from, valid_until: until, agreed, deviations }
  const { agreement, faults } = contractOf(terms, [], document)
  if (!agreement) throw new Error(faults.map(({ words }) => words).join('\n'))
  const rows = facts.map(
    ([kind, said], place): FactRow => ({
      ...{ agreement_id: 'agr_one', provider_id: 'org_one', consumer_id: 'org_other' },
      ...{ id: `fct_${place + 1}`, kind, said, recorded_at: from },
    }),
  )
  const read = factsOf(agreement, rows)
  if (read.faults.length > 0) throw new Error(read.faults.map(({ words }) => words).join('\n'))
  return { agreement, placed: read.placed, now: at(told.now), facts: rows }
}
