import { silentLogger } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import type { ChatModel } from '../ports.ts';
import { createCallBound } from './call-bound.ts';
import { guardChatModel } from './guard-model.ts';

test('two chat models share one bound, and a call that waits is none of the model’s yet', async () => {
  const asked: string[] = [];
  const answers = new Map<string, () => void>();
  const bound = createCallBound(1);
  const modelOf = (model: string): ChatModel =>
    guardChatModel(
      {
        model,
        complete: async () => {
          asked.push(model);
          await new Promise<void>((resolve) => answers.set(model, resolve));
          return { text: model, usage: { inputTokens: 1, outputTokens: 1 } };
        },
      },
      { bound, logger: silentLogger },
    );
  const [first, second] = [modelOf('first'), modelOf('second')];
  const request = { messages: [], schema: { name: 'answer', schema: {} } };
  const one = first.complete(request);
  const other = second.complete(request);
  expect(asked).toEqual(['first']);
  answers.get('first')?.();
  expect(await one).toMatchObject({ text: 'first' });
  expect(asked).toEqual(['first', 'second']);
  answers.get('second')?.();
  expect(await other).toMatchObject({ text: 'second' });
});
