import { loadConfig, loadPrices, openaiEnv } from '@avito-autoreply/config';
import { openAccount } from '../open-account.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

const whole = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  useGrouping: false,
});
const small = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
/** A vector costs some thousandths: that is little, not nothing. */
const money = (value: number) => (value === 0 || value >= 1 ? whole : small).format(value);

/** What the models cost, by month and model. */
export function spend({ account: wanted }: { account: number | undefined }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const prices = await loadPrices(loadConfig(openaiEnv, environment).OPENAI_PRICES_FILE);
    const currency = prices?.currency ?? null;
    const { accountId, spend: spending } = await openAccount(context, wanted);
    const months = await spending.listMonths({ accountId });
    if (months.length === 0) terminal.line('No model was asked yet.');
    const rows = months.flatMap(({ month, models }) =>
      models.map(({ model, calls, unpricedCalls, inputTokens, outputTokens, amount }) => [
        month,
        model,
        `${calls} calls`,
        `${inputTokens} + ${outputTokens} tokens`,
        amount === null ? 'price unknown' : `${money(amount)} ${currency ?? ''}`.trim(),
        unpricedCalls > 0 && unpricedCalls < calls ? `without ${unpricedCalls} calls of unknown price` : '',
      ]),
    );
    for (const line of tableLines(rows)) terminal.line(line.trimEnd());
    terminal.json({ accountId, currency, months });
    return 0;
  };
}
