import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../contract/derivation.ts'
import { checked } from '../contract/document/checked.ts'
import type { PlainMap } from '../contract/document/document.ts'
import { Faults } from '../contract/document/fault.ts'
import { valueText } from '../contract/value.ts'
import { Exact } from '../kernel/exact.ts'
import { invoiceFigures, invoiceTotals } from './invoice.ts'
import { runInvoiceCase } from './invoice-case.ts'
import { checkInvoice, InvoiceWords } from './invoice-words.ts'

const internal = {
  currency: 'EUR',
  rounding: { to: '0.01', mode: 'half-up' },
  internal: 'Example University',
  lines: [{ quantity: '1', price: '10.00' }],
}

const plain = {
  currency: 'EUR',
  rounding: { to: '0.01', mode: 'half-up' },
  tax: { rounded: 'per-category', categories: { standard: { rate: '20%' }, low: { rate: '7%' } } },
  lines: [{ quantity: '1', price: '10.00', tax: 'standard' }],
}

const taxes = (categories: PlainMap) => ({
  ...plain.tax,
  categories: { ...plain.tax.categories, ...categories },
})

function totals(written: PlainMap): Record<string, string> {
  const faults = new Faults()
  const invoice = checked(InvoiceWords, written, faults)
  expect(faults.list).toEqual([])
  if (!invoice) throw new Error('the invoice is not read')
  return Object.fromEntries(
    [...invoiceTotals(invoice)].map(([name, { value }]) => [name, valueText(value)]),
  )
}

describe('an invoice', () => {
  test.for([
    ['per-line', { tax_total: '0.92', tax_inclusive: '5.55' }],
    ['per-category', { tax_total: '0.93', tax_inclusive: '5.56' }],
    ['per-invoice', { tax_total: '0.926', tax_rounding: '0.004', tax_inclusive: '5.56' }],
  ] as const)('rounds its tax %s', ([rounded, expected]) => {
    const lines = ['0.17', '4.46'].map((price) => ({ quantity: '1', price, tax: 'standard' }))
    expect(totals({ ...plain, tax: { ...plain.tax, rounded }, lines })).toMatchObject(expected)
  })

  test('rounds what is due for payment, and says by how much', () => {
    const lines = [{ quantity: '1', price: '10.02', tax: 'low' }]
    const found = totals({ ...plain, lines, payable: { to: '0.05', mode: 'half-up' } })
    expect(found).toMatchObject({ tax_inclusive: '10.72', rounding: '-0.02', due: '10.7' })
  })

  test('takes credit notes and what was prepaid off after tax', () => {
    const found = totals({ ...plain, 'credit-notes': '5.00', prepaid: '4.00' })
    expect(found).toMatchObject({ tax_total: '2', tax_inclusive: '12', due: '3' })
  })

  test('R050 of internal charges carries no tax, and has no figure of a category', () => {
    const found = totals({
      ...internal,
      lines: [...internal.lines, { quantity: '2', price: '50.00' }],
      allowances: [{ share: '10%', of: '100.00' }],
      charges: [{ amount: '5.00' }],
      prepaid: '4.00',
    })
    expect(found).toMatchObject({ tax_total: '0', tax_inclusive: '105', due: '101' })
    expect(Object.keys(found).filter((name) => name.includes('.'))).toEqual([])
  })

  test('changes the tax of the category that an allowance or charge is of', () => {
    const found = totals({
      ...plain,
      lines: [...plain.lines, { quantity: '2', price: '50.00', tax: 'low' }],
      allowances: [{ share: '10%', of: '100.00', tax: 'low' }],
      charges: [{ amount: '5.00', tax: 'standard' }],
    })
    expect(found).toMatchObject({
      ...{ 'low.taxable': '90', 'low.tax': '6.3' },
      ...{ 'standard.taxable': '15', 'standard.tax': '3', tax_inclusive: '114.3' },
    })
  })

  test('adds up: lines to the total, categories to what is taxed, and every figure from its parts', () => {
    const line = fc.record({
      quantity: fc.integer({ min: -50, max: 50 }).map(String),
      price: fc.integer({ min: 0, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
      tax: fc.constantFrom('standard', 'low'),
    })
    const within = fc.constantFrom('yes', 'no')
    const modes = fc.constantFrom('per-line', 'per-category', 'per-invoice')
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        modes,
        within,
        (lines, rounded, included) => {
          const invoice = checked(
            InvoiceWords,
            { ...plain, lines, tax: { ...plain.tax, rounded, included } },
            new Faults(),
          )
          if (!invoice) throw new Error('the invoice is not read')
          const found = invoiceTotals(invoice)
          for (const one of found.values())
            expect(valueText(evaluate(one))).toBe(valueText(one.value))
          const figure = (name: string) => Exact.of(valueText(found.get(name)?.value ?? false))
          const taxable = figure('standard.taxable').plus(figure('low.taxable'))
          expect(taxable.equals(figure('tax_exclusive'))).toBe(true)
          const net = lines.map((_, place) => figure(`line_${place + 1}`))
          const sum = net.reduce((all, one) => all.plus(one), Exact.zero)
          expect(sum.equals(figure('line_total'))).toBe(true)
          const rounding = found.has('tax_rounding') ? figure('tax_rounding') : Exact.zero
          const withTax = figure('tax_exclusive').plus(figure('tax_total')).plus(rounding)
          expect(withTax.equals(figure('tax_inclusive'))).toBe(true)
          expect(figure('due').times(Exact.whole(100)).isWhole).toBe(true)
        },
      ),
    )
  })

  test.for([
    ['per-line', '0.01', { 'low.tax': '0.21', tax_total: '0.21', tax_exclusive: '2.99' }],
    ['per-line', '0.001', { 'line_1.tax': '0.07', 'low.tax': '0.21' }],
    ['per-category', '0.01', { 'low.tax': '0.21', 'low.taxable': '2.99' }],
  ] as const)('takes a tax out of prices that include it, %s to %s', ([rounded, to, expected]) => {
    const lines = ['1.07', '2.13'].map((price) => ({ quantity: '1', price, tax: 'low' }))
    const rounding = { to, mode: 'half-up' }
    const found = totals({
      ...plain,
      tax: { ...plain.tax, rounded, rounding, included: 'yes' },
      lines,
    })
    expect(found).toMatchObject({ ...expected, tax_inclusive: '3.2', due: '3.2' })
  })

  test.for([
    ['per-line', '0.001', { 'standard.tax': '0.996', 'low.tax': '0.069', tax_total: '1.06' }],
    ['per-category', '0.001', { 'standard.tax': '0.996', 'low.tax': '0.069', tax_total: '1.06' }],
    ['per-invoice', undefined, { 'standard.tax': '0.996', 'low.tax': '0.0693', tax_total: '1.06' }],
  ] as const)('rounds the taxes together, each %s to %s before', ([rounded, to, expected]) => {
    const lines = [
      { quantity: '1', price: '4.98', tax: 'standard' },
      { quantity: '1', price: '0.99', tax: 'low' },
    ]
    const own = to === undefined ? {} : { rounding: { to, mode: 'half-up' } }
    const total = { to: '0.01', mode: 'down' }
    const tax = { ...plain.tax, rounded, ...own, total }
    const found = totals({ ...plain, tax, lines })
    expect(found).toMatchObject({ ...expected, tax_exclusive: '5.97', due: '7.03' })
    expect(found['tax_rounding']).toBeUndefined()
  })

  test('a tax on a tax is of the price and of that tax where the line has both', () => {
    const tax = taxes({ levy: { rate: '10%', on: ['standard'] } })
    const of = (...names: string[]) => ({ quantity: '1', price: '10.00', tax: names })
    for (const rounded of ['per-line', 'per-category'])
      expect(
        totals({ ...plain, tax: { ...tax, rounded }, lines: [of('standard', 'levy'), of('levy')] }),
      ).toMatchObject({ 'standard.tax': '2', 'levy.taxable': '20', 'levy.tax': '2.2', due: '24.2' })
  })

  test('has the figures that the reference names, and no others', () => {
    const payable = { to: '0.05', mode: 'half-up' }
    const accounting = { currency: 'SEK', rate: '11.25' }
    const all = (['per-line', 'per-invoice'] as const).flatMap((rounded) =>
      Object.keys(totals({ ...plain, payable, accounting, tax: { ...plain.tax, rounded } })),
    )
    const general = (figure: string) =>
      figure.replace(/^line_\d+/, 'line_{}').replace(/^(standard|low)\./, '{}.')
    expect(new Set(all.map(general))).toEqual(new Set(Object.keys(invoiceFigures)))
  })

  test.for([
    [
      { lines: [{ quantity: '1', price: '1', tax: 'high' }] },
      'name_unknown',
      '/invoice/lines/0/tax',
    ],
    [{ allowances: [{ tax: 'low' }] }, 'word_missing', '/invoice/allowances/0'],
    [{ charges: [{ share: '5%', tax: 'low' }] }, 'word_missing', '/invoice/charges/0'],
    ...(
      [
        [{ amount: '5', share: '10%' }, ''],
        [{ amount: '5', of: '100' }, ''],
        [{ amount: '5', share: '10%', of: '100' }, ''],
        [{ amount: '4.005' }, '/amount'],
      ] as const
    ).map(
      ([deduction, at]) =>
        [
          { allowances: [{ tax: 'low', ...deduction }] },
          at === '' ? 'words_exclude_each_other' : 'value_misshapen',
          `/invoice/allowances/0${at}`,
        ] as const,
    ),
    [
      { lines: [{ quantity: '1', price: '1.005', tax: 'low', allowances: ['0.10', '0.333'] }] },
      'value_misshapen',
      '/invoice/lines/0/allowances/1',
    ],
    [{ prepaid: '0.001' }, 'value_misshapen', '/invoice/prepaid'],
    [{ 'credit-notes': '0.001' }, 'value_misshapen', '/invoice/credit-notes'],
    ...['0', '-1'].map(
      (per) =>
        [
          { lines: [{ quantity: '1', price: '1', per, tax: 'low' }] },
          'value_misshapen',
          '/lines/0/per',
        ] as const,
    ),
    ...(
      [
        [{ rounded: 'per-invoice', rounding: plain.rounding }, 'word_without_effect', 'rounding'],
        [{ total: plain.rounding }, 'word_without_effect', 'total'],
        [{ total: { to: '0.005', mode: 'down' } }, 'value_misshapen', 'total/to'],
        [taxes({ line_1: { rate: '7%' } }), 'name_reserved', 'categories/line_1'],
      ] as const
    ).map(
      ([tax, fault, at]) =>
        [{ tax: { ...plain.tax, ...tax } }, fault, `/invoice/tax/${at}`] as const,
    ),
    [{ currency: 'ZZZ' }, 'value_misshapen', '/currency'],
    [{ 'rounding-amount': '0.001' }, 'value_misshapen', '/invoice/rounding-amount'],
    [
      { 'rounding-amount': '0.01', payable: plain.rounding },
      'words_exclude_each_other',
      '/invoice/rounding-amount',
    ],
    [{ lines: [{ quantity: '1', tax: 'low' }] }, 'word_missing', '/invoice/lines/0'],
    [
      { lines: [{ quantity: '1', price: '1', 'gross-price': '2', tax: 'low' }] },
      'words_exclude_each_other',
      '/invoice/lines/0',
    ],
    [
      { lines: [{ quantity: '1', price: '1', 'price-discount': '0.50', tax: 'low' }] },
      'word_without_effect',
      '/invoice/lines/0/price-discount',
    ],
    [
      { tax: taxes({ low: { rate: '7%', on: 'standart' } }) },
      'name_unknown',
      '/invoice/tax/categories/low/on',
    ],
    [
      { tax: taxes({ low: { rate: '7%', on: ['standard', 'standard'] } }) },
      'name_doubled',
      '/tax/categories/low/on/1',
    ],
    [
      { allowances: [{ amount: '1.00', tax: ['low', 'standard'] }] },
      'words_exclude_each_other',
      '/invoice/allowances/0/tax',
    ],
    [
      { lines: [{ quantity: '1', price: '1', tax: ['low', 'standard', 'low'] }] },
      'name_doubled',
      '/lines/0/tax/2',
    ],
    [
      { tax: taxes({ low: { rate: '7%', on: 'low' } }) },
      'names_in_a_circle',
      '/invoice/tax/categories/low/on',
    ],
    [
      { tax: { ...taxes({ low: { rate: '7%', on: 'standard' } }), included: 'yes' } },
      'words_exclude_each_other',
      '/invoice/tax/categories/low/on',
    ],
    [
      {
        tax: { ...plain.tax, included: 'yes' },
        lines: [{ quantity: '1', price: '1', tax: ['low', 'standard'] }],
      },
      'words_exclude_each_other',
      '/invoice/lines/0/tax',
    ],
    [{ lines: internal.lines }, 'word_missing', '/invoice/lines/0'],
    [{ allowances: [{ amount: '5' }] }, 'word_missing', '/invoice/allowances/0'],
  ] as const)('refuses %j', ([change, name, pointer]) => {
    const faults = new Faults()
    const invoice = checked(InvoiceWords, { ...plain, ...change }, faults)
    if (invoice) checkInvoice(invoice, faults)
    expect(faults.list).toMatchObject([{ name, pointer }])
  })
})

describe('R050 internal charges', () => {
  test.for([
    [{}, []],
    [{ internal: undefined }, [['word_missing', '/invoice']]],
    [
      { tax: plain.tax, lines: plain.lines },
      [
        ['words_exclude_each_other', '/invoice'],
        ['words_exclude_each_other', '/invoice/lines/0/tax'],
      ],
    ],
    [{ lines: plain.lines }, [['words_exclude_each_other', '/invoice/lines/0/tax']]],
    [
      { accounting: { currency: 'SEK', rate: '11.25' } },
      [['word_without_effect', '/invoice/accounting']],
    ],
    [
      { charges: [{ amount: '5.00', tax: 'low' }] },
      [['words_exclude_each_other', '/invoice/charges/0/tax']],
    ],
  ] as const)('with %j have the faults %j', ([change, expected]) => {
    const faults = new Faults()
    const written = Object.fromEntries(
      Object.entries({ ...internal, ...change }).filter(([, value]) => value !== undefined),
    )
    const invoice = checked(InvoiceWords, written as PlainMap, faults)
    if (invoice) checkInvoice(invoice, faults)
    expect(faults.list.map(({ name, pointer }) => [name, pointer])).toEqual(expected)
  })
})

describe('a case of an invoice', () => {
  test('fails where a figure differs, and names the figures where there is none of that name', () => {
    const asks = [
      { value: 'due', is: '12.00' },
      { value: 'due', is: '13.00' },
      { value: 'vat', is: '2.00' },
    ]
    const { results } = runInvoiceCase({ case: 'one line', invoice: plain, asks })
    expect(results.map(({ passed }) => passed)).toEqual([true, false, false])
    expect(results[1]?.words).toContain('expected 13.00, got 12')
    expect(results[2]?.words).toContain('tax_inclusive')
  })

  test('is refused where it expects nothing or says a word that is none', () => {
    const named = (one: object) =>
      runInvoiceCase({ case: 'one', invoice: plain, ...one } as never).faults.map(
        ({ name }) => name,
      )
    expect(named({ asks: [{ value: 'due' }] })).toEqual(['word_missing'])
    expect(named({ asks: [{ value: 'due', is: '1' }], invoiec: 'x' })).toEqual(['word_unknown'])
  })
})
