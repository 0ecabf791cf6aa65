import { gates, gateNames, type HttpMutant, mayGetIn, PATH, sign } from './gates.ts';
import { breakBody, freshEvent, oddBody } from './mutate-body.ts';
import { breakSignature } from './mutate-signature.ts';
import { createRandom, type Random } from './random.ts';

const HEADER = 'x-avito-messenger-signature';

const breakPath = (path: string, random: Random): string => {
  const at = random.below(path.length);
  return random.pick<() => string>([
    () => path.slice(0, at + 1),
    () => `${path.slice(0, at)}${path.slice(at + 1)}` || '/',
    () => `${path}${random.pick(['x', '/x', '%00', '%2F', ';x', '.json', '/..', '%ff', '?token=x', '/%20'])}`,
    () => `/${path}`,
    () => path.toUpperCase(),
    () => `${path.slice(0, at)}%${random.pick(['41', 'zz', '2e', '00', 'c3'])}${path.slice(at)}`,
    () => PATH,
    () => `${PATH}/`,
    () => `${PATH}/${401_122_333 + random.below(4)}/${random.bytes(12).toString('base64url')}`,
    () => path.split('/').toReversed().join('/'),
    () => `${PATH}/${random.bytes(random.below(40)).toString('base64url')}`,
    () => random.pick(['/', '/api', '/api/v1/webhooks', '/api/v1/webhooks/avito/messages/../messages']),
  ])();
};

const contentTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/xml',
  '*/*',
  'json',
  '',
] as const;

function oddHeaders(random: Random): Record<string, string | string[]> {
  return random.pick<() => Record<string, string | string[]>>([
    () => ({ 'content-type': random.pick(contentTypes) }),
    () => ({ 'content-encoding': random.pick(['gzip', 'br', 'deflate', 'identity', 'x', 'gzip, gzip']) }),
    () => ({ expect: random.pick(['', 'x']) }),
    () => ({ 'x-forwarded-for': random.bytes(20).toString('hex'), 'x-forwarded-proto': 'https' }),
    () => ({ 'x-http-method-override': 'GET', 'x-original-url': PATH }),
    () => ({ cookie: 'a='.repeat(random.below(2_000)) }),
    () => ({ accept: random.bytes(12).toString('base64'), authorization: `Bearer ${random.below(1e9)}` }),
    () => Object.fromEntries(Array.from({ length: random.below(60) }, (_, n) => [`x-h${n}`, String(n)])),
  ])();
}

function breedOnce(random: Random): HttpMutant {
  const gate = random.pick(gateNames);
  const { paths, isSigned } = gates[gate];
  const original = freshEvent(random);
  const goodPath = random.pick<string>(paths);
  const request: HttpMutant = {
    gate,
    method: 'POST',
    path: goodPath,
    headers: { 'content-type': 'application/json', [HEADER]: sign(original) },
    body: original,
    isCutOff: false,
  };
  const breaks: (() => void)[] = [];
  if (goodPath !== PATH) breaks.push(() => (request.path = breakPath(goodPath, random)));
  if (isSigned) {
    breaks.push(
      () => (request.body = breakBody(original, random)),
      () => (request.body = oddBody(random)),
      () => {
        const { [HEADER]: _signature, ...rest } = request.headers;
        request.headers = { ...rest, ...breakSignature(sign(original), random) };
      },
    );
  }
  const [first = () => {}, ...others] = breaks;
  random.pick([first, ...others])();
  // A second change now and then: what one hides the other may show.
  if (random.chance(0.3)) random.pick([first, ...others])();
  if (random.chance(0.3)) request.headers = { ...request.headers, ...oddHeaders(random) };
  if (random.chance(0.02)) request.method = random.pick(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']);
  if (random.chance(0.002)) request.isCutOff = true;
  return request;
}

/** The mutant of this number: no valid request, however it came about, and the same for the same seed. */
export function breed({ seed, number }: { seed: number; number: number }): HttpMutant {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ number);
  for (;;) {
    const request = breedOnce(random);
    if (!mayGetIn(request)) return request;
  }
}
