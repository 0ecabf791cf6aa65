import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments } from '../arguments.ts';
import { AvitoRequestError } from '../errors.ts';
import { textId } from '../wire/fields.ts';
import type { AccountCall, ChatCall } from './call-options.ts';
import { imageTypeOf } from './image-type.ts';
import { accountPath, chatPath } from './paths.ts';
import { outcomeOf, type SendOutcome, sentMessage } from './send-outcome.ts';

// Avito says 24 MB; of the two readings of a megabyte the larger, so that nothing allowed is refused here.
export const MAX_IMAGE_BYTES = 24 * 1024 * 1024;
// At the 10 s of other calls an image of that size would ask for 20 Mbit/s.
const UPLOAD_TIMEOUT_MS = 120_000;

export type UploadImage = AccountCall & {
  /** JPEG, PNG, GIF, BMP or HEIC, at most 24 MB. The bound of 75 megapixels is left to Avito. */
  bytes: Uint8Array<ArrayBuffer>;
};

export type UploadedImage = {
  /** A new one for each upload. */
  imageId: string;
  /** Addresses by size, e.g. `1280x960`. */
  urls: Record<string, string>;
};

export type SendImage = ChatCall & { imageId: string };

// The id is the object's only key.
const uploadedImage = z
  .record(textId, z.record(z.string(), z.string()).nullish().catch(null))
  .transform((images, context): UploadedImage => {
    const [first, ...others] = Object.entries(images);
    if (first !== undefined && others.length === 0) return { imageId: first[0], urls: first[1] ?? {} };
    context.addIssue(`${others.length + (first === undefined ? 0 : 1)} images instead of one`);
    return z.NEVER;
  });
const newImage = z.strictObject({ image_id: textId });

async function imageForm(bytes: Uint8Array<ArrayBuffer>) {
  const refuse = (problem: string, code: string) =>
    new AvitoRequestError(`uploadImage: ${problem}`, { code });
  if (bytes.length > MAX_IMAGE_BYTES) {
    throw refuse(`${bytes.length} bytes; Avito takes at most 24 MB`, 'avito.image-too-large');
  }
  const type = imageTypeOf(bytes);
  if (type === undefined) {
    throw refuse('not an image that Avito takes: JPEG, PNG, GIF, BMP or HEIC', 'avito.image-type');
  }
  const form = new FormData();
  form.set('uploadfile[]', new Blob([bytes], { type }), `image.${type.slice('image/'.length)}`);
  // A Response is the platform's way to encode a form.
  const encoded = new Response(form);
  return {
    contentType: encoded.headers.get('content-type') ?? 'multipart/form-data',
    content: Buffer.from(await encoded.arrayBuffer()),
  };
}

export function imageCalls(api: Api) {
  return {
    /**
     * Uploads one image, to be sent by `sendImage`. Throws `avito.image-too-large` and `avito.image-type` before
     * anything is sent. Repeating it is harmless: an image that is never sent is seen by nobody.
     */
    uploadImage: async ({
      userId,
      bytes,
      signal,
      timeoutMs = UPLOAD_TIMEOUT_MS,
    }: UploadImage): Promise<UploadedImage> => {
      const path = `${accountPath(1, userId)}/uploadImages`;
      return api({
        method: 'POST',
        path,
        body: await imageForm(bytes),
        isReadOnly: true,
        schema: uploadedImage,
        signal,
        timeoutMs,
      });
    },

    /** Sends an uploaded image by one POST. Never throws an AvitoError: the outcome holds it. */
    sendImage: ({ userId, chatId, imageId, ...options }: SendImage): Promise<SendOutcome> =>
      outcomeOf(async () =>
        api({
          method: 'POST',
          path: `${chatPath(1, userId, chatId)}/messages/image`,
          json: checkArguments('sendImage', newImage, { image_id: imageId }),
          isReadOnly: false,
          schema: sentMessage,
          ...options,
        }),
      ),
  };
}
