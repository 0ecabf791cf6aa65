import { z } from 'zod';
import { cleanText } from '../text/normalize.ts';
import { toPlainText } from './plain-text.ts';
import type { StaticTextKind } from './static-texts.ts';
import { defaultStaticTexts } from './static-texts.ts';

export const textKinds = Object.keys(defaultStaticTexts) as [StaticTextKind, ...StaticTextKind[]];
const MAX_RULES = 50;
const line = (max: number) =>
  z
    .string('must be a text')
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`);

/** What is left of a text when it is sent; of „```“ or of invisible characters that is nothing. */
export const asSent = (text: string): string => toPlainText(cleanText(text));

const spoken = line(1_000).refine((text) => asSent(text) !== '', 'must say something beside markup');

/**
 * How answers are worded: data of the owner, versioned, not code. Operators submit it, so it is strict. None of it can
 * switch off the gate.
 */
export const answerSettingsSchema = z.strictObject({
  /** Who speaks: „консультант магазина „Спектр““. */
  persona: line(300).optional(),
  /** How: „дружелюбно, на «вы», без смайлов“. */
  tone: line(300).optional(),
  /** What the model must keep to beside its fixed rules. */
  rules: z.array(line(500)).max(MAX_RULES, `must be at most ${MAX_RULES} rules`).optional(),
  /** Prepared texts by category; the others stay as they are. An empty one is refused: silence is no answer. */
  texts: z.partialRecord(z.enum(textKinds), spoken).optional(),
  /** `mirror`: a greeting is returned; `always`: the first answer of a chat greets; `never`. */
  greeting: z.enum(['mirror', 'always', 'never']).optional(),
});

export type AnswerSettings = z.output<typeof answerSettingsSchema>;

/** The settings that hold for an account now. `version` is null while there are none of its own. */
type CurrentSettings = { version: number | null; settings: AnswerSettings };

export type SettingsOf = (account: { accountId: number }) => Promise<CurrentSettings>;

export const noSettings: SettingsOf = async () => ({ version: null, settings: {} });
