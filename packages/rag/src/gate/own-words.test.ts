import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { splitSentences } from '../text/sentences.ts';
import { checkAnswer } from './gate.ts';

const shop = new URL('../../../../examples/sample-shop/', import.meta.url);

test.each(['dostavka-i-oplata.md', 'garantiya-i-vozvrat.md', 'o-magazine.md', 'sostoyanie-i-komplekt.md'])(
  'each sentence of %s is borne out by itself',
  async (name) => {
    const text = await readFile(fileURLToPath(new URL(name, shop)), 'utf8');
    const sentences = splitSentences(text.replaceAll(/^#+ /gmu, ''));
    expect(sentences.length).toBeGreaterThan(3);
    const stopped = sentences.flatMap(
      (answer) => checkAnswer({ answer, grounds: [text], question: 'Расскажите подробнее' }).problems,
    );
    expect(stopped.filter(({ kind }) => kind !== 'markup')).toEqual([]);
  },
);
