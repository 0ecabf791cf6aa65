import type { Manifest } from './format.ts';
import type { TransferStore } from './transfer-store.ts';

type TunedStore = Pick<TransferStore, 'retrievalSettings' | 'answerThresholds'>;
type TunedSettings = NonNullable<Manifest['settings']>;

/** What tuning found for the account: with the same documents, questions are answered alike only with it. */
export async function loadTuned(store: TunedStore, accountId: number): Promise<TunedSettings> {
  const weights = await store.retrievalSettings.weightsOf({ accountId });
  const found = await store.answerThresholds.find({ accountId });
  return {
    fusion_weights: weights === undefined ? null : { dense: weights.dense, lexical: weights.lexical },
    thresholds:
      found === undefined
        ? null
        : {
            min_confidence: found.minConfidence ?? null,
            unknown_share: found.unknownShare ?? null,
            confidence_version: found.confidenceVersion,
          },
  };
}

/** With `isWhole`, what nobody had tuned goes as well; else it stays as it is. */
export async function saveTuned(
  store: TunedStore,
  {
    accountId,
    settings: { fusion_weights: weights, thresholds },
    isWhole,
  }: { accountId: number; settings: TunedSettings; isWhole: boolean },
): Promise<void> {
  if (weights !== null) await store.retrievalSettings.saveWeights({ accountId, weights });
  else if (isWhole) await store.retrievalSettings.reset({ accountId });
  if (thresholds === null) {
    if (isWhole) await store.answerThresholds.reset({ accountId });
    return;
  }
  await store.answerThresholds.save({
    accountId,
    thresholds: {
      minConfidence: thresholds.min_confidence ?? undefined,
      unknownShare: thresholds.unknown_share ?? undefined,
      confidenceVersion: thresholds.confidence_version,
    },
  });
}
