import { z } from 'zod';
import { type WebhookConfig, webhookTokenField, twoKeys } from './avito.env.ts';

/** As much of an entry as the rules between accounts need; what is written wrongly is told elsewhere. */
const lenient = z
  .object({
    user_id: z.int().optional().catch(undefined),
    knowledge_of: z.int().optional().catch(undefined),
    webhook: z
      .object({
        secret: twoKeys.optional().catch(undefined),
        token: webhookTokenField.optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
  })
  .catch({});
type Entry = z.output<typeof lenient>;

const at = (index: number, field: string) => `[${index}].${field}`;

function idProblems(entries: readonly Entry[]): string[] {
  const ids = entries.map((entry) => entry.user_id);
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [`${at(index, 'user_id')}: ${id} is there twice, as [${ids.indexOf(id)}] too`]
      : [],
  );
}

function knowledgeProblems(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ user_id: own, knowledge_of: lender }, index) => {
    if (lender === undefined || lender === own) return [];
    const found = entries.find((entry) => entry.user_id === lender);
    const place = at(index, 'knowledge_of');
    if (found === undefined) return [`${place}: there is no account ${lender} in the file`];
    if (found.knowledge_of === undefined || found.knowledge_of === lender) return [];
    return [
      `${place}: account ${lender} answers from the knowledge base of ${found.knowledge_of} itself; name that one`,
    ];
  });
}

type Gate = { place: string; token: string | undefined; secrets: readonly string[] };

/** Two gates that open to the same request could not tell whose it is. */
function gateProblems(entries: readonly Entry[], shared: WebhookConfig): string[] {
  const own = entries.flatMap(({ webhook }, index): Gate[] =>
    webhook === undefined
      ? []
      : [{ place: at(index, 'webhook'), token: webhook.token, secrets: webhook.secret ?? [] }],
  );
  const usesShared = own.length < entries.length;
  const gates: Gate[] = usesShared ? [{ place: 'the environment', ...shared }, ...own] : own;
  const isId = usesShared && shared.token !== undefined && !/\D/.test(shared.token);
  const problems = own.flatMap((gate) => {
    const before = gates.slice(0, gates.indexOf(gate));
    const sameToken = before.find(({ token }) => token !== undefined && token === gate.token);
    // A secret may be shared as long as each of its gates asks for a token besides.
    const sameSecret = before.find(
      (other) =>
        (other.token === undefined || gate.token === undefined) &&
        other.secrets.some((secret) => gate.secrets.includes(secret)),
    );
    return [
      ...(sameToken ? [`${gate.place}.token: is also that of ${sameToken.place}; make another one`] : []),
      ...(sameSecret
        ? [
            `${gate.place}.secret: is also that of ${sameSecret.place}; give both a token of their own, or other secrets`,
          ]
        : []),
    ];
  });
  return isId
    ? ['AVITO_WEBHOOK_TOKEN: must hold a letter, or it would be read as the id of an account', ...problems]
    : problems;
}

/** What is wrong between the accounts of the file; `shared` is the webhook of those that have none of their own. */
export function problemsAcross(list: readonly unknown[], shared: WebhookConfig): string[] {
  const entries = list.map((each) => lenient.parse(each));
  return [...idProblems(entries), ...knowledgeProblems(entries), ...gateProblems(entries, shared)];
}
