import { createHmac, randomUUID } from 'node:crypto';
import { WEBHOOK_PATH } from '@avito-autoreply/avito/webhook';

export const SIGNATURE_HEADER = 'x-avito-messenger-signature';

const ACCOUNT = 123_456_789;

/** So many signed webhook requests, each of another message, as bytes for a kept-alive HTTP/1.1 connection. */
export function deliveries({ count, secret }: { count: number; secret: string }): Buffer[] {
  const created = Math.floor(Date.now() / 1_000);
  return Array.from({ length: count }, (_, index) => {
    const body = JSON.stringify({
      id: randomUUID(),
      version: 'v3.0.0',
      timestamp: created,
      payload: {
        type: 'message',
        value: {
          id: randomUUID(),
          chat_id: `u2i-${index % 997}-bench`,
          user_id: ACCOUNT,
          author_id: 500_000_000 + (index % 997),
          created,
          type: 'text',
          chat_type: 'u2i',
          content: { text: 'Здравствуйте! Ещё актуально? Сколько стоит доставка до Казани?' },
          item_id: 1_000_000 + (index % 13),
          published_at: new Date(created * 1_000).toISOString(),
        },
      },
    });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return Buffer.from(
      `POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${SIGNATURE_HEADER}: ${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
