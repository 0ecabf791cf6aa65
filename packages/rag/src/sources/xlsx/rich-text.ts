import { cleanText } from '../../text/normalize.ts';
import { type Attributes, readXml } from '../office-xml.ts';
import { isOn, localName } from './parts.ts';

/** A text by whether the font of its cell strikes out: runs with a font of their own do not ask it. */
export type RichText = { text: string; whereStruck: string };

/**
 * Collects the text of `si` or `is`: runs, without what is struck out, for it was so, and without the readings that Japanese is
 * given. Elements and texts are handed to it as they come, by their names without prefixes.
 */
export function createRichText() {
  let text = '';
  let whereStruck = '';
  let run: { isStruck: boolean } | undefined;
  let isInText = false;
  let readings = 0;
  return {
    open: (name: string, attributes: Attributes): void => {
      if (name === 'rPh') readings += 1;
      // Without properties of its own a run has those of the cell.
      if (name === 'r') run = undefined;
      if (name === 'rPr') run = { isStruck: false };
      if (name === 'strike' && run !== undefined) run.isStruck = isOn(attributes['val'] ?? '1');
      isInText = name === 't' && readings === 0;
    },
    text: (piece: string): void => {
      if (!isInText || run?.isStruck === true) return;
      text += piece;
      if (run !== undefined) whereStruck += piece;
    },
    close: (name: string): void => {
      if (name === 'rPh') readings -= 1;
      if (name === 'r') run = undefined;
      isInText = false;
    },
    /** What was collected; the next text begins. */
    take: (): RichText => {
      const taken = { text: plain(text), whereStruck: plain(whereStruck) };
      [text, whereStruck, run, readings] = ['', '', undefined, 0];
      return taken;
    },
  };
}

/** `_x000D_` is how files hold what XML cannot. */
export const plain = (text: string) =>
  cleanText(
    text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    ),
  );

/** The strings that cells refer to by their places. */
export function sharedStrings(xml: string): RichText[] {
  const strings: RichText[] = [];
  const reading = createRichText();
  readXml(xml, {
    open: (name, attributes) => reading.open(localName(name), attributes),
    text: reading.text,
    close: (name) => {
      reading.close(localName(name));
      if (localName(name) === 'si') strings.push(reading.take());
    },
  });
  return strings;
}
