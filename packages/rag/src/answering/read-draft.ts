import { replaceEnclosed } from '../text/enclosed.ts';
import { z } from 'zod';
import { toPlainText } from './plain-text.ts';

export type Draft = {
  answer: string;
  /** Numbers of passages; 0 is the listing. Not yet clamped to what the model was given. Undefined: plain text that names none. */
  sources: number[] | undefined;
  action: 'answer' | 'handoff';
};

// Tolerant: models write "1", "[1]" or 1, leave fields out, and invent actions.
const draftSchema = z.object({
  answer: z.string(),
  sources: z.array(z.union([z.number(), z.string()])).catch([]),
  action: z.string().catch('answer'),
});

/** The gate lets a third of it through: a longer one is no answer, and not worth finding the sources of. */
const LONGEST_ANSWER = 10_000;

const HAS_WORDS = /[\p{L}\p{N}]/u;
/** The form that the model was to fill in, where it was cut off, or filled in twice. */
const IS_FRAME = /"(?:answer|sources|action)"\s*:/;

/**
 * Reads what a model wrote: JSON, JSON in prose or in a code fence, tagged text, or plain text with [1] marks.
 * Reasoning tags are taken out first. Undefined when there is no answer in it, which is a failure.
 */
export function readDraft(text: string): Draft | undefined {
  const body = withoutReasoning(text);
  const draft = readJson(body) ?? readTags(body) ?? readPlain(body);
  const plain = toPlainText(draft.answer);
  const answer = HAS_WORDS.test(plain) && !IS_FRAME.test(plain) ? plain : '';
  if (plain.length > LONGEST_ANSWER) return undefined;
  return answer === '' && draft.action === 'answer' ? undefined : { ...draft, answer };
}

function withoutReasoning(text: string): string {
  return replaceEnclosed({
    text,
    opening: /<(think|thinking|reasoning|analysis)>/gi,
    closing: ([, tag = '']) => new RegExp(`</${tag.toLowerCase()}>`, 'gi'),
    replacement: () => '',
  })
    .replace(/^[\s\S]*<\/(think|thinking|reasoning|analysis)>/i, '')
    .replace(/<(think|thinking|reasoning|analysis)>[\s\S]*$/i, '')
    .trim();
}

/** Each reads the whole text: prose behind an answer has a few braces, what has thousands is none. */
const MOST_TRIES = 50;

function readJson(text: string): Draft | undefined {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  // The last closing brace first: most texts are one object, perhaps with prose around it.
  let tries = MOST_TRIES;
  for (let end = text.lastIndexOf('}'); end > start && tries > 0; end = text.lastIndexOf('}', end - 1)) {
    tries -= 1;
    const parsed = draftSchema.safeParse(parseJson(text.slice(start, end + 1)));
    if (parsed.success) {
      const { answer, sources, action } = parsed.data;
      return { answer, sources: sources.flatMap(sourceNumber), action: toAction(action) };
    }
  }
  return undefined;
}

// Line breaks inside of strings and commas before a closing bracket, as models write them.
const repaired = (text: string) => text.replaceAll(/[\r\n\t]+/g, ' ').replaceAll(/,(?=\s*[}\]])/g, '');

function parseJson(text: string): unknown {
  for (const candidate of [text, repaired(text)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next one, or none.
    }
  }
  return undefined;
}

function readTags(text: string): Draft | undefined {
  // Where nothing closes the first, nothing closes another.
  const tagged = (tag: string) => {
    const opened = new RegExp(`<${tag}>`, 'i').exec(text);
    const inner = opened === null ? '' : text.slice(opened.index + opened[0].length);
    const end = inner.search(new RegExp(`</${tag}>`, 'i'));
    return end < 0 ? undefined : inner.slice(0, end).trim();
  };
  const answer = tagged('answer');
  if (answer === undefined) return undefined;
  const sources = (tagged('sources') ?? '').match(/\d+/g) ?? [];
  return { answer, sources: sources.map(Number), action: toAction(tagged('action') ?? 'answer') };
}

function readPlain(text: string): Draft {
  // Text that began as JSON and never ended is a broken answer, not a plain one.
  const answer = text.startsWith('{') || text.startsWith('```json') ? '' : text;
  const marks = [...answer.matchAll(/\[(\d{1,2})\]/g)].map((match) => Number(match[1]));
  return {
    answer: answer.replaceAll(/\s?\[\d{1,2}\]/g, ''),
    sources: marks.length === 0 ? undefined : [...new Set(marks)],
    action: 'answer',
  };
}

function sourceNumber(value: number | string): number[] {
  const number = typeof value === 'number' ? value : Number(/\d+/.exec(value)?.[0] ?? Number.NaN);
  return Number.isInteger(number) ? [number] : [];
}

function toAction(action: string): Draft['action'] {
  return /hand|human|escalat|operator/i.test(action) ? 'handoff' : 'answer';
}
