import { type Attributes, readXml } from './office-xml.ts';
import { isOn, SKIPPED } from './word-xml.ts';

/** „footnote 2“ of `w:footnote` and of `w:footnoteReference`. */
export const noteKey = (tag: string, attributes: Attributes) =>
  `${tag.slice('w:'.length).replace('Reference', '')} ${attributes['w:id'] ?? ''}`;

/** Foot- and endnotes by what refers to them. */
export function noteTexts(xml: string): Map<string, string> {
  const texts = new Map<string, string>();
  let key = '';
  let isInText = false;
  let isHidden = false;
  let skipping = 0;
  readXml(xml, {
    open: (tag, attributes) => {
      if (skipping > 0 || SKIPPED.has(tag)) {
        skipping += 1;
        return;
      }
      if (tag === 'w:footnote' || tag === 'w:endnote') key = noteKey(tag, attributes);
      if (tag === 'w:r') isHidden = false;
      if (tag === 'w:vanish') isHidden = isOn(attributes);
      isInText = tag === 'w:t';
    },
    text: (text) => {
      if (isInText && !isHidden && skipping === 0) texts.set(key, (texts.get(key) ?? '') + text);
    },
    close: (tag) => {
      if (skipping > 0) skipping -= 1;
      isInText = false;
      if (tag === 'w:p' && texts.has(key)) texts.set(key, `${texts.get(key)} `);
    },
  });
  return texts;
}
