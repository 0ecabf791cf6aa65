import { json, raw, type Request, Router } from 'express';
import { z } from 'zod';
import type { EndpointFactory } from '../http/endpoint.ts';
import { formOf } from '../http/form.ts';
import type { Access } from './access.ts';
import type { Conversation } from './conversation.ts';
import { megapixelsOf } from './image-size.ts';
import { type ImageStore, imageSizes, isImage } from './image-store.ts';
import { parseFields } from './query.ts';
import { refuse, refuseFields } from './refusals.ts';

const FIELD = 'uploadfile[]';
// Documented: 24 MB and 75 megapixels.
const MAX_BYTES = 24 * 1_024 * 1_024;
const MAX_MEGAPIXELS = 75;

const sendBody = z.object({ image_id: z.string().min(1) });

/** The one file of a multipart body; throws a 400 for anything else. */
async function uploadedFile(request: Request): Promise<Buffer> {
  if (!Buffer.isBuffer(request.body)) {
    throw refuseFields({ [FIELD]: 'the body must be multipart/form-data' });
  }
  const form = await formOf(request);
  if (form === undefined) throw refuse(400);
  const [file, ...more] = form.getAll(FIELD);
  if (!(file instanceof File) || more.length > 0) throw refuseFields({ [FIELD]: 'must be one file' });
  return Buffer.from(await file.arrayBuffer());
}

type ImageRoutesDeps = {
  endpoint: EndpointFactory;
  access: Access;
  images: ImageStore;
  conversation: Conversation;
};

/** Uploading an image, and sending one that was uploaded. */
export function imageRoutes({ endpoint, access, images, conversation }: ImageRoutesDeps): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.post(
    '/messenger/v1/accounts/:userId/uploadImages',
    raw({ type: 'multipart/form-data', limit: MAX_BYTES + 1_048_576 }),
    endpoint({
      name: 'upload-image',
      refuse,
      handle: async (request) => {
        const account = access.owner(request);
        const bytes = await uploadedFile(request);
        if (bytes.length > MAX_BYTES) throw refuseFields({ [FIELD]: 'larger than 24 MB' });
        if (!isImage(bytes)) throw refuseFields({ [FIELD]: 'must be JPEG, HEIC, GIF, BMP or PNG' });
        if ((megapixelsOf(bytes) ?? 0) > MAX_MEGAPIXELS)
          throw refuseFields({ [FIELD]: 'more than 75 megapixels' });
        const id = images.add(account.id);
        return { body: { [id]: imageSizes(id) } };
      },
    }),
  );

  router.post(
    '/messenger/v1/accounts/:userId/chats/:chatId/messages/image',
    json(),
    endpoint({
      name: 'send-image',
      refuse,
      handle: async (request) => {
        const { account, chat } = access.chat(request);
        const { image_id: id } = parseFields(sendBody, request.body);
        if (!images.has({ id, accountId: account.id }))
          throw refuseFields({ image_id: 'was never uploaded' });
        const content = { image: { sizes: imageSizes(id) } };
        const { message, afterwards } = await conversation.sendByApi({ chat, type: 'image', content });
        const { created, direction, type, authorId } = message;
        return {
          body: { id: message.id, created, direction, type, author_id: authorId, content },
          afterwards,
        };
      },
    }),
  );

  return router;
}
