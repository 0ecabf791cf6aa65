import { AppError } from '@avito-autoreply/runtime';
import type { ChatModel, Embedder } from '../ports.ts';

export const unavailable = () =>
  new AppError('no model today', { code: 'model.unavailable', isRetryable: true });

/** Vectors by the letters of a text: the same letters point the same way. */
export function letterVector(text: string): number[] {
  const vector = Array.from({ length: 32 }, () => 0.01);
  for (const letter of text.toLowerCase().match(/[а-я]/g) ?? []) {
    const place = letter.charCodeAt(0) - 'а'.charCodeAt(0);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}

/** An embedder that counts its calls; `failures` calls fail before it works. */
export function createFakeEmbedder({
  model = 'letters',
  maxBatchSize = 3,
  failures = 0,
}: { model?: string; maxBatchSize?: number; failures?: number } = {}) {
  const calls: string[][] = [];
  let failuresLeft = failures;
  const embedder: Embedder = {
    spaceKey: `${model}|native|none`,
    model,
    maxBatchSize,
    embed: async ({ texts }) => {
      calls.push([...texts]);
      if (failuresLeft > 0) {
        failuresLeft -= 1;
        throw unavailable();
      }
      return { vectors: texts.map(letterVector), tokens: texts.length };
    },
  };
  return { embedder, calls };
}

/** A chat model that says what it is told to say, in turn and then the last for ever, and keeps what it was asked. */
export function createFakeChatModel(...answers: readonly (string | Error)[]) {
  const prompts: string[] = [];
  const chatModel: ChatModel = {
    model: 'fake-chat',
    complete: async ({ messages }) => {
      const answer = answers.at(Math.min(prompts.length, answers.length - 1)) ?? '';
      prompts.push(messages.map(({ content }) => content).join('\n'));
      if (answer instanceof Error) throw answer;
      return { text: answer, usage: { inputTokens: 100, outputTokens: 20 } };
    },
  };
  return { chatModel, prompts };
}
