import type { World } from '../world/world.ts'

/** Ids, titles, suppliers and costs of every resource, and ids and titles of what the group may not see. */
export function secretsOf(world: World, group: string): string[] {
  const resources = [...world.resources.values()].flatMap(({ words }) => [
    words.id,
    words.title,
    ...(words.supplier === undefined
      ? []
      : [words.supplier, world.organisations.get(words.supplier)?.words.title ?? '']),
    ...(words.cost === undefined ? [] : [amountText(words.cost.amount)]),
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

/** As an answer would write it: with cents, and with more places where there are more. */
const amountText = (amount: { readonly text: string; shown(places: number): string }) =>
  /\.\d{3}/.test(amount.text) ? amount.text : amount.shown(2)

export const consumersOf = (world: World) =>
  [...world.relationships.values()].map(({ words }) => words.consumer)

/** A consumer's names, and those of its relationships, its agreements, and what happened under them. */
export function ownedBy(consumer: string, world: World): string[] {
  const { title = '', persons = [] } = world.organisations.get(consumer)?.words ?? {}
  const related = [...world.relationships.values()]
    .filter(({ words }) => words.consumer === consumer)
    .map(({ words }) => words.id)
  const agreements = [...world.agreements.values()].filter(({ words }) =>
    related.includes(words.relationship),
  )
  const facts = agreements.flatMap(({ written, agreement }) => {
    const { revisions } = agreement
    const offered = new Set(revisions.flatMap(({ contract }) => [...contract.definitions.keys()]))
    return written
      .flatMap(({ said }) => [String(said['id'] ?? ''), String(said['about'] ?? '')])
      .filter((name) => name.includes('_') && !offered.has(name))
  })
  const reasons = agreements.flatMap(({ words }) =>
    (words.deviations ?? []).flatMap(({ because }) => because ?? []),
  )
  return [
    ...[title, `org_${consumer}`],
    ...persons.flatMap((one) => [one.title, `per_${one.id}`]),
    ...related.map((id) => `rel_${id}`),
    ...agreements.map(({ words }) => `agr_${words.id}`),
    ...facts,
    ...reasons,
  ]
}
