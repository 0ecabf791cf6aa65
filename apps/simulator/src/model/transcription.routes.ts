import { raw, type Request, Router } from 'express';
import { heardIn } from '../avito/voice-file.ts';
import type { EndpointFactory } from '../http/endpoint.ts';
import { formOf } from '../http/form.ts';
import { refuseModel } from './refusals.ts';
import { countTokens } from './tokens.ts';

/** As of OpenAI. */
const MAX_BYTES = 25 * 1024 * 1024;

type TranscriptionRoutesDeps = {
  endpoint: EndpointFactory;
  requireKey: (request: Request) => void;
};

/** `POST /audio/transcriptions`: hears what the simulator's own voice files say. */
export function transcriptionRoutes({ endpoint, requireKey }: TranscriptionRoutesDeps): Router {
  const router = Router();
  router.post(
    '/audio/transcriptions',
    raw({ type: 'multipart/form-data', limit: MAX_BYTES }),
    endpoint({
      name: 'transcriptions',
      refuse: refuseModel,
      handle: async (request) => {
        requireKey(request);
        const form = await formOf(request);
        const file = form?.get('file');
        if (!(file instanceof File)) throw refuseModel(400, 'a file is required', 'file');
        const text = heardIn(Buffer.from(await file.arrayBuffer()));
        if (text === undefined)
          throw refuseModel(400, 'Audio file might be corrupted or unsupported', 'file');
        const output = countTokens(text);
        return {
          body: {
            text,
            usage: { type: 'tokens', input_tokens: 10, output_tokens: output, total_tokens: 10 + output },
          },
        };
      },
    }),
  );
  return router;
}
