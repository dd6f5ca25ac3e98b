// Where a centre's messages go: rooms of 企业微信 and 钉钉, SMS gateways, or any receiver by a signed webhook. Their addresses
// and secrets lie in the table, entered by the operator's command, never shown by the API and never in an event.
// Knows how each of them wants to be spoken to; may not know what a message says.
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { House } from './house.ts';
import { channelKey, channelPartition } from './keys.ts';

/** What a centre may have told of: each a group of events, or the list of the morning. */
export const topics = ['cases', 'letters', 'complaints', 'rectifications', 'morning'] as const;
export type Topic = (typeof topics)[number];

/** A plain address would let the network read and change messages; only one's own machine may be told that way. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => url.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url),
    'https://…',
  );
const each = {
  name: z.string().regex(/^[a-z0-9-]{1,30}$/),
  url: address,
  topics: z.array(z.enum(topics)).min(1),
};
const secret = z.string().min(8).max(200);
const phone = z.string().regex(/^\+?\d{6,15}$/);

export const channel = z.discriminatedUnion('kind', [
  /** Any receiver: JSON, with `mingchuang-signature: sha256=…` over timestamp, a full stop and the body. */
  z.strictObject({ ...each, kind: z.literal('webhook'), secret }),
  /** Group robot of 企业微信; its secret is the key in its address (developer.work.weixin.qq.com/document/path/91770). */
  z.strictObject({ ...each, kind: z.literal('wecom') }),
  /** Group robot of 钉钉 with 加签 (open.dingtalk.com/document/robots/customize-robot-security-settings). */
  z.strictObject({ ...each, kind: z.literal('dingtalk'), secret }),
  /** An SMS gateway that takes signed JSON with the numbers; those of other makes stand behind a bridge of the office. */
  z.strictObject({ ...each, kind: z.literal('sms'), secret, to: z.array(phone).min(1).max(50) }),
]);
export type Channel = z.infer<typeof channel>;

export interface Message {
  /** The same message sent again bears the same id, so that a receiver can leave it out. */
  id: string;
  text: string;
}

class MessageRefused extends Error {
  override name = 'MessageRefused';
}

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);

interface Call {
  url: string;
  body: string;
  headers: Record<string, string>;
}

const signedCall = (url: string, key: string, { id }: Message, content: object, at: number): Call => {
  const body = JSON.stringify(content);
  return {
    url,
    body,
    headers: {
      'mingchuang-message': id,
      'mingchuang-timestamp': String(at),
      'mingchuang-signature': `sha256=${hmac(key, `${at}.${body}`).digest('hex')}`,
    },
  };
};

const callOf = (to: Channel, message: Message, at: number): Call => {
  const { id, text } = message;
  switch (to.kind) {
    case 'webhook':
      return signedCall(to.url, to.secret, message, { id, text, at: new Date(at).toISOString() }, at);
    case 'sms':
      return signedCall(to.url, to.secret, message, { id, to: to.to, text }, at);
    case 'wecom':
      return { url: to.url, body: JSON.stringify({ msgtype: 'text', text: { content: text } }), headers: {} };
    case 'dingtalk': {
      const url = new URL(to.url);
      url.searchParams.set('timestamp', String(at));
      url.searchParams.set('sign', hmac(to.secret, `${at}\n${to.secret}`).digest('base64'));
      const body = JSON.stringify({ msgtype: 'text', text: { content: text } });
      return { url: url.href, body, headers: {} };
    }
  }
};

/** Both robots answer 200 to everything and say in `errcode` whether they took it. */
const robotSaid = z.object({ errcode: z.number() });

/**
 * Sends one message; resolves when it was taken.
 * @throws {MessageRefused} when the receiver did not take it; other errors when it cannot be reached within five seconds
 */
export const send = async (to: Channel, message: Message, now: number): Promise<void> => {
  const { url, body, headers } = callOf(to, message, now);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body,
    redirect: 'error', // it could lead off https
    signal: AbortSignal.timeout(5_000),
  });
  const said = await answer.text();
  if (!answer.ok) throw new MessageRefused(String(answer.status));
  if (to.kind !== 'wecom' && to.kind !== 'dingtalk') return;
  const robot = robotSaid.safeParse(JSON.parse(said));
  if (!robot.success || robot.data.errcode !== 0) throw new MessageRefused('errcode');
};

/** The centre's channels for a topic. */
export const channelsFor = async (house: House, centre: string, topic: Topic): Promise<Channel[]> =>
  (await house.store.partition<{ channel: string }>('channels', channelPartition(centre)))
    .map((item) => channel.parse(JSON.parse(item.channel)))
    .filter((one) => one.topics.includes(topic));

/** Enters a channel, in place of the one of that name. */
export const enterChannel = (house: House, centre: string, entered: Channel): Promise<void> =>
  house.store.put({ ...channelKey(centre, entered.name), channel: JSON.stringify(entered) });
