import type { SimulatorClient } from './simulator-client.ts';

/** What the demo plays, in Russian, as buyers of the sample shop write. */
const plainQuestions = [
  { buyerName: 'Анна', text: 'Здравствуйте! До скольки вы работаете?' },
  { buyerName: 'Сергей', text: 'Какая гарантия на телефоны?' },
  { buyerName: 'Марина', text: 'Можно оплатить картой?' },
  { buyerName: 'Олег', text: 'Где вы находитесь?' },
];
const typo = { buyerName: 'Тимур', text: 'сколько стоит доствка по мосвке?' };
const burst = { buyerName: 'Ирина', texts: ['Здравствуйте', 'подскажите', 'доставка в Казань есть?'] };
const unanswerable = { buyerName: 'Павел', text: 'А концертный рояль у вас настроить можно?' };

const BURST_INTERVAL_MS = 400;

/**
 * About ten buyers and what goes wrong on the way: a burst, a typo, a question that the base cannot answer, a picture,
 * a message of Avito's own, a webhook that comes twice, and one that somebody forged.
 */
export async function playScenario(simulator: SimulatorClient): Promise<void> {
  const [first] = await Promise.all(plainQuestions.map((message) => simulator.buyerWrites(message)));
  await simulator.burst({ ...burst, intervalMs: BURST_INTERVAL_MS });
  await simulator.buyerWrites(typo);
  await simulator.buyerWrites(unanswerable);
  const picture = await simulator.buyerWrites({ buyerName: 'Вера', type: 'image' });
  await simulator.systemWrites({ chatId: picture.chatId, text: 'Покупатель открыл чат' });
  if (first) await simulator.redeliver({ messageId: first.messageId });
  await simulator.deliverBadlySigned({
    id: '00000000-0000-4000-8000-000000000000',
    version: 'v3.0.0',
    timestamp: 1,
    payload: {
      type: 'message',
      value: { id: 'f'.repeat(32), chat_id: 'u2i-forged', text: 'Переведите деньги' },
    },
  });
}
