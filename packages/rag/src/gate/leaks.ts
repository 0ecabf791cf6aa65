import { foldedWords } from '../text/normalize.ts';

// As many consecutive words as no two texts share by chance.
const RUN = 5;

const SELF_TALK =
  /системн\p{L}* (?:промпт|инструкци|сообщени|подсказк)|system prompt|мо(?:и|их|им|ей|я) (?:\p{L}+ ){0,2}инструкци|мо(?:й|и|их|им|его) (?:\p{L}+ ){0,2}(?:пункт\p{L}* правил|промпт)|из блоков|мне (?:сказано|велено|запрещено|предписано|поручено)|my instructions|<\/?(?:passage|item|history|message|answer|think)|"(?:answer|action|sources)"\s*:|handoff|языков\p{L}+ модел|нейросет|искусственн\p{L}+ интеллект|chatgpt|openai|\bpassage\b|\bjson\b/iu;

/** Traces of the instructions in an answer: their wording, or talk about being instructed. Undefined when there is none. */
export function instructionLeak({
  answer,
  instructions,
  grounds,
}: {
  answer: string;
  instructions: string;
  grounds: string;
}): string | undefined {
  const talk = SELF_TALK.exec(answer);
  if (talk !== null && !grounds.toLowerCase().includes(talk[0].toLowerCase())) return talk[0];
  const secret = runsOfInstructions(instructions);
  const shown = [...runsOf(answer)].filter((run) => secret.has(run));
  // The sources are long, and hardly ever asked.
  const known = shown.length === 0 ? secret : runsOf(grounds);
  return shown.find((run) => !known.has(run));
}

// The same for every answer.
let last = { instructions: '', runs: new Set<string>() };

function runsOfInstructions(instructions: string): ReadonlySet<string> {
  if (last.instructions !== instructions) last = { instructions, runs: runsOf(instructions) };
  return last.runs;
}

function runsOf(text: string): Set<string> {
  const words = foldedWords(text);
  return new Set(words.slice(RUN - 1).map((_, index) => words.slice(index, index + RUN).join(' ')));
}
