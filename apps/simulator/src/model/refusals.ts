import { Refusal } from '../http/refusal.ts';

const types: Record<number, string> = {
  401: 'authentication_error',
  429: 'rate_limit_error',
};

/** OpenAI's error shape. */
export function refuseModel(
  status: number,
  message = `the simulated model answers with ${status}`,
  param: string | null = null,
): Refusal {
  const type = types[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
  return new Refusal({ status, body: { error: { message, type, param, code: null } } });
}
