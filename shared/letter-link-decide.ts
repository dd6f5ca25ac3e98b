// A way into one letter for a liaison without an account: a link whose secret is made on the clerk's device and a code that
// opens it once. Only their hashes come here. A withdrawn, expired or locked link gives nothing.
import * as z from 'zod';
import { type Command, command, type Deciding, happened as done, existing } from './command.ts';
import { freeText } from './free-text.ts';
import type { LetterLink, LetterState } from './letter.ts';
import { aboutLetter, sharesOf, wrongStage } from './letter-drafting.ts';
import { ok, type Result, refuse } from './problems.ts';
import { type Instant, plusMinutes } from './time.ts';

/** A link may live as long as a department takes to answer; a code is told by telephone and used the same day. */
const longestDays = 15;
const codeMinutes = 24 * 60;
const passMinutes = 30;
const triesAllowed = 5;
const linksAtOnce = 3;

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 写作 64 位小写十六进制');
const linkNumber = z.int().min(1).max(999);

/** Whoever came by a link has no account: this stands for them in the journal, and can be nobody's id in the register. */
export const linkVisitor = (n: number): string => `link~${n}`;
export const isLinkVisitor = (person: string): boolean => person.startsWith('link~');

/** What the code is hashed with: without the link's secret, which is kept nowhere, six digits could be tried out. */
export const codeText = (secret: string, code: string): string => `${secret}:${code}`;

type Out = LetterState & { stage: 'issued' | 'closed' };
const outOf = (state: LetterState): Result<Out> =>
  state.stage === 'issued' || state.stage === 'closed' ? ok(state) : wrongStage(state);

const isOpen = (link: LetterLink, now: Instant): boolean => !link.withdrawn && link.until > now;

/** The link a number names, unless it is over. */
const linkOf = (state: Out, n: number, { now }: Deciding): Result<LetterLink> => {
  const link = state.links?.find((one) => one.n === n);
  return link && isOpen(link, now) ? ok(link) : refuse('letter.link-gone');
};

const share: Command = command({
  type: 'letter.shareLink',
  action: 'letter.shareLink',
  summary: '给没有账号的联络员一个限时查看链接和一次性验证码;密钥在本机生成,这里只收校验值',
  on: 'letter',
  fields: z.strictObject({
    receiver: freeText(40),
    /** SHA-256 of the link's secret, and of `<secret>:<code>`. */
    secretHash: hash,
    codeHash: hash,
    days: z.int().min(1).max(longestDays).default(7),
  }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const out = outOf(existing(state));
    if (!out.ok) return out;
    if (out.value.department === undefined) return refuse('letter.link-gone');
    const links = out.value.links ?? [];
    if (links.filter((link) => isOpen(link, context.now)).length >= linksAtOnce)
      return refuse('letter.too-many-links');
    return done({
      type: 'letter.linkShared',
      v: 1,
      n: (out.value.linksMade ?? 0) + 1,
      receiver: { text: fields.receiver },
      secretHash: fields.secretHash,
      codeHash: fields.codeHash,
      codeUntil: plusMinutes(context.now, codeMinutes),
      until: plusMinutes(context.now, fields.days * 24 * 60),
    });
  },
});

const renew: Command = command({
  type: 'letter.renewCode',
  action: 'letter.renewCode',
  summary: '更换链接的验证码(已用过、过期或锁定后);此前的查看随即结束',
  on: 'letter',
  fields: z.strictObject({ n: linkNumber, codeHash: hash }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const out = outOf(existing(state));
    if (!out.ok) return out;
    const link = linkOf(out.value, fields.n, context);
    if (!link.ok) return link;
    return done({
      type: 'letter.linkCodeRenewed',
      v: 1,
      n: link.value.n,
      codeHash: fields.codeHash,
      codeUntil: plusMinutes(context.now, codeMinutes),
    });
  },
});

const withdraw: Command = command({
  type: 'letter.withdrawLink',
  action: 'letter.withdrawLink',
  summary: '撤回查看链接,立即失效',
  on: 'letter',
  fields: z.strictObject({ n: linkNumber }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const out = outOf(existing(state));
    if (!out.ok) return out;
    const link = linkOf(out.value, fields.n, context);
    return link.ok ? done({ type: 'letter.linkWithdrawn', v: 1, n: link.value.n }) : link;
  },
});

/** Only the house tries a link, for whoever came with it: a wrong code is an event, so that tries are counted however many come at once. */
const attempt: Command = command({
  type: 'letter.tryLink',
  action: 'letter.tryLink',
  summary: '凭链接和验证码进入(仅由系统执行)',
  on: 'letter',
  fields: z.strictObject({ secretHash: hash, codeHash: hash, pass: hash }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields, context) => {
    const out = outOf(existing(state));
    if (!out.ok) return refuse('letter.link-gone');
    const link = out.value.links?.find((one) => one.keys?.secret === fields.secretHash);
    if (!link || !isOpen(link, context.now)) return refuse('letter.link-gone');
    if (link.tries >= triesAllowed) return refuse('letter.link-locked');
    if (link.spent || link.codeUntil <= context.now) return refuse('letter.link-code');
    if (link.keys?.code !== fields.codeHash) return done({ type: 'letter.linkTried', v: 1, n: link.n });
    return done({
      type: 'letter.linkOpened',
      v: 1,
      n: link.n,
      pass: fields.pass,
      until: plusMinutes(context.now, passMinutes),
    });
  },
});

/** The link somebody stands in with this pass; undefined once it is over, withdrawn, or another code was given. */
export const linkInUse = (state: LetterState, pass: string, now: Instant): LetterLink | undefined => {
  const out = outOf(state);
  const links = out.ok ? (out.value.links ?? []) : [];
  return links.find(
    (link) => isOpen(link, now) && link.keys?.pass === pass && link.open !== undefined && link.open > now,
  );
};

/** Watermarked copies for a disc (刻盘移交): made on the device, entered with their hashes before the list is printed. */
const prepareDisc: Command = command({
  type: 'letter.prepareDisc',
  action: 'letter.prepareDisc',
  summary: '登记为刻盘制作的带水印副本及其校验值,列入移交清单',
  on: 'letter',
  fields: z.strictObject({
    copies: z
      .array(z.strictObject({ of: z.string().max(80), sha256: hash, size: z.int().min(1) }))
      .min(1)
      .max(12),
  }),
  about: (state) => aboutLetter(existing(state)),
  decide: (state, fields) => {
    const letter = existing(state);
    if (letter.stage !== 'issued') return wrongStage(letter);
    const shares = sharesOf(letter);
    const given = fields.copies.map(({ of }) => of);
    if (new Set(given).size !== given.length || given.some((of) => !shares.includes(of)))
      return refuse('letter.evidence-missing', given.find((of) => !shares.includes(of)) ?? '');
    return done({ type: 'letter.discPrepared', v: 1, copies: fields.copies });
  },
});

export const linkCommands: Command[] = [prepareDisc, share, renew, withdraw];
export const internalLinkCommands: Command[] = [attempt];
