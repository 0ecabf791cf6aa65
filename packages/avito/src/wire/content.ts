import { z } from 'zod';
import { optional, optionalText } from './fields.ts';

/** A message's content as Avito sent it: one key per type, e.g. `{"text":"…"}` or `{"voice":{"voice_id":"…"}}`. */
export type MessageContent = Record<string, unknown>;

export const contentField = optional(z.record(z.string(), z.unknown())).transform(
  (content): MessageContent => content ?? {},
);

const texts = z.object({
  text: optionalText,
  link: optional(z.object({ text: optionalText, url: optionalText })),
  item: optional(z.object({ title: optionalText, price_string: optionalText })),
  location: optional(z.object({ title: optionalText, text: optionalText })),
  flow_id: optionalText,
});

/** What a person would read in the message, whatever its type; null when there is nothing to read (image, voice, call). */
export function textOf(content: MessageContent): string | null {
  const { data } = texts.safeParse(content);
  if (data === undefined) return null;
  const { text, link, item, location } = data;
  const found =
    text ??
    link?.text ??
    link?.url ??
    (item && [item.title, item.price_string].filter(Boolean).join(', ')) ??
    location?.text ??
    location?.title ??
    null;
  const readable = found === null ? '' : normalizeSpaces(found);
  return readable === '' ? null : readable;
}

/** The flow of Avito's chat-bot that wrote the message; null for messages of people. */
export const flowIdOf = (content: MessageContent): string | null =>
  texts.safeParse(content).data?.flow_id || null;

/** Plain spaces instead of Avito's no-break ones, so that prices can be found and compared. Line breaks stay. */
export const normalizeSpaces = (text: string) => text.replaceAll(/[\u00A0\u2007\u2009\u202F]/g, ' ').trim();
