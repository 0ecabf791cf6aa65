import { z } from 'zod';
import { answerHonestly } from './honest-answer.ts';
import { inventing, obeying } from './misbehaviour.ts';
import { type ChatMessage, readPrompt } from './prompt-reader.ts';
import type { Switches } from '../switches.ts';
import { fillSchema } from './schema-filler.ts';

const contentPart = z.looseObject({ type: z.string(), text: z.string().optional() });

/** What of a chat completion request we use; tools and sampling are ignored. */
export const completionRequest = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.looseObject({
        role: z.string(),
        content: z.union([z.string(), z.array(contentPart), z.null()]).optional(),
      }),
    )
    .min(1),
  stream: z.boolean().nullish(),
  response_format: z
    .union([
      z.looseObject({ type: z.literal('json_schema'), json_schema: z.looseObject({ schema: z.unknown() }) }),
      z.looseObject({ type: z.enum(['json_object', 'text']) }),
    ])
    .nullish(),
});
type Manners = Switches['modelMode'];

const misbehaviours: Partial<Record<Manners, typeof inventing>> = { inventing, obeying };

export type CompletionRequest = z.infer<typeof completionRequest>;

/** The text of all messages; parts other than text are left out. */
export function messagesOf(request: CompletionRequest): ChatMessage[] {
  return request.messages.map(({ role, content }) => ({
    role,
    content: Array.isArray(content) ? content.map((part) => part.text ?? '').join('\n') : (content ?? ''),
  }));
}

/** Of every picture: the model sees nothing. */
const ON_IMAGE = 'На фото смартфон с треснувшим экраном.';

const showsImage = ({ messages }: CompletionRequest): boolean =>
  messages.some(({ content }) => Array.isArray(content) && content.some(({ type }) => type === 'image_url'));

/** The content of an answer, honest or not, in the form that the request asks for. */
export function answerContent(request: CompletionRequest, manners: Manners): string {
  if (showsImage(request)) return ON_IMAGE;
  const messages = messagesOf(request);
  const prompt = readPrompt(messages);
  const { passages, question, answerTags } = prompt;
  const instructions = messages.find(({ role }) => role === 'system' || role === 'developer')?.content ?? '';
  const known = answerHonestly({ question, passages });
  const said = misbehaviours[manners]?.({ honest: known, prompt, instructions }) ?? known;
  const format = request.response_format;
  if (format?.type === 'json_schema') {
    return JSON.stringify(fillSchema({ schema: format.json_schema.schema, facts: { ...said, question } }));
  }
  const { answer, sources, action, reason } = said;
  if (format?.type === 'json_object') return JSON.stringify({ answer, sources, action, reason });
  if (!answerTags.includes('answer')) return answer;
  const fields: Record<string, string> = {
    answer,
    sources: sources.join(', '),
    action,
    reason: reason ?? '',
  };
  return answerTags.map((tag) => `<${tag}>${fields[tag]}</${tag}>`).join('\n');
}
