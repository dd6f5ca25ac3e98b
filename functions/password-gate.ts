// The gate that asks for a password: the last resort where an office has no issuer and the cloud has no user pool. One
// sentence for whatever is wrong, in the same time, so that nobody learns which accounts there are; no token before a
// password of one's own was chosen.
import type { Gate } from './issuer-app.ts';
import {
  chosenCost,
  faultOfPassword,
  hashOfPassword,
  isPassword,
  longestPassword,
  tryNothing,
} from './passwords.ts';
import type { SignInBook } from './sign-in-book.ts';
import { mostTries } from './sign-in-book.ts';
import { newPasswordPage, type Page, passwordPage } from './sign-in-page.ts';

const wrong = `账号或口令不对。连续输错 ${mostTries} 次,该账号停用 15 分钟;也可请系统管理员重新发放初始口令`;

const text = (value: unknown, longest: number): string =>
  typeof value === 'string' && value.length <= longest ? value : '';

/** `cost` of a chosen password: less than usual in a test only. */
export const passwordGate = (book: SignInBook, clock: () => string, cost = chosenCost): Gate => {
  const again = (page: Page, status: 200 | 400 | 401 = 401) => ({ page, status });

  const choose = async (form: Record<string, unknown>, ticket: string) => {
    const subject = await book.ticketOf(ticket);
    const account = subject === undefined ? undefined : await book.accountOf(subject);
    if (account === undefined) return again(passwordPage('', '已超过 10 分钟,请重新登录'), 400);
    const next = text(form.next, longestPassword);
    const fault =
      next === text(form.again, longestPassword)
        ? (faultOfPassword(next, account.subject) ??
          ((await isPassword(next, account.kept)) ? '新口令不能与现在的口令相同' : undefined))
        : '两次输入的口令不一样';
    if (fault !== undefined) return again(newPasswordPage(account.subject, ticket, fault), 400);
    if (!(await book.spendTicket(ticket))) return again(passwordPage('', '请重新登录'), 400);
    await book.choose(account, await hashOfPassword(next, cost));
    return { subject: account.subject };
  };

  const enter = async (form: Record<string, unknown>) => {
    const name = text(form.account, 64).trim();
    const password = text(form.password, longestPassword);
    const account = name === '' || password === '' ? undefined : await book.tried(name);
    if (account === undefined) {
      await tryNothing(password, cost);
      return again(passwordPage(name, wrong));
    }
    if (!(await isPassword(password, account.kept))) return again(passwordPage(name, wrong));
    await book.right(account);
    if (account.ends <= clock()) return again(passwordPage(name, '初始口令已过期,请系统管理员重新发放'));
    if (!account.first && form.change !== 'on') return { subject: account.subject };
    return again(newPasswordPage(account.subject, await book.ticket(account.subject)), 200);
  };

  return {
    ask: async () => passwordPage(),
    hear: (form) => {
      const ticket = text(form.ticket, 100);
      return ticket === '' ? enter(form) : choose(form, ticket);
    },
    known: async (subject, signedInAt) => {
      const account = await book.accountOf(subject);
      if (account === undefined || account.first || account.changedAt > signedInAt) return undefined;
      return { subject: account.subject, name: account.name };
    },
  };
};
