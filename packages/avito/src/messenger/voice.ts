import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments } from '../arguments.ts';
import { textId } from '../wire/fields.ts';
import type { AccountCall } from './call-options.ts';
import { accountPath } from './paths.ts';

export type GetVoiceUrls = AccountCall & { voiceIds: readonly string[] };

const voiceIdsArgument = z.array(textId).min(1);
const voiceFiles = z.object({
  voices_urls: z.record(z.string(), z.string().nullish().catch(null)).nullable(),
});

export function voiceCalls(api: Api) {
  return {
    /**
     * Addresses of voice messages by their ids: Opus in an MP4 file. They live for an hour, so ask again rather than
     * store them. Ids that Avito gives no address for are missing.
     */
    getVoiceUrls: async ({ userId, voiceIds, ...options }: GetVoiceUrls): Promise<Map<string, string>> => {
      const path = `${accountPath(1, userId)}/getVoiceFiles`;
      const query = new URLSearchParams();
      for (const id of checkArguments('voiceIds', voiceIdsArgument, voiceIds)) query.append('voice_ids', id);
      const { voices_urls } = await api({
        method: 'GET',
        path,
        query,
        isReadOnly: true,
        schema: voiceFiles,
        ...options,
      });
      return new Map(Object.entries(voices_urls ?? {}).flatMap(([id, url]) => (url ? [[id, url]] : [])));
    },
  };
}
