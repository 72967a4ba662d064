import type { RequestHandler } from 'express';
import express from 'express';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../web/dist', import.meta.url));
/** Paths of the service itself; every other address is one of the page's own views. */
const OWN_PATHS = /^\/(v1|docs|health|metrics)(\/|$)/;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The page: nothing but its own files, no inline script and no inline style, and nobody may frame it. Its components
 * have their styles in files, see apps/console/web/build/theme-variables.ts.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The documentation of the API, whose viewer writes its styles into the page. */
const DOCS_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the built page. An address without a file is a deep link, which the page itself reads. */
export function servePage(folder = PAGE): RequestHandler {
  const files = express.static(folder, {
    setHeaders: (response, path) => {
      // Names of built assets hold their hash.
      const isHashed = path.startsWith(`${folder}/assets/`);
      response.setHeader('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  return (request, response, next) => {
    const isOwn = OWN_PATHS.test(request.path);
    response.setHeader('content-security-policy', isOwn ? DOCS_POLICY : PAGE_POLICY);
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    if (isOwn) {
      response.setHeader('cache-control', 'no-store');
      next();
      return;
    }
    files(request, response, () => {
      request.url = '/';
      files(request, response, () => {
        response.status(404).type('text/plain').send('The page is not built; the API is at /docs.\n');
      });
    });
  };
}
