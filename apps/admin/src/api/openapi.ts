import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { type Example, errorExample, type Examples } from './examples.ts';
import type { Route, Upload } from './route.ts';

export const errorAnswer = z
  .strictObject({
    error: z.strictObject({
      code: z.string().meta({ description: 'Stable and machine readable', examples: ['request.invalid'] }),
      message: z.string().meta({ description: 'What happened and what to do about it' }),
      details: z
        .record(z.string(), z.unknown())
        .optional()
        .meta({ description: 'For programs, where a request was done in part' }),
    }),
  })
  .meta({ id: 'Error' });

const json = (schema: z.ZodType, example: unknown) => ({
  content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
});

const everyRoutesErrors: Record<number, string> = {
  400: '`request.invalid`: every problem of path, query and body in one message',
  401: '`auth.required` or `auth.wrong-key`: send the key',
  429: '`auth.too-many-attempts`: too many wrong keys; see Retry-After',
};
const bodyErrors: Record<number, string> = {
  413: '`http.body-too-large`: larger than the route takes',
  415: '`http.unsupported-media-type`: the body is not JSON',
};

const file = { type: 'string', format: 'binary' } as const;

function responsesOf(route: Route, example: Example | undefined): ZodOpenApiResponsesObject {
  const errors = {
    ...everyRoutesErrors,
    ...(route.body === undefined && route.upload === undefined ? {} : bodyErrors),
    ...route.errors,
  };
  return {
    200: {
      description: 'Done',
      ...(route.download === undefined
        ? json(route.response, example?.response)
        : { content: { [route.download.type]: { schema: file } } }),
    },
    ...Object.fromEntries(
      Object.entries(errors).map(([status, description]) => [
        status,
        { description, ...json(errorAnswer, errorExample(description)) },
      ]),
    ),
  };
}

/** A file as the whole body, of any type that it may have, or as the one file of a form. */
const uploadBody = ({ types }: Upload) => ({
  required: true,
  content: {
    ...Object.fromEntries(types.map((type) => [type, { schema: file }])),
    'multipart/form-data': {
      schema: { type: 'object' as const, required: ['file'], properties: { file } },
    },
  },
});

function operationOf(route: Route, example: Example | undefined): ZodOpenApiOperationObject {
  const { operationId, tag, summary, description, params, query, body, upload } = route;
  const isBodyOptional = body?.safeParse({}).success ?? true;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    requestParams: {
      ...(params === undefined ? {} : { path: params }),
      ...(query === undefined ? {} : { query }),
    },
    ...(body === undefined
      ? {}
      : { requestBody: { required: !isBodyOptional, ...json(body, example?.body) } }),
    ...(upload === undefined ? {} : { requestBody: uploadBody(upload) }),
    responses: responsesOf(route, example),
  };
}

/** The OpenAPI 3.1 document of a route table, with an example for each operation. */
export function openapiDocument(routes: readonly Route[], examples: Examples = {}) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operationOf(route, examples[route.operationId]),
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Avito Autoreply: management API',
      version: '1',
      description:
        'Every route needs the key: `Authorization: Bearer <ADMIN_API_KEY>`, or the session of a browser that signed in. ' +
        'With several Avito accounts, `account_id` says which one is meant.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }, { session: [] }],
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'ADMIN_API_KEY' },
        session: { type: 'apiKey', in: 'cookie', name: 'autoreply_session' },
      },
    },
    paths,
  });
}
