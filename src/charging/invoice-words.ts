import { z } from 'zod'
import { didYouMean, type Faults, type Path } from '../contract/document/fault.ts'
import { Rounding } from '../contract/language/fact.ts'
import { named, words } from '../contract/language/map.ts'
import {
  Currency,
  ExactNumber,
  Name,
  oneOrMany,
  Percentage,
  Text,
  Truth,
} from '../contract/language/words.ts'
import { Exact } from '../kernel/exact.ts'
import { reached } from '../kernel/reached.ts'

const TaxNames = oneOrMany(Name)
  .optional()
  .describe(
    'a tax category, or a list of those that are levied beside each other, each once; without it, the invoice says `internal`',
  )
const share = Percentage.optional().describe(
  'a percentage of the amount that `of` says, rounded; without it, say `amount`',
)
const Deduction = words({
  title: Text.optional().describe('for the reader; without it, none'),
  amount: ExactNumber.optional().describe(
    'so much, in whole steps of `rounding`; without it, say `share` and `of`',
  ),
  share,
  of: ExactNumber.optional().describe('what it is a share of; without it, say `amount`'),
  tax: TaxNames,
})
export type Deduction = z.infer<typeof Deduction>

/** Source: EN 16931, BT-136 to BT-138 and BT-141 to BT-143. */
const LineDeduction = z.union([
  ExactNumber.transform((amount) => ({ share: undefined, amount })),
  words({
    share: Percentage.describe('a percentage of the line as it is priced, rounded'),
  }).transform((written) => ({ share: written.share, amount: undefined })),
])
export type LineDeduction = z.infer<typeof LineDeduction>

const LineWords = words({
  title: Text.optional().describe('for the reader; without it, none'),
  quantity: ExactNumber.describe('how many; negative where goods come back'),
  price: ExactNumber.optional().describe(
    'of one, or of `per`, without tax unless tax is `included`; without it, say `gross-price`',
  ),
  'gross-price': ExactNumber.optional().describe(
    'the price before its discount (EN 16931, BT-148); without it, say `price`',
  ),
  'price-discount': ExactNumber.optional().describe(
    'taken off the gross price of each (BT-147); without it, nothing',
  ),
  per: ExactNumber.refine((count) => count.compare(Exact.zero) > 0, {
    error: 'is not above zero: say how many units have that price.',
    params: { name: 'value_misshapen' },
  })
    .optional()
    .describe('so many units have that price; without it, 1'),
  tax: TaxNames,
  charges: z
    .array(LineDeduction)
    .optional()
    .describe(
      'added to this line, each in whole steps of `rounding`, or a `share` of it as it is priced; without it, none',
    ),
  allowances: z
    .array(LineDeduction)
    .optional()
    .describe(
      'taken off this line, each in whole steps of `rounding`, or a `share` of it as it is priced; without it, none',
    ),
})
export type LineWords = z.infer<typeof LineWords>

const TaxCategory = words({
  rate: Percentage.describe('of what is taxable'),
  on: oneOrMany(Name)
    .optional()
    .describe(
      'other taxes of the same line on which this one is levied too: a tax on a tax; without it, none',
    ),
  code: Text.optional().describe('for the reader; without it, none'),
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
        'where tax is rounded; `per-invoice` rounds once: the taxes together where `total` says how, else the total with tax and the tax not at all, and what that adds or takes is `tax_rounding`',
      ),
    rounding: Rounding.optional().describe(
      'how a tax is rounded there, such as down, or of a line to three decimals; the tax of a category is then rounded to `rounding` of the invoice; without it, as `rounding` of the invoice says',
    ),
    total: Rounding.optional().describe(
      'how the taxes of all categories are rounded together, such as down to a penny, whatever each was rounded to before; that of a category then keeps the steps of `rounding`, and with `per-invoice` it is not rounded; without it, the sum stands',
    ),
    included: Truth.optional().describe(
      '`yes`: prices, charges and allowances hold their tax, which is taken out of them; without it, they are without tax',
    ),
    categories: named(TaxCategory).describe(
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
  accounting: words({
    currency: Currency.describe('the currency in which the tax is accounted for'),
    rate: ExactNumber.describe('so much of that currency for 1 of the invoice’s'),
    rounding: Rounding.optional().describe(
      'of the tax in it; without it, `rounding` of the invoice',
    ),
  })
    .optional()
    .describe(
      'tax is told in another currency as well, as `accounting_tax` (BT-6, BT-111), not beside `internal`; without it, not',
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
  'rounding-amount': ExactNumber.optional().describe(
    'an amount of rounding that is written down, added to what is due (BT-114); without it, none, unless `payable` makes one',
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
  if (internal !== undefined && invoice.accounting)
    faults.add(
      'word_without_effect',
      ['invoice', 'accounting'],
      'Internal charges carry no tax: there is none to tell in another currency.',
    )
  if (invoice.payable && invoice['rounding-amount'])
    faults.add(
      'words_exclude_each_other',
      ['invoice', 'rounding-amount'],
      'Say “payable:”, how what is due is rounded, or the amount of rounding that is written down: one of the two.',
    )
  for (const [word, list] of Object.entries({ lines, allowances, charges }))
    for (const [place, { tax: own }] of list.entries())
      checkCategory(own, invoice, { path: ['invoice', word, place], faults })
  for (const [word, list] of Object.entries({ allowances, charges }))
    for (const [place, deduction] of list.entries())
      checkDeduction(deduction, ['invoice', word, place], faults)
  checkTaken(invoice, faults)
  for (const [place, line] of lines.entries()) checkPrice(line, ['invoice', 'lines', place], faults)
  checkTaxOnTax(invoice, faults)
  checkRounding(invoice, faults)
  for (const name of Object.keys(tax?.categories ?? {}))
    if (/^line_\d+$/.test(name))
      faults.add(
        'name_reserved',
        ['invoice', 'tax', 'categories', name],
        `“${name}.tax” is the tax of a line: call the category otherwise.`,
      )
  checkSteps(invoice, faults)
}

type Checking = { readonly path: Path; readonly faults: Faults }

/** What is taxed says how; within a legal entity nothing is sold, so nothing is taxed. */
function checkCategory(
  own: readonly string[] | undefined,
  invoice: InvoiceWords,
  { path, faults }: Checking,
): void {
  const categories = Object.keys(invoice.tax?.categories ?? {})
  if (invoice.internal !== undefined && own !== undefined)
    faults.add(
      'words_exclude_each_other',
      [...path, 'tax'],
      'Internal charges carry no tax: leave out “tax:” here, or say it of the invoice instead of “internal:”.',
    )
  else if (invoice.tax && own === undefined)
    faults.add('word_missing', path, `Say “tax:”, one of ${categories.join(', ')}.`)
  for (const name of invoice.tax ? (own ?? []) : [])
    if (!categories.includes(name))
      faults.add(
        'name_unknown',
        [...path, 'tax'],
        `No tax category is called “${name}”; there is ${categories.join(', ')}.`,
      )
  if (invoice.tax?.included && (own ?? []).length > 1)
    faults.add(
      'words_exclude_each_other',
      [...path, 'tax'],
      'Of a price with several taxes included it is not said which part is whose: write it without tax, and leave out “included:”.',
    )
}

/** What is taken off bears each of its taxes in full: of lines that bear one each, it would be taken off twice. */
function checkTaken({ allowances = [], charges = [], lines }: InvoiceWords, faults: Faults): void {
  const bearing = [...lines, ...charges]
  for (const [place, { tax: names = [] }] of allowances.entries())
    if (
      new Set(names).size > 1 &&
      !bearing.some(({ tax = [] }) => names.every((name) => tax.includes(name)))
    )
      faults.add(
        'words_exclude_each_other',
        ['invoice', 'allowances', place, 'tax'],
        `No line bears ${names.join(' and ')} together: each of them would be lowered by the whole allowance. Write one for each, with its part: “tax: ${names[0]}”, “of:” what is of that one.`,
      )
}

/** A tax is levied on others, never, by a circle, on itself. */
function checkTaxOnTax({ tax }: InvoiceWords, faults: Faults): void {
  const { categories = {}, included } = tax ?? {}
  for (const [name, { on = [] }] of Object.entries(categories)) {
    const path = ['invoice', 'tax', 'categories', name, 'on']
    const unknown = on.find((one) => !Object.hasOwn(categories, one))
    if (unknown !== undefined)
      faults.add(
        'name_unknown',
        path,
        `No tax category is called “${unknown}”.${didYouMean(unknown, Object.keys(categories))}`,
      )
    else if (reached(on, (one) => categories[one]?.on ?? []).some((one) => one === name))
      faults.add('names_in_a_circle', path, `“${name}” would be a tax on itself.`)
    else if (on.length > 0 && included)
      faults.add(
        'words_exclude_each_other',
        path,
        'Of a price with several taxes included it is not said which part is whose: write it without tax, and leave out “included:”.',
      )
  }
}

/** A rounding that finds nothing to round changes nothing, and one that is finer than money leaves more than can be paid. */
function checkRounding({ tax, rounding }: InvoiceWords, faults: Faults): void {
  const { rounded, rounding: own, total } = tax ?? {}
  const path = ['invoice', 'tax']
  if (rounded === 'per-invoice' && own)
    faults.add(
      'word_without_effect',
      [...path, 'rounding'],
      'With “per-invoice” no tax is rounded by itself: “total:” says how the taxes are rounded together.',
    )
  if (!total) return
  const each = rounded === 'per-invoice' ? undefined : (own ?? rounding)
  if (!total.to.over(rounding.to).isWhole)
    faults.add(
      'value_misshapen',
      [...path, 'total', 'to'],
      `“${total.to.text}” is no whole number of the steps of ${rounding.to.text} that “rounding” says: what is due could not be paid.`,
    )
  else if (each?.to.over(total.to).isWhole)
    faults.add(
      'word_without_effect',
      [...path, 'total'],
      `Each tax is rounded to ${each.to.text} already, and their sum is a whole number of these steps: say a finer “rounding:” beside “rounded:”, or “rounded: per-invoice”.`,
    )
}

function checkPrice(line: LineWords, path: Path, faults: Faults): void {
  const { price, 'gross-price': gross, 'price-discount': discount } = line
  if ((price === undefined) === (gross === undefined))
    faults.add(
      price === undefined ? 'word_missing' : 'words_exclude_each_other',
      path,
      'Say “price:”, or “gross-price:” and perhaps its “price-discount:”: one of the two.',
    )
  else if (discount !== undefined && gross === undefined)
    faults.add(
      'word_without_effect',
      [...path, 'price-discount'],
      'A discount in the price is taken off the “gross-price:”.',
    )
}

function checkDeduction({ amount, share: part, of }: Deduction, path: Path, faults: Faults): void {
  const isShare = part !== undefined || of !== undefined
  if (amount !== undefined && isShare)
    faults.add(
      'words_exclude_each_other',
      path,
      'Say “amount:”, or “share:” and “of:” what it is a share: one of the two.',
    )
  else if (amount === undefined && (part === undefined || of === undefined))
    faults.add('word_missing', path, 'Say “amount:”, or “share:” and “of:” what it is a share.')
}

/** Amounts that are written down are money: with a finer one, sums of rounded lines would not be round (EN 16931, BR-DEC). */
function checkSteps(invoice: InvoiceWords, faults: Faults): void {
  const { allowances = [], charges = [], lines, rounding } = invoice
  const written: readonly (readonly [Path, Exact | undefined])[] = [
    ...lines.flatMap((line, place) =>
      (['charges', 'allowances'] as const).flatMap((word) =>
        (line[word] ?? []).map(({ amount }, at) => [['lines', place, word, at], amount] as const),
      ),
    ),
    ...allowances.map(({ amount }, at) => [['allowances', at, 'amount'], amount] as const),
    ...charges.map(({ amount }, at) => [['charges', at, 'amount'], amount] as const),
    [['credit-notes'], invoice['credit-notes']],
    [['prepaid'], invoice.prepaid],
    [['rounding-amount'], invoice['rounding-amount']],
  ]
  for (const [path, amount] of written)
    if (amount && !amount.over(rounding.to).isWhole)
      faults.add(
        'value_misshapen',
        ['invoice', ...path],
        `“${amount.text}” is no whole number of the steps of ${rounding.to.text} that “rounding” says: write the amount as it is paid.`,
      )
}
