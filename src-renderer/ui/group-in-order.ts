/** Items by key, keys in the order in which they first come. */
export function groupInOrder<T>(items: readonly T[], keyOf: (item: T) => string): readonly { readonly key: string; readonly items: readonly T[] }[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups].map(([key, grouped]) => ({ key, items: grouped }));
}
