/** What a flag is when it is not given, which also says of what type it is, and what it means. */
type FlagSpec = readonly [fallback: number | string | boolean, meaning: string];
type FlagSpecs = Readonly<Record<string, FlagSpec>>;

type Widened<Value> = Value extends number ? number : Value extends string ? string : boolean;
type Flags<Specs extends FlagSpecs> = { readonly [Name in keyof Specs]: Widened<Specs[Name][0]> };

/** What `--name value` and `--name` on the command line say. */
type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

export type Row = Readonly<Record<string, string | number>>;

/** A figure with the bound that it should keep. */
export type Target = { what: string; value: number; least?: number; most?: number; unit?: string };

export type Report = {
  note: (text: string) => void;
  table: (title: string, rows: readonly Row[]) => void;
  target: (target: Target) => void;
};

type Surroundings = {
  /** A Postgres server with pgvector, where a suite may make databases of its own. */
  serverUrl: string;
  report: Report;
};

export type Suite = {
  name: string;
  summary: string;
  flags: FlagSpecs;
  run: (run: Surroundings & { given: GivenFlags }) => Promise<void>;
};

/** A suite whose flags are read before it runs. Throws a RangeError for what should be a number and is none. */
export function defineSuite<const Specs extends FlagSpecs>({
  run,
  ...suite
}: {
  name: string;
  summary: string;
  flags: Specs;
  run: (run: Surroundings & { flags: Flags<Specs> }) => Promise<void>;
}): Suite {
  return {
    ...suite,
    run: ({ given, ...surroundings }) => run({ ...surroundings, flags: readFlags(suite.flags, given) }),
  };
}

function readFlags<Specs extends FlagSpecs>(specs: Specs, given: GivenFlags): Flags<Specs> {
  const values = Object.entries(specs).map(([name, [fallback]]) => [
    name,
    readFlag({ name, fallback, given: given[name] }),
  ]);
  return Object.fromEntries(values) as Flags<Specs>;
}

function readFlag({
  name,
  fallback,
  given,
}: {
  name: string;
  fallback: FlagSpec[0];
  given: string | boolean | undefined;
}): FlagSpec[0] {
  if (given === undefined) return fallback;
  if (typeof fallback === 'boolean') return true;
  if (typeof fallback === 'string') return typeof given === 'string' ? given : fallback;
  const value = Number(given);
  if (Number.isFinite(value)) return value;
  throw new RangeError(`--${name} must be a number`);
}
