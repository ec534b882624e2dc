import type { World } from '../world/world.ts'

/** Ids, titles, suppliers and costs of every resource, and ids and titles of what the group may not see. */
export function secretsOf(world: World, group: string): string[] {
  const resources = [...world.resources.values()].flatMap(({ words }) => [
    words.id,
    words.title,
    ...(words.supplier === undefined
      ? []
      : [words.supplier, world.organisations.get(words.supplier)?.words.title ?? '']),
    ...(words.cost === undefined ? [] : [words.cost.amount.shown(2)]),
  ])
  const hidden = [...world.products.values()].flatMap(({ words }) =>
    words.components
      .filter(
        (one) =>
          one['visible-to'] === 'nobody' ||
          (one['visible-to'] !== 'everybody' && !one['visible-to'].includes(group)),
      )
      .flatMap(({ id, title }) => [id, title]),
  )
  // What the offering itself shows, and a subject that the recorded facts name, is no secret between the two.
  const shown = [
    ...[...world.offerings.values()].flatMap(({ words }) =>
      (words.components ?? []).map(({ title }) => title?.toLowerCase()),
    ),
    ...[...world.agreements.values()].flatMap(({ facts }) => facts.map(({ about }) => about)),
  ]
  return [...new Set([...resources, ...hidden])].filter(
    (secret) => secret !== '' && !shown.includes(secret.toLowerCase()),
  )
}
