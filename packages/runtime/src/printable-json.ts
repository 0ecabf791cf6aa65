/**
 * JSON that steers no terminal: JSON.stringify escapes the controls below the blank and leaves DEL and the one-byte
 * forms of escape sequences (U+0080 to U+009F) as they are. It parses to the same value.
 */
export const printableJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replaceAll(
    /[\u007f-\u009f]/g,
    (control) => String.raw`\u00${control.charCodeAt(0).toString(16)}`,
  );
