import { AvitoApiError, type AvitoError } from '../errors.ts';

/** Stable: programs and alerts rely on it. The first three are about access, the next two about keys and tokens. */
type AccessProblemCode =
  | 'access-not-paid'
  | 'access-denied'
  | 'wrong-account'
  | 'token-refused'
  | 'token-revoked'
  | 'webhook-gone'
  | 'webhook-replaced'
  | 'avito-unreachable';

export type AccessProblem = {
  code: AccessProblemCode;
  /** In Russian, for the owner: what is wrong and what to do. */
  message: string;
};

const CABINET = 'avito.ru/professionals/api';

const texts: Record<Exclude<AccessProblemCode, 'webhook-replaced' | 'wrong-account'>, string> = {
  'access-not-paid': `Доступ к Messenger API не оплачен: для товаров и вакансий нужен уровень подписки «Максимальный», для услуг — «Расширенный» или «Максимальный». Пока он не подключён, ответы покупателям не уходят.`,
  'access-denied': `Авито отказывает в доступе даже с новым токеном. Проверьте уровень подписки и права приложения и возьмите ключи главного аккаунта компании: с ключами сотрудника Messenger API не работает (${CABINET}).`,
  'token-refused': `Авито не выдаёт токен по ключам этого аккаунта. Проверьте client_id и client_secret на странице ${CABINET}: возможно, ключи перевыпущены.`,
  'token-revoked': 'Авито больше не принимает согласие владельца аккаунта. Подключите аккаунт заново.',
  'webhook-gone':
    'Вебхук не зарегистрирован: Авито не сообщает нам о новых сообщениях. Зарегистрируйте его командой autoreply webhook register или запросом POST /api/v1/avito/webhook/register.',
  'avito-unreachable':
    'Авито не отвечает или отвечает ошибкой, поэтому проверить доступ и вебхук не удалось. Проверьте связь сервера с api.avito.ru; если она есть, неполадки на стороне Авито.',
};

export const accessProblem = (code: keyof typeof texts): AccessProblem => ({ code, message: texts[code] });

export const webhookReplaced = (urls: readonly string[]): AccessProblem => ({
  code: 'webhook-replaced',
  message: `Авито доставляет сообщения не нам, а на адрес ${urls.join(', ')}. Возможно, другая система зарегистрировала свой вебхук вместо нашего. Чтобы вернуть сообщения, зарегистрируйте вебхук заново с заменой (replace).`,
});

export const wrongAccount = ({ userId, keysOf }: { userId: number; keysOf: number }): AccessProblem => ({
  code: 'wrong-account',
  message: `Ключи принадлежат аккаунту ${keysOf}, а настроен аккаунт ${userId}. Укажите user_id ${keysOf} или ключи главного аккаунта ${userId}.`,
});

const codeByError: Record<string, keyof typeof texts> = {
  'avito.payment-required': 'access-not-paid',
  'avito.access-denied': 'access-denied',
  'avito.bad-credentials': 'token-refused',
  'avito.not-connected': 'token-revoked',
  'avito.token-revoked': 'token-revoked',
};

/** What a failed call means for the owner. A failure that is not about access may pass by itself. */
export function problemOf(error: AvitoError): AccessProblem {
  // An API that does not know our calls, a gateway's page for instance, is no API that can be reached.
  const code = codeByError[error.code] ?? 'avito-unreachable';
  const { message } = accessProblem(code);
  return {
    code,
    message: error instanceof AvitoApiError ? `${message} Ответ Авито: ${error.status}.` : message,
  };
}
