import { z } from 'zod'
import { type Derivation, derive, type Input, leaf } from '../contract/derivation.ts'
import type { Faults } from '../contract/fault.ts'
import { Rounding } from '../contract/language/fact.ts'
import { Currency, ExactNumber, Name, named, Percentage, Text, words } from '../contract/words.ts'
import { Exact } from '../kernel/exact.ts'

const Deduction = words({
  title: Text.optional().describe('for the reader; without it, none'),
  amount: ExactNumber.optional().describe('so much; without it, say `share` and `of`'),
  share: Percentage.optional().describe(
    'a percentage of the amount that `of` says; without it, say `amount`',
  ),
  of: ExactNumber.optional().describe('what it is a share of; without it, say `amount`'),
  tax: Name.describe('the tax category whose amount it changes'),
})
const LineWords = words({
  title: Text.optional().describe('for the reader; without it, none'),
  quantity: ExactNumber.describe('how many; negative where goods come back'),
  price: ExactNumber.describe('without tax'),
  per: ExactNumber.optional().describe('so many units have that price; without it, 1'),
  tax: Name.describe('a tax category'),
  charges: z.array(ExactNumber).optional().describe('added to this line; without it, none'),
  allowances: z.array(ExactNumber).optional().describe('taken off this line; without it, none'),
})

/**
 * Priced lines and what becomes of them: allowances and charges before tax, tax, then credit notes and what was paid
 * ahead. The order is that of EN 16931; where its rounding is only one of several in use, the invoice says which.
 */
export const InvoiceWords = words({
  currency: Currency.describe('of every amount'),
  rounding: Rounding.describe('of every line and total'),
  tax: words({
    rounded: z
      .enum(['per-line', 'per-category', 'per-invoice'])
      .describe('where tax is rounded; `per-invoice` rounds the total once and the tax not at all'),
    categories: named(words({ rate: Percentage, code: Text.optional() })).describe(
      'each with its `rate`, and perhaps a `code`',
    ),
  }).describe('which categories there are, and where tax is rounded'),
  lines: z.array(LineWords).min(1).describe('what is invoiced'),
  allowances: z
    .array(Deduction)
    .optional()
    .describe('taken off the document before tax; without it, none'),
  charges: z
    .array(Deduction)
    .optional()
    .describe('added to the document before tax; without it, none'),
  'credit-notes': ExactNumber.optional().describe('taken off after tax; without it, nothing'),
  prepaid: ExactNumber.optional().describe('taken off last; without it, nothing'),
  payable: Rounding.optional().describe(
    'how the amount due is rounded for payment; without it, as it is',
  ),
})
export type InvoiceWords = z.infer<typeof InvoiceWords>

/** Names every tax category that is spoken of and not declared, and every deduction without an amount. */
export function checkInvoice(invoice: InvoiceWords, faults: Faults): void {
  const { allowances = [], charges = [], lines } = invoice
  for (const [word, list] of Object.entries({ lines, allowances, charges }))
    for (const [place, { tax }] of list.entries())
      if (!Object.hasOwn(invoice.tax.categories, tax))
        faults.add(
          'name_unknown',
          ['invoice', word, place, 'tax'],
          `No tax category is called “${tax}”; there is ${Object.keys(invoice.tax.categories).join(', ')}.`,
        )
  for (const [word, list] of Object.entries({ allowances, charges }))
    for (const [place, { amount, share, of }] of list.entries())
      if ((amount === undefined) === (share === undefined || of === undefined))
        faults.add(
          'word_missing',
          ['invoice', word, place],
          'Say “amount:”, or “share:” and “of:” what it is a share.',
        )
}

/** Every figure of an invoice by its name, each with its derivation. A figure of a category is `standard.tax`. */
export function invoiceTotals(invoice: InvoiceWords): ReadonlyMap<string, Derivation> {
  const rounded = rounder(invoice)
  const nets = invoice.lines.map((line) => ({ tax: line.tax, is: netOf(line, rounded) }))
  const allowances = (invoice.allowances ?? []).map((one) => deducted(one, rounded))
  const charges = (invoice.charges ?? []).map((one) => deducted(one, rounded))
  const lineTotal = sum('line', nets)
  const exclusive = derive('minus', [
    { as: 'lines and charges', is: sum('line or charge', [...nets, ...charges]) },
    { as: 'allowances', is: sum('allowance', allowances) },
  ])
  const categories = Object.keys(invoice.tax.categories).map((name) => ({
    name,
    ...taxOf(name, { nets: [...nets, ...charges], allowances }, invoice, rounded),
  }))
  const tax = sum(
    'tax',
    categories.map((one) => ({ is: one.tax })),
  )
  const withTax = derive('plus', [
    { as: 'without tax', is: exclusive },
    { as: 'tax', is: tax },
  ])
  const inclusive = invoice.tax.rounded === 'per-invoice' ? rounded(withTax) : withTax
  return new Map([
    ...nets.map(({ is }, place) => [`line_${place + 1}`, is] as const),
    ['line_total', lineTotal],
    ['allowance_total', sum('allowance', allowances)],
    ['charge_total', sum('charge', charges)],
    ['tax_exclusive', exclusive],
    ...categories.flatMap((one) => [
      [`${one.name}.taxable`, one.taxable] as const,
      [`${one.name}.tax`, one.tax] as const,
    ]),
    ['tax_total', tax],
    ['tax_inclusive', inclusive],
    ...payment(invoice, inclusive),
  ])
}

type Rounded = (exact: Derivation) => Derivation
const rounder =
  ({ rounding, currency }: InvoiceWords): Rounded =>
  (exact) =>
    derive('round', [{ as: 'exact', is: exact }], rounding, { unit: currency })

/** Price for its base quantity times quantity, rounded, with the charges and allowances of the line. */
function netOf(line: z.infer<typeof LineWords>, rounded: Rounded): Derivation {
  const unit = derive('over', [
    { as: 'price', is: leaf(line.price) },
    { as: 'per', is: leaf(line.per ?? Exact.one) },
  ])
  const priced = rounded(
    derive('times', [
      { as: 'quantity', is: leaf(line.quantity) },
      { as: 'unit price', is: unit },
    ]),
  )
  const added = leaves('charge', line.charges)
  const taken = leaves('allowance', line.allowances)
  if (added.length + taken.length === 0) return priced
  return derive('minus', [
    { as: 'with charges', is: sum('part', [{ is: priced }, ...added]) },
    { as: 'allowances', is: sum('allowance', taken) },
  ])
}

const leaves = (as: string, amounts: readonly Exact[] | undefined) =>
  (amounts ?? []).map((amount) => ({ as, is: leaf(amount) }))

function deducted({ amount, share, of, tax }: z.infer<typeof Deduction>, rounded: Rounded) {
  if (amount) return { tax, is: leaf(amount) }
  const shared = derive('times', [
    { as: 'of', is: leaf(of ?? Exact.zero) },
    { as: 'share', is: leaf(share ?? Exact.zero) },
  ])
  return { tax, is: rounded(shared) }
}

type Part = { readonly tax: string; readonly is: Derivation }

function taxOf(
  name: string,
  { nets, allowances }: { nets: readonly Part[]; allowances: readonly Part[] },
  invoice: InvoiceWords,
  rounded: Rounded,
): { readonly taxable: Derivation; readonly tax: Derivation } {
  const rate = leaf(invoice.tax.categories[name]?.rate ?? Exact.zero)
  const own = (parts: readonly Part[]) => parts.filter((part) => part.tax === name)
  const taxed = (is: Derivation) =>
    derive('times', [
      { as: 'taxable', is },
      { as: 'rate', is: rate },
    ])
  const taxable = minus(sum('line', own(nets)), sum('allowance', own(allowances)))
  if (invoice.tax.rounded !== 'per-line') {
    const tax = taxed(taxable)
    return { taxable, tax: invoice.tax.rounded === 'per-category' ? rounded(tax) : tax }
  }
  const each = (parts: readonly Part[]) => own(parts).map(({ is }) => ({ is: rounded(taxed(is)) }))
  return { taxable, tax: minus(sum('tax', each(nets)), sum('tax', each(allowances))) }
}

/** Credit notes come off the total with tax, then what was paid ahead; what is left may be rounded for payment. */
function payment(
  invoice: InvoiceWords,
  inclusive: Derivation,
): readonly (readonly [string, Derivation])[] {
  const { 'credit-notes': notes, prepaid, payable } = invoice
  const credited = minus(inclusive, leaf(notes ?? Exact.zero))
  const open = minus(credited, leaf(prepaid ?? Exact.zero))
  if (!payable) return [['due', open]]
  const due = derive('round', [{ as: 'exact', is: open }], payable, { unit: invoice.currency })
  return [
    ['rounding', minus(due, open)],
    ['due', due],
  ]
}

const minus = (from: Derivation, taken: Derivation): Derivation =>
  derive('minus', [
    { as: 'from', is: from },
    { as: 'less', is: taken },
  ])

const sum = (as: string, parts: readonly { readonly is: Derivation }[]): Derivation =>
  derive(
    'sum',
    parts.map(({ is }): Input => ({ as, is })),
    { of: as, missing: Exact.zero },
  )
