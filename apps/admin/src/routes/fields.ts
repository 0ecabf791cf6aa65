import { z } from 'zod';

const accountMeaning = 'The Avito account (user id) that is meant; needed only when several are configured.';

const wholeNumber = (range: string) => z.coerce.number(range).int(range);

/** For queries, where everything is text. */
export const accountInQuery = {
  account_id: wholeNumber('must be the numeric id of an account')
    .positive('must be the numeric id of an account')
    .optional()
    .meta({ description: accountMeaning }),
};

export const accountInBody = {
  account_id: z.int('must be the numeric id of an account').positive().optional().meta({
    description: accountMeaning,
  }),
};

/** A text that must be there, with a word for each way to miss it. Postgres stores no NUL, and searches for none. */
export const requiredText = z
  .string({ error: ({ input }) => (input === undefined ? 'is required' : 'must be a text') })
  .refine((text) => text.trim() !== '', 'must not be empty')
  .refine((text) => !text.includes('\0'), 'must not hold the character NUL');

/** `maxOffset` is Avito's bound where the list is Avito's. */
export function page({ maxLimit, maxOffset }: { maxLimit: number; maxOffset: number }) {
  const limitRange = `must be a whole number from 1 to ${maxLimit}`;
  const offsetRange = `must be a whole number from 0 to ${maxOffset}`;
  return {
    limit: wholeNumber(limitRange)
      .min(1, limitRange)
      .max(maxLimit, limitRange)
      .default(Math.min(50, maxLimit)),
    offset: wholeNumber(offsetRange).min(0, offsetRange).max(maxOffset, offsetRange).default(0),
  };
}

export const avitoPage = page({ maxLimit: 100, maxOffset: 1_000 });
export const ownPage = page({ maxLimit: 200, maxOffset: 1_000_000 });

export const chatId = requiredText.max(200, 'must be at most 200 characters long');
export const chatInPath = z.strictObject({
  chat_id: chatId.meta({ examples: ['u2i-1234567890-1234567890'] }),
});

const messageId = requiredText.max(200, 'must be at most 200 characters long');
export const messageInPath = z.strictObject({ ...chatInPath.shape, message_id: messageId });
export const itemId = z
  .int('must be the numeric id of a listing')
  .positive('must be the numeric id of a listing')
  .meta({ description: 'The listing that the text belongs to; left out: the whole shop' });

export const accountId = z.int().meta({ description: 'The Avito account (user id)' });
/** A list in a query, its entries divided by commas. */
export const listInQuery = <Entry extends string>(entry: z.ZodType<Entry, string>, error: string) =>
  z
    .string(error)
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(entry, error).min(1, error).max(100, 'must be at most 100'));

export const time = z.iso.datetime();

export const timeOf = (date: Date) => date.toISOString();
export const timeOrNull = (date: Date | null) => date?.toISOString() ?? null;
