import { fileURLToPath } from 'node:url';

/** What a campaign is played against. */
export type Candidate = {
  name: string;
  /** Other entry points than those of the apps. */
  mains: { ingest?: string; worker?: string };
  /** Its rows tell what became of each message; without them the ledger alone is judged. */
  hasRows: boolean;
  /** Nothing has come for so long: nothing more will. */
  quietMs: number;
};

export const ours: Candidate = {
  name: 'Avito Autoreply',
  mains: {},
  hasRows: true,
  // A double would come from a job that was taken over, 8 s after a kill at the latest.
  quietMs: 12_000,
};

/** Generate and POST in one job, with BullMQ's defaults. */
export const naive: Candidate = {
  name: 'generate and POST in one job',
  mains: {
    ingest: fileURLToPath(new URL('../baseline/naive-ingest.main.ts', import.meta.url)),
    worker: fileURLToPath(new URL('../baseline/naive-worker.main.ts', import.meta.url)),
  },
  hasRows: false,
  // Its jobs are taken over after 30 s of lock and 30 s until somebody looks.
  quietMs: 75_000,
};
