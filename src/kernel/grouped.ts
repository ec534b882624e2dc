/**
 * Those of a list that go by a key, in its order. What an answer keeps does not change, so each list is put in groups
 * once: looked through for each of a thousand orders it would be looked through a thousand times.
 */
export function grouped<Item extends object>(
  list: readonly Item[],
  {
    by,
    of,
    key,
  }: { readonly by: string; readonly of: (item: Item) => unknown; readonly key: unknown },
): readonly Item[] {
  const known = groups.get(list) ?? new Map<string, Groups>()
  groups.set(list, known)
  const own = known.get(by) ?? Map.groupBy(list, of)
  known.set(by, own)
  return (own.get(key) ?? []) as readonly Item[]
}

type Groups = ReadonlyMap<unknown, readonly object[]>
const groups = new WeakMap<readonly object[], Map<string, Groups>>()
