import { expect, test } from 'vitest';
import { createLedger } from './ledger.ts';
import type { BuyerMessageRecord, LedgerEntry, SendRecord } from './records.ts';

const buyerMessage = (chatId: string, at: number): BuyerMessageRecord => ({
  at,
  accountId: 1,
  chatId,
  messageId: `in-${chatId}-${at}`,
  type: 'text',
});
const send = (chatId: string, at: number): SendRecord => ({
  at,
  accountId: 1,
  chatId,
  messageId: `out-${chatId}-${at}`,
  text: `answer ${at}`,
  by: 'api',
});

test('counts per state, over chats and within one', () => {
  const ledger = createLedger();
  ledger.addBuyerMessage(buyerMessage('a', 1));
  ledger.addSend(send('a', 2));
  ledger.addSend(send('a', 3));
  ledger.addBuyerMessage(buyerMessage('b', 4));
  expect(ledger.summary().answers).toEqual({ once: 0, twice: 1, unanswered: 1, operator: 0 });
  expect(ledger.summary({ chatId: 'b' })).toMatchObject({ buyerMessages: 1, sends: 0 });
  expect(ledger.unansweredCount()).toBe(1);
});

test('a listener hears entries until it leaves', () => {
  const ledger = createLedger();
  const heard: LedgerEntry['kind'][] = [];
  const leave = ledger.subscribe(({ kind }) => heard.push(kind));
  ledger.addBuyerMessage(buyerMessage('a', 1));
  leave();
  ledger.addSend(send('a', 2));
  expect(heard).toEqual(['buyer-message']);
});

test('a cleared ledger is empty', () => {
  const ledger = createLedger();
  ledger.addBuyerMessage(buyerMessage('a', 1));
  ledger.clear();
  expect(ledger.summary()).toMatchObject({ buyerMessages: 0, sends: 0, deliveries: 0, requests: 0 });
  expect(ledger.unansweredCount()).toBe(0);
});
