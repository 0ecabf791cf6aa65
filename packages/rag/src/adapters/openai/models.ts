// All that needs OpenAI's SDK: 14 MB of memory that a process without a model does not take.
export { createOpenAiChatModel } from './openai-chat-model.ts';
export { createOpenAiEmbedder } from './openai-embedder.ts';
export { createOpenAiImageDescriber } from './openai-image-describer.ts';
export { createOpenAiTranscriber } from './openai-transcriber.ts';
