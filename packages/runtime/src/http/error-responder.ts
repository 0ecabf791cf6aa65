import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type Answer, jsonAnswer, sendAnswer } from './answer.ts';
import { bodyProblems } from './body-problems.ts';
import { HttpError } from './http-error.ts';

/** The one error shape of all our HTTP servers. */
export function errorBody({ code, message, details }: Omit<Verdict, 'status'>) {
  return { error: { code, message, ...(details === undefined ? {} : { details }) } };
}

type Verdict = {
  status: number;
  code: string;
  message: string;
  details?: Readonly<Record<string, unknown>> | undefined;
};

// Errors of express' own body parser carry a status and a type, and their messages may quote the body.
const bodyParserAnswers: Record<string, Verdict> = {
  'entity.too.large': bodyProblems.tooLarge,
  'entity.parse.failed': bodyProblems.notJson,
  'encoding.unsupported': bodyProblems.encoded,
  'charset.unsupported': bodyProblems.encoded,
  'request.aborted': bodyProblems.aborted,
  'request.size.invalid': bodyProblems.badLength,
};

function judge(error: unknown, statusOf: (error: AppError) => number | undefined): Verdict {
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
      if (known && 'limit' in error && typeof error.limit === 'number')
        return {
          ...known,
          message: `The request body is larger than ${error.limit} bytes, the most that is taken here.`,
        };
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

type RequestLine = { method: string | undefined; path: string };

/** The one error shape for whatever was thrown. Details of the unexpected go to the log only. */
export function errorAnswer(
  { error, method, path }: RequestLine & { error: unknown },
  { logger, statusOf = () => undefined }: ErrorResponderOptions,
): Answer {
  const { status, ...shown } = judge(error, statusOf);
  if (status >= 500) logger.error('request failed', { method, path, status, error });
  else logger.debug('request refused', { method, path, status, code: shown.code });
  return jsonAnswer(status, errorBody(shown));
}

/** Last middleware: answers whatever was thrown. */
export function errorResponder(options: ErrorResponderOptions): ErrorRequestHandler {
  return (error, { method, path }, response, next) => {
    const answer = errorAnswer({ error, method, path }, options);
    if (response.headersSent) next(error);
    else sendAnswer(response, answer);
  };
}

export const notFoundAnswer = ({ method, path }: RequestLine): Answer =>
  jsonAnswer(404, errorBody({ code: 'http.not-found', message: `There is nothing at ${method} ${path}.` }));

/** Last but one: no route took the request. */
export function notFoundHandler(): RequestHandler {
  return (request, response) => sendAnswer(response, notFoundAnswer(request));
}
