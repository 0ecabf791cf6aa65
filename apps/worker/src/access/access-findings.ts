import type { AccessProblem, AccessReport } from '@avito-autoreply/avito';

/** What an alert will say. */
export type Finding = { kind: string; message: string; details: unknown };

const kindOf = {
  'access-not-paid': 'access-lost',
  'access-denied': 'access-lost',
  'wrong-account': 'access-lost',
  'token-refused': 'token-refused',
  'token-revoked': 'token-refused',
  'webhook-gone': 'webhook-gone',
  'webhook-replaced': 'webhook-replaced',
  'avito-unreachable': 'avito-unreachable',
} as const satisfies Record<AccessProblem['code'], string>;

/** All kinds that a look at an account may raise, and clears where it does not. */
export const accessAlertKinds: readonly string[] = [...new Set(Object.values(kindOf)), 'webhook-unreachable'];

/** The problems of a report as alerts: at most one of a kind, the gravest. */
export function findingsOf({ problems, subscriptions }: AccessReport): Finding[] {
  const all = problems.map(({ code, message }): Finding => ({
    kind: kindOf[code],
    message,
    details: code === 'webhook-replaced' ? { code, urls: subscriptions?.map(({ url }) => url) } : { code },
  }));
  return all.filter(({ kind }, index) => all.findIndex((other) => other.kind === kind) === index);
}

export const isAboutWebhook = ({ kind }: Finding): boolean => kind.startsWith('webhook-');

export const webhookUnreachable = ({ url, reason }: { url: string; reason: string }): Finding => ({
  kind: 'webhook-unreachable',
  message: `Вебхук не зарегистрирован: адрес ${url} не отвечает так, как нужно Авито. Проверьте, что ingest запущен и доступен снаружи по этому адресу (AVITO_WEBHOOK_PUBLIC_URL).`,
  details: { reason },
});
