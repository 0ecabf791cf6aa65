import type { Answer } from '@avito-autoreply/rag';

type Usage = Answer['usage'];

/** What an answer cost together with what was paid for hearing and looking at what the buyer sent. */
export function withMediaCalls(usage: Usage, calls: Usage['calls']): Usage {
  const total = (of: (call: Usage['calls'][number]) => number) =>
    calls.reduce((sum, call) => sum + of(call), 0);
  return {
    ...usage,
    inputTokens: usage.inputTokens + total((call) => call.usage.inputTokens),
    outputTokens: usage.outputTokens + total((call) => call.usage.outputTokens),
    calls: [...calls, ...usage.calls],
    cost:
      usage.cost === null || calls.some(({ cost }) => cost === null)
        ? null
        : usage.cost + total(({ cost }) => cost ?? 0),
  };
}
