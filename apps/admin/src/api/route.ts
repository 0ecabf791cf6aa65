import type { z } from 'zod';
import { parseRequest, type RequestParts } from './parse-request.ts';

type Method = 'get' | 'post' | 'put' | 'delete';

/** Types are named for the documentation and for the caller; what the bytes are is found out by whoever uses them. */
export type Upload = { maxBytes: number; types: readonly string[] };

/** It answers with a file, whose bytes its `response` gives one after the other. */
export type Download = { type: string; fileName: string };

/** The bytes; throws `upload.invalid` where none came. */
type UploadedFile = () => Promise<Uint8Array<ArrayBuffer>>;

type Documentation = {
  method: Method;
  /** As OpenAPI writes it: `/api/v1/chats/{chat_id}/pause`. */
  path: `/api/v1/${string}`;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  /** What else may come of it, by status, beyond what every route answers. Begins with a code in back quotes. */
  errors?: Record<number, string>;
  /** It takes one file, plain or as the one file of a form, instead of a JSON body. */
  upload?: Upload;
  /** It answers with a file instead of JSON. */
  download?: Download;
  /** For bodies larger than a question or a message. */
  maxBody?: `${number}${'kb' | 'mb'}`;
};

type Schemas = {
  params?: z.ZodObject | undefined;
  query?: z.ZodObject | undefined;
  body?: z.ZodObject | undefined;
};

/** A row of the route table: the server, the validation and the documentation are all made of it. */
export type Route = Documentation &
  Schemas & {
    response: z.ZodType;
    run: (request: RequestParts & { file: UploadedFile; signal: AbortSignal }) => Promise<unknown>;
  };

type Definition<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Response extends z.ZodType,
> = Documentation & {
  params?: Params;
  query?: Query;
  body?: Body;
  response: Response;
  handle: (request: {
    params: z.infer<Params>;
    query: z.infer<Query>;
    body: z.infer<Body>;
    /** Reads what was uploaded. */
    file: UploadedFile;
    /** Aborted when the client is gone. */
    signal: AbortSignal;
  }) => Promise<z.input<Response>>;
};

/** One definition per route. The handler sees only what passed the schemas; its answer must fit the documented one. */
export function defineRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Response extends z.ZodType,
>({ handle, ...definition }: Definition<Params, Query, Body, Response>): Route {
  const { params, query, body } = definition;
  return {
    ...definition,
    run: async ({ signal, file, ...parts }) =>
      handle({ ...parseRequest({ schemas: { params, query, body }, parts }), file, signal }),
  };
}
