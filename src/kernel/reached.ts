/** These, and all that each of them leads to in turn, each once; whoever stops looking goes no further. */
export function* reached<Item>(
  from: Iterable<Item>,
  next: (item: Item) => Iterable<Item>,
): Generator<Item, void> {
  const found = new Set(from)
  // What is added on the way is gone through as well.
  for (const item of found) {
    yield item
    for (const one of next(item)) found.add(one)
  }
}
