import { expect, test } from 'vitest';
import { fillSchema } from './schema-filler.ts';

const facts = {
  answer: 'Доставка — 300 рублей.',
  sources: [2],
  action: 'answer',
  reason: null,
  confidence: 0.8,
  question: 'Есть доставка?',
} as const;
const fill = (schema: unknown) => fillSchema({ schema, facts: { ...facts, sources: [...facts.sources] } });

test('puts answer, sources, action and reason where their names stand', () => {
  const schema = {
    type: 'object',
    properties: {
      answer: { type: 'string' },
      sources: { type: 'array', items: { type: 'integer' } },
      action: { enum: ['handoff', 'answer'] },
      reason: { type: ['string', 'null'] },
      confidence: { type: 'number' },
    },
  };
  expect(fill(schema)).toEqual({
    answer: facts.answer,
    sources: [2],
    action: 'answer',
    reason: null,
    confidence: 0.8,
  });
});

test('follows references, nested objects and branches, and fills the unknown with something that fits', () => {
  const schema = {
    $defs: {
      source: { type: 'object', properties: { number: { type: 'integer' }, note: { type: 'string' } } },
    },
    type: 'object',
    properties: {
      reply: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      sources: { type: 'array', items: { $ref: '#/$defs/source' } },
      question: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' } },
      isUrgent: { type: 'boolean' },
      version: { const: 1 },
      comment: { type: 'string' },
    },
  };
  expect(fill(schema)).toEqual({
    reply: facts.answer,
    sources: [{ number: 2, note: '' }],
    question: facts.question,
    tags: [],
    isUrgent: false,
    version: 1,
    comment: '',
  });
});
