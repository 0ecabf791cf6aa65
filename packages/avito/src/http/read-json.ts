import type { z } from 'zod';
import { AvitoResponseError } from '../errors.ts';
import { problemsOf } from '../wire/problems.ts';
import { storableJson } from '../wire/storable-json.ts';
import { type HttpRequest, type HttpResponse, nameOf } from './http-request.ts';

type ReadJson<T> = { request: HttpRequest; response: HttpResponse; schema: z.ZodType<T> };

/** The body of a success, as the schema wants it and fit for storing; throws AvitoResponseError. An empty body reads as null. */
export function readJson<T>({ request, response, schema }: ReadJson<T>): T {
  const options = { mayHaveTakenEffect: !request.isReadOnly };
  let body: unknown = null;
  try {
    if (response.text.trim() !== '') body = storableJson(JSON.parse(response.text));
  } catch {
    // The parser's own error quotes the body.
    throw new AvitoResponseError(
      `${nameOf(request)}: ${response.status}, but the answer is not JSON (${response.text.length} characters)`,
      options,
    );
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new AvitoResponseError(
      `${nameOf(request)}: the answer does not look as expected: ${problemsOf(parsed.error)}`,
      options,
    );
  }
  return parsed.data;
}
