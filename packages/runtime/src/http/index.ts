export { type Answer, jsonAnswer } from './answer.ts';
export { errorBody, errorResponder, notFoundHandler } from './error-responder.ts';
export { healthRoutes, takeHealth } from './health-routes.ts';
export { HttpError } from './http-error.ts';
export { listen } from './listen.ts';
export { createPlainApp, type Take } from './plain-app.ts';
export { readBody } from './read-body.ts';
export { createRegistry } from './registry.ts';
