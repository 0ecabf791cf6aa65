import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { HttpError } from './http-error.ts';

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
  'entity.too.large': {
    status: 413,
    code: 'http.body-too-large',
    message: 'The request body is larger than this server accepts.',
  },
  'entity.parse.failed': {
    status: 400,
    code: 'http.not-json',
    message: 'The request body is not valid JSON.',
  },
  'encoding.unsupported': {
    status: 415,
    code: 'http.unsupported-encoding',
    message: 'The Content-Encoding or charset is not supported: send plain UTF-8.',
  },
  'charset.unsupported': {
    status: 415,
    code: 'http.unsupported-encoding',
    message: 'The Content-Encoding or charset is not supported: send plain UTF-8.',
  },
  'request.aborted': {
    status: 400,
    code: 'http.aborted',
    message: 'The request ended before its body was complete.',
  },
  'request.size.invalid': {
    status: 400,
    code: 'http.bad-length',
    message: 'The body is not as long as Content-Length says.',
  },
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

/** Last middleware: turns whatever was thrown into the one error shape. Details of the unexpected go to the log only. */
export function errorResponder({
  logger,
  statusOf = () => undefined,
}: ErrorResponderOptions): ErrorRequestHandler {
  return (error, request, response, next) => {
    const { status, code, message, details } = answerTo(error, statusOf);
    if (status >= 500)
      logger.error('request failed', { method: request.method, path: request.path, status, error });
    else logger.debug('request refused', { method: request.method, path: request.path, status, code });
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(status).json(errorBody({ code, message, details }));
  };
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
