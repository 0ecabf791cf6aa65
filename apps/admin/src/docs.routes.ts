import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { html } from './pages/html.ts';
import { sendPage } from './pages/layout.ts';

const swaggerFolder = fileURLToPath(new URL('.', import.meta.resolve('swagger-ui-dist/package.json')));

const docsPage = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>API · Avito Autoreply</title>
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
    </head>
    <body>
      <div id="api"></div>
      <script src="/api/docs/swagger-ui-bundle.js"></script>
      <script src="/assets/api-docs.js"></script>
    </body>
  </html>`;

/** `/api/openapi.json` and Swagger UI at `/api/docs`, all of it from this server. */
export function docsRoutes(document: unknown): Router {
  const router = Router();
  router.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/api/docs', (_request, response) => sendPage(response, docsPage));
  // These two and nothing else of the package, which also holds a page that loads a foreign example.
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    router.get(`/api/docs/${file}`, (_request, response) => {
      response.sendFile(file, { root: swaggerFolder, cacheControl: false });
    });
  }
  return router;
}
