// The web app as files: the headers a browser trusts it by, the app for every address of its own, nothing outside.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createWebPages } from '../../functions/web-pages.ts';

const around = mkdtempSync(join(tmpdir(), 'mingchuang-pages-'));
const folder = join(around, 'web');
mkdirSync(join(folder, 'app'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<!doctype html>明窗');
writeFileSync(join(folder, 'app/main-1a2b.js'), 'export const hall = 1;'.repeat(100));
writeFileSync(join(around, 'secret.txt'), 'outside');
afterAll(() => rmSync(around, { recursive: true, force: true }));

const settings = {
  issuer: 'https://id.example.cn',
  clientId: 'web',
  scope: 'openid',
  icp: '苏ICP备2026000001号',
};
const origins = ['https://id.example.cn', 'https://evidence.s3.cn-north-1.amazonaws.com.cn'];
const pages = createWebPages({ folder, settings, origins, secure: true });
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  pages(new Request(`https://hall.example.cn${path}`, { headers, method }));

describe('the web app', () => {
  it('is the same page at every address of its own, asked for each time', async () => {
    for (const path of ['/', '/index.html', '/round', '/cases/case-1', '/signed-in']) {
      const page = await get(path);
      expect(await page.text(), path).toBe('<!doctype html>明窗');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('keeps what is named by its content, and sends it small where that is understood', async () => {
    const plain = await get('/app/main-1a2b.js');
    expect(plain.headers.get('cache-control')).toContain('immutable');
    const small = await get('/app/main-1a2b.js', { 'accept-encoding': 'br, gzip' });
    expect(small.headers.get('content-encoding')).toBe('gzip');
    const bytes = Buffer.from(await small.arrayBuffer());
    expect(bytes.length).toBeLessThan(200);
    expect(gunzipSync(bytes).toString()).toBe(await plain.text());
  });

  it('says that nothing changed when nothing did', async () => {
    const tag = (await get('/')).headers.get('etag') ?? '';
    expect((await get('/', { 'if-none-match': `W/${tag}` })).status).toBe(304);
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('tells where to sign in', async () => {
    expect(await (await get('/settings.json')).json()).toEqual(settings);
  });

  it('may speak to sign-in and evidence, and to nobody else', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`connect-src 'self' ${origins.join(' ')};`);
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await get('/')).headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('holds nothing outside its folder, and changes nothing', async () => {
    for (const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/missing.js', '/%ff.txt'])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    expect((await get('/', {}, 'POST')).status).toBe(405);
    expect(await (await get('/', {}, 'HEAD')).text()).toBe('');
  });
});
