import { ownerText } from '@avito-autoreply/rag';
import { z } from 'zod';

/** What is wrong with a source or a file, for whoever calls and for the owner. */
export const toldProblem = z.strictObject({
  code: z.string(),
  message: z.string(),
  owner_text: z.string().meta({ description: 'In Russian, for the owner' }),
});

export const tellProblem = (
  { code, message }: { code: string; message: string },
  textOf: (code: string) => string = ownerText,
): z.infer<typeof toldProblem> => ({ code, message, owner_text: textOf(code) });
