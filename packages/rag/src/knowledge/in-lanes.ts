/**
 * Works on several batches at once, each lane taking the next as it becomes free. After a failure no lane takes another;
 * it is thrown once nothing is left running.
 */
export async function inLanes<Batch>(
  { batches, lanes }: { batches: AsyncGenerator<Batch>; lanes: number },
  work: (batch: Batch) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const lane = async () => {
    // Leaving the loop by an error ends the batches for all lanes.
    for await (const batch of batches) await work(batch);
  };
  await Promise.all(
    Array.from({ length: lanes }, () => lane().catch((error: unknown) => failures.push(error))),
  );
  if (failures.length > 0) throw failures[0];
}
