import { z } from 'zod';
import { answerHonestly } from './honest-answer.ts';
import { type ChatMessage, readPrompt } from './prompt-reader.ts';
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
export type CompletionRequest = z.infer<typeof completionRequest>;

/** The text of all messages; parts other than text are left out. */
export function messagesOf(request: CompletionRequest): ChatMessage[] {
  return request.messages.map(({ role, content }) => ({
    role,
    content: Array.isArray(content) ? content.map((part) => part.text ?? '').join('\n') : (content ?? ''),
  }));
}

/** The content of an honest model's answer, in the form that the request asks for. */
export function honestContent(request: CompletionRequest): string {
  const { passages, question, answerTags } = readPrompt(messagesOf(request));
  const honest = answerHonestly({ question, passages });
  const format = request.response_format;
  if (format?.type === 'json_schema') {
    return JSON.stringify(fillSchema({ schema: format.json_schema.schema, facts: { ...honest, question } }));
  }
  const { answer, sources, action, reason } = honest;
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
