import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** An OpenAI-compatible embedding endpoint that knows any model, for the time of a test. `calls`: the models that were asked. */
export async function startEmbeddingServer(
  vectorOf: (text: string) => number[],
): Promise<{ baseUrl: string; calls: string[] }> {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const { model, input } = JSON.parse(await text(request)) as { model: string; input: string[] };
    calls.push(model);
    const data = input.map((each, index) => ({ index, embedding: vectorOf(each) }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data, usage: { total_tokens: 1 } }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, calls };
}
