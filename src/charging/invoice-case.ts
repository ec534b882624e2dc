import { z } from 'zod'
import type { CaseResult, CaseRun } from '../contract/case/case.ts'
import { ExpectedValue, shownDiffers, valueDiffers } from '../contract/case/expectation.ts'
import { evaluate } from '../contract/derivation.ts'
import { checked } from '../contract/document/checked.ts'
import type { Plain } from '../contract/document/document.ts'
import { Faults, pointerOf } from '../contract/document/fault.ts'
import { words } from '../contract/language/map.ts'
import { Text } from '../contract/language/words.ts'
import { sameValue, valueText } from '../contract/value.ts'
import { invoiceTotals } from './invoice.ts'
import { checkInvoice, InvoiceWords } from './invoice-words.ts'

const AskWords = words({
  value: Text.describe('a figure of the invoice, such as `due` or `standard.tax`'),
  ...ExpectedValue,
}).refine((ask) => ask.is !== undefined || ask['shown-as'] !== undefined, {
  error: 'expects nothing: say “is:” or “shown-as:”.',
  params: { name: 'word_missing' },
})

/** A case of what charging makes of priced lines, in the form that cases of contracts have. */
export const InvoiceCaseWords = words({
  kind: z.literal('case').optional(),
  case: Text,
  title: Text.optional(),
  source: Text.optional(),
  rule: Text.optional(),
  note: Text.optional(),
  invoice: InvoiceWords,
  asks: z.array(AskWords).min(1),
})

export function runInvoiceCase(document: Plain): CaseRun {
  const faults = new Faults()
  const parsed = checked(InvoiceCaseWords, document, faults)
  if (parsed) checkInvoice(parsed.invoice, faults)
  if (!parsed || !faults.none) return { results: [], faults: faults.list }
  const totals = invoiceTotals(parsed.invoice)
  const writing = { zone: 'UTC', currency: parsed.invoice.currency, decimals: 2 }
  const results = parsed.asks.map((ask, place): CaseResult => {
    const found = totals.get(ask.value)
    const problems = found
      ? [
          ...(sameValue(evaluate(found), found.value)
            ? []
            : [`its derivation evaluates to ${valueText(evaluate(found))}`]),
          ...(ask.is === undefined ? [] : valueDiffers(found, ask.is, writing)),
          ...(ask['shown-as'] === undefined ? [] : shownDiffers(found, ask['shown-as'])),
        ]
      : [`the invoice has no figure “${ask.value}”; it has ${[...totals.keys()].join(', ')}`]
    return {
      name: `${parsed.case} · value ${ask.value}`,
      pointer: pointerOf(['asks', place]),
      passed: problems.length === 0,
      ...(problems.length > 0 && { words: problems.join('; ') }),
      ...(!found && { refused: '/value' }),
    }
  })
  return { results, faults: [] }
}
