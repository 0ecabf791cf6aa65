/** What `--name value` and `--name` on the command line say; suites take what they know. */
export type Flags = Readonly<Record<string, string | boolean>>;

export type Row = Readonly<Record<string, string | number>>;

/** A figure with the bound that it should keep. */
export type Target = { what: string; value: number; least?: number; most?: number; unit?: string };

export type Suite = {
  name: string;
  summary: string;
  flags: Readonly<Record<string, string>>;
  run: (run: { flags: Flags; report: Report }) => Promise<void>;
};

export type Report = {
  note: (text: string) => void;
  table: (title: string, rows: readonly Row[]) => void;
  target: (target: Target) => void;
};

export function numberFlag(flags: Flags, name: string, fallback: number): number {
  const value = flags[name] === undefined ? fallback : Number(flags[name]);
  if (Number.isFinite(value)) return value;
  throw new RangeError(`--${name} must be a number`);
}

export function textFlag(flags: Flags, name: string, fallback: string): string {
  const value = flags[name] ?? fallback;
  return typeof value === 'string' ? value : fallback;
}
