import { expect, test } from 'vitest';
import { flowIdOf, textOf } from './content.ts';

test.each([
  ['text', { text: 'Торг есть?' }, 'Торг есть?'],
  ['text among nulls', { text: 'Да', image: null, link: null, item: null }, 'Да'],
  ['text with no-break spaces', { text: 'За 300\u00A0000\u202F₽\nпойдёт' }, 'За 300 000 ₽\nпойдёт'],
  [
    'link',
    { link: { text: 'Смотрите example.org', url: 'https://example.org', preview: null } },
    'Смотрите example.org',
  ],
  ['link without text', { link: { url: 'https://example.org' } }, 'https://example.org'],
  [
    'item',
    { item: { title: 'Гараж', item_url: 'https://example.org', price_string: '300\u00A0000 ₽' } },
    'Гараж, 300 000 ₽',
  ],
  ['item without price', { item: { title: 'Гараж', price_string: null } }, 'Гараж'],
  [
    'location',
    { location: { kind: 'house', lat: 55.75, lon: 37.62, text: 'Москва, Тверская 1', title: 'Дом' } },
    'Москва, Тверская 1',
  ],
  ['location with a title only', { location: { title: 'Дом' } }, 'Дом'],
  ['system', { flow_id: 'flower_161071', text: 'Отвечаем с 9 до 20' }, 'Отвечаем с 9 до 20'],
])('%s content reads as its text', (_, content, text) => {
  expect(textOf(content)).toBe(text);
});

test.each([
  ['image', { image: { sizes: { '140x105': 'https://img.example/140.jpg' } } }],
  ['voice', { voice: { voice_id: 'vc-8d2f6b10' } }],
  ['call', { call: { status: 'missed', target_user_id: 401122334 } }],
  ['deleted', {}],
  ['blank', { text: ' \u00A0 ' }],
  ['odd', { text: 42, link: 'x', item: [] }],
])('%s content has nothing to read', (_, content) => {
  expect(textOf(content)).toBeNull();
});

test('a filled flow id is Avito’s mark on its messages, an empty one is not', () => {
  expect(flowIdOf({ flow_id: 'two_way_chats', text: 'x' })).toBe('two_way_chats');
  expect(flowIdOf({ flow_id: '' })).toBeNull();
  expect(flowIdOf({ flow_id: null })).toBeNull();
  expect(flowIdOf({ text: 'x' })).toBeNull();
});
