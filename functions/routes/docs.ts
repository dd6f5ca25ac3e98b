// The contract and its readable page. Everything they need is loaded on first asking and comes from our own origin.
import type { Hono } from 'hono';

/** Nothing from elsewhere, no script in the page itself, nothing may frame it. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Page {
  contract: string;
  html: string;
  style: string;
  script: string;
}
const load = async (): Promise<Page> => {
  const [{ openApi }, { docsPage }, { docsStyle }, { docsScript }] = await Promise.all([
    import('../openapi.ts'),
    import('../docs-page.ts'),
    import('../docs-style.ts'),
    import('../docs-script.ts'),
  ]);
  const contract = openApi();
  return {
    contract: JSON.stringify(contract),
    html: docsPage(contract),
    style: docsStyle,
    script: docsScript,
  };
};

export const docsRoutes = (app: Hono): void => {
  let loaded: Promise<Page> | undefined;
  const page = (): Promise<Page> => {
    loaded ??= load();
    return loaded;
  };
  const serve = (path: string, type: string, part: keyof Page) =>
    app.get(path, async (context) =>
      context.body((await page())[part], 200, {
        'content-type': type,
        'content-security-policy': pagePolicy,
        'cache-control': 'no-cache',
      }),
    );
  serve('/api/openapi.json', 'application/json', 'contract');
  serve('/api/docs', 'text/html; charset=utf-8', 'html');
  serve('/api/docs/page.css', 'text/css; charset=utf-8', 'style');
  serve('/api/docs/page.js', 'text/javascript; charset=utf-8', 'script');
};
