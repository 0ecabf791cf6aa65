import { AppError, sleep } from '@avito-autoreply/runtime';
import type { Control } from '@avito-autoreply/simulator';
import type { Line } from '../chaos/plan-conversations.ts';
import { questionAbout } from '../world/facts.ts';

/** Lets buyers and operators write what the plan says, when it says it, over so many accounts. */
export async function tellStory(
  lines: readonly Line[],
  { control, accountIds }: { control: Control; accountIds: readonly number[] },
): Promise<void> {
  const begun = Date.now();
  const chatIds = new Map<number, string>();
  const chatIdOf = (chat: number): string => {
    const known = chatIds.get(chat);
    if (known !== undefined) return known;
    const accountId = accountIds[chat % accountIds.length];
    if (accountId === undefined)
      throw new AppError('a story needs an account', { code: 'faults.no-account' });
    const { id } = control.openChat({ accountId });
    chatIds.set(chat, id);
    return id;
  };
  for (const line of lines) {
    await sleep(Math.max(begun + line.atMs - Date.now(), 0));
    const chatId = chatIdOf(line.chat);
    if (line.kind === 'operator') control.operatorWrites({ chatId, text: 'Здравствуйте, дальше отвечу я' });
    else await control.buyerWrites({ chatId, text: questionAbout(line.fact) });
  }
}
