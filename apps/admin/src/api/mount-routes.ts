import { HttpError } from '@avito-autoreply/runtime/http';
import express, { type RequestHandler, type Response, Router } from 'express';
import { fileResponse, sendFile } from './downloads.ts';
import { hasBody } from './has-body.ts';
import { CLIENT_IS_GONE } from './error-status.ts';
import type { Route } from './route.ts';
import { uploadedFile, uploadReaders } from './uploads.ts';

// A question or a message is at most a few kilobytes.
const MAX_BODY = '64kb';

const expressPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');

const requireJson: RequestHandler = (request, _response, next) => {
  if (hasBody(request) && request.is('application/json') === false) {
    throw new HttpError('The body must be JSON: send "Content-Type: application/json".', {
      status: 415,
      code: 'http.unsupported-media-type',
    });
  }
  next();
};

/** Nobody reads it. What the client's leaving ends is nothing that failed, so the log must not say so. */
const clientIsGone = () =>
  new HttpError('The client left before the answer.', {
    status: CLIENT_IS_GONE,
    code: 'http.client-gone',
  });

function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(clientIsGone());
  });
  return controller.signal;
}

const serve =
  (route: Route): RequestHandler =>
  async (request, response) => {
    const { params, query } = request;
    const body: unknown = route.upload === undefined ? request.body : undefined;
    const file = () => uploadedFile(request);
    const answer = await route.run({ params, query, body, file, signal: signalOf(response) });
    if (route.download === undefined) response.json(answer);
    else await sendFile(response, { download: route.download, bytes: fileResponse.parse(answer) });
  };

const refuseMethod =
  (methods: readonly string[]): RequestHandler =>
  (request, response) => {
    const allowed = methods.map((method) => method.toUpperCase()).join(', ');
    response.set('allow', allowed);
    throw new HttpError(`${request.path} does not know ${request.method}: use ${allowed}.`, {
      status: 405,
      code: 'http.method-not-allowed',
    });
  };

/** The route table as an express router; a known path with another method is a 405. */
export function mountRoutes(routes: readonly Route[]): Router {
  const router = Router();
  const bodyReaders = ({ body, upload, maxBody = MAX_BODY }: Route): RequestHandler[] => {
    if (upload !== undefined) return uploadReaders(upload);
    return body === undefined ? [] : [requireJson, express.json({ limit: maxBody, inflate: false })];
  };
  for (const route of routes) {
    router[route.method](expressPath(route.path), ...bodyReaders(route), serve(route));
  }
  for (const [path, sharing] of Map.groupBy(routes, (route) => route.path)) {
    router.all(expressPath(path), refuseMethod(sharing.map((route) => route.method)));
  }
  return router;
}
