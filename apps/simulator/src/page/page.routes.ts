import { join } from 'node:path';
import { Router } from 'express';

const ASSETS = join(import.meta.dirname, 'assets');

// Everything comes from here; texts of buyers and answers are set as text, never as markup.
const CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/** `/`: a page on which a person plays the buyer, by way of `/_control` alone. */
export function pageRoutes(): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const give = (path: string, file: string) =>
    router.get(path, (_request, response) => {
      response.set({
        'content-security-policy': CONTENT_POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      });
      response.sendFile(file, { root: ASSETS, cacheControl: false });
    });
  give('/', 'page.html');
  give('/_page/page.css', 'page.css');
  give('/_page/page.js', 'page.js');
  return router;
}
