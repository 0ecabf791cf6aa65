import { errorInfo } from '@avito-autoreply/runtime';
import { APIConnectionError, APIError } from 'openai';
import { expect, test } from 'vitest';
import { asModelError } from './model-error.ts';

const CANARY = 'Меня зовут Иван Канарейкин';
const echoed = (status: number) =>
  APIError.generate(
    status,
    { error: { message: CANARY, code: CANARY, type: CANARY } },
    CANARY,
    new Headers({ 'x-request-id': 'req-1' }),
  );

test.each([
  ['a refusal', echoed(400)],
  ['a key that is not accepted', echoed(401)],
  ['too many requests', echoed(429)],
  ['a failure', echoed(500)],
  ['a broken connection', new APIConnectionError({ message: CANARY, cause: new Error(CANARY) })],
  ['an answer that is no JSON', new SyntaxError(`Unexpected token, "${CANARY}" is not valid JSON`)],
  ['anything', CANARY],
])('%s that repeats what was asked leaves nothing of it in the log', (_, error) => {
  const told = JSON.stringify(errorInfo(asModelError({ error, what: 'POST /chat/completions (m)' })));
  expect(told).not.toContain('Иван');
  expect(told).toContain('POST /chat/completions (m)');
});

test('the kind of failure and the request stay', () => {
  const cause = asModelError({ error: echoed(400), what: 'POST' }).cause;
  expect(String(cause)).toContain('request req-1');
  const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  const failure = asModelError({ error: new APIConnectionError({ cause: refused }), what: 'POST' });
  expect(String(failure.cause)).toContain('ECONNREFUSED');
});
