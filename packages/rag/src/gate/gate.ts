import { hasEndlessWord, withoutEndlessRuns } from '../text/endless-runs.ts';
import { cleanText } from '../text/normalize.ts';
import { splitSentences } from '../text/sentences.ts';
import { agreedWords, asksAgain } from './agreement.ts';
import { unprovenYes } from './agreed-things.ts';
import { assertionsIn } from './assertions.ts';
import { contradicted } from './denials.ts';
import { unknownDeeds } from './deeds.ts';
import { unknownThings } from './existence.ts';
import { dictatedWords } from './dictated.ts';
import { unknownDiscounted } from './discounted.ts';
import { unknownFrequencies } from './frequencies.ts';
import { unprovenInclusions } from './inclusions.ts';
import { otherSpeaker } from './impersonation.ts';
import { foreignWording } from './language.ts';
import { instructionLeak } from './leaks.ts';
import { misusedTokens } from './masked.ts';
import { unknownNames, unknownOwnNames } from './names.ts';
import { affirmedParts, ungroundedPromises } from './promises.ts';
import { leftOut } from './offers.ts';
import { type Ground, readGround } from './read-ground.ts';
import { brokenRestrictions } from './restrictions.ts';
import { spelledOut } from './sameness.ts';
import { strangeSentences } from './strange-sentences.ts';
import { numberProblems } from './numbers.ts';
import { problemsOf, valueProblems } from './stated-values.ts';
import { joinSpelledApart } from './spelled-apart.ts';
import { unreadAmounts } from './unread-amounts.ts';
import { unpaidHaste } from './urgency.ts';
import { tellingWords } from './words.ts';
import { deniedByYes } from './yes-denied.ts';

export const gateProblemKinds = [
  'number',
  'misplaced',
  'phone',
  'email',
  'link',
  'channel',
  'address',
  'name',
  'date',
  'schedule',
  'promise',
  'condition',
  'denial',
  'unknown',
  'leak',
  'dictated',
  'language',
  'markup',
  'too-long',
  'empty',
  'no-source',
] as const;

export type GateProblem = {
  kind: (typeof gateProblemKinds)[number];
  /** What was found and has no ground. */
  value?: string | undefined;
};

/** What was looked at, and what is wrong with it; nothing when the answer may go out. */
export type GateReport = {
  problems: GateProblem[];
  checked: { numbers: number; dates: number; contacts: number; sources: number };
};

type GateInput = {
  answer: string;
  /** Texts of the cited passages and of the listing. */
  grounds: readonly string[];
  question: string;
  /** The buyer's earlier messages: what he ordered to be said stays ordered. */
  earlier?: readonly string[] | undefined;
  /** What the model was told about its work, none of which may show. */
  instructions?: string | undefined;
  /** What the seller says of himself, and has said in the chat: names from there may be named, and be his own. */
  told?: readonly string[] | undefined;
};

const MAX_LENGTH = 3_000;
const PICTURES_ALONE = /^(?:\p{Extended_Pictographic}|\p{RI}|\s)*$/u;
const MARKUP = /```|\*\*|__|^#{1,6}\s|^\s*\|.*\|\s*$|\[[^\]]+\]\([^)]+\)|<\/?[a-z][^>]*>|&[a-z]+;/imu;

/**
 * The check between a model and the buyer, all of it in code: a prompt is not a check. Each number with its unit, price,
 * date, day, phone, address and link of the answer occurs in what it cites or in the listing; it promises nothing that
 * they do not; it shows nothing of the instructions; it is plain text in the buyer's language. What the buyer said
 * himself may be repeated, as long as it is not agreed to as a price.
 */
export function checkAnswer({
  answer: given,
  grounds,
  question: asked,
  earlier: givenBefore = [],
  instructions = '',
  told: givenTold = [],
}: GateInput): GateReport {
  const cleaned = cleanText(given);
  // No chat gets it, so nobody need know what else it says; what follows takes longer the more there is to check.
  if (cleaned.length > MAX_LENGTH || hasEndlessWord(cleaned)) return tooLong({ sources: grounds.length });
  const answer = joinSpelledApart(withoutEndlessRuns(cleaned));
  const question = readable(asked);
  const texts = grounds.map(readable);
  const source = texts.join('\n');
  const read = texts.map(readGround);
  const before = givenBefore.map(readable);
  const told = givenTold.map(readable);
  // „Да?“ asks again what was asked before.
  const meant = asksAgain(question) ? [before.at(-1), question].join(' ') : question;
  const agreed = agreedWords({ answer, question: meant });

  const stated = valueProblems({
    text: answer,
    question,
    grounds: read,
    source,
    before,
    told,
  });
  // Whoever says „да“ says what he was asked.
  const accepted =
    agreed === undefined || agreed.isDenied
      ? []
      : valueProblems({ text: agreed.text, question: '', grounds: read, source }).problems;
  // „Одиночная и двойная одинаково“ says it of each.
  const meantInFull = spelledOut(answer);
  const likened = meantInFull.flatMap(
    (text) =>
      numberProblems({
        answer: text,
        question,
        grounds: read,
        before,
        told,
      }).problems,
  );
  const isStated = ({ kind, value }: GateProblem) =>
    stated.problems.some((each) => each.kind === kind && each.value === value);
  const sentences = splitSentences(answer);
  const affirmed = sentences.map(affirmedParts);
  const ours = [...new Set(knownWords({ grounds: read, told }))];
  const problems: GateProblem[] = [
    ...(PICTURES_ALONE.test(answer) ? [{ kind: 'empty' as const }] : []),
    ...(grounds.length === 0 ? [{ kind: 'no-source' as const }] : []),
    ...problemsOf('markup', MARKUP.exec(answer)?.slice(0, 1) ?? []),
    ...stated.problems,
    ...unique([...accepted, ...likened]).filter((problem) => !isStated(problem)),
    ...misusedTokens(answer),
    ...problemsOf(
      'name',
      unknownNames({ answer, known: knownWords({ grounds: read, told: [question, ...before, ...told] }) }),
    ),
    ...problemsOf('name', unknownOwnNames({ answer, known: ours })),
    ...problemsOf(
      'name',
      [otherSpeaker({ answer, known: [source, ...told].join('\n') })].flatMap((who) => who ?? []),
    ),
    ...problemsOf('promise', promised({ answer, question, grounds: read })),
    ...problemsOf(
      'schedule',
      unknownFrequencies({ answer, facts: read.flatMap(({ frequencies }) => frequencies) }),
    ),
    ...problemsOf('condition', leftOut({ answer, question, facts: read.flatMap(({ offers }) => offers) })),
    ...problemsOf(
      'condition',
      brokenRestrictions({
        sentences: [...sentences, ...meantInFull],
        question,
        facts: read.flatMap(({ restrictions }) => restrictions),
      }),
    ),
    ...problemsOf('condition', unpaidHaste({ sentences, facts: read.flatMap(({ urgencies }) => urgencies) })),
    ...problemsOf('denial', denials({ answer, question, agreed, grounds: read })),
    ...problemsOf('denial', deniedByYes({ answer, question: meant, grounds: read })),
    ...problemsOf('number', unreadAmounts({ affirmed, known: ours })),
    ...problemsOf('condition', unknownDiscounted({ affirmed, known: ours })),
    ...problemsOf('unknown', strangeSentences({ sentences, question, known: ours })),
    ...problemsOf('unknown', unknownThings({ sentences, question, grounds: read })),
    ...problemsOf(
      'leak',
      [instructionLeak({ answer, instructions, grounds: source })].flatMap((leak) => leak ?? []),
    ),
    ...problemsOf(
      'dictated',
      [
        dictatedWords({
          answer,
          question: [...before, question].join('\n'),
          grounds: source,
        }),
      ].flatMap((words) => words ?? []),
    ),
    ...problemsOf(
      'language',
      [foreignWording({ answer, question, grounds: source })].flatMap((text) => text ?? []),
    ),
  ];
  return {
    problems,
    checked: { ...stated.checked, sources: grounds.length },
  };
}

const readable = (text: string) => withoutEndlessRuns(cleanText(text));

const tooLong = ({ sources }: { sources: number }): GateReport => ({
  problems: [{ kind: 'too-long' }],
  checked: { numbers: 0, dates: 0, contacts: 0, sources },
});

const unique = (problems: readonly GateProblem[]) => [
  ...new Map(problems.map((each) => [`${each.kind} ${each.value}`, each])).values(),
];

const knownWords = ({ grounds, told }: { grounds: readonly Ground[]; told: readonly string[] }) => [
  ...grounds.flatMap(({ words }) => words),
  ...told.flatMap(tellingWords),
];

/** Acts and favours that no source makes. */
function promised({
  answer,
  question,
  grounds,
}: {
  answer: string;
  question: string;
  grounds: readonly Ground[];
}): string[] {
  const sentences = splitSentences(answer);
  const promises = ungroundedPromises({ sentences, grounds, asked: question }).map(({ text }) => text);
  return [
    ...promises,
    ...unknownDeeds({ sentences, known: knownWords({ grounds, told: [] }) }),
    ...unprovenInclusions({ sentences, grounds }),
  ];
}

/** What the answer says that there is or is not, against its sources; a bare „да“ or „нет“ speaks of what was asked. */
function denials({
  answer,
  question,
  agreed,
  grounds,
}: {
  answer: string;
  question: string;
  agreed: ReturnType<typeof agreedWords>;
  grounds: readonly Ground[];
}): string[] {
  const own = assertionsIn(answer);
  const { text = '', isDenied = false, isBare = false } = agreed ?? {};
  const isBareYes = isBare && !isDenied && own.length === 0;
  const claims =
    own.length > 0
      ? own
      : assertionsIn(text).map((each) => ({ ...each, isDenied: each.isDenied !== isDenied }));
  const facts = grounds.flatMap(({ assertions }) => assertions);
  return [
    ...contradicted({ claims, facts, asked: tellingWords(question) }),
    ...(isBareYes ? unprovenYes({ text, grounds }) : []),
  ];
}
