import { Refusal } from '../http/refusal.ts';

const texts: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment required',
  403: 'Forbidden',
  404: 'Not found',
  429: 'Too Many Requests',
  500: 'Internal server error',
  503: 'Service unavailable',
};

/** `{"error":{"code":…,"message":"…"}}`, the shape of the messenger API. */
export function refuse(status: number, message = texts[status] ?? 'Error'): Refusal {
  return new Refusal({ status, body: { error: { code: status, message } } });
}

/** 400 with the fields that are wrong. */
export function refuseFields(fields: Record<string, string>): Refusal {
  return new Refusal({ status: 400, body: { error: { code: 400, message: 'Bad Request', fields } } });
}

/** `{"result":{"status":false,"message":"…"}}`, as the gateway before the API answers. */
export function refuseAtGateway(status: number, message: string): Refusal {
  return new Refusal({ status, body: { result: { status: false, message } } });
}

/** `{"code":"…","message":"…"}`, the shape of the items API. */
export function refuseItems(status: number, message = texts[status] ?? 'Error'): Refusal {
  return new Refusal({ status, body: { code: String(status), message } });
}

/** Avito does not document errors of the token endpoint: RFC 6749, section 5.2, is the best guess. */
export function refuseToken(status: number, error = 'server_error'): Refusal {
  return new Refusal({
    status,
    body: { error, error_description: `the token request was refused: ${error}` },
  });
}
