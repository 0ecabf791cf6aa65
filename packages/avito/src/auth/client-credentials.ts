import type { Clock } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { AvitoApiError } from '../errors.ts';
import type { HttpClient, HttpRequest } from '../http/http-request.ts';
import { readJson } from '../http/read-json.ts';
import { explainRefusal, isSuccess } from '../http/refusal.ts';
import type { AccessToken } from './token-provider.ts';

export type Credentials = { clientId: string; clientSecret: string };

// Avito says 24 hours; where it says nothing, rather renew too often.
const SILENT_LIFETIME_S = 3_600;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(SILENT_LIFETIME_S),
});

// Avito does not document this endpoint's errors. Of the refusals only these have a meaning of their own everywhere.
const isAboutKeys = (status: number) => status >= 400 && status < 500 && ![402, 408, 429].includes(status);

type ClientCredentialsOptions = { http: HttpClient; credentials: Credentials; clock: Clock };

/** One request for a token by the client_credentials grant: no refresh token, a new one each time. */
export function createClientCredentialsGrant({ http, credentials, clock }: ClientCredentialsOptions) {
  return async (): Promise<AccessToken> => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    });
    const request: HttpRequest = {
      method: 'POST',
      path: '/token',
      body: { contentType: 'application/x-www-form-urlencoded', content: form.toString() },
      isReadOnly: true,
    };
    const response = await http(request);
    if (isAboutKeys(response.status)) {
      throw new AvitoApiError(
        `POST /token: ${response.status}; no token for these keys: check AVITO_CLIENT_ID, AVITO_CLIENT_SECRET and AVITO_API_BASE_URL`,
        { code: 'avito.bad-credentials', status: response.status, mayHaveTakenEffect: false },
      );
    }
    if (!isSuccess(response.status)) throw explainRefusal({ request, response, nowMs: clock.now() });
    const answer = readJson({ request, response, schema: tokenAnswer });
    return { value: answer.access_token, lifetimeMs: answer.expires_in * 1_000 };
  };
}
