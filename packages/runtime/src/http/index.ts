export { errorBody, errorResponder, notFoundHandler, respondToError } from './error-responder.ts';
export { healthRoutes } from './health-routes.ts';
export { HttpError } from './http-error.ts';
export { listen } from './listen.ts';
export { readBody } from './read-body.ts';
export { createRegistry } from './registry.ts';
export { sendJson } from './send-json.ts';
