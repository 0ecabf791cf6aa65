import type { Random } from './random.ts';

/** An event as Avito sends them, with ids of its own: a second one that got in would not pass for a duplicate. */
export function freshEvent(random: Random): Buffer {
  return Buffer.from(
    JSON.stringify({
      id: random.bytes(16).toString('hex'),
      version: 'v3.0.0',
      timestamp: 1_795_333_202,
      payload: {
        type: 'message',
        value: {
          id: random.bytes(16).toString('hex'),
          chat_id: `u2i-${random.bytes(9).toString('base64url')}~x`,
          user_id: 401_122_334,
          author_id: 287_654_321,
          created: 1_795_333_201,
          type: 'text',
          chat_type: 'u2i',
          content: { text: random.pick(['Здравствуйте! Ещё продаёте?', 'Торг есть?', '👍', '']) },
          item_id: 7_632_548_911,
          published_at: '2026-11-22T07:40:01Z',
        },
      },
    }),
  );
}

function inserted(body: Buffer, at: number, what: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, at), what, body.subarray(at)]);
}

/** The same event, a little different: signed as what it is no more. */
export function breakBody(body: Buffer, random: Random): Buffer {
  const at = random.below(body.length);
  const text = body.toString('utf8');
  return random.pick<() => Buffer>([
    () => {
      const copy = Buffer.from(body);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      return copy;
    },
    () => body.subarray(0, at),
    () => body.subarray(at),
    () => inserted(body, at, random.bytes(1 + random.below(8))),
    () => inserted(body, at, Buffer.from(random.pick([' ', '\n', '\0', '\uFEFF', '}', '"', '\\', '\u2028']))),
    () => Buffer.concat([body, body]),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from(text, 'latin1'),
    () => Buffer.from(JSON.stringify(JSON.parse(text), null, 1)),
    () => Buffer.from(text.replace('287654321', '401122334')),
    () =>
      Buffer.from(text.replace('"text"', random.pick(['"image"', '"system"', 'null', '"\\u0000"', '{}']))),
    () =>
      Buffer.from(text.replace('401122334', random.pick(['1e999', '-1', '9007199254740993', '"401122334"']))),
    () => Buffer.from(text.replace('"message"', '"message","__proto__":{"status":"accepted"}')),
  ])();
}

/** What was never an event. */
export function oddBody(random: Random): Buffer {
  // The big ones are rare, or they would be all that is measured.
  if (random.chance(0.005)) {
    return random.pick<() => Buffer>([
      () => Buffer.alloc(300_000, 0x61),
      () => Buffer.from('['.repeat(100_000)),
      () => Buffer.from(`{"a":"${'я'.repeat(100_000)}"}`),
      () => Buffer.from(`[${'0,'.repeat(90_000)}0]`),
    ])();
  }
  return random.pick<() => Buffer>([
    () => Buffer.alloc(0),
    () => random.bytes(random.below(300)),
    () =>
      Buffer.from(
        random.pick([
          'null',
          '[]',
          '0',
          '""',
          '{}',
          '{ }',
          '{}{}',
          '{"payload":null}',
          '{"__proto__":{"a":1}}',
          '{"constructor":{"prototype":{}}}',
          '{"a":1e400,"a":-0}',
          '"\\ud800"',
          '{"payload":{"type":"message","value":[]}}',
          'a=1&b=2',
          '<xml/>',
          '\u001f\u008b\u0008',
        ]),
      ),
    () => Buffer.from('{"a":'.repeat(1 + random.below(500))),
    () => Buffer.from(`${'['.repeat(400)}${']'.repeat(400)}`),
  ])();
}
