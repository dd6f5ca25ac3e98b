// The two pages of the built-in issuer: choose an account, and why one cannot. Plain HTML without any script; every
// name is escaped by the template. Knows how it looks; may not know what a choice leads to.
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

/** One who may sign in, as the page shows them: 荀某 · 巡查员. */
export interface Account {
  subject: string;
  name: string;
  title: string;
}

const style = `
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem; font: 1.125rem/1.6 system-ui, sans-serif; color: #1d2733; background: #f5f7fa }
h1 { margin: 0 0 .25rem; font-size: 1.75rem }
p { margin: 0 0 1.5rem; color: #4a5766 }
form { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem }
button { min-height: 4.5rem; padding: .75rem 1rem; border: 1px solid #c3ccd6; border-radius: .5rem; background: #fff; font: inherit; color: inherit; text-align: left; cursor: pointer }
button:hover, button:focus-visible { border-color: #0b5cad; outline: 2px solid #0b5cad }
small { display: block; color: #4a5766 }
`;

/** Nothing but the page's own style may load, and no other page may frame it (clickjacking). */
export const pageHeaders: Record<string, string> = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

type Piece = ReturnType<typeof html>;

const page = (title: string, body: Piece): Piece => html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · 明窗</title><style>${raw(style)}</style></head>
<body><main>${body}</main></body>
</html>
`;

/** The form has no address of its own: it goes back to the very address it was shown under, request and all. */
export const choicePage = (accounts: Account[]): Piece =>
  page(
    '登录',
    html`<h1>选择账号登录</h1>
<p>内置登录,不核验密码,仅用于演示和内部试用;正式使用请接入本单位的统一身份认证。</p>
${
  accounts.length === 0
    ? html`<p role="status">还没有可用的账号,请系统管理员先登记账号。</p>`
    : html`<form method="post">${accounts.map(
        ({ subject, name, title }) =>
          html`<button name="subject" value="${subject}">${name}<small>${title}</small></button>
`,
      )}</form>`
}`,
  );

export const refusalPage = (reason: string): Piece =>
  page('无法登录', html`<h1>无法登录</h1><p role="alert">${reason}</p>`);
