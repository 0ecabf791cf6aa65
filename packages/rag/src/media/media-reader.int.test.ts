import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { silentLogger } from '@avito-autoreply/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRag } from '../create-rag.ts';

const VOICE = Buffer.from('\0\0\0\x18ftypmp42 звук', 'utf8');
const JPEG = Buffer.from('\xff\xd8\xff\xe0 точки', 'latin1');
const prices = { currency: 'RUB', models: { hears: { input: 1_000_000, output: 0 } } };

type Answer = (request: IncomingMessage, body: Buffer) => { status?: number; body: Buffer | string };

/** One throw-away server for files and models. */
async function setUp(answers: Record<string, Answer>, { isTrusted = true } = {}) {
  const received: string[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const path = (request.url ?? '').replace(/\?.*/, '');
    received.push(`${path} ${body.toString('latin1')}`);
    const answer = answers[path]?.(request, body) ?? { status: 404, body: '{}' };
    response.writeHead(answer.status ?? 200, {
      'content-type': path.startsWith('/v1') ? 'application/json' : 'text/html',
      ...(answer.status === 302 ? { location: String(answer.body) } : {}),
    });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { media } = await createRag({
    // Files ask nothing of the knowledge base.
    pool: undefined as never,
    model: {
      apiKey: 'sk-test',
      baseUrl: `${origin}/v1`,
      chatModel: undefined,
      embeddingModel: undefined,
      embeddingDimensions: undefined,
      transcriptionModel: 'hears',
      visionModel: 'sees',
      timeoutMs: 10_000,
    },
    prices,
    trustedUrl: isTrusted ? origin : undefined,
    logger: silentLogger,
  });
  return { media, origin, received };
}

const voiceFile: Answer = () => ({ body: VOICE });
const says =
  (text: string): Answer =>
  () => ({
    body: JSON.stringify({
      text,
      usage: { type: 'tokens', input_tokens: 3, output_tokens: 2, total_tokens: 5 },
    }),
  });
const nothing = (failure: string) => ({ text: undefined, failure, calls: [] });

describe('a voice message', () => {
  test('becomes text, and its cost is told', async () => {
    const { media, origin, received } = await setUp({
      '/v.mp4': voiceFile,
      '/v1/audio/transcriptions': says('До скольки вы\u200B работаете?'),
    });
    expect(await media.read({ kind: 'voice', url: `${origin}/v.mp4?until=1` })).toEqual({
      text: '[голосовое сообщение] До скольки вы работаете?',
      calls: [{ model: 'hears', usage: { inputTokens: 3, outputTokens: 2 }, cost: 3 }],
    });
    expect(received[1]).toContain('filename="voice.mp4"');
    expect(received[1]).toContain('hears');
  });

  test.each<[string, Record<string, Answer>, string]>([
    ['whose address is too old', { '/v.mp4': () => ({ status: 403, body: '' }) }, 'not-downloaded'],
    [
      'in whose place there is a spoken refusal',
      { '/v.mp4': () => ({ status: 404, body: VOICE }), '/v1/audio/transcriptions': says('x') },
      'not-downloaded',
    ],
    [
      'that is no sound',
      { '/v.mp4': () => ({ body: '<html>' }), '/v1/audio/transcriptions': says('x') },
      'unknown-kind',
    ],
    [
      'that the model does not take',
      { '/v.mp4': voiceFile, '/v1/audio/transcriptions': () => ({ status: 400, body: '{}' }) },
      'model-failed',
    ],
    [
      'that leads elsewhere without end',
      { '/v.mp4': ({ headers }) => ({ status: 302, body: `http://${headers.host}/v.mp4` }) },
      'not-downloaded',
    ],
    [
      'that leads to a private address',
      { '/v.mp4': () => ({ status: 302, body: 'http://10.0.0.1/v.mp4' }) },
      'not-downloaded',
    ],
  ])('%s has no text, and the reason is told', async (_, answers, failure) => {
    const { media, origin } = await setUp(answers);
    expect(await media.read({ kind: 'voice', url: `${origin}/v.mp4` })).toEqual(nothing(failure));
  });

  test('that the model answers with something else has no text, at a cost that nobody knows', async () => {
    const answers = { '/v.mp4': voiceFile, '/v1/audio/transcriptions': () => ({ body: '{}' }) };
    const { media, origin } = await setUp(answers);
    expect(await media.read({ kind: 'voice', url: `${origin}/v.mp4` })).toMatchObject({
      text: undefined,
      calls: [{ model: 'hears', cost: null }],
    });
  });

  test('in which nothing is said has no text, but was paid for', async () => {
    const { media, origin } = await setUp({ '/v.mp4': voiceFile, '/v1/audio/transcriptions': says(' ') });
    expect(await media.read({ kind: 'voice', url: `${origin}/v.mp4` })).toMatchObject({
      text: undefined,
      calls: [{ cost: 3 }],
    });
  });

  test('is never fetched from a private address', async () => {
    const { media, origin, received } = await setUp({ '/v.mp4': voiceFile }, { isTrusted: false });
    for (const url of [`${origin}/v.mp4`, origin.replace('127.0.0.1', 'localhost'), 'file:///etc/passwd']) {
      expect(await media.read({ kind: 'voice', url })).toEqual(nothing('not-downloaded'));
    }
    expect(received).toEqual([]);
  });

  test('is not tried again and again while the model is down', async () => {
    const { media, origin, received } = await setUp({
      '/v.mp4': voiceFile,
      '/v1/audio/transcriptions': () => ({ status: 503, body: '{}' }),
    });
    for (let i = 0; i < 6; i += 1) await media.read({ kind: 'voice', url: `${origin}/v.mp4` });
    expect(received.filter((entry) => entry.startsWith('/v1'))).toHaveLength(3);
  });
});

describe('an image', () => {
  test('is described by a model that sees', async () => {
    const { media, origin, received } = await setUp({
      '/i.jpg': () => ({ body: JPEG }),
      '/v1/chat/completions': () => ({
        body: JSON.stringify({
          choices: [{ message: { content: 'Треснувший экран.' } }],
          usage: { prompt_tokens: 100, completion_tokens: 5 },
        }),
      }),
    });
    expect(await media.read({ kind: 'image', url: `${origin}/i.jpg` })).toEqual({
      text: '[фото] Треснувший экран.',
      calls: [{ model: 'sees', usage: { inputTokens: 100, outputTokens: 5 }, cost: null }],
    });
    expect(received[1]).toContain(`data:image/jpeg;base64,${JPEG.toString('base64')}`);
  });
});

test('without models nothing is read, and nothing is fetched', async () => {
  const { media } = await createRag({ pool: undefined as never, model: undefined, logger: silentLogger });
  expect([media.canRead('voice'), media.canRead('image')]).toEqual([false, false]);
  expect(await media.read({ kind: 'voice', url: 'http://127.0.0.1:1/' })).toEqual(nothing('no-model'));
});
