import { describe, expect, test } from 'vitest'
import { offeringOf, soFarOf } from '../agreement/so-far.test-support.ts'
import type { PlainMap } from '../contract/document/document.ts'
import { moversOf, speaks } from './moving.ts'

/** Of which things a fact speaks: those alone are compared with their contract once it is recorded. */

function robes(changed: { readonly facts?: object; readonly terms?: PlainMap } = {}) {
  const hotel = JSON.parse(offeringOf('hotel'))
  const document = JSON.stringify({
    ...hotel,
    facts: { ...hotel.facts, bought: { shape: 'event' }, fire: { shape: 'event' } },
    terms: { ...hotel.terms, ...changed.terms },
  })
  const period = ['2026-05-12T15:00', '2026-05-15T13:00'] as const
  const { agreement } = soFarOf({ document, period, now: '2026-05-14T18:00' })
  const movers = moversOf(agreement, 'robe')
  return (kind: string, about?: string) => {
    const facts = [[kind, { at: '2026-05-13T09:00', ...(about && { about, component: 'robe' }) }]]
    const { placed } = soFarOf({
      ...{ document, period, now: '2026-05-14T18:00' },
      facts: facts as [string, PlainMap][],
    })
    const [one] = placed
    if (!one) throw new Error('no fact')
    return speaks(movers, one.fact, { component: 'robe', tag: 'robe_1' })
  }
}

describe('of a robe speaks', () => {
  test.for<[boolean, string, string?]>([
    [true, 'granted', 'robe_1'],
    [false, 'granted', 'robe_2'],
    [true, 'granted'],
    [false, 'used'],
    [false, 'checked_out'],
    [false, 'requested', 'fan'],
    // Days are counted since it was kept.
    [true, 'kept', 'robe_2'],
  ])('%s: %s about %s', ([is, kind, about]) => {
    expect(robes()(kind, about)).toBe(is)
  })

  test('what ends the agreement, whatever it is about', () => {
    const terms = { all_over: { transition: { of: 'agreement', on: ['fire'], right: 'ended' } } }
    expect(robes()('fire', 'robe_2')).toBe(false)
    expect(robes({ terms })('fire', 'robe_2')).toBe(true)
  })

  test('everything, where a deadline passes it too', () => {
    const terms = {
      robe_gone: {
        transition: {
          ...{ of: 'robe', on: ['bought'], title: 'consumer' },
          'takes-effect': { within: '1 day', ends: 'at-the-hour' },
        },
      },
    }
    expect(robes()('used')).toBe(false)
    expect(robes({ terms })('used')).toBe(true)
  })
})
