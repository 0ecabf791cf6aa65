import { expect, test } from 'vitest';
import { z } from 'zod';
import { fileResponse } from './downloads.ts';
import { openapiDocument } from './openapi.ts';
import { defineRoute } from './route.ts';

const routes = [
  defineRoute({
    method: 'post',
    path: '/api/v1/things/{id}',
    operationId: 'changeThing',
    tag: 'Things',
    summary: 'Change a thing',
    params: z.strictObject({ id: z.string() }),
    query: z.strictObject({ limit: z.coerce.number().int().min(1).default(5) }),
    body: z.strictObject({ name: z.string(), note: z.string().optional() }),
    response: z.strictObject({ at: z.iso.datetime() }),
    errors: { 409: '`thing.taken`' },
    handle: async () => ({ at: '2026-11-22T00:00:00Z' }),
  }),
  defineRoute({
    method: 'get',
    path: '/api/v1/things/{id}',
    operationId: 'getThing',
    tag: 'Things',
    summary: 'A thing',
    response: z.strictObject({}),
    handle: async () => ({}),
  }),
];

test('the document tells of every route what its schemas say', () => {
  const document = openapiDocument(routes);
  expect(document.openapi).toBe('3.1.0');
  const { get, post } = document.paths?.['/api/v1/things/{id}'] ?? {};
  expect(get).toMatchObject({ operationId: 'getThing' });
  expect(post).toMatchObject({
    operationId: 'changeThing',
    parameters: [
      { in: 'path', name: 'id', required: true },
      { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, default: 5 } },
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['name'],
            additionalProperties: false,
            properties: { name: { type: 'string' }, note: { type: 'string' } },
          },
        },
      },
    },
    responses: {
      200: { content: { 'application/json': { schema: { properties: { at: { format: 'date-time' } } } } } },
      400: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
      409: { description: '`thing.taken`' },
    },
  });
});

test('a file is documented as one', () => {
  const download = { type: 'application/zip', fileName: 'a.zip' };
  const document = openapiDocument([
    defineRoute({
      method: 'get',
      path: '/api/v1/file',
      operationId: 'getFile',
      tag: 'Things',
      summary: 'A file',
      download,
      response: fileResponse,
      handle: async () => fileResponse.parse(undefined),
    }),
  ]);
  expect(document.paths?.['/api/v1/file']?.get?.responses?.['200']).toMatchObject({
    content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
  });
});
