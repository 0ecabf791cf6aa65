import { z } from 'zod';
import { voiceIdOf } from './voice-file.ts';

/** The message types of webhook events; the last four say nothing in their content. */
const messageTypes = [
  'text',
  'image',
  'link',
  'item',
  'location',
  'call',
  'voice',
  'system',
  'deleted',
  'appCall',
  'file',
  'video',
] as const;
export type MessageType = (typeof messageTypes)[number];
export const messageTypeField = z.enum(messageTypes);

export type MessageContent = Record<string, unknown>;

const IMAGES = {
  '32x32': 'https://img.example/32.png',
  '140x105': 'https://img.example/140.jpg',
  '640x480': 'https://img.example/640.jpg',
  '1280x960': 'https://img.example/1280.jpg',
};

/** A believable content for a type; `text` goes where the type has room for one. */
export function sampleContent({ type, text }: { type: MessageType; text: string }): MessageContent {
  switch (type) {
    case 'text':
      return { text };
    case 'image':
      return { image: { sizes: IMAGES } };
    case 'link':
      return {
        link: { text: text || 'https://example.org/page', url: 'https://example.org/page', preview: null },
      };
    case 'item':
      return {
        item: {
          title: 'Чехол для телефона',
          item_url: 'https://example.org/item',
          image_url: 'https://img.example/140.jpg',
          price_string: null,
        },
      };
    case 'location':
      return {
        location: { kind: 'street', lat: 55.7558, lon: 37.6173, text: text || 'Москва', title: 'Москва' },
      };
    case 'call':
      return { call: { status: 'missed', target_user_id: 0 } };
    case 'voice':
      return { voice: { voice_id: voiceIdOf(text) } };
    case 'system':
      return { flow_id: 'flower_161071', text };
    case 'deleted':
    case 'appCall':
    case 'file':
    case 'video':
      return {};
  }
}
