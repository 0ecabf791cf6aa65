import { errorCode, errorMessage } from '@avito-autoreply/runtime';

export type Finding = {
  /** What was looked at, e.g. `Redis`. */
  subject: string;
  /** `warning`: it works, but not as it should in production. `skipped`: not configured, and not needed. */
  status: 'ok' | 'warning' | 'problem' | 'skipped';
  message: string;
  /** What to do; absent where nothing is to be done. */
  advice?: string;
};

export const ok = (subject: string, message: string): Finding => ({ subject, status: 'ok', message });
export const skipped = (subject: string, message: string): Finding => ({
  subject,
  status: 'skipped',
  message,
});
export const warning = (subject: string, message: string, advice: string): Finding => ({
  subject,
  status: 'warning',
  message,
  advice,
});
export const problem = (subject: string, message: string, advice: string): Finding => ({
  subject,
  status: 'problem',
  message,
  advice,
});

/** A check that throws is a finding too: its message says what failed. */
export async function findingsOf(
  subject: string,
  /** By the error's code, where it matters. */
  advice: string | ((code: string) => string),
  check: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    const code = errorCode(error);
    const whatToDo = typeof advice === 'string' ? advice : advice(code);
    return [problem(subject, `${errorMessage(error)} (${code})`, whatToDo)];
  }
}
