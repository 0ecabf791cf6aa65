/** Of the first place of a cell that reaches over several; the others of its row are `covered`, and hold nothing. */
export type Merged = { columns: number; isFromAbove: boolean } | 'covered';

/** A row of a table as its file holds it; `line` is where the file has it. */
export type RecordRow = {
  cells: readonly string[];
  line: number;
  /** By column. Only spreadsheets know; a cell of several rows is in each of them. */
  merged?: ReadonlyMap<number, Merged> | undefined;
  /** All of its text is. */
  isBold?: boolean | undefined;
};
