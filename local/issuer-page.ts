// The page of the demonstration's issuer: choose an account. Knows how it looks; may not know what a choice leads to.
import { html } from 'hono/html';
import { type Page, page } from '../functions/sign-in-page.ts';

/** One who may sign in, as the page shows them: 荀某 · 巡查员. */
export interface Account {
  subject: string;
  name: string;
  title: string;
}

/** The form has no address of its own: it goes back to the very address it was shown under, request and all. */
export const choicePage = (accounts: Account[]): Page =>
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
