import type { Request } from 'express';

/** A multipart body that was read raw; undefined for anything else. */
export async function formOf(request: Request): Promise<FormData | undefined> {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) return undefined;
  const response = new Response(new Uint8Array(body), {
    headers: { 'content-type': request.get('content-type') ?? '' },
  });
  // oxlint-disable-next-line typescript/no-deprecated -- advised against for what it takes of a server's memory; here the body is bounded and the server a stand-in
  return response.formData().catch(() => undefined);
}
