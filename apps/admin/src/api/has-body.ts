import type { Request } from 'express';

/** A body of no bytes is none: some clients announce one with every POST. */
export const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
