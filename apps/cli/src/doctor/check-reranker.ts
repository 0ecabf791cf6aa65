import type { RerankConfig } from '@avito-autoreply/config';
import { probeReranker } from '@avito-autoreply/rag';
import { type Finding, findingsOf, ok, problem } from './finding.ts';

const SUBJECT = 'Reranker';
const ADVICE =
  'Without it what is found keeps the order of the search. Check RERANK_BASE_URL (without /rerank), RERANK_MODEL and RERANK_API_KEY.';

/** Two short texts are put in order. Nothing is said where none is configured: none is needed. */
export async function checkReranker(rerank: RerankConfig | undefined): Promise<Finding[]> {
  if (rerank === undefined) return [];
  const { model, baseUrl } = rerank;
  return findingsOf(SUBJECT, ADVICE, async () => {
    const failure = await probeReranker(rerank);
    return [
      failure === undefined
        ? ok(SUBJECT, `${model} puts texts in order`)
        : problem(SUBJECT, `${model} at ${baseUrl} does not work (${failure})`, ADVICE),
    ];
  });
}
