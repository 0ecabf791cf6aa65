import { describe, expect, test } from 'vitest';
import { API_KEY } from './testing/admin-server.ts';
import { setUp } from './testing/fixture.ts';

const browser = { authorization: '', accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' };

async function setUpBrowser() {
  const fixture = await setUp();
  const { call } = fixture;
  const signIn = (key: string, headers: Record<string, string> = {}) =>
    call('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ key, next: '/queues' }).toString(),
      headers: { ...form, ...headers },
    });
  const cookieOf = ({ headers }: { headers: Headers }) => headers.get('set-cookie')?.split(';')[0] ?? '';
  return { ...fixture, signIn, cookieOf };
}

describe('a browser', () => {
  test('without a session is shown to the sign-in and comes back to where it was going', async () => {
    const { call, signIn, cookieOf } = await setUpBrowser();
    const away = await call('/queues?a=b', { headers: browser });
    expect(away.status).toBe(303);
    expect(away.headers.get('location')).toBe('/sign-in?next=%2Fqueues%3Fa%3Db');
    const signedIn = await signIn(API_KEY);
    expect(signedIn.status).toBe(303);
    expect(signedIn.headers.get('location')).toBe('/queues');
    expect(signedIn.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
    for (const path of ['/', '/queues', '/queues/api/queues', '/api/docs', '/api/openapi.json', '/metrics']) {
      expect(await call(path, { headers: { ...browser, cookie: cookieOf(signedIn) } })).toMatchObject({
        status: 200,
      });
    }
  });

  test('gets a cookie for https only where it came by https', async () => {
    const { signIn } = await setUpBrowser();
    const signedIn = await signIn(API_KEY, { 'x-forwarded-proto': 'https' });
    expect(signedIn.headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
  });

  test('with a wrong key sees the form again', async () => {
    const { signIn } = await setUpBrowser();
    const refused = await signIn('wrong');
    expect(refused.status).toBe(401);
    expect(refused.text).toContain('Ключ не подошёл');
    expect(refused.headers.get('set-cookie')).toBeNull();
  });

  test('is signed out', async () => {
    const { call, signIn, cookieOf } = await setUpBrowser();
    const cookie = cookieOf(await signIn(API_KEY));
    const out = await call('/sign-out', { method: 'POST', headers: { ...browser, cookie } });
    expect(out.headers.get('set-cookie')).toMatch(/^autoreply_session=; .*Expires=Thu, 01 Jan 1970/);
  });

  test('changes nothing at the wish of another site', async () => {
    const { call, signIn, cookieOf } = await setUpBrowser();
    const cookie = cookieOf(await signIn(API_KEY));
    const pause = (headers: Record<string, string>) =>
      call('/queues/api/queues/sends/pause', {
        method: 'PUT',
        headers: { authorization: '', cookie, ...headers },
      });
    expect(await pause({ origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { error: { code: 'auth.cross-origin' } },
    });
    expect(await pause({ 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
    expect(await signIn(API_KEY, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  });
});

test('guessing is slowed down, even for the right key; a session is not bothered', async () => {
  const { call, signIn, cookieOf } = await setUpBrowser();
  const cookie = cookieOf(await signIn(API_KEY));
  for (let guess = 0; guess < 10; guess += 1) await signIn(`guess ${guess}`);
  const refused = await call('/api/v1/chats');
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'auth.too-many-attempts' } } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await signIn(API_KEY)).toMatchObject({ status: 429 });
  expect(await call('/api/v1/chats', { headers: { authorization: '', cookie } })).toMatchObject({
    status: 200,
  });
});

test('health needs no key, metrics do', async () => {
  const { call } = await setUp();
  const nobody = { headers: { authorization: '' } };
  expect(await call('/healthz', nobody)).toMatchObject({ status: 200 });
  expect(await call('/readyz', nobody)).toMatchObject({ body: { checks: { queue: 'ok', database: 'ok' } } });
  expect(await call('/metrics', nobody)).toMatchObject({ status: 401 });
  expect((await call('/metrics')).text).toContain('process_cpu_seconds_total');
});

test('every answer is protected against framing, guessing and caching', async () => {
  const { call } = await setUp();
  for (const path of ['/', '/sign-in', '/queues', '/api/v1/chats', '/nothing']) {
    const { headers } = await call(path);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('the start page shows the figures of account and queues', async () => {
  const { call, accountId } = await setUp();
  const page = await call('/', { headers: { accept: 'text/html' } });
  expect(page.text).toContain(`Аккаунт ${accountId}`);
  expect(page.text).toContain('Входящие события');
});
