// `npm run verifier`: packs the stand-alone verifier into one page, `.build/verifier.html`, that needs no network and is
// forbidden one. An auditor keeps it, with its own SHA-256, apart from the house it checks.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const style = `
body{font:16px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
#drop{border:2px dashed #777;border-radius:8px;padding:2rem;text-align:center}
.whole{color:#0a6b2d}.broken{color:#a40e0e}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;text-align:left;padding:.3rem .5rem;vertical-align:top}
li{overflow-wrap:anywhere}
`.trim();

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The whole page as text: the same for the same sources. */
export const verifierPage = async (): Promise<string> => {
  const packed = await build({
    absWorkingDir: root,
    entryPoints: ['web/verifier/verifier-page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
  });
  // What would end the script early cannot stand in it.
  const script = (packed.outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>明窗 离线核验</title>
<style>${style}</style>
</head>
<body>
<h1>明窗 离线核验</h1>
<p>把导出的月份文件(.json)拖到本页,即可核验记录、封存、状态并重新计算得分;另外移交的证据文件也可拖入比对。本页不联网,文件不会离开这台电脑。</p>
<div id="drop"><input id="choose" type="file" multiple aria-label="选择文件"> 或拖到这里</div>
<h2 id="headline" role="status">尚未放入文件</h2>
<ul id="lines"></ul>
<ul id="files"></ul>
<table><thead><tr><th>人员</th><th>得分</th><th>逐条</th></tr></thead><tbody id="scores"></tbody></table>
<script>${script}</script>
</body>
</html>
`;
};

if (import.meta.main) {
  const path = resolve(root, '.build/verifier.html');
  const page = await verifierPage();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page);
  console.log(`${path}\nSHA-256 ${createHash('sha256').update(page).digest('hex')}`);
}
