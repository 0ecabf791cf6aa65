/** How long the steps around one POST may take. */
export type SendTiming = {
  /** The text leaves within this time after its intent, or not at all. */
  startWithinMs: number;
  /** For the POST itself, from connecting to the last byte of the answer. */
  postTimeoutMs: number;
  /** Between an unknown outcome and the first look into the history, and between two looks. */
  settleMs: number;
};

// Covers a token that has to be fetched first and a wait of 2 s at the rate gate; what takes longer is queued again.
export const START_WITHIN_MS = 5_000;
export const POST_TIMEOUT_MS = 10_000;
// Two clocks measure the same span: the sender's and the database's.
const CLOCK_MARGIN_MS = 1_000;

/** This long after an intent no POST is under way any more, even where a process was stopped in between. */
export const postBoundMs = ({ startWithinMs, postTimeoutMs }: SendTiming): number =>
  startWithinMs + postTimeoutMs + CLOCK_MARGIN_MS;
