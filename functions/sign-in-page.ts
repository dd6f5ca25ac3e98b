// The pages of our own sign-in: who is there, choose a password, why one cannot. Plain HTML without any script; every
// value is escaped by the template. Knows how it looks; may not know what an answer leads to.
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

// The colours of web/style/tokens.css: the way in looks like the house.
const style = `
html { border-top: 3px solid #a6231c; background: #faf8f5 }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem; font: 1.125rem/1.6 "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif; color: #22262b }
h1 { margin: 0 0 .25rem; font: 700 1.75rem/1.4 "Songti SC", "STSong", "SimSun", "Noto Serif CJK SC", serif }
p { margin: 0 0 1.5rem; color: #565c64 }
form { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem }
form.one { max-width: 24rem; grid-template-columns: 1fr }
label { display: grid; gap: .25rem }
label.beside { grid-template-columns: auto 1fr; gap: .5rem; align-items: center }
input { min-height: 3rem; padding: .5rem .75rem; border: 1px solid #b9b0a3; border-radius: .5rem; font: inherit }
input[type=checkbox] { min-height: 1.5rem; width: 1.5rem; margin: 0; accent-color: #a6231c }
button { min-height: 4.5rem; padding: .75rem 1rem; border: 1px solid #ddd6cc; border-radius: .5rem; background: #fff; font: inherit; color: inherit; text-align: left; cursor: pointer }
form.one button { min-height: 3rem; border-color: #a6231c; background: #a6231c; color: #fff; text-align: center }
button:hover { border-color: #a6231c }
button:focus-visible, input:focus-visible { outline: 2px solid #1f5a8c; outline-offset: 2px }
p[role=alert] { padding: .75rem 1rem; border-left: 4px solid #a6231c; background: #fbecea; color: #851813 }
small { display: block; color: #565c64 }
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

export type Page = ReturnType<typeof html>;

export const page = (title: string, body: Page): Page => html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · 明窗</title><style>${raw(style)}</style></head>
<body><main>${body}</main></body>
</html>
`;

export const refusalPage = (reason: string): Page =>
  page('无法登录', html`<h1>无法登录</h1><p role="alert">${reason}</p>`);

const told = (fault: string | undefined): Page | '' =>
  fault === undefined ? '' : html`<p role="alert">${fault}</p>`;

/** The form has no address of its own: it goes back to the very address it was shown under, request and all. */
export const passwordPage = (account = '', fault?: string): Page =>
  page(
    '登录',
    html`<h1>登录明窗</h1>
<p>忘记口令或第一次登录,请向本中心系统管理员领取初始口令。</p>
${told(fault)}
<form class="one" method="post">
<label>账号<input name="account" value="${account}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required></label>
<label>口令<input name="password" type="password" autocomplete="current-password" maxlength="128" required></label>
<label class="beside"><input name="change" type="checkbox" value="on">登录后修改口令</label>
<button>登录</button>
</form>`,
  );

/** `ticket` says that the old password was right a moment ago. */
export const newPasswordPage = (account: string, ticket: string, fault?: string): Page =>
  page(
    '设置新口令',
    html`<h1>设置新口令</h1>
<p>${account}:新口令至少 12 个字符,含大写字母、小写字母、数字、符号中的三种,不能包含账号。</p>
${told(fault)}
<form class="one" method="post">
<input type="hidden" name="ticket" value="${ticket}">
<input type="hidden" name="account" value="${account}" autocomplete="username">
<label>新口令<input name="next" type="password" autocomplete="new-password" minlength="12" maxlength="128" required></label>
<label>再输一遍<input name="again" type="password" autocomplete="new-password" maxlength="128" required></label>
<button>保存并登录</button>
</form>`,
  );
