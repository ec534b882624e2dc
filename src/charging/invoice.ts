import { type Derivation, derive, type Input, leaf } from '../contract/derivation.ts'
import { Exact } from '../kernel/exact.ts'
import type { Deduction, InvoiceWords, LineDeduction, LineWords } from './invoice-words.ts'

/** What can be asked of an invoice; `{}` stands for the number of a line or the name of a category. */
export const invoiceFigures = {
  'line_{}':
    'a line by its number, `line_1`: its quantity at its price, rounded, and with its charges less its allowances',
  'line_{}.tax': 'with `rounded: per-line`: the taxes of that line, each rounded',
  line_total: 'the sum of the lines',
  allowance_total: 'the sum of the allowances of the document',
  charge_total: 'the sum of the charges of the document',
  tax_exclusive:
    'the lines and the charges of the document less its allowances, and less their tax where it is `included`',
  '{}.taxable':
    'of a tax category, `standard.taxable`: its lines and charges less its allowances, and less its tax where that is `included`',
  '{}.tax':
    'of a tax category, `standard.tax`: its rate of what is taxable, and of the taxes that it is `on`',
  tax_total:
    'the sum of the tax of all categories, rounded as `total` says; of internal charges, nothing',
  tax_rounding:
    'with `rounded: per-invoice` and no `total`: what rounding the total once adds to it, or takes from it',
  tax_inclusive: 'what is due with tax: `tax_exclusive`, `tax_total` and `tax_rounding` together',
  accounting_tax: 'with `accounting`: the tax total in the currency of account, rounded',
  rounding:
    'what rounding for payment adds to what is due, or takes from it: by `payable`, or as `rounding-amount` says',
  due: '`tax_inclusive` less credit notes and what was prepaid, rounded for payment',
} as const

/** Every figure of an invoice by its name, each with its derivation. A figure of a category is `standard.tax`. */
export function invoiceTotals(invoice: InvoiceWords): ReadonlyMap<string, Derivation> {
  const rounded = rounder(invoice.rounding, invoice.currency)
  const nets = invoice.lines.map((line) => ({ tax: line.tax, is: netOf(line, rounded) }))
  const allowances = (invoice.allowances ?? []).map((one) => deducted(one, rounded))
  const charges = (invoice.charges ?? []).map((one) => deducted(one, rounded))
  const taxing = new Taxing(invoice)
  const all = { added: [...nets, ...charges], taken: allowances }
  const categories = Object.keys(invoice.tax?.categories ?? {}).map((name) => {
    const tax = taxing.taxOf(name, all)
    return { name, tax, taxable: taxing.taxable(totalOf(ownOf(name, all)), tax) }
  })
  const tax = taxing.total(categories.map((one) => ({ is: one.tax })))
  const exclusive = taxing.taxable(totalOf(all), tax)
  const withTax = derive('plus', [
    { as: 'without tax', is: exclusive },
    { as: 'tax', is: tax },
  ])
  const isRoundedOnce = invoice.tax?.rounded === 'per-invoice' && !invoice.tax.total
  const inclusive = isRoundedOnce ? rounded(withTax) : withTax
  return new Map([
    ...nets.map(({ is }, place) => [`line_${place + 1}`, is] as const),
    ...(invoice.tax?.rounded === 'per-line'
      ? nets.map((net, place) => [`line_${place + 1}.tax`, taxing.ofLine(net)] as const)
      : []),
    ['line_total', sum('line', nets)],
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
    ...accounted(invoice, tax),
    ...payment(invoice, inclusive),
  ])
}

type Rounded = (exact: Derivation) => Derivation
const rounder =
  (rounding: InvoiceWords['rounding'], unit: string): Rounded =>
  (exact) =>
    derive('round', [{ as: 'exact', is: exact }], rounding, { unit })

/** Price for its base quantity times quantity, rounded, with the charges and allowances of the line. */
function netOf(line: LineWords, rounded: Rounded): Derivation {
  const parts = [
    { as: 'price', is: priceOf(line) },
    { as: 'per', is: leaf(line.per ?? Exact.one) },
  ]
  const unit = derive('over', parts, undefined)
  const priced = rounded(
    derive('times', [
      { as: 'quantity', is: leaf(line.quantity) },
      { as: 'unit price', is: unit },
    ]),
  )
  const own = (as: string, all: readonly LineDeduction[] = []) =>
    all.map((one) => ({
      as,
      is: one.amount ? leaf(one.amount) : shareOf(priced, one.share, rounded),
    }))
  const [added, taken] = [own('charge', line.charges), own('allowance', line.allowances)]
  if (added.length + taken.length === 0) return priced
  return derive('minus', [
    { as: 'with charges', is: sum('part', [{ is: priced }, ...added]) },
    { as: 'allowances', is: sum('allowance', taken) },
  ])
}

/** A discount in the price is taken off before anything is multiplied or rounded. */
function priceOf({
  price,
  'gross-price': gross,
  'price-discount': discount,
}: LineWords): Derivation {
  if (price) return leaf(price)
  return derive('minus', [
    { as: 'gross price', is: leaf(gross ?? Exact.zero) },
    { as: 'discount', is: leaf(discount ?? Exact.zero) },
  ])
}

function deducted({ amount, share, of, tax }: Deduction, rounded: Rounded): Part {
  return { tax, is: amount ? leaf(amount) : shareOf(leaf(of ?? Exact.zero), share, rounded) }
}

const shareOf = (of: Derivation, share: Exact | undefined, rounded: Rounded) =>
  rounded(
    derive('times', [
      { as: 'of', is: of },
      { as: 'share', is: leaf(share ?? Exact.zero) },
    ]),
  )

type Part = { readonly tax?: readonly string[] | undefined; readonly is: Derivation }
/** What is added to the document, and what is taken off it. */
type Parts = { readonly added: readonly Part[]; readonly taken: readonly Part[] }

function ownOf(name: string, { added, taken }: Parts): Parts {
  const own = (parts: readonly Part[]) => parts.filter(({ tax }) => tax?.includes(name))
  return { added: own(added), taken: own(taken) }
}

const totalOf = ({ added, taken }: Parts): Derivation =>
  minus(sum('line or charge', added), sum('allowance', taken))

/** What becomes of lines by their tax categories: which tax, rounded where, within the price or beside it. */
class Taxing {
  private readonly words: InvoiceWords['tax']
  /** Where it is to be rounded. */
  private readonly rounded: Rounded
  /** What is rounded more finely than the invoice is rounded to its steps once it is added up. */
  private readonly summed: Rounded
  /** The sum of all of them, where that is rounded by itself. */
  private readonly totalled: Rounded

  constructor({ tax, rounding, currency }: InvoiceWords) {
    const asItIs: Rounded = (exact) => exact
    this.words = tax
    this.rounded = rounder(tax?.rounding ?? rounding, currency)
    this.summed = tax?.rounding && !tax.total ? rounder(rounding, currency) : asItIs
    this.totalled = tax?.total ? rounder(tax.total, currency) : asItIs
  }

  /** The taxes of all categories together. */
  total(taxes: readonly Part[]): Derivation {
    return this.totalled(sum('tax', taxes))
  }

  /** The tax of one category on what it is levied on. */
  taxOf(name: string, parts: Parts): Derivation {
    const own = ownOf(name, parts)
    const { rounded } = this.words ?? {}
    if (rounded === 'per-line') {
      const each = (list: readonly Part[]) => list.map((part) => ({ is: this.ofPart(name, part) }))
      return this.summed(minus(sum('tax', each(own.added)), sum('tax', each(own.taken))))
    }
    const tax = this.exact(
      name,
      totalOf(own),
      this.beneath(name).map((other) => this.taxOf(other, own)),
    )
    return rounded === 'per-category' ? this.summed(this.rounded(tax)) : tax
  }

  /** All taxes of one line, each rounded by itself. */
  ofLine(line: Part): Derivation {
    return sum(
      'tax',
      (line.tax ?? []).map((name) => ({ is: this.ofPart(name, line) })),
    )
  }

  /** What is left of an amount once its tax is taken out of it, where it is in it. */
  taxable(amount: Derivation, tax: Derivation): Derivation {
    return this.words?.included ? minus(amount, tax) : amount
  }

  private ofPart(name: string, part: Part): Derivation {
    const others = this.beneath(name).filter((other) => part.tax?.includes(other))
    return this.rounded(
      this.exact(
        name,
        part.is,
        others.map((other) => this.ofPart(other, part)),
      ),
    )
  }

  private beneath(name: string): readonly string[] {
    return this.words?.categories[name]?.on ?? []
  }

  private exact(name: string, amount: Derivation, taxes: readonly Derivation[]): Derivation {
    const rate = leaf(this.words?.categories[name]?.rate ?? Exact.zero)
    const taxed = sum('taxable', [{ is: amount }, ...taxes.map((is) => ({ is }))])
    const share = this.words?.included ? includedShare(rate) : rate
    return derive('times', [
      { as: 'taxable', is: taxes.length === 0 ? amount : taxed },
      { as: 'rate', is: share },
    ])
  }
}

/** Of a price that holds a tax of the rate r, r ÷ (1 + r) is that tax. */
function includedShare(rate: Derivation): Derivation {
  const price = [
    { as: 'price', is: leaf(Exact.one) },
    { as: 'tax', is: rate },
  ]
  const parts = [
    { as: 'rate', is: rate },
    { as: 'price and tax', is: derive('plus', price) },
  ]
  return derive('over', parts, undefined)
}

/** The tax total in the currency in which the tax is accounted for. */
function accounted(
  { accounting, rounding }: InvoiceWords,
  tax: Derivation,
): readonly (readonly [string, Derivation])[] {
  if (!accounting) return []
  const exact = derive('times', [
    { as: 'tax', is: tax },
    { as: 'rate', is: leaf(accounting.rate) },
  ])
  return [['accounting_tax', rounder(accounting.rounding ?? rounding, accounting.currency)(exact)]]
}

/** Credit notes come off the total with tax, then what was paid ahead; what is left may be rounded for payment. */
function payment(
  invoice: InvoiceWords,
  inclusive: Derivation,
): readonly (readonly [string, Derivation])[] {
  const { 'credit-notes': notes, prepaid, payable, 'rounding-amount': written } = invoice
  const credited = minus(inclusive, leaf(notes ?? Exact.zero))
  const open = minus(credited, leaf(prepaid ?? Exact.zero))
  if (written) {
    const rounding = leaf(written)
    return [
      ['rounding', rounding],
      ['due', sum('part', [{ is: open }, { is: rounding }])],
    ]
  }
  if (!payable) return [['due', open]]
  const due = rounder(payable, invoice.currency)(open)
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
