import { createHash } from 'node:crypto';
import { CORRECTION_INSTRUCTIONS } from './correction.ts';
import { answerSchema, INSTRUCTIONS } from './prompt.ts';
import { REWRITE_INSTRUCTIONS } from './rewrite-question.ts';

/** Names what the models are told by us: stored with each answer, so that answers of two versions can be told apart. */
export const PROMPT_VERSION = createHash('sha256')
  .update(JSON.stringify([INSTRUCTIONS, answerSchema, REWRITE_INSTRUCTIONS, CORRECTION_INSTRUCTIONS]))
  .digest('hex')
  .slice(0, 12);
