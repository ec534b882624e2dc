import { join } from 'node:path'
import { readFiles } from '../src/platform/files.ts'

const goods = `  - good: laptop
    of: city_room.laptop
    title: laptop
    serialised: yes
    terms:
      laptop_passes:
        transition: { on: received, title: consumer, custody: consumer }
      laptop_price:
        charge: { each: received, amount: 900.00 }
      laptop_back:
        transition: { on: returned, title: provider, custody: provider }
        survives: end
      laptop_refund:
        credit: { each: laptop_back, amount: 900.00 }
        survives: end
  - good: mug
    of: city_room.mug
    title: mug
    terms:
      mug_passes:
        transition: { on: received, title: consumer }
      mug_price:
        charge: { each: received, amount: 5.00 }
      mug_refund:
        credit: { each: returned, amount: 5.00 }
        survives: end
  - access: lamp
    of: city_room.lamp
    title: lamp
    for: guest
    terms:
      lamp_lent:
        transition: { on: granted, custody: consumer }
      lamp_kept:
        transition: { on: [ kept, missing ], title: consumer, custody: consumer, right: ended }
        survives: end
      lamp_price:
        charge: { each: lamp_kept, amount: 25.00 }
        survives: end
      lamp_handed_in:
        transition: { on: returned, custody: provider }
        survives: end
`
const parts = ['laptop', 'mug', 'lamp']
const madeOf = parts
  .map(
    (part) =>
      `  - { id: ${part}, title: A ${part}, resources: [ { resource: ${part}s, quantity: 1 } ], visible-to: everybody }\n`,
  )
  .join('')
const resources = parts
  .map(
    (part) => `kind: resource
id: ${part}s
title: All ${part}s
owner: meridian_hotels
dimension: information-and-technology
stock: ${part === 'mug' ? 2 : 5}
---
`,
  )
  .join('')

/**
 * The city stay as version 4: it sells laptops by their tags, two mugs without any, and lends lamps that have none. Ivy uses
 * stays of Ben’s that name her.
 */
export const withGoods = () =>
  readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000).files.map(
    ({ file, text }) => ({
      file,
      text: text
        .replace('  - { action: front_desk,', `${goods}  - { action: front_desk,`)
        .replace('  - { id: welcome_kit,', `${madeOf}  - { id: welcome_kit,`)
        .replace('kind: resource\nid: bathrobes', `${resources}kind: resource\nid: bathrobes`)
        .replace('user: [ ben_ito ]', 'user: [ ben_ito, ivy_ito ]')
        .replace(
          '  - { id: ben_ito, title: Ben Ito }',
          '  - { id: ben_ito, title: Ben Ito }\n  - { id: ivy_ito, title: Ivy Ito }',
        ),
    }),
  )
