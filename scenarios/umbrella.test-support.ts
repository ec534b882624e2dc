import { join } from 'node:path'
import { expect } from 'vitest'
import type { Database } from '../src/platform/database/database.ts'
import { readFiles } from '../src/platform/files.ts'

/** The city stay as version 4: it lends one of three umbrellas too, cheaper than a robe to keep. */
export const withUmbrellas = () =>
  readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000).files.map(
    ({ file, text }) => ({
      file,
      text: text
        .replace(
          '  - { action: front_desk,',
          `  - access: umbrella
    of: city_room.umbrella
    title: umbrella
    for: guest
    serialised: yes
    terms:
      umbrella_lent:
        transition: { on: granted, custody: consumer }
      umbrella_kept:
        transition: { on: [ kept, missing ], title: consumer, custody: consumer, right: ended }
        survives: end
      umbrella_price:
        charge: { each: umbrella_kept, amount: 18.00 }
        survives: end
      umbrella_handed_in:
        transition: { on: returned, custody: provider }
        survives: end
  - { action: front_desk,`,
        )
        .replace(
          '  - { id: welcome_kit,',
          '  - { id: umbrella, title: Umbrella, resources: [ { resource: umbrellas } ], visible-to: everybody }\n  - { id: welcome_kit,',
        )
        .replace(
          'kind: resource\nid: bathrobes',
          `kind: resource
id: umbrellas
title: Umbrellas
owner: meridian_hotels
dimension: information-and-technology
stock: 3
---
kind: resource
id: bathrobes`,
        ),
    }),
  )

type Fact = {
  readonly agreement_id: string
  readonly kind: string
  readonly about: string
  readonly component?: string
  readonly at: string
}

/**
 * What is on file of things and goods, in the order of its recording, is a story that can have happened: each thing as
 * one component, given first, kept once, and never moved before it moved; each kit handed over once, and then received.
 */
export async function storiesHold({ owner }: Database): Promise<void> {
  const { rows } = await owner.query<Fact>(
    `select agreement_id, kind,
        said ->> 'about' as about,
        said ->> 'component' as component,
        said ->> 'at' as at
      from fact
      where kind in ('handed_over', 'received', 'granted', 'kept', 'missing', 'returned')
      order by recorded_at, id`,
  )
  for (const [about, told] of Map.groupBy(rows, ({ about }) => about)) {
    if (about === 'welcome_kit' || about === 'room') continue
    expect(told[0]?.kind, about).toBe('granted')
    expect(told.map(instantOf), about).toEqual(told.map(instantOf).toSorted())
    for (const own of Map.groupBy(told, ({ agreement_id }) => agreement_id).values()) {
      const components = new Set(own.flatMap(({ component }) => component ?? []))
      expect(components.size, about).toBe(1)
      const kept = own.map(({ kind }) => kind === 'kept' || kind === 'missing')
      const between = kept.filter((is, place) => is && kept[place - 1])
      expect(between, about).toEqual([])
    }
  }
  const kits = rows.filter(({ about }) => about === 'welcome_kit')
  for (const own of Map.groupBy(kits, ({ agreement_id }) => agreement_id).values()) {
    expect(own.map(({ kind }) => kind)).toEqual(['handed_over', 'received'].slice(0, own.length))
    expect(own.map(instantOf)).toEqual(own.map(instantOf).toSorted())
  }
  const { rows: tagged } = await owner.query(
    "select count(*)::int as things from item where resource_id = 'res_umbrellas'",
  )
  expect(tagged[0]?.['things']).toBeLessThanOrEqual(3)
}

const instantOf = ({ at }: Fact) => new Date(at).toISOString()
