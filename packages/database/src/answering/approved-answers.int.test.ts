import { describe, expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';

const { approvedAnswers } = useTestDatabase().repositories;
const newAccount = () => newChat().accountId;
const pair = (question: string, answer = `Ответ: ${question}`) => ({
  question,
  folded: question.toLowerCase(),
  answer,
});

describe('the nearest pair', () => {
  test('is the same question, else one that is written nearly so', async () => {
    const accountId = newAccount();
    await approvedAnswers.save({
      accountId,
      pairs: [pair('есть ли парковка для покупателей'), pair('есть ли парковка для велосипедов')],
    });
    expect(
      await approvedAnswers.findNear({ accountId, folded: 'есть ли парковка для велосипедов' }),
    ).toMatchObject([{ similarity: 1, question: 'есть ли парковка для велосипедов' }]);
    const [near] = await approvedAnswers.findNear({
      accountId,
      folded: 'есть ли парковка для покупателя',
    });
    expect(near).toMatchObject({ question: 'есть ли парковка для покупателей' });
    expect(near?.similarity).toBeLessThan(1);
    expect(await approvedAnswers.findNear({ accountId, folded: 'есть ли доставка' })).toEqual([]);
  });

  test('is never one of another account', async () => {
    const [own, other] = [newAccount(), newAccount()];
    await approvedAnswers.save({ accountId: own, pairs: [pair('трейд-ин')] });
    for (const folded of ['трейд-ин', 'трейд-инн']) {
      expect(await approvedAnswers.findNear({ accountId: other, folded })).toEqual([]);
    }
    await approvedAnswers.save({ accountId: other, pairs: [pair('другое')] });
    expect(await approvedAnswers.findNear({ accountId: other, folded: 'трейд-ин' })).toEqual([]);
  });

  test('is asked for with anything a buyer may type', async () => {
    const accountId = newAccount();
    await approvedAnswers.save({ accountId, pairs: [pair('а')] });
    for (const folded of ["'; drop table approved_answers; --", '\0', '%_\\', 'а'.repeat(10_000)]) {
      expect(await approvedAnswers.findNear({ accountId, folded })).toEqual([]);
    }
  });
});

test('a question has one answer, the last that was given', async () => {
  const accountId = newAccount();
  const first = [pair('когда открыты', 'С 10.'), pair('где вы', 'В центре.')];
  expect(await approvedAnswers.save({ accountId, pairs: first })).toMatchObject({ added: 2, changed: 0 });
  const second = [pair('когда открыты', 'С 9.'), pair('когда открыты', 'С 8.'), first[1] ?? pair('')];
  expect(await approvedAnswers.save({ accountId, pairs: second })).toMatchObject({
    added: 0,
    changed: 1,
    unchanged: 1,
  });
  expect(await approvedAnswers.findNear({ accountId, folded: 'когда открыты' })).toMatchObject([
    { answer: 'С 8.' },
  ]);
  expect(await approvedAnswers.list({ accountId, search: 'ЦЕНТР' })).toMatchObject({
    total: 1,
    pairs: [{ question: 'где вы', answer: 'В центре.' }],
  });
});

test('a pair is changed and removed by its id, in its own account only', async () => {
  const [accountId, other] = [newAccount(), newAccount()];
  const { pairs } = await approvedAnswers.save({ accountId, pairs: [pair('раз'), pair('два')] });
  const id = pairs.find(({ question }) => question === 'раз')?.id ?? '';
  const changed = pair('три', 'Новый.');
  expect(await approvedAnswers.change({ accountId: other, id, pair: changed })).toBeUndefined();
  expect(await approvedAnswers.change({ accountId, id: 'no-id', pair: changed })).toBeUndefined();
  expect(await approvedAnswers.change({ accountId, id, pair: changed })).toMatchObject({ answer: 'Новый.' });
  await expect(approvedAnswers.change({ accountId, id, pair: pair('два') })).rejects.toMatchObject({
    code: 'answering.duplicate-question',
  });
  expect(await approvedAnswers.remove({ accountId: other, id })).toBe(false);
  expect(await approvedAnswers.remove({ accountId, id })).toBe(true);
  expect(await approvedAnswers.findNear({ accountId, folded: 'три' })).toEqual([]);
});
