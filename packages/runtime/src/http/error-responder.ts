import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { ServerResponse } from 'node:http';
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { bodyProblems } from './body-problems.ts';
import { HttpError } from './http-error.ts';
import { sendJson } from './send-json.ts';

/** The one error shape of all our HTTP servers. */
export function errorBody({ code, message, details }: Omit<Answer, 'status'>) {
  return { error: { code, message, ...(details === undefined ? {} : { details }) } };
}

type Answer = {
  status: number;
  code: string;
  message: string;
  details?: Readonly<Record<string, unknown>> | undefined;
};

// Errors of express' own body parser carry a status and a type, and their messages may quote the body.
const bodyParserAnswers: Record<string, Answer> = {
  'entity.too.large': bodyProblems.tooLarge,
  'entity.parse.failed': bodyProblems.notJson,
  'encoding.unsupported': bodyProblems.encoded,
  'charset.unsupported': bodyProblems.encoded,
  'request.aborted': bodyProblems.aborted,
  'request.size.invalid': bodyProblems.badLength,
};

function answerTo(error: unknown, statusOf: (error: AppError) => number | undefined): Answer {
  if (error instanceof HttpError) {
    const { status, code, message, details } = error;
    return { status, code, message, details };
  }
  if (error instanceof AppError) {
    const status = statusOf(error);
    if (status !== undefined) return { status, code: error.code, message: error.message };
  }
  if (typeof error === 'object' && error !== null) {
    if ('type' in error && typeof error.type === 'string') {
      const known = bodyParserAnswers[error.type];
      if (known) return known;
    }
    // A malformed percent-encoding in the path: express' router throws a URIError.
    if (error instanceof URIError) {
      return { status: 400, code: 'http.bad-url', message: 'The path is not valid percent-encoding.' };
    }
  }
  return {
    status: 500,
    code: 'internal.unexpected',
    message: 'Something failed on our side; the log has the details.',
  };
}

type ErrorResponderOptions = {
  logger: Logger;
  /** The status of an AppError that reaches the border; `undefined` hides it behind a 500. */
  statusOf?: (error: AppError) => number | undefined;
};

type FailedRequest = {
  error: unknown;
  method: string | undefined;
  path: string | undefined;
  response: ServerResponse;
};

/** Answers a request that ended in an error with the one error shape; details of the unexpected go to the log only. */
export function respondToError(
  { error, method, path, response }: FailedRequest,
  { logger, statusOf = () => undefined }: ErrorResponderOptions,
): void {
  const { status, code, message, details } = answerTo(error, statusOf);
  if (status >= 500) logger.error('request failed', { method, path, status, error });
  else logger.debug('request refused', { method, path, status, code });
  if (response.headersSent) response.destroy();
  else sendJson(response, { status, body: errorBody({ code, message, details }) });
}

/** Last middleware: turns whatever was thrown into the one error shape. */
export function errorResponder(options: ErrorResponderOptions): ErrorRequestHandler {
  // Express tells by the four parameters that it handles errors.
  return (error, { method, path }, response, _next) =>
    respondToError({ error, method, path, response }, options);
}

/** Last but one: no route took the request. */
export function notFoundHandler(): RequestHandler {
  return (request, response) => {
    response.status(404).json(
      errorBody({
        code: 'http.not-found',
        message: `There is nothing at ${request.method} ${request.path}.`,
      }),
    );
  };
}
