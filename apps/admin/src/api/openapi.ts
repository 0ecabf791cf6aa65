import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { Route } from './route.ts';

export const errorAnswer = z
  .strictObject({
    error: z.strictObject({
      code: z.string().meta({ description: 'Stable and machine readable', examples: ['request.invalid'] }),
      message: z.string().meta({ description: 'What happened and what to do about it' }),
    }),
  })
  .meta({ id: 'Error' });

const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });

const everyRoutesErrors: Record<number, string> = {
  400: '`request.invalid`: every problem of path, query and body in one message',
  401: '`auth.required` or `auth.wrong-key`',
  429: '`auth.too-many-attempts`: too many wrong keys; see Retry-After',
};
const bodyErrors: Record<number, string> = {
  413: '`http.body-too-large`',
  415: '`http.unsupported-media-type`: the body is not JSON',
};

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const errors = {
    ...everyRoutesErrors,
    ...(route.body === undefined ? {} : bodyErrors),
    ...route.errors,
  };
  return {
    200: { description: 'Done', ...json(route.response) },
    ...Object.fromEntries(
      Object.entries(errors).map(([status, description]) => [status, { description, ...json(errorAnswer) }]),
    ),
  };
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { operationId, tag, summary, description, params, query, body } = route;
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
    ...(body === undefined ? {} : { requestBody: { required: !isBodyOptional, ...json(body) } }),
    responses: responsesOf(route),
  };
}

/** The OpenAPI 3.1 document of a route table. */
export function openapiDocument(routes: readonly Route[]) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
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
