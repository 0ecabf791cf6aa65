/** What is known of one lane. The wait is a span, because clocks of machines differ. */
export type RateLimit = {
  lane: string;
  waitMs: number;
  /** Refusals in a row. */
  refusals: number;
};

/** Keeps one account's limits for all processes. May reject: the gate then relies on what it knows itself. */
export type RateStore = {
  load: () => Promise<readonly RateLimit[]>;
  /** The longer wait wins over what is stored; `refusals: 0` says that a call got through. */
  save: (limit: RateLimit) => Promise<void>;
};
