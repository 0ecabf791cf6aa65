import http from 'node:http';
import { breed } from './breed.ts';
import type { HttpMutant } from './gates.ts';
import { startTarget } from './target.ts';

export type MutantReport = {
  count: number;
  seed: number;
  seconds: number;
  perSecond: number;
  /** Answers by status; `cut-off` and `closed` are connections that ended without one. */
  byStatus: Record<string, number>;
  /** Numbers of the mutants that got in or brought about a 5xx, to be bred again. */
  offenders: number[];
  enqueued: number;
  isAlive: boolean;
  /** Resident memory of ingest in MB after a tenth of the requests, and at the end. */
  rssMb: { early: number; end: number };
};

type Answer = { status: number; text: string } | 'cut-off' | 'closed';

const MB = 1024 * 1024;
const CONCURRENCY = 32;
const SILENCE_MS = 10_000;

function post({
  mutant,
  port,
  agent,
}: {
  mutant: HttpMutant;
  port: number;
  agent: http.Agent;
}): Promise<Answer> {
  const { method, path, headers, body, isCutOff } = mutant;
  return new Promise((resolve) => {
    const length = isCutOff ? body.length + 10 : body.length;
    const request = http.request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, 'content-length': String(length) },
      agent,
      timeout: SILENCE_MS,
    });
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', () => resolve('closed'));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(isCutOff ? 'cut-off' : 'closed'));
    if (isCutOff) request.write(body, () => request.destroy());
    else request.end(body);
  });
}

// The probe is answered before any signature is looked at, and OPTIONS by express itself; neither brings anything in.
const isIn = ({ method }: HttpMutant, { status, text }: { status: number; text: string }) =>
  status >= 200 && status < 300 && method !== 'OPTIONS' && text !== '{"status":"probe"}';

/** Sends that many mutants to a real ingest, and says what became of them. */
export async function runMutants({ count, seed }: { count: number; seed: number }): Promise<MutantReport> {
  const target = await startTarget();
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const byStatus: Record<string, number> = {};
  const offenders: number[] = [];
  const startedAt = performance.now();
  let number = 0;
  let early: number | undefined;

  const sendOn = async (): Promise<void> => {
    for (let own = number++; own < count; own = number++) {
      const mutant = breed({ seed, number: own });
      const answer = await post({ mutant, port: target.ports[mutant.gate] ?? 0, agent });
      const key = typeof answer === 'string' ? answer : String(answer.status);
      byStatus[key] = (byStatus[key] ?? 0) + 1;
      if (typeof answer !== 'string' && (answer.status >= 500 || isIn(mutant, answer))) offenders.push(own);
      if (own === Math.floor(count / 10)) early = (await target.report())?.rss;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, sendOn));

  const seconds = (performance.now() - startedAt) / 1_000;
  const end = await target.report();
  agent.destroy();
  await target.stop();
  return {
    count,
    seed,
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(count / seconds),
    byStatus,
    offenders,
    enqueued: end?.enqueued ?? 0,
    isAlive: end !== null,
    rssMb: { early: Math.round((early ?? 0) / MB), end: Math.round((end?.rss ?? 0) / MB) },
  };
}
