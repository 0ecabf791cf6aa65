import { HttpError } from '@avito-autoreply/runtime/http';

/** Something that the caller of the control API named does not exist. */
export function notFound(what: string, hint: string): HttpError {
  return new HttpError(`There is no ${what}: ${hint}.`, { code: 'simulator.not-found', status: 404 });
}
