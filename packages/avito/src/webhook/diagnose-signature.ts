import { createHash, createHmac } from 'node:crypto';

const hashes = ['sha256', 'sha1', 'sha512', 'md5'] as const;
type Hash = (typeof hashes)[number];

/** How a header's value comes about from the key and the body. */
export type SignatureAlgorithm =
  | `hmac-${Hash} of the raw body`
  | `hmac-${Hash} of the re-serialised JSON`
  | `${Hash} of body`
  | `${Hash} of key + body`
  | `${Hash} of body + key`
  | `${Hash} of key + body + key`
  | 'the key itself';

export type SignatureMatch = {
  header: string;
  /** The name of the fitting key; null where the value depends on no key, so that anybody could make it. */
  candidate: string | null;
  algorithm: SignatureAlgorithm;
  encoding: 'hex' | 'base64' | 'plain';
};

export type SignatureDiagnosis = {
  /** The headers that were looked at, with the form of their values. */
  headers: { name: string; form: 'hex' | 'base64' | 'other'; length: number }[];
  /** Which key and algorithm give a header's value; empty when none does. */
  matches: SignatureMatch[];
};

type DiagnoseSignature = {
  /** With names in lower case, as Node gives them. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came. */
  rawBody: Uint8Array;
  /** What may be the key, by name: client_secret, client_id, the webhook's address, … */
  candidates: Readonly<Record<string, string>>;
};

// Others hold lengths, hosts and times, which a short candidate such as a user id may equal by chance.
const isOfInterest = (name: string) => /sign|hmac|digest|hash|token|secret|auth/.test(name);

/** As whoever parses and prints the body before signing it would have it; undefined when that gives the same bytes. */
function reserialised(rawBody: Uint8Array): string | undefined {
  const text = Buffer.from(rawBody).toString('utf8');
  try {
    const printed = JSON.stringify(JSON.parse(text));
    return printed === text ? undefined : printed;
  } catch {
    return undefined;
  }
}

type Digest = { candidate: string | null; algorithm: SignatureAlgorithm; digest: Buffer };

function digestsOf({ rawBody, candidates }: Omit<DiagnoseSignature, 'headers'>): Digest[] {
  const printed = reserialised(rawBody);
  const keys = Object.entries(candidates).filter(([, key]) => key !== '');
  return hashes.flatMap((name): Digest[] => {
    const hmac = (key: string, data: Uint8Array | string) => createHmac(name, key).update(data).digest();
    const hash = (...parts: (Uint8Array | string)[]) => createHash(name).update(joined(parts)).digest();
    return [
      { candidate: null, algorithm: `${name} of body`, digest: hash(rawBody) },
      ...keys.flatMap(([candidate, key]): Digest[] => [
        { candidate, algorithm: `hmac-${name} of the raw body`, digest: hmac(key, rawBody) },
        ...(printed === undefined
          ? []
          : [
              {
                candidate,
                algorithm: `hmac-${name} of the re-serialised JSON` as const,
                digest: hmac(key, printed),
              },
            ]),
        { candidate, algorithm: `${name} of key + body`, digest: hash(key, rawBody) },
        { candidate, algorithm: `${name} of body + key`, digest: hash(rawBody, key) },
        { candidate, algorithm: `${name} of key + body + key`, digest: hash(key, rawBody, key) },
      ]),
    ];
  });
}

const joined = (parts: readonly (Uint8Array | string)[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

// base64url and missing padding are the same bytes to those who write them.
const plainBase64 = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');

function formOf(value: string): 'hex' | 'base64' | 'other' {
  if (/^(?:[0-9a-f]{2}){16,}$/i.test(value)) return 'hex';
  return /^[A-Za-z0-9+/_-]{22,}={0,2}$/.test(value) ? 'base64' : 'other';
}

/**
 * Says which of the candidate keys, and which of the algorithms seen in the wild, give the signature of one captured
 * request. For the operator's eyes: comparison is not in constant time, and nothing is let in by it. Never throws, and
 * repeats no key.
 */
export function diagnoseSignature({ headers, rawBody, candidates }: DiagnoseSignature): SignatureDiagnosis {
  const digests = digestsOf({ rawBody, candidates });
  const values = Object.entries(headers)
    .map(([name, value]) => ({ name: name.toLowerCase(), value }))
    .filter(({ name }) => isOfInterest(name))
    .flatMap(({ name, value }) => [value ?? []].flat().map((one) => ({ name, value: one.trim() })))
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => ({
      name,
      value: value.replace(/^(?:(?:hmac-?)?(?:sha-?(?:1|256|512)|md5)[=:]|bearer\s+)/i, ''),
    }));

  const matchesOf = ({ name: header, value }: { name: string; value: string }): SignatureMatch[] => [
    ...digests.flatMap(({ candidate, algorithm, digest }): SignatureMatch[] => {
      if (value.toLowerCase() === digest.toString('hex')) {
        return [{ header, candidate, algorithm, encoding: 'hex' }];
      }
      const isBase64 = plainBase64(value) === plainBase64(digest.toString('base64'));
      return isBase64 ? [{ header, candidate, algorithm, encoding: 'base64' }] : [];
    }),
    ...Object.entries(candidates)
      .filter(([, key]) => key !== '' && key === value)
      .map(([candidate]): SignatureMatch => ({
        header,
        candidate,
        algorithm: 'the key itself',
        encoding: 'plain',
      })),
  ];

  return {
    headers: values.map(({ name, value }) => ({ name, form: formOf(value), length: value.length })),
    matches: values.flatMap(matchesOf),
  };
}
