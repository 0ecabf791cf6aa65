import type { Examples } from '../api/examples.ts';

const ACCOUNT = 401_122_334;
const whose = { account_id: ACCOUNT, knowledge_account_id: ACCOUNT };
const SPACE = 'text-embedding-3-small|1536|none';

const source = {
  id: 'https://shop.example/delivery',
  kind: 'url',
  item_id: null,
  every_hours: 24,
  next_at: '2026-11-23T07:40:00.000Z',
  state: 'synced',
  progress: null,
  error: null,
  warnings: [],
  checked_at: '2026-11-22T07:40:00.000Z',
};
const rebuild = {
  space: SPACE,
  switch: true,
  state: 'running',
  progress: { done: 128, total: 214 },
  error: null,
  asked_at: '2026-11-22T07:40:00.000Z',
  ended_at: null,
};
const place = (document: string, text: string) => ({
  document_id: document,
  heading: 'Доставка',
  text,
});

/** Of the routes about what answers are made from, by operation. */
export const knowledgeExamples: Examples = {
  addDocument: {
    body: { file_name: 'delivery.md', text: '# Доставка\n\nВ Казань — 490 рублей.' },
    response: { account_id: ACCOUNT, id: 'uploads/delivery.md', outcome: 'added', embedded: 1, warnings: [] },
  },
  importKnowledge: {
    response: { account_id: ACCOUNT, documents: 12, passages: 214, vectors: 214, removed: 0, missing: 0 },
  },
  listSources: { response: { ...whose, sources: [source] } },
  addSource: {
    body: { url: 'https://shop.example/delivery', every_hours: 24 },
    response: { account_id: ACCOUNT, source: { ...source, state: 'new', checked_at: null } },
  },
  removeSource: { response: { status: 'removed', account_id: ACCOUNT, id: source.id } },
  reportKnowledge: {
    response: {
      ...whose,
      passages: 214,
      is_cut: false,
      is_complete: true,
      duplicates: [
        {
          similarity: 0.93,
          places: [place('faq.csv', 'Доставка в Казань 490 ₽'), place('site.html', 'В Казань — 490 рублей')],
        },
      ],
      contradictions: [
        {
          kind: 'price',
          places: [
            { ...place('faq.csv', 'Доставка в Казань 490 ₽'), value: '490' },
            { ...place('old.pdf', 'Доставка в Казань 450 ₽'), value: '450' },
          ],
        },
      ],
    },
  },
  listEmbeddingSpaces: {
    response: {
      ...whose,
      configured: SPACE,
      rebuild: null,
      spaces: [
        {
          id: SPACE,
          model: 'text-embedding-3-small',
          dimensions: 1536,
          vectors: 214,
          missing: 0,
          serves: true,
        },
      ],
    },
  },
  rebuildEmbeddingSpace: { body: { switch: true }, response: { account_id: ACCOUNT, rebuild } },
  dropEmbeddingSpace: {
    response: { status: 'removed', account_id: ACCOUNT, id: 'old-model|native|none', vectors: 214 },
  },
  switchEmbeddingSpace: { body: { space: SPACE }, response: { account_id: ACCOUNT, space: SPACE } },
};
