export type ChatMessage = { role: string; content: string };
export type Passage = { number: number; text: string };
export type ReadPrompt = {
  passages: Passage[];
  question: string;
  /** Names of tags that the instructions ask the answer to be written in. */
  answerTags: string[];
};

// <passage id="1">…</passage>, <source n='2' title="…">…</source>: any tag with a number among its attributes.
const TAGGED =
  /<([\p{L}_][\p{L}\w-]*)\b[^<>]*?\b(?:id|n|nr|no|num|number|index|номер)\s*=\s*["']?(\d+)["']?[^<>]*>([\s\S]*?)<\/\1>/giu;
// A line that begins with [1], (1) or "Фрагмент 1:": what follows belongs to it, up to the next such line or a blank one.
const BRACKETED =
  /^[ \t]*(?:\[(\d+)\]|\((\d+)\)|(?:фрагмент|источник|passage|source|document)\s*№?\s*(\d+)\s*[:.)])[ \t]*/gimu;
const QUESTION_TAG =
  /<(question|buyer|buyer_message|message|customer|turn|query|вопрос|покупатель)\b[^<>]*>([\s\S]*?)<\/\1>/giu;
const QUESTION_LINE =
  /^[ \t]*(?:вопрос|вопрос покупателя|сообщение покупателя|покупатель|question|buyer)[ \t]*:[ \t]*([\s\S]+)$/imu;

function taggedPassages(text: string): Passage[] {
  return [...text.matchAll(TAGGED)].map((match) => ({
    number: Number(match[2]),
    text: (match[3] ?? '').trim(),
  }));
}

function bracketedPassages(text: string): Passage[] {
  const marks = [...text.matchAll(BRACKETED)];
  return marks.map((mark, index) => {
    const start = mark.index + mark[0].length;
    const end = marks[index + 1]?.index ?? text.length;
    // Headings and question tags after the last passage are not part of it.
    const [body = ''] = text.slice(start, end).split(/\n\s*\n|\n(?=[ \t]*(?:<|#|вопрос|question))/iu);
    return { number: Number(mark[1] ?? mark[2] ?? mark[3]), text: body.trim() };
  });
}

/** JSON passages: objects with a number and a text. */
function jsonPassages(text: string): Passage[] {
  return [...text.matchAll(/\{[^{}]*\}/g)].flatMap(([candidate]) => {
    try {
      const parsed: unknown = JSON.parse(candidate);
      if (typeof parsed !== 'object' || parsed === null) return [];
      const entries = new Map<string, unknown>(Object.entries(parsed));
      const number = Number(
        entries.get('number') ?? entries.get('id') ?? entries.get('n') ?? entries.get('index'),
      );
      const body = entries.get('text') ?? entries.get('content') ?? entries.get('passage');
      return Number.isInteger(number) && typeof body === 'string' ? [{ number, text: body }] : [];
    } catch {
      return [];
    }
  });
}

function passagesIn(text: string): Passage[] {
  const readers = [taggedPassages, jsonPassages, bracketedPassages];
  for (const read of readers) {
    const found = read(text).filter((passage) => passage.text !== '');
    if (found.length > 0) return found;
  }
  return [];
}

function questionIn(text: string): string {
  const tagged = [...text.matchAll(QUESTION_TAG)].at(-1)?.[2];
  if (tagged !== undefined) return tagged.trim();
  const line = QUESTION_LINE.exec(text)?.[1];
  if (line !== undefined) return line.trim();
  // Passages first, question last, is how prompts are written; else the text is the question.
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return (paragraphs.at(-1) ?? text).trim();
}

/** Finds what a grounded-answer prompt holds, however it is laid out: numbered passages, the question, wished-for tags. */
export function readPrompt(messages: readonly ChatMessage[]): ReadPrompt {
  const all = messages.map((message) => message.content).join('\n\n');
  const lastUser = messages.findLast((message) => message.role === 'user')?.content ?? '';
  const instructions = messages
    .filter((message) => message.role !== 'user' && message.role !== 'assistant')
    .map((message) => message.content)
    .join('\n');
  const answerTags = ['answer', 'sources', 'action', 'reason'].filter((tag) =>
    new RegExp(`<${tag}>`, 'i').test(instructions || all),
  );
  return { passages: passagesIn(all), question: questionIn(lastUser), answerTags };
}
