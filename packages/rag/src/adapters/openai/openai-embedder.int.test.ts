import { describe, expect, test } from 'vitest';
import { startModelServer } from '../../testing/model-server.ts';
import { createOpenAiEmbedder } from './openai-embedder.ts';

const response = (...embeddings: unknown[]) => ({
  data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding })),
  usage: { prompt_tokens: 5, total_tokens: 5 },
});
const base64 = (numbers: number[]) => Buffer.from(new Float32Array(numbers).buffer).toString('base64');

describe('the embedder', () => {
  test('asks for the dimensions and reads base64, in the order of the texts', async () => {
    const { endpoint, received } = await startModelServer(() => {
      const [first, second] = response(base64([0.5, -1]), base64([2, 0])).data;
      return { body: { ...response(), data: [second, first] } };
    });
    const embedder = createOpenAiEmbedder({ ...endpoint, model: 'text-embedding-3-small', dimensions: 2 });
    expect(await embedder.embed({ texts: ['а', 'б'], kind: 'passage' })).toEqual({
      vectors: [
        [0.5, -1],
        [2, 0],
      ],
      tokens: 5,
    });
    expect(received).toMatchObject([
      {
        path: '/v1/embeddings',
        body: {
          model: 'text-embedding-3-small',
          input: ['а', 'б'],
          dimensions: 2,
          encoding_format: 'base64',
        },
      },
    ]);
    expect(embedder.spaceKey).toBe('text-embedding-3-small|2|none');
  });

  test('reads plain numbers from a server that knows nothing else, and asks it so from then on', async () => {
    const { endpoint, received } = await startModelServer(({ body }) =>
      body['encoding_format'] === 'base64'
        ? { status: 400, body: { error: { message: 'encoding_format' } } }
        : { body: { data: response([1, 2, 3]).data } },
    );
    const embedder = createOpenAiEmbedder({ ...endpoint, model: 'local' });
    for (const text of ['а', 'б']) {
      expect(await embedder.embed({ texts: [text], kind: 'query' })).toEqual({
        vectors: [[1, 2, 3]],
        tokens: 0,
      });
    }
    expect(received.map(({ body }) => body['encoding_format'])).toEqual(['base64', 'float', 'float']);
  });

  test('puts the prefixes before the texts of the models that need them', async () => {
    const { endpoint, received } = await startModelServer(() => ({ body: response([1]) }));
    const embedder = createOpenAiEmbedder({ ...endpoint, model: 'intfloat/multilingual-e5-small' });
    await embedder.embed({ texts: ['а'], kind: 'query' });
    await embedder.embed({ texts: ['а'], kind: 'passage' });
    expect(received.map(({ body }) => body['input'])).toEqual([['query: а'], ['passage: а']]);
    expect(embedder.spaceKey).toBe('intfloat/multilingual-e5-small|native|e5');
  });

  test.each([
    ['too few vectors', response([1, 2])],
    ['vectors of other dimensions', response([1, 2, 3], [1, 2, 3])],
    ['vectors of unlike dimensions', response([1, 2], [1])],
    ['no vectors', { data: [] }],
    ['no numbers', response([null, 1], [1, 2])],
    ['a vector without a direction', response([0, 0], [1, 2])],
    ['numbers that cannot be stored', response([1e308, 1], [1, 2])],
    ['something else', { hello: 'world' }],
  ])('calls %s a bad answer', async (_, body) => {
    const { endpoint } = await startModelServer(() => ({ body }));
    const embedder = createOpenAiEmbedder({ ...endpoint, model: 'm', dimensions: 2 });
    const failure = embedder.embed({ texts: ['а', 'б'], kind: 'passage' });
    await expect(failure).rejects.toMatchObject({ code: 'model.bad-answer' });
  });

  test('does not retry by itself', async () => {
    const { endpoint, received } = await startModelServer(() => ({ status: 503 }));
    const embedder = createOpenAiEmbedder({ ...endpoint, model: 'm' });
    const failure = embedder.embed({ texts: ['а'], kind: 'passage' });
    await expect(failure).rejects.toMatchObject({ code: 'model.unavailable', isRetryable: true });
    expect(received).toHaveLength(1);
  });

  test('asks nothing for no texts', async () => {
    const embedder = createOpenAiEmbedder({ apiKey: 'x', baseUrl: 'http://127.0.0.1:1/v1', model: 'm' });
    expect(await embedder.embed({ texts: [], kind: 'query' })).toEqual({ vectors: [], tokens: 0 });
  });
});
