import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnoseSignature } from './diagnose-signature.ts';

const HEADER = 'x-avito-messenger-signature';
const rawBody = Buffer.from('{"a": 1}');
const candidates = { client_id: 'client', client_secret: 's3cret', user_id: '401122334', unset: '' };
const diagnose = (headers: Record<string, string | string[] | undefined>) =>
  diagnoseSignature({ headers, rawBody, candidates });

// Made by openssl and sha256sum.
const vectors = [
  ['hmac-sha256 of the raw body', 'hex', '1a9fab6cd4b8cdcaad8640f3eca73fa924c62ff24f3833254ef3547232153767'],
  ['hmac-sha256 of the raw body', 'base64', 'Gp+rbNS4zcqthkDz7Kc/qSTGL/JPODMlTvNUcjIVN2c='],
  [
    'hmac-sha256 of the re-serialised JSON',
    'hex',
    '5910e62016ef5034272c926c27071992a465c2335cecf41851bda071577f4f6d',
  ],
  ['hmac-sha256 of the re-serialised JSON', 'base64', 'WRDmIBbvUDQnLJJsJwcZkqRlwjNc7PQYUb2gcVd/T20='],
  ['sha256 of key + body', 'hex', '2ebe8742804f2f4c4b3a29560faeb7e32be8016cee664b2ad84a21b6b92177ef'],
  ['sha256 of body + key', 'hex', 'c59332dbb7ad9405d840067b455bf4c9236a46c16fb079bbef4760d8bdbbb434'],
  ['sha256 of key + body + key', 'hex', '45e831a59a7353af4fe36e1ac7c31bd9718757b743d2dc27d999aec090cd500f'],
  ['hmac-sha1 of the raw body', 'hex', '9d6022c81b69cabad92db80b40887d3ac4de19a3'],
  ['hmac-md5 of the raw body', 'hex', '8337679b470cd5cd903f577007910c07'],
  [
    'hmac-sha512 of the raw body',
    'hex',
    'b9c929237f5323d0fe8618ae45b0f172d92db65df25bf9cd8c9ab5dc7713c7e0e294e0e497d931ccb16a26f1c9c70acf278b1dae91cc1cd0ae6128e354af7b74',
  ],
  ['sha1 of key + body', 'hex', 'e546f45b6d812b547e2f25333560df40d78fb589'],
  ['the key itself', 'plain', 's3cret'],
] as const;

describe.each(vectors)('%s in %s', (algorithm, encoding, value) => {
  const match = { header: HEADER, candidate: 'client_secret', algorithm, encoding };

  test('is recognised with its key', () => {
    expect(diagnose({ [HEADER]: value }).matches).toEqual([match]);
  });

  test('is recognised behind sha256= and in any header that may hold a signature', () => {
    const header = 'x-signature';
    expect(diagnose({ [header]: `sha256=${value}` }).matches).toEqual([{ ...match, header }]);
  });
});

test('a hash of the body alone fits no key, and is told apart', () => {
  const value = 'f9d86028c6e0d64e225186f96acb69338b2c59764df79162107f5c4bb34d1310';
  expect(diagnose({ [HEADER]: value }).matches).toEqual([
    { header: HEADER, candidate: null, algorithm: 'sha256 of body', encoding: 'hex' },
  ]);
});

test('hex may be in upper case, base64 in its variant for URLs', () => {
  for (const value of [
    vectors[0][2].toUpperCase(),
    vectors[1][2].replaceAll('+', '-').replaceAll('/', '_'),
  ]) {
    expect(diagnose({ [HEADER]: value }).matches).toMatchObject([{ algorithm: vectors[0][0] }]);
  }
});

test('of a body that prints as it came, the raw bytes are named and not the JSON', () => {
  const { matches } = diagnoseSignature({
    headers: { [HEADER]: vectors[2][2] },
    rawBody: Buffer.from('{"a":1}'),
    candidates,
  });
  expect(matches).toMatchObject([{ algorithm: 'hmac-sha256 of the raw body' }]);
});

test('a signature that nothing fits is described, for further guesses', () => {
  expect(diagnose({ [HEADER]: 'ab'.repeat(32), 'x-hash': ['AbC+'.repeat(6), '?'] })).toEqual({
    headers: [
      { name: HEADER, form: 'hex', length: 64 },
      { name: 'x-hash', form: 'base64', length: 24 },
      { name: 'x-hash', form: 'other', length: 1 },
    ],
    matches: [],
  });
});

test('headers of other kinds are left alone, though a candidate may equal them', () => {
  expect(diagnose({ 'content-length': '401122334', host: 'client' })).toEqual({ headers: [], matches: [] });
});

test('no key is repeated, and an empty one fits nothing', () => {
  const diagnosis = diagnose({ [HEADER]: 's3cret', 'x-signature': '' });
  expect(JSON.stringify(diagnosis)).not.toContain('s3cret');
  expect(diagnosis.headers).toHaveLength(1);
});

test('nothing makes it throw or fit by chance', () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined));
  fc.assert(
    fc.property(fc.uint8Array(), value, fc.string({ minLength: 30 }), (body, header, key) => {
      fc.pre(header !== key && !String(header).includes(key));
      const diagnosis = diagnoseSignature({
        headers: { [HEADER]: header },
        rawBody: body,
        candidates: { key },
      });
      expect(diagnosis.matches).toEqual([]);
    }),
  );
});
