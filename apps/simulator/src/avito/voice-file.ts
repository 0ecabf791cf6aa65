import { Router } from 'express';
import type { Clock } from '@avito-autoreply/runtime';
import { refuse } from './refusals.ts';

// A stand-in for a recording: the head of an MP4 file, and what is said in place of the sound.
const HEAD = '\0\0\0\x18ftypmp42';
const SAID = 'Здравствуйте! До скольки вы работаете?';

/** The id says what the message says, so that nothing has to be stored. */
export const voiceIdOf = (text: string): string =>
  `vc-${Buffer.from(text === '' ? SAID : text).toString('base64url')}`;

const voiceFile = (voiceId: string): Buffer =>
  Buffer.concat([Buffer.from(HEAD, 'latin1'), Buffer.from(voiceId.replace(/^vc-/, ''), 'base64url')]);

/** What is said in a file of ours; undefined for any other. */
export function heardIn(file: Buffer): string | undefined {
  const head = Buffer.from(HEAD, 'latin1');
  return file.subarray(0, head.length).equals(head) ? file.subarray(head.length).toString() : undefined;
}

/** The files to which the addresses of voice messages lead; an address lives for an hour. */
export function voiceFileRoutes({ clock }: { clock: Clock }): Router {
  const router = Router();
  router.get('/voices/:file', (request, response) => {
    const until = Number(request.query['until']);
    if (!(until * 1_000 > clock.now())) {
      const { status, body } = refuse(403, 'the address is too old');
      response.status(status).json(body);
      return;
    }
    response.type('video/mp4').send(voiceFile(request.params.file.replace(/\.mp4$/, '')));
  });
  return router;
}
