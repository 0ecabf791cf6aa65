import { z } from 'zod';
import { type BusinessHours, businessHours } from './business-hours.ts';
import { wholeNumber, wholeNumberInFile } from './fields.ts';

/** auto: answers leave. draft: answers are written and wait for the owner. off: nothing is written. */
const answerModes = ['auto', 'draft', 'off'] as const;
export type AnswerMode = (typeof answerModes)[number];

/** answer: as at any time. text: a prepared text once, and the question is held. hold: the question is held. */
const insteadOfAnswer = ['answer', 'text', 'hold'] as const;
type InsteadOfAnswer = (typeof insteadOfAnswer)[number];

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

const text = z.string().trim().min(1, 'must not be empty').max(1_000, 'must fit into one message of Avito');
const count = (max: number) => wholeNumberInFile({ min: 0, max });
const ranges = { replies: { min: 0, max: 10_000 }, returnMinutes: { min: 0, max: 525_600 } };
const phrase = z.string().trim().max(100);

/** Who is answered, as an accounts file or a settings file writes it. Spread it; every field may be left out. */
export const policyFields = {
  reply_mode: z.enum(answerModes, 'must be auto, draft or off').optional(),
  business_hours: businessHours.nullable().optional(),
  outside_hours: z.enum(insteadOfAnswer, 'must be answer, text or hold').optional(),
  outside_hours_text: text.optional(),
  closed_listing: z.enum(insteadOfAnswer, 'must be answer, text or hold').optional(),
  closed_listing_text: text.optional(),
  closed_listing_status_ids: z.array(z.int()).optional(),
  profile_chats: z.enum(['answer', 'hold'], 'must be answer or hold').optional(),
  /** Prepared texts for Avito's own flows by `flow_id`; a flow without one is ignored. */
  flow_texts: z.record(z.string().min(1), text).optional(),
  max_replies_per_chat_per_hour: wholeNumberInFile(ranges.replies).optional(),
  max_replies_per_chat_per_day: wholeNumberInFile(ranges.replies).optional(),
  repeat_breaker_count: count(50).optional(),
  loop_breaker_replies: count(50).optional(),
  loop_breaker_within_minutes: count(1_440).optional(),
  loop_breaker_answered_within_seconds: count(600).optional(),
  return_to_auto_after_minutes: wholeNumberInFile(ranges.returnMinutes).optional(),
  resume_phrase: phrase.optional(),
  pause_phrase: phrase.optional(),
};

type PolicyFields = z.output<z.ZodObject<typeof policyFields>>;

/** What a variable of its own can say; all else is for a file. */
export const policyEnv = z.object({
  AVITO_SETTINGS_FILE: z.string().optional(),
  AVITO_REPLY_MODE: z.enum(answerModes, 'must be auto, draft or off').optional(),
  AVITO_MAX_REPLIES_PER_CHAT_PER_HOUR: wholeNumber({ ...ranges.replies, fallback: 60 }),
  AVITO_MAX_REPLIES_PER_CHAT_PER_DAY: wholeNumber({ ...ranges.replies, fallback: 200 }),
  AVITO_RETURN_TO_AUTO_AFTER_MINUTES: wholeNumber({ ...ranges.returnMinutes, fallback: 0 }),
});

export const policyInEnv = (env: z.output<typeof policyEnv>): PolicyFields => ({
  reply_mode: env.AVITO_REPLY_MODE,
  max_replies_per_chat_per_hour: env.AVITO_MAX_REPLIES_PER_CHAT_PER_HOUR,
  max_replies_per_chat_per_day: env.AVITO_MAX_REPLIES_PER_CHAT_PER_DAY,
  return_to_auto_after_minutes: env.AVITO_RETURN_TO_AUTO_AFTER_MINUTES,
});

export type PolicySettings = {
  replyMode: AnswerMode;
  /** Null: open at any time. */
  businessHours: BusinessHours | null;
  outsideHours: { instead: InsteadOfAnswer; text: string };
  closedListing: { instead: InsteadOfAnswer; text: string; statusIds: readonly number[] };
  profileChats: 'answer' | 'hold';
  flowTexts: Readonly<Record<string, string>>;
  /** 0: no bound. */
  maxRepliesPerChat: { perHour: number; perDay: number };
  /** The same text so many times in a row calls a person; 0: never. */
  repeatBreakerCount: number;
  /** So many of our replies within the time, each answered within the seconds: a robot. 0 replies: never. */
  loopBreaker: { replies: number; withinMs: number; answeredWithinMs: number };
  /** 0: a chat that a person has stays with him. */
  returnToAutoAfterMs: number;
  /** What the operator types in the chat; empty: nothing does it. */
  resumePhrase: string;
  pausePhrase: string;
};

const defaults = {
  outsideHoursText: 'Здравствуйте! Сейчас мы не работаем. Ваше сообщение получили и ответим в рабочее время.',
  closedListingText:
    'Здравствуйте! Это объявление уже снято с публикации. Передал ваш вопрос продавцу, он ответит здесь.',
  // 20 is the one number that Avito documents for a removed listing.
  closedListingStatusIds: [20],
};

/** Every setting, with its default where neither has it; the file's word goes above the environment's. */
export function policySettings(env: PolicyFields, file: PolicyFields = {}): PolicySettings {
  const given = { ...env, ...file };
  return {
    replyMode: given.reply_mode ?? 'auto',
    businessHours: given.business_hours ?? null,
    outsideHours: {
      instead: given.outside_hours ?? 'answer',
      text: given.outside_hours_text ?? defaults.outsideHoursText,
    },
    closedListing: {
      instead: given.closed_listing ?? 'text',
      text: given.closed_listing_text ?? defaults.closedListingText,
      statusIds: given.closed_listing_status_ids ?? defaults.closedListingStatusIds,
    },
    profileChats: given.profile_chats ?? 'answer',
    flowTexts: given.flow_texts ?? {},
    // A lively buyer gets ten answers in an hour; these only stop what runs away.
    maxRepliesPerChat: {
      perHour: given.max_replies_per_chat_per_hour ?? 60,
      perDay: given.max_replies_per_chat_per_day ?? 200,
    },
    repeatBreakerCount: given.repeat_breaker_count ?? 5,
    // Nobody reads and types ten times in a row within five seconds.
    loopBreaker: {
      replies: given.loop_breaker_replies ?? 10,
      withinMs: (given.loop_breaker_within_minutes ?? 10) * MINUTE_MS,
      answeredWithinMs: (given.loop_breaker_answered_within_seconds ?? 5) * SECOND_MS,
    },
    returnToAutoAfterMs: (given.return_to_auto_after_minutes ?? 0) * MINUTE_MS,
    resumePhrase: given.resume_phrase ?? '/бот',
    pausePhrase: given.pause_phrase ?? '/стоп',
  };
}
