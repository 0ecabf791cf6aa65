import { HttpError } from '@avito-autoreply/runtime/http';
import express, { type Request, type RequestHandler } from 'express';
import { hasBody } from './has-body.ts';
import type { Upload } from './route.ts';

// What a form puts around its one file.
const FORM_OVERHEAD_BYTES = 64 * 1_024;
const PLAIN = ['application/octet-stream', 'image/*'];
const FORM = 'multipart/form-data';

const badUpload = (message: string) => new HttpError(message, { status: 400, code: 'upload.invalid' });

const requireType =
  (types: readonly string[]): RequestHandler =>
  (request, _response, next) => {
    // That there is no body is told when the file is read.
    if (hasBody(request) && request.is([...PLAIN, ...types, FORM]) === false) {
      throw new HttpError(
        'Send the file as the body, with its type or "Content-Type: application/octet-stream", or as the one file of a multipart/form-data form.',
        { status: 415, code: 'http.unsupported-media-type' },
      );
    }
    next();
  };

/** Refuse by type and length, then keep the body in memory: a few people at most upload at a time. */
export const uploadReaders = ({ maxBytes, types }: Upload): RequestHandler[] => [
  requireType(types),
  express.raw({ type: () => true, limit: maxBytes + FORM_OVERHEAD_BYTES, inflate: false }),
];

/** The file of a request that passed the readers; throws `upload.invalid` where there is none. */
export async function uploadedFile(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) throw badUpload('There is no file: the body is empty.');
  const bytes = new Uint8Array(body);
  if (request.is(FORM) !== FORM) return bytes;
  const form = await new Response(bytes, { headers: { 'content-type': request.get('content-type') ?? '' } })
    // oxlint-disable-next-line typescript/no-deprecated -- advised against for what it takes of a server's memory; here the body is bounded, and its sender has the key
    .formData()
    .catch(() => {
      throw badUpload('The form cannot be read: is its boundary the one of the Content-Type?');
    });
  const [file, ...others] = [...form.values()].filter((value) => value instanceof File);
  if (file === undefined || others.length > 0) throw badUpload('The form must hold exactly one file.');
  return new Uint8Array(await file.arrayBuffer());
}
