import type { WebhookMessage } from '@avito-autoreply/avito/webhook';
import type { Repositories } from '@avito-autoreply/database';
import type { Logger } from '@avito-autoreply/runtime';
import type { SettingsOf } from '../reply-settings.ts';
import { operatorPhrase } from './policy/operator-phrase.ts';

type OutgoingDeps = {
  turns: Pick<Repositories['turns'], 'takeInMessage'>;
  sends: Pick<Repositories['sends'], 'confirmByEcho'>;
  settingsOf: SettingsOf;
  logger: Logger;
};

/** For a message of the seller's side, from its event or from the chat's history. */
export type TakeInOutgoing = (message: WebhookMessage) => Promise<{ isErased: boolean }>;

/** Our own message proves its send; any other is an operator's, who then has the chat. Safe to run twice. */
export function createTakeInOutgoing({ turns, sends, settingsOf, logger }: OutgoingDeps): TakeInOutgoing {
  return async (message) => {
    if ((await sends.confirmByEcho(message)) === 'ours') {
      logger.debug('our own message came back');
      return { isErased: false };
    }
    const { accountId, chatId, messageId, authorId, type, text, content, itemId, chatType, createdAt } =
      message;
    const { quietMs, maxWaitMs, policy } = settingsOf(accountId);
    const phrase = operatorPhrase(text, policy);
    const { inserted, isErased } = await turns.takeInMessage({
      accountId,
      chatId,
      messageId,
      direction: 'out',
      authorId,
      authorKind: 'operator',
      type,
      text,
      content,
      itemId,
      chatType,
      createdAt,
      decision: 'ignore',
      reason: phrase === undefined ? 'operator-wrote' : `${phrase}-phrase`,
      phrase,
      quietMs,
      maxWaitMs,
    });
    if (inserted)
      logger.info(
        phrase === 'resume'
          ? 'the operator gives the chat back'
          : 'an operator wrote: the chat is left to him',
      );
    return { isErased };
  };
}
