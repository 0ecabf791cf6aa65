import type { FoundThresholds, ThresholdsOf } from '../../answering/answer-thresholds.ts';
import type { EmbeddingSpace, KnowledgeStore } from '../../ports.ts';
import type { Warning } from '../../sources/source.ts';
import type { PageVersion } from '../../sources/web/read-url.ts';
import type { FusionWeights, WeightsOf } from '../../retrieval/fusion.ts';

export type SpaceVectors = {
  space: EmbeddingSpace;
  /** In the order of the chunks; undefined where a chunk has none. */
  vectors: readonly (readonly number[] | undefined)[];
};

/** A base with what an export takes along. */
export type TransferStore = {
  documents: {
    list: KnowledgeStore['documents']['list'];
    load: (query: { accountId: number; sourceKey: string }) => Promise<
      | {
          title: string;
          contentHash: string;
          kind: string;
          itemId: number | null;
          chunks: readonly { heading: string; question: string | null; content: string }[];
          warnings: readonly Warning[];
          vectors: readonly SpaceVectors[];
        }
      | undefined
    >;
    replace: (
      document: Parameters<KnowledgeStore['documents']['replace']>[0] & {
        moreVectors?: readonly SpaceVectors[] | undefined;
      },
    ) => Promise<void>;
    remove: KnowledgeStore['documents']['remove'];
    refreshStatistics: KnowledgeStore['documents']['refreshStatistics'];
  };
  chunks: Pick<KnowledgeStore['chunks'], 'ensureVectorIndex'>;
  sources: {
    list: (query: {
      accountId: number;
    }) => Promise<{ sourceKey: string; kind: string; itemId: number | null; everyMinutes: number | null }[]>;
    save: (source: {
      accountId: number;
      sourceKey: string;
      kind: string;
      itemId: number | null;
      everyMinutes: number | null;
      isDueNow: boolean;
    }) => Promise<void>;
    record: KnowledgeStore['sources']['record'];
    forget: KnowledgeStore['sources']['forget'];
    rememberVersion: (query: PageVersion & { accountId: number; sourceKey: string }) => Promise<void>;
  };
  retrievalSettings: {
    weightsOf: WeightsOf;
    saveWeights: (settings: { accountId: number; weights: FusionWeights }) => Promise<void>;
    reset: (query: { accountId: number }) => Promise<void>;
  };
  answerThresholds: {
    find: ThresholdsOf;
    save: (settings: { accountId: number; thresholds: FoundThresholds }) => Promise<void>;
    reset: (query: { accountId: number }) => Promise<void>;
  };
  spaces: {
    active: (query: { accountId: number }) => Promise<string | undefined>;
    ensure: KnowledgeStore['spaces']['ensure'];
    missing: KnowledgeStore['spaces']['missing'];
    activate: KnowledgeStore['spaces']['activate'];
  };
};
