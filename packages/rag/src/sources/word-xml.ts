import type { Attributes } from './office-xml.ts';

/** Left out: removed text of tracked changes, field codes, and the second rendering of boxes for old readers. */
export const SKIPPED = new Set(['w:del', 'w:moveFrom', 'w:instrText', 'mc:Fallback']);

/** Of a property such as `w:vanish`, which holds when it is there, unless it says otherwise. */
export const isOn = (attributes: Attributes) => !/^(?:0|false|off)$/.test(attributes['w:val'] ?? '');
