import type { Clock } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { AvitoApiError } from '../errors.ts';
import type { HttpClient, HttpRequest } from '../http/http-request.ts';
import { readJson } from '../http/read-json.ts';
import { explainRefusal, isSuccess } from '../http/refusal.ts';
import { optionalText } from '../wire/fields.ts';

export type Credentials = { clientId: string; clientSecret: string };

export type Grant =
  | { grant_type: 'client_credentials' }
  | { grant_type: 'authorization_code'; code: string }
  | { grant_type: 'refresh_token'; refresh_token: string };

// Avito says 24 hours; where it says nothing, rather renew too often.
const SILENT_LIFETIME_S = 3_600;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(SILENT_LIFETIME_S),
  refresh_token: optionalText,
});

// Avito does not document this endpoint's errors. Of the refusals only these have a meaning of their own everywhere.
const isAboutKeys = (status: number) => status >= 400 && status < 500 && ![402, 408, 429].includes(status);

const badCredentials = {
  code: 'avito.bad-credentials',
  advice: 'no token for these keys: check AVITO_CLIENT_ID, AVITO_CLIENT_SECRET and AVITO_API_BASE_URL',
};
// A 400 is what each grant gets for its own part of the form, as far as live reports go.
const badGrants = {
  client_credentials: badCredentials,
  authorization_code: {
    code: 'avito.bad-code',
    advice: 'the code was used before or is too old: let the owner give consent again',
  },
  refresh_token: {
    code: 'avito.token-revoked',
    advice: 'the account’s consent was revoked or its refresh token used before: connect it again by hand',
  },
};

type TokenRequestOptions = { http: HttpClient; credentials: Credentials; clock: Clock };

export type GrantedTokens = { value: string; lifetimeMs: number; refreshToken: string | null };
export type RequestToken = (grant: Grant) => Promise<GrantedTokens>;

/** Makes one request to the token endpoint, by whatever grant. Rejects with an AvitoError. */
export function createTokenRequest({ http, credentials, clock }: TokenRequestOptions): RequestToken {
  return async (grant) => {
    const { grant_type, ...proof } = grant;
    const form = new URLSearchParams({
      grant_type,
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      ...proof,
    });
    const request: HttpRequest = {
      method: 'POST',
      path: '/token',
      body: { contentType: 'application/x-www-form-urlencoded', content: form.toString() },
      isReadOnly: true,
    };
    const response = await http(request);
    const { status } = response;
    if (isAboutKeys(status)) {
      const { code, advice } = status === 400 ? badGrants[grant_type] : badCredentials;
      throw new AvitoApiError(`POST /token: ${status}; ${advice}`, {
        code,
        status,
        mayHaveTakenEffect: false,
      });
    }
    if (!isSuccess(status)) throw explainRefusal({ request, response, nowMs: clock.now() });
    const answer = readJson({ request, response, schema: tokenAnswer });
    return {
      value: answer.access_token,
      lifetimeMs: answer.expires_in * 1_000,
      refreshToken: answer.refresh_token,
    };
  };
}
