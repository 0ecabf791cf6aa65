/** Why a voice message or an image was not read. Stable: stored with replies and shown to the owner. */
export const mediaFailures = [
  'no-model',
  'budget-spent',
  'too-many',
  'no-address',
  'not-downloaded',
  'unknown-kind',
  'model-failed',
  'nothing-in-it',
] as const;

export type MediaFailure = (typeof mediaFailures)[number];
