// Answering
export type { Answer, AnswerAttempt, AnswerSource, HistoryMessage, ItemContext } from './answering/answer.ts';
export { type AnswerEngine, type AnswerInput, createAnswerEngine } from './answering/answer-engine.ts';
export { defaultStaticTexts } from './answering/static-texts.ts';
export { answerSettingsSchema, type AnswerSettings, type SettingsOf } from './answering/answer-settings.ts';
export { readSettingsFile } from './answering/settings-file.ts';
export { createStoredSettings } from './answering/stored-settings.ts';
export { type ApprovedAnswer, foldApprovedQuestion } from './answering/approved-answers.ts';
export type { MediaFailure } from './media/media-failure.ts';
export { MEDIA_LABELS, type MediaReader } from './media/media-reader.ts';
export { readApprovedPair, writeApprovedFile } from './answering/approved-pair.ts';
export { readApprovedFile } from './answering/read-approved-file.ts';
export { explainAnswer } from './explain/explain-answer.ts';
export { explainSearchFailures } from './explain/explain-search.ts';
export { explainModels } from './explain/explain-models.ts';
export { explainMessage } from './explain/explain-message.ts';
export { explainReply } from './explain/explain-reply.ts';
export { explainProblem } from './gate/explain.ts';
export { builtInWeights } from './answering/confidence.ts';
export { createAnswerGap } from './gaps/answer-gap.ts';
export { createGapCollector, GAP_DAYS, type GapCollector } from './gaps/collect-gaps.ts';
export type { GateReport } from './gate/gate.ts';
export { splitIntoParts } from './text/split-into-parts.ts';

// Knowledge base
export { reportKnowledge } from './knowledge/report/knowledge-report.ts';
export { reembedKnowledge } from './knowledge/reembed-knowledge.ts';
export { syncKnowledge, type SyncProgress, type SyncReport } from './knowledge/sync-knowledge.ts';
export { removeSources } from './knowledge/remove-sources.ts';
export { createSyncSource, LISTINGS_KEY } from './knowledge/sync-source.ts';
export { folderFiles, zippedFiles } from './knowledge/transfer/export-files.ts';
export { exportedFiles, exportKnowledge } from './knowledge/transfer/export-knowledge.ts';
export { importKnowledge } from './knowledge/transfer/import-knowledge.ts';
export { zipped } from './knowledge/transfer/zip-writer.ts';
export { collectListings } from './sources/collect-listings.ts';
export { loadSources, sourceOf } from './sources/load-sources.ts';
export { failureText } from './explain/failure-texts.ts';
export { ownerText } from './sources/owner-text.ts';
export type { Source, SourceFailure } from './sources/source.ts';
export { createFetchPage, type FetchPage } from './sources/web/fetch-page.ts';
export { parseSourceUrl } from './sources/web/page-url.ts';
export { createReadUrl } from './sources/web/read-url.ts';

// Retrieval
export { defaultFusionWeights } from './retrieval/fusion.ts';
export type { Passage } from './retrieval/merge-neighbours.ts';
export type { AskedTerm } from './retrieval/term-weights.ts';
export { createRetriever, type Retrieved, type Retriever } from './retrieval/retriever.ts';

// Evaluation
export { beirRun, readBeirRun } from './evaluation/beir-run.ts';
export { type BeirComparison, compareBeir } from './evaluation/compare-beir.ts';
export { evaluateBeir } from './evaluation/evaluate-beir.ts';
export { beirPage } from './evaluation/page/beir-page.ts';
export { compareRuns, type RunComparison } from './evaluation/compare-runs.ts';
export { fitConfidence, type WeighedQuestion } from './evaluation/fit-confidence.ts';
export {
  type JudgedQuestion,
  judgeConfidence,
  leaveOneShopOut,
  type WeighedShop,
} from './evaluation/judge-confidence.ts';
export { weighQuestion } from './evaluation/weigh-questions.ts';
export { evaluateQuestions, type QuestionResult } from './evaluation/evaluate-questions.ts';
export { missingSources } from './evaluation/expected-sources.ts';
export { type EvalQuestion, readQuestionSet } from './evaluation/question-set.ts';
export { type EvalRun, readRun } from './evaluation/run-file.ts';
export { runPage } from './evaluation/page/run-page.ts';
export { withScratchBase } from './evaluation/scratch-base.ts';
export { isOutdated, validThresholds } from './answering/answer-thresholds.ts';
export { CONFIDENCE_VERSION } from './answering/confidence.ts';
export { tuneThresholds, tuneWeights } from './evaluation/tune.ts';
export type { CrossValidated } from './evaluation/cross-validate.ts';
export { estimateReplay } from './replay/estimate-replay.ts';
export { replayPage } from './replay/replay-page.ts';
export { type PastTurn, type Replay, replayTurns } from './replay/replay-turns.ts';
export { unreadAmong, unreadIn } from './replay/unread-in.ts';
export { type RunFigures, type RunSummary, summarizeRun } from './evaluation/summarize-run.ts';

// Ports and the usual wiring
export type { Embedder, EmbedderOf } from './ports.ts';
export { createPostgresChunkSearch } from './adapters/postgres/chunk-search.ts';
export { type ProbedModel, probeModels, probeReranker } from './models/probe-models.ts';
export { createRag, type ModelOptions, type Rag } from './create-rag.ts';
