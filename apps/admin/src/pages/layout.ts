import type { Response } from 'express';
import { html, type Html } from './html.ts';

/** A whole page in Russian, for people; everything it needs comes from this server. */
export function page({ title, body }: { title: string; body: Html }): Html {
  return html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Avito Autoreply</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/admin.css" />
      </head>
      <body>
        ${body}
      </body>
    </html> `;
}

export function sendPage(response: Response, content: Html): void {
  response.type('html').send(content.markup);
}
