import { AppError } from '@avito-autoreply/runtime';
import type { TokenUsage } from '../ports.ts';

/** A model answered, and nobody can use what it said; its tokens are spent all the same. */
export class UnusableAnswerError extends AppError {
  readonly usage: TokenUsage;

  constructor(message: string, usage: TokenUsage) {
    super(message, { code: 'model.bad-answer' });
    this.usage = usage;
  }
}

export const noUsage: TokenUsage = { inputTokens: 0, outputTokens: 0 };

/** What a call is known to have used that ended in this error. */
export const usageOfFailure = (error: unknown): TokenUsage =>
  error instanceof UnusableAnswerError ? error.usage : noUsage;

/** Whether a call that failed so may be on the bill: the model was at work. Of the others nothing was ever answered. */
export const mayHaveCost = (code: string): boolean => ['model.timeout', 'model.bad-answer'].includes(code);
