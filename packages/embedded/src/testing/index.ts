export { provideTestServices, type TestServicesOptions } from './provide-test-services.ts';
export { createScratchDatabase, type ScratchDatabase } from './scratch-database.ts';
