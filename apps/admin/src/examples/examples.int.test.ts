import { expect, test } from 'vitest';
import { z } from 'zod';
import { setUp } from '../testing/fixture.ts';

type Json = Record<string, unknown>;
type Media = { schema: Json; example?: unknown };
type Content = { content?: Record<string, Media> };
type Operation = { operationId: string; requestBody?: Content; responses: Record<string, Content> };

/** The document as it is served, which is all that a reader has. */
async function setUpDocument() {
  const { call } = await setUp();
  const { body } = await call('/api/openapi.json');
  const document = body as unknown as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Json };
  };
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const validate = ({ schema, example }: Media) => {
    const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
    const whole = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as Json;
    return z.fromJSONSchema(whole).safeParse(example).error?.issues ?? [];
  };
  return { operations, validate };
}

test('every operation has an example of its request and of each of its answers', async () => {
  const { operations } = await setUpDocument();
  expect(operations.length).toBeGreaterThan(20);
  for (const { operationId, requestBody, responses } of operations) {
    for (const { content = {} } of [requestBody ?? {}, ...Object.values(responses)]) {
      const { 'application/json': json } = content;
      if (json !== undefined) expect(json.example, operationId).toBeDefined();
    }
  }
});

test('every example is what its own schema in the document says', async () => {
  const { operations, validate } = await setUpDocument();
  const problems: unknown[] = [];
  for (const { operationId, requestBody, responses } of operations) {
    for (const [where, { content = {} }] of Object.entries({ request: requestBody ?? {}, ...responses })) {
      const { 'application/json': json } = content;
      if (json === undefined) continue;
      for (const { path, message } of validate(json)) problems.push([operationId, where, path, message]);
    }
  }
  expect(problems).toEqual([]);
});

test('an example that does not fit would be noticed', async () => {
  const { operations, validate } = await setUpDocument();
  const [operation] = operations.filter(({ operationId }) => operationId === 'sendAvitoMessage');
  const media = operation?.responses['200']?.content?.['application/json'];
  if (media === undefined) throw new Error('no answer is documented');
  expect(validate({ ...media, example: { status: 'sent' } })).not.toEqual([]);
  expect(validate({ ...media, example: { ...(media.example as Json), surprise: 1 } })).not.toEqual([]);
});
