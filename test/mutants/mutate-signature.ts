import { createHash, createHmac } from 'node:crypto';
import type { Random } from './random.ts';

const MESSENGER = 'x-avito-messenger-signature';
const NAMES = [MESSENGER, 'x-avito-signature', 'x-signature', 'X-AVITO-SIGNATURE'] as const;

function broken(signature: string, random: Random): string {
  const at = random.below(signature.length);
  return random.pick<() => string>([
    () => signature.slice(0, at),
    () => signature.slice(at + 1),
    () => `${signature.slice(0, at)}${random.below(16).toString(16)}${signature.slice(at + 1)}`,
    () => `${signature.slice(0, at)} ${signature.slice(at)}`,
    () => `${signature.slice(0, at)},${signature.slice(at)}`,
    () => signature.split('').toReversed().join(''),
    () => Buffer.from(signature, 'hex').toString('base64'),
    () => random.bytes(32).toString('hex'),
    () => '0'.repeat(64),
    () => '',
    () => `sha1=${random.bytes(20).toString('hex')}`,
    () => `sha512=${random.bytes(64).toString('hex')}`,
    () => createHmac('sha256', '').update(signature).digest('hex'),
    () => createHash('sha256').update(signature).digest('hex'),
    () => random.bytes(random.below(200)).toString('hex'),
    () => ','.repeat(random.below(500)),
    () => `${random.bytes(32).toString('hex')},`.repeat(1 + random.below(50)),
    () =>
      random.pick([
        'null',
        'undefined',
        'true',
        '{}',
        '[]',
        "' or 1=1 --",
        '*',
        'sha256=',
        '\u00ff'.repeat(64),
      ]),
    () => 'a'.repeat(random.below(9_000)),
  ])();
}

/** Headers that hold a signature which is not the body's, or none. */
export function breakSignature(signature: string, random: Random): Record<string, string | string[]> {
  return random.pick<() => Record<string, string | string[]>>([
    () => ({ [MESSENGER]: broken(signature, random) }),
    () => ({ [random.pick(NAMES)]: broken(signature, random) }),
    () => ({ [MESSENGER]: [broken(signature, random), broken(signature, random)] }),
    () => ({}),
  ])();
}
