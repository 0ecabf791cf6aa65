export { errorBody, errorResponder, notFoundHandler } from './error-responder.ts';
export { healthRoutes } from './health-routes.ts';
export { HttpError } from './http-error.ts';
export { listen } from './listen.ts';
export { createRegistry } from './registry.ts';
