import { describe, expect, test } from 'vitest';
import { isSameUrl, ownerOf, webhookUrl, withoutToken } from './webhook-url.ts';

const path = '/api/v1/webhooks/avito/messages';
const token = 'an-unguessable-token';

describe('the address to register', () => {
  test.each([
    [`https://shop.example${path}`, `https://shop.example${path}/${token}`],
    [`https://shop.example${path}/`, `https://shop.example${path}/${token}`],
    [`https://shop.example${path}/${token}`, `https://shop.example${path}/${token}`],
    ['https://shop.example', `https://shop.example${path}/${token}`],
    ['http://10.0.0.5:3000/hook?a=b', `http://10.0.0.5:3000/hook/${token}?a=b`],
  ])('of %s with a token is %s', (given, expected) => {
    expect(webhookUrl({ given, token })).toBe(expected);
  });

  test('without a token is what was given', () => {
    expect(webhookUrl({ given: 'https://shop.example/hook', token: undefined })).toBe(
      'https://shop.example/hook',
    );
  });
});

test('the address of one of several accounts names it before the token, however much of it is given', () => {
  const named = `https://shop.example${path}/401122334/${token}`;
  for (const given of [
    'https://shop.example',
    `https://shop.example${path}`,
    `https://shop.example${path}/401122334`,
    `https://shop.example${path}/${token}`,
    named,
  ]) {
    expect(webhookUrl({ given, token, accountId: 401_122_334 })).toBe(named);
  }
  // The whole address as `autoreply up` shows it, with a token that it has made up itself.
  expect(webhookUrl({ given: named, token: undefined, accountId: 401_122_334 })).toBe(named);
  expect(webhookUrl({ given: 'https://shop.example', token: undefined, accountId: 401_122_334 })).toBe(
    `https://shop.example${path}/401122334`,
  );
});

test('the token is taken off an address and put back', () => {
  const url = `https://shop.example${path}/${token}?a=b`;
  expect(withoutToken({ url, token })).toBe(`https://shop.example${path}?a=b`);
  expect(webhookUrl({ given: withoutToken({ url, token }), token })).toBe(url);
  expect(withoutToken({ url, token: undefined })).toBe(url);
  expect(withoutToken({ url: 'https://crm.example/hook', token })).toBe('https://crm.example/hook');
});

test('with a token only addresses that hold it are ours; without one the path is a hint', () => {
  expect(ownerOf({ url: `https://a.example${path}/${token}`, token })).toBe('ours');
  expect(ownerOf({ url: `https://a.example${path}`, token })).toBe('foreign');
  expect(ownerOf({ url: `https://a.example${path}`, token: undefined })).toBe('probably-ours');
  expect(ownerOf({ url: `https://a.example${path}/${token}`, token: undefined })).toBe('probably-ours');
  expect(ownerOf({ url: 'https://crm.example/hook', token: undefined })).toBe('foreign');
  expect(ownerOf({ url: 'not an address', token: undefined })).toBe('foreign');
});

test('addresses are the same however they are written', () => {
  expect(isSameUrl('https://A.example:443/x', 'https://a.example/x')).toBe(true);
  expect(isSameUrl('https://a.example/x', 'https://a.example/y')).toBe(false);
  expect(isSameUrl('odd', 'odder')).toBe(false);
});
