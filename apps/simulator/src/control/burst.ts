import type { Sleep } from '@avito-autoreply/runtime';
import type { Burst, BuyerMessage } from './inputs.ts';

type BurstDeps<Written> = {
  write: (message: BuyerMessage) => Promise<Written>;
  sleep: Sleep;
  signal: AbortSignal;
};

/** Several messages of one chat, or of as many new chats as there are buyers, side by side. */
export async function writeBurst<Written extends { chatId: string }>(
  { texts, buyers = 1, intervalMs = 0, staggerMs = 0, ...choice }: Burst,
  { write, sleep, signal }: BurstDeps<Written>,
): Promise<Written[]> {
  const oneBuyer = async (index: number): Promise<Written[]> => {
    if (staggerMs > 0) await sleep(index * staggerMs, { signal });
    const written: Written[] = [];
    for (const [position, text] of texts.entries()) {
      if (position > 0 && intervalMs > 0) await sleep(intervalMs, { signal });
      const chatId = written[0]?.chatId;
      written.push(await write(chatId === undefined ? { ...choice, text } : { chatId, text }));
    }
    return written;
  };
  const all = await Promise.all(Array.from({ length: buyers }, (_none, index) => oneBuyer(index)));
  return all.flat();
}
