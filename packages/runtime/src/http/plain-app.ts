import type { IncomingMessage, RequestListener } from 'node:http';
import type { Logger } from '../logger.ts';
import { type Answer, sendAnswer } from './answer.ts';
import { errorAnswer, notFoundAnswer } from './error-responder.ts';

/** Answers a request for this path; `undefined` where it is somebody else's. */
export type Take = (request: IncomingMessage, path: string) => Promise<Answer> | undefined;

/** Without the query, and without the host that a proxy may put before it. */
const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/?]*/i, '').replace(/[?#].*$/, '');

/**
 * A server of few routes without Express, whose way through a request costs a busy route more than the route itself and
 * an idle process some megabytes. The first that takes a request answers it; errors and unknown paths have the one
 * error shape.
 */
export function createPlainApp({
  takes,
  logger,
}: {
  takes: readonly Take[];
  logger: Logger;
}): RequestListener {
  return (request, response) => {
    const { method, url = '' } = request;
    const path = pathOf(url);
    const answer = async (): Promise<Answer> => {
      for (const take of takes) {
        const taken = take(request, path);
        if (taken !== undefined) return taken;
      }
      return notFoundAnswer({ method, path });
    };
    answer()
      .catch((error: unknown) => errorAnswer({ error, method, path }, { logger }))
      .then((toSend) => sendAnswer(response, toSend))
      // Only what the answer itself could be at fault for; the client sees the connection end.
      .catch((error: unknown) => {
        logger.error('request not answered', { method, path, error });
        response.destroy();
      });
  };
}
