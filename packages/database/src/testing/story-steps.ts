import * as fc from 'fast-check';

/**
 * What becomes of a POST, and what its sender is told. A crash tells nobody anything; a process that sleeps makes its
 * POST when others have long given it up, though no process should: see mayLeave in packages/avito.
 */
const outcomes = [
  'sent',
  'sleeps',
  'sleeps',
  'echo-then-sent',
  'stored-unknown',
  'stored-crash',
  'lost-unknown',
  'lost-crash',
  'not-sent',
  'failed',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What the owner does with a message that was not answered, with a draft, or with the chat. */
const ownerDecisions = [
  'answer',
  'dismiss',
  'release',
  'release',
  'discard',
  'pause',
  'return-to-auto',
] as const;
export type OwnerDecision = (typeof ownerDecisions)[number];

/** One step of the outside world or of a worker. Numbers choose among what the story has so far. */
export type Step =
  | {
      kind:
        | 'wake-up'
        | 'buyer-writes'
        | 'operator-writes'
        | 'operator-writes-unseen'
        | 'resume'
        | 'sweep'
        | 'delete-copies';
    }
  | { kind: 'redeliver' | 'claim' | 'begin' | 'echo'; pick: number }
  | { kind: 'owner-decides'; pick: number; decision: OwnerDecision }
  | { kind: 'look'; pick: number; isReadable: boolean }
  | { kind: 'store'; pick: number; action: 'answer' | 'handoff'; maxWaitMs: number; isDraft: boolean }
  | { kind: 'outcome'; pick: number; outcome: Outcome };

const pick = fc.nat({ max: 50 });
const only = (...kinds: Step[]) => fc.constantFrom<Step>(...kinds);
const picking = <Kind extends 'redeliver' | 'claim' | 'begin' | 'echo'>(kind: Kind) =>
  fc.record({ kind: fc.constant(kind), pick });

const buyerWrites = only({ kind: 'buyer-writes' });
const operatorSteps = only(
  { kind: 'operator-writes' },
  { kind: 'operator-writes-unseen' },
  { kind: 'resume' },
);
const tidyingUp = only({ kind: 'sweep' }, { kind: 'delete-copies' }, { kind: 'wake-up' });
const looking = fc.record({
  kind: fc.constant('look' as const),
  pick,
  isReadable: fc.constantFrom(true, true, true, false),
});
const storing = fc.record({
  kind: fc.constant('store' as const),
  pick,
  action: fc.constantFrom('answer' as const, 'answer' as const, 'handoff' as const),
  maxWaitMs: fc.constantFrom(0, 60_000),
  isDraft: fc.constantFrom(false, false, false, true),
});
const ownerDecides = fc.record({
  kind: fc.constant('owner-decides' as const),
  pick,
  decision: fc.constantFrom(...ownerDecisions),
});
const reporting = fc.record({
  kind: fc.constant('outcome' as const),
  pick,
  outcome: fc.constantFrom(...outcomes),
});

/** Batches: the steps of one run at the same time. A step never taken again is a crash. */
const batches = (
  step: fc.Arbitrary<Step>,
  { minLength, maxLength }: { minLength: number; maxLength: number },
) => fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength, maxLength });

/** Everything that may happen to a chat. */
export const storyline = batches(
  fc.oneof(
    { weight: 4, arbitrary: buyerWrites },
    { weight: 1, arbitrary: operatorSteps },
    { weight: 1, arbitrary: ownerDecides },
    { weight: 1, arbitrary: tidyingUp },
    { weight: 2, arbitrary: picking('redeliver') },
    { weight: 5, arbitrary: picking('claim') },
    { weight: 5, arbitrary: picking('begin') },
    { weight: 1, arbitrary: picking('echo') },
    { weight: 2, arbitrary: looking },
    { weight: 5, arbitrary: storing },
    { weight: 5, arbitrary: reporting },
  ),
  { minLength: 5, maxLength: 25 },
);

const opening: Step[] = [
  { kind: 'buyer-writes' },
  { kind: 'claim', pick: 0 },
  { kind: 'store', pick: 0, action: 'answer', maxWaitMs: 0, isDraft: false },
];
const draft: Step[] = [
  { kind: 'buyer-writes' },
  { kind: 'claim', pick: 0 },
  { kind: 'store', pick: 0, action: 'answer', maxWaitMs: 0, isDraft: true },
];
const oneByOne = (...steps: Step[]): Step[][] => steps.map((each) => [each]);

/** Drafts and held questions, and all that the owner may do with them while answers leave. */
export const ownersStoryline = batches(
  fc.oneof(
    { weight: 8, arbitrary: ownerDecides },
    { weight: 2, arbitrary: buyerWrites },
    { weight: 1, arbitrary: operatorSteps },
    { weight: 4, arbitrary: picking('claim') },
    { weight: 4, arbitrary: storing },
    { weight: 6, arbitrary: picking('begin') },
    { weight: 4, arbitrary: reporting },
  ),
  { minLength: 8, maxLength: 25 },
).map((rest) => [
  ...oneByOne(...draft, { kind: 'owner-decides', pick: 0, decision: 'discard' }, ...draft),
  ...rest,
]);

/** Replies that are ready to leave, and all that may become of them. */
export const sendingStoryline = batches(
  fc.oneof(
    { weight: 1, arbitrary: fc.oneof(buyerWrites, picking('claim'), storing) },
    { weight: 1, arbitrary: fc.oneof({ weight: 4, arbitrary: tidyingUp }, operatorSteps) },
    { weight: 8, arbitrary: picking('begin') },
    { weight: 2, arbitrary: picking('echo') },
    { weight: 10, arbitrary: looking },
    { weight: 6, arbitrary: reporting },
  ),
  { minLength: 10, maxLength: 40 },
).map((rest) => [...oneByOne(...opening, ...opening, ...opening), ...rest]);
