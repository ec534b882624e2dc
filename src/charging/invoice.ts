import { z } from 'zod'
import { type Derivation, derive, type Input, leaf } from '../contract/derivation.ts'
import type { Faults, Path } from '../contract/fault.ts'
import { Rounding } from '../contract/language/fact.ts'
import { Currency, ExactNumber, Name, named, Percentage, Text, words } from '../contract/words.ts'
import { Exact } from '../kernel/exact.ts'

const Deduction = words({
  title: Text.optional().describe('for the reader; without it, none'),
  amount: ExactNumber.optional().describe(
    'so much, in whole steps of `rounding`; without it, say `share` and `of`',
  ),
  share: Percentage.optional().describe(
    'a percentage of the amount that `of` says, rounded; without it, say `amount`',
  ),
  of: ExactNumber.optional().describe('what it is a share of; without it, say `amount`'),
  tax: Name.optional().describe(
    'the tax category whose amount it changes; without it, the invoice says `internal`',
  ),
})
type Deduction = z.infer<typeof Deduction>
const LineWords = words({
  title: Text.optional().describe('for the reader; without it, none'),
  quantity: ExactNumber.describe('how many; negative where goods come back'),
  price: ExactNumber.describe('without tax'),
  per: ExactNumber.refine((count) => count.compare(Exact.zero) > 0, {
    error: 'is not above zero: say how many units have that price.',
    params: { name: 'value_misshapen' },
  })
    .optional()
    .describe('so many units have that price; without it, 1'),
  tax: Name.optional().describe('a tax category; without it, the invoice says `internal`'),
  charges: z
    .array(ExactNumber)
    .optional()
    .describe('added to this line, in whole steps of `rounding`; without it, none'),
  allowances: z
    .array(ExactNumber)
    .optional()
    .describe('taken off this line, in whole steps of `rounding`; without it, none'),
})

/**
 * Priced lines and what becomes of them: allowances and charges before tax, tax, then credit notes and what was paid
 * ahead. The order is that of EN 16931; where its rounding is only one of several in use, the invoice says which.
 */
export const InvoiceWords = words({
  currency: Currency.describe('of every amount'),
  rounding: Rounding.describe(
    'of every line, share and tax; an amount that is written down is a whole number of its steps, and so is every total',
  ),
  tax: words({
    rounded: z
      .enum(['per-line', 'per-category', 'per-invoice'])
      .describe(
        'where tax is rounded; `per-invoice` rounds the total once and the tax not at all: what that adds or takes is `tax_rounding`',
      ),
    categories: named(words({ rate: Percentage, code: Text.optional() })).describe(
      'each with its `rate`, and perhaps a `code` for the reader',
    ),
  })
    .optional()
    .describe(
      'which categories there are, and where tax is rounded; without it, the invoice says `internal`',
    ),
  internal: Text.optional().describe(
    'the legal entity that both sides belong to: these are internal charges, no tax invoice, and nothing of them names a tax category; without it, say `tax`',
  ),
  lines: z.array(LineWords).min(1).describe('what is invoiced'),
  allowances: z
    .array(Deduction)
    .optional()
    .describe('taken off the document before tax; without it, none'),
  charges: z
    .array(Deduction)
    .optional()
    .describe('added to the document before tax; without it, none'),
  'credit-notes': ExactNumber.optional().describe(
    'taken off after tax, in whole steps of `rounding`; without it, nothing',
  ),
  prepaid: ExactNumber.optional().describe(
    'taken off last, in whole steps of `rounding`; without it, nothing',
  ),
  payable: Rounding.optional().describe(
    'how the amount due is rounded for payment; without it, as it is',
  ),
})
export type InvoiceWords = z.infer<typeof InvoiceWords>

/** Names every tax category that is spoken of and not declared, and every amount that is unsaid, said twice or too fine. */
export function checkInvoice(invoice: InvoiceWords, faults: Faults): void {
  const { allowances = [], charges = [], lines, tax, internal } = invoice
  if ((tax === undefined) === (internal === undefined))
    faults.add(
      tax ? 'words_exclude_each_other' : 'word_missing',
      ['invoice'],
      'Say “tax:” with its categories, or “internal:” with the legal entity of both sides: one of the two.',
    )
  for (const [word, list] of Object.entries({ lines, allowances, charges }))
    for (const [place, { tax: own }] of list.entries())
      checkCategory(own, invoice, { path: ['invoice', word, place], faults })
  for (const [word, list] of Object.entries({ allowances, charges }))
    for (const [place, deduction] of list.entries())
      checkDeduction(deduction, ['invoice', word, place], faults)
  checkSteps(invoice, faults)
}

type Checking = { readonly path: Path; readonly faults: Faults }

/** What is taxed says how; within a legal entity nothing is sold, so nothing is taxed. */
function checkCategory(own: string | undefined, invoice: InvoiceWords, checking: Checking): void {
  const { path, faults } = checking
  const categories = Object.keys(invoice.tax?.categories ?? {})
  if (invoice.internal !== undefined && own !== undefined)
    faults.add(
      'words_exclude_each_other',
      [...path, 'tax'],
      'Internal charges carry no tax: leave out “tax:” here, or say it of the invoice instead of “internal:”.',
    )
  else if (invoice.tax && own === undefined)
    faults.add('word_missing', path, `Say “tax:”, one of ${categories.join(', ')}.`)
  else if (invoice.tax && own !== undefined && !categories.includes(own))
    faults.add(
      'name_unknown',
      [...path, 'tax'],
      `No tax category is called “${own}”; there is ${categories.join(', ')}.`,
    )
}

function checkDeduction({ amount, share, of }: Deduction, path: Path, faults: Faults): void {
  const isShare = share !== undefined || of !== undefined
  if (amount !== undefined && isShare)
    faults.add(
      'words_exclude_each_other',
      path,
      'Say “amount:”, or “share:” and “of:” what it is a share: one of the two.',
    )
  else if (amount === undefined && (share === undefined || of === undefined))
    faults.add('word_missing', path, 'Say “amount:”, or “share:” and “of:” what it is a share.')
}

/** Amounts that are written down are money: with a finer one, sums of rounded lines would not be round (EN 16931, BR-DEC). */
function checkSteps(invoice: InvoiceWords, faults: Faults): void {
  const { allowances = [], charges = [], lines, rounding } = invoice
  const written: readonly (readonly [Path, Exact | undefined])[] = [
    ...lines.flatMap((line, place) =>
      (['charges', 'allowances'] as const).flatMap((word) =>
        (line[word] ?? []).map((one, at) => [['lines', place, word, at], one] as const),
      ),
    ),
    ...allowances.map(({ amount }, at) => [['allowances', at, 'amount'], amount] as const),
    ...charges.map(({ amount }, at) => [['charges', at, 'amount'], amount] as const),
    [['credit-notes'], invoice['credit-notes']],
    [['prepaid'], invoice.prepaid],
  ]
  for (const [path, amount] of written)
    if (amount && !amount.over(rounding.to).isWhole)
      faults.add(
        'value_misshapen',
        ['invoice', ...path],
        `“${amount.text}” is no whole number of the steps of ${rounding.to.text} that “rounding” says: write the amount as it is paid.`,
      )
}

/** What can be asked of an invoice; `{}` stands for the number of a line or the name of a category. */
export const invoiceFigures = {
  'line_{}':
    'a line by its number, `line_1`: its quantity at its price, rounded, with its charges and without its allowances',
  line_total: 'the sum of the lines',
  allowance_total: 'the sum of the allowances of the document',
  charge_total: 'the sum of the charges of the document',
  tax_exclusive: 'the lines and charges without the allowances',
  '{}.taxable':
    'of a tax category, `standard.taxable`: its lines and charges without its allowances',
  '{}.tax': 'of a tax category, `standard.tax`: its rate of what is taxable',
  tax_total: 'the sum of the tax of all categories; of internal charges, nothing',
  tax_rounding:
    'with `rounded: per-invoice`: what rounding the total once adds to it, or takes from it',
  tax_inclusive: 'what is due with tax: `tax_exclusive`, `tax_total` and `tax_rounding` together',
  rounding: 'with `payable`: what rounding for payment adds to what is due, or takes from it',
  due: '`tax_inclusive` without credit notes and what was prepaid, rounded for payment',
} as const

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
  const categories = Object.keys(invoice.tax?.categories ?? {}).map((name) => ({
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
  const isRoundedOnce = invoice.tax?.rounded === 'per-invoice'
  const inclusive = isRoundedOnce ? rounded(withTax) : withTax
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
    ...(isRoundedOnce ? [['tax_rounding', minus(inclusive, withTax)] as const] : []),
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
  const parts = [
    { as: 'price', is: leaf(line.price) },
    { as: 'per', is: leaf(line.per ?? Exact.one) },
  ]
  const unit = derive('over', parts, undefined)
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

function deducted({ amount, share, of, tax }: Deduction, rounded: Rounded) {
  if (amount) return { tax, is: leaf(amount) }
  const shared = derive('times', [
    { as: 'of', is: leaf(of ?? Exact.zero) },
    { as: 'share', is: leaf(share ?? Exact.zero) },
  ])
  return { tax, is: rounded(shared) }
}

type Part = { readonly tax?: string | undefined; readonly is: Derivation }

function taxOf(
  name: string,
  { nets, allowances }: { nets: readonly Part[]; allowances: readonly Part[] },
  invoice: InvoiceWords,
  rounded: Rounded,
): { readonly taxable: Derivation; readonly tax: Derivation } {
  const rate = leaf(invoice.tax?.categories[name]?.rate ?? Exact.zero)
  const own = (parts: readonly Part[]) => parts.filter((part) => part.tax === name)
  const taxed = (is: Derivation) =>
    derive('times', [
      { as: 'taxable', is },
      { as: 'rate', is: rate },
    ])
  const taxable = minus(sum('line', own(nets)), sum('allowance', own(allowances)))
  if (invoice.tax?.rounded !== 'per-line') {
    const tax = taxed(taxable)
    return { taxable, tax: invoice.tax?.rounded === 'per-category' ? rounded(tax) : tax }
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
