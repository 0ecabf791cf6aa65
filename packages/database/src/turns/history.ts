/** How many messages that were said before a turn are told with it. */
export const HISTORY_MESSAGES = 20;

/** Of a row of `messages`: something was said, to the buyer or by him. A phrase speaks to the program. */
export const IS_SAID = `author_kind <> 'avito' and coalesce(text, transcript) <> ''
          and decision_reason not in ('resume-phrase', 'pause-phrase')`;
