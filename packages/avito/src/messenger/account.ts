import { z } from 'zod';
import type { Api } from '../api.ts';
import { numericId, optionalText } from '../wire/fields.ts';
import type { CallOptions } from './call-options.ts';

/** The account that the keys belong to. Its id is the `userId` of all other calls. */
export type Self = {
  id: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  profileUrl: string | null;
};

const self = z
  .object({
    id: numericId,
    name: optionalText,
    email: optionalText,
    phone: optionalText,
    profile_url: optionalText,
  })
  .transform(({ profile_url, ...rest }): Self => ({ ...rest, profileUrl: profile_url }));

export function accountCalls(api: Api) {
  return {
    /** Who the keys belong to: the one call that needs no `userId`. */
    getSelf: ({ signal, timeoutMs }: { userId?: number } & CallOptions = {}): Promise<Self> =>
      api({
        method: 'GET',
        path: '/core/v1/accounts/self',
        isReadOnly: true,
        schema: self,
        signal,
        timeoutMs,
      }),
  };
}
