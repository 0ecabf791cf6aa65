/**
 * Lets what is asked for in one turn of the event loop be done together: a batch under load, one at once when nothing
 * else comes. There is no timer, so nobody waits for company. `run` returns one promise for each item and never throws.
 */
export function perTurn<Item, Result>(
  run: (items: readonly Item[]) => readonly Promise<Result>[],
): (item: Item) => Promise<Result> {
  const waiting: { item: Item; resolve: (result: Promise<Result>) => void }[] = [];
  const endTurn = (): void => {
    const batch = waiting.splice(0);
    const results = run(batch.map(({ item }) => item));
    for (const [index, result] of results.entries()) batch[index]?.resolve(result);
  };
  return (item) =>
    new Promise((resolve) => {
      if (waiting.push({ item, resolve }) === 1) setImmediate(endTurn);
    });
}
