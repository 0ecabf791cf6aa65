export { isEmbeddedUrl } from './embedded-url.ts';
export { type Embedded, type EmbeddedOptions, startEmbedded } from './start-embedded.ts';
