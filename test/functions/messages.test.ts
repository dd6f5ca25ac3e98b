// Messages: what leaves the platform, over real HTTP, signed as each receiver checks it, and never with a name.
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Channel, channel, enterChannel, send } from '../../functions/channels.ts';
import { followEvent, type Parked } from '../../functions/follow-up.ts';
import { parkedPartition } from '../../functions/keys.ts';
import { morning, morningList } from '../../functions/messages.ts';
import { telling, toldEvents } from '../../functions/told-events.ts';
import { centreId, entries, wednesday } from '../cast.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';

const secret = 'SEC-only-for-tests';
interface Heard {
  url: URL;
  headers: Record<string, unknown>;
  body: string;
}
let heard: Heard[];
let answers: (heard: Heard) => [status: number, body: string];
let server: Server;
let url: string;
let hall: TestHouse;
beforeAll(async () => {
  hall = await openHouse();
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { url: new URL(request.url ?? '/', 'http://receiver'), headers: request.headers, body };
    heard.push(one);
    const [status, said] = answers(one);
    response.writeHead(status).end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  heard = [];
  answers = () => [200, '{"errcode":0,"errmsg":"ok"}'];
});

const webhook = (): Channel => ({
  kind: 'webhook',
  name: 'office',
  url: `${url}/in`,
  secret,
  topics: ['cases', 'morning'],
});
const message = { id: 'case-1-2', text: '【明窗】有一件窗口问题已经告知' };
const at = Date.parse(wednesday);
const hmac = (text: string) => createHmac('sha256', secret).update(text);

describe('a channel', () => {
  test('of any receiver bears a signature over its moment and its body', async () => {
    await send(webhook(), message, at);
    const { headers = {}, body = '' }: Partial<Heard> = heard[0] ?? {};
    expect(JSON.parse(body)).toEqual({ ...message, at: wednesday });
    expect(headers['mingchuang-signature']).toBe(`sha256=${hmac(`${at}.${body}`).digest('hex')}`);
    expect(headers['mingchuang-message']).toBe(message.id);
  });

  test('of 企业微信 and 钉钉 speaks as their robots ask, 钉钉 with 加签', async () => {
    await send(
      { kind: 'wecom', name: 'w', url: `${url}/cgi-bin/webhook/send?key=k`, topics: ['cases'] },
      message,
      at,
    );
    await send(
      { kind: 'dingtalk', name: 'd', url: `${url}/robot/send?access_token=t`, secret, topics: ['cases'] },
      message,
      at,
    );
    for (const { body } of heard)
      expect(JSON.parse(body)).toEqual({ msgtype: 'text', text: { content: message.text } });
    const query = heard[1]?.url.searchParams;
    expect(query?.get('access_token')).toBe('t');
    expect(query?.get('sign')).toBe(hmac(`${at}\n${secret}`).digest('base64'));
    answers = () => [200, '{"errcode":310000,"errmsg":"sign not match"}'];
    const refused = send({ kind: 'wecom', name: 'w', url: `${url}/send`, topics: ['cases'] }, message, at);
    await expect(refused).rejects.toThrow('errcode');
  });

  test('of an SMS gateway brings the numbers with it', async () => {
    await send(
      { kind: 'sms', name: 's', url: `${url}/sms`, secret, to: ['13800000000'], topics: ['cases'] },
      message,
      at,
    );
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
      id: message.id,
      to: ['13800000000'],
      text: message.text,
    });
  });

  test('goes nowhere else: no plain address, no redirect, no refusal unheard', async () => {
    for (const wrong of ['http://hall.example.cn/in', 'ftp://127.0.0.1/', 'file:///etc/passwd'])
      expect(channel.safeParse({ ...webhook(), url: wrong }).success).toBe(false);
    answers = () => [302, ''];
    await expect(send(webhook(), message, at)).rejects.toThrow();
    answers = () => [403, 'no'];
    await expect(send(webhook(), message, at)).rejects.toThrow('403');
  });
});

/** A case that was confirmed and noticed; the event that tells of it. */
const noticed = async () => {
  const { body } = await hall.as('xun').post('/api/cases', finding({ violation: 'DIS-OFFPOST' }));
  const id = String(body.id);
  const act = async (who: string, step: string, fields: object) =>
    expect(await hall.as(who).post(`/api/cases/${id}/${step}`, { ...fields })).toMatchObject({ status: 200 });
  await act('ge', 'confirm', {
    severity: 'evident',
    clause: '2',
    chosen: { points: 200, reason: '离岗二十分钟' },
    reason: '现场情况清楚,照片可以印证',
  });
  await act('ge', 'notify', { way: 'tablet', deliveredAt: wednesday });
  const item = await hall.house.store.event(centreId, { kind: 'case', id }, 3);
  if (!item) throw new Error('no event');
  return item;
};

describe('what is told', () => {
  test('follows from the event, once, and says nothing of whom it concerns', async () => {
    await enterChannel(hall.house, centreId, webhook());
    const item = await noticed();
    expect(await followEvent(hall.house, centreId, item)).toBe(0);
    expect(await followEvent(hall.house, centreId, item)).toBe(0);
    expect(heard.map(({ body }) => JSON.parse(body))).toMatchObject([
      { text: `【明窗】${telling['case.noticed'].text}` },
    ]);
  });

  test('is parked when nobody takes it, without the address or its secret', async () => {
    await enterChannel(hall.house, centreId, { ...webhook(), url: `${url}/in?key=robot-key` });
    answers = () => [500, 'down'];
    const item = await noticed();
    expect(await followEvent(hall.house, centreId, item)).toBe(1);
    const parked = await hall.house.store.partition<Parked>('test', parkedPartition(centreId));
    expect(parked.filter(({ sk }) => sk.endsWith('#tell'))).toMatchObject([
      { error: 'MessageRefused', tries: 1 },
    ]);
    expect(JSON.stringify(parked)).not.toMatch(/robot-key|SEC-only/);
    answers = () => [200, ''];
    expect(await followEvent(hall.house, centreId, item)).toBe(0);
  });

  test('never carries a name, a number or a sign that came from a record', () => {
    for (const type of toldEvents) expect(telling[type].text).toMatch(/^[\p{Script=Han},]+$/u);
  });
});

describe('the list of the morning', () => {
  const names = entries.flatMap((one) => (one.kind === 'staff' ? [one.name] : []));

  test('counts what waits for whom, without a name or a number of a case', async () => {
    await hall.as('xun').post('/api/cases', finding({ description: randomUUID() }));
    const list = await morningList(hall.house, centreId);
    expect(list.split('\n')[0]).toBe('2026年11月18日 明窗市政务服务中心 今日待办');
    expect(list).toMatch(/格长.*:问题 \d+ 件/);
    expect(names.filter((name) => list.includes(name))).toEqual([]);
    expect(list).not.toMatch(/26-11-\d|case-|window|A\d\d/);
  });

  test('goes out on working days only, and once to each receiver that wants it', async () => {
    await enterChannel(hall.house, centreId, webhook());
    expect(await morning(hall.house)).toEqual([{ centre: centreId, sent: 1, failed: 0 }]);
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ id: 'morning-2026-11-18' });
    hall.clock.set('2026-11-22T02:00:00.000Z'); // a Sunday
    expect(await morning(hall.house)).toEqual([{ centre: centreId, sent: 0, failed: 0 }]);
    hall.clock.set(wednesday);
    answers = () => [500, ''];
    expect(await morning(hall.house)).toEqual([{ centre: centreId, sent: 0, failed: 1 }]);
  });
});
