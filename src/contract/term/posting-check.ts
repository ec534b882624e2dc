import type { Path } from '../fault.ts'
import type { ChargeWords, CreditWords } from '../language/price.ts'
import { grain, type PeriodRule } from '../period.ts'
import { type Compiling, isEvent, unknownName } from '../reading.ts'

export type PostingChecking = {
  readonly words: ChargeWords & CreditWords
  readonly told: { readonly kind: 'charge' | 'credit'; readonly path: Path }
  readonly rule: PeriodRule | undefined
  readonly compiling: Compiling
}

const faulting =
  ({ told, compiling }: PostingChecking) =>
  (name: Parameters<Compiling['faults']['add']>[0], under: Path, words: string) =>
    compiling.faults.add(name, [...told.path, ...under], words)

/** When a charge or credit is due, and the policies that its period needs: stated, never implied. */
export function checkPosting(every: string | undefined, checking: PostingChecking): void {
  const { words, told, rule, compiling } = checking
  const fault = faulting(checking)
  const word = told.kind === 'charge' ? 'every' : 'per'
  if ((every === undefined) === (words.each === undefined))
    fault(
      every === undefined ? 'word_missing' : 'words_exclude_each_other',
      [],
      `Say “${word}:” a period, or “each:” a kind of event: one of the two.`,
    )
  if (words.each !== undefined && !isEvent(words.each, compiling.names))
    unknownName(words.each, compiling, [...told.path, 'each'])
  if (rule && grain(rule) === undefined)
    fault(
      'period_unknown',
      [word],
      'A charge or credit needs periods that follow each other: “so-far”, “past” and “since” are read by measures.',
    )
  checkPolicies(checking)
  if (words['pays-for'] !== undefined && !compiling.components.has(words['pays-for']))
    unknownName(words['pays-for'], compiling, [...told.path, 'pays-for'])
  checkDates(checking)
}

function checkPolicies(checking: PostingChecking): void {
  const { words, told, rule, compiling } = checking
  const fault = faulting(checking)
  const recurring = told.kind === 'charge' && rule !== undefined
  if (recurring && (words.prorate ?? compiling.policies.prorate) === undefined)
    fault(
      'policy_unsaid',
      [],
      'Say “prorate: no”, or “prorate: { by: days, of: actual }”, here or under policies: what is due for a part of a period?',
    )
  if (recurring && (words.billed ?? compiling.policies.billed) === undefined)
    fault(
      'policy_unsaid',
      [],
      'Say “billed: in-advance” or “billed: in-arrears”, here or under policies.',
    )
  for (const effectless of ['prorate', 'billed'] as const)
    if (words[effectless] !== undefined && !recurring)
      fault(
        'word_without_effect',
        [effectless],
        `“${effectless}” changes nothing without a period.`,
      )
}

function checkDates(checking: PostingChecking): void {
  const fault = faulting(checking)
  const { from, until, each, 'dated-by': datedBy } = checking.words
  if ((from !== undefined || until !== undefined) && datedBy === undefined)
    fault(
      'policy_unsaid',
      [],
      'Say “dated-by: event”, “period” or “agreement”: which date is compared with “from” and “until”?',
    )
  if (datedBy !== undefined && from === undefined && until === undefined)
    fault(
      'word_without_effect',
      ['dated-by'],
      '“dated-by” changes nothing without “from” or “until”.',
    )
  if (datedBy === 'event' && each === undefined)
    fault(
      'event_not_at_hand',
      ['dated-by'],
      'This is a charge for a period: no event is at hand. Say “period” or “agreement”.',
    )
  if (datedBy === 'period' && each !== undefined)
    fault(
      'event_not_at_hand',
      ['dated-by'],
      'This is a charge for an event: no period is at hand. Say “event” or “agreement”.',
    )
  if (from !== undefined && until !== undefined && from >= until)
    fault('period_misordered', ['until'], '“until” is not after “from”.')
}
