// A month leaves the house as one file, and whoever holds it needs nobody: the page recomputes the scores, and says of
// every change to the file where it is.
import { createHash } from 'node:crypto';
import { createContext, Script } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { makeExport } from '../../functions/month-export.ts';
import { verifyCentre } from '../../local/verification.ts';
import { verifierPage } from '../../local/verifier.ts';
import { proveMonth } from '../../shared/month-proof.ts';
import { views } from '../../shared/views.ts';
import { centreId } from '../cast.ts';
import type { TestHouse } from '../house.ts';
import { openProofHall, photoOf } from '../proof-hall.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
let hall: TestHouse;
let text: string;
beforeAll(async () => {
  hall = await openProofHall();
});

describe('the file', () => {
  test('is handed to the auditor alone, under its hash, at an address for minutes', async () => {
    const { body } = await hall.as('ji').post('/api/months/2026-11/export');
    const told = views['month.export'].parse(body);
    text = await (await fetch(told.url)).text();
    expect(hash(text)).toBe(told.sha256);
    expect(told).toMatchObject({ scores: 8, files: 3, name: 'mingchuang-mingchuang-2026-11.json' });
    for (const who of ['ban', 'ke', 'chu', 'zhu', 'guan', 'xun', 'wai'])
      expect((await hall.as(who).post('/api/months/2026-11/export')).body.code, who).toBe('access.denied');
    expect((await hall.as('ji').post('/api/months/2025-11/export')).body.code).toBe('thing.not-found');
  });

  test('carries nobody’s words: what people wrote stays in the house', () => {
    for (const word of ['钱多多', '13812345678', '言语生硬', '无异议', '调阅现场照片'])
      expect(text.includes(word), word).toBe(false);
  });

  test('proves itself, and its scores are the frozen ones', async () => {
    const proof = proveMonth(text, hash);
    expect(proof).toMatchObject({ bad: [], stage: 'frozen', seals: 17 });
    expect(proof.sealed).toBe(proof.events);
    const totals = new Map(proof.scores.map((score) => [score.person, score.total]));
    expect([totals.get('chuang'), totals.get('staff-0102'), totals.get('staff-0104')]).toEqual([
      9800, 9900, 10_000,
    ]);
  });

  type Exported = NonNullable<Awaited<ReturnType<typeof makeExport>>>;
  const streams = (file: Exported, kind: string) => file.streams.filter((one) => one.kind === kind);
  const heard = (file: Exported) =>
    streams(file, 'case').find((one) => one.events.some(({ body }) => body.includes('noObjection')));
  test.each<[string, string, (file: Exported) => void]>([
    [
      'an altered event',
      '内容与散列不符',
      (file) => {
        const [event] = heard(file)?.events ?? [];
        if (event) event.body = event.body.replace('DIS-OFFPOST', 'DIS-PHONE');
      },
    ],
    [
      'an event altered with its hash',
      '与封存时不同',
      (file) => {
        const event = heard(file)?.events.find(({ body }) => body.includes('"noObjection":true'));
        if (!event) return;
        event.body = event.body.replace('"noObjection":true', '"noObjection":false');
        event.hash = hash(event.body);
      },
    ],
    ['an event left out at the end', '已封存,而导出中缺失', (file) => heard(file)?.events.pop()],
    [
      'a stream put in',
      '没有封存',
      (file) => {
        const [one] = streams(file, 'case');
        if (!one) return;
        const copy = structuredClone(one);
        copy.id = copy.id.replace(/.$/, (sign) => (sign === '0' ? '1' : '0'));
        copy.events = copy.events.slice(0, 1).map(({ body }) => {
          const own = body.replaceAll(one.id, copy.id);
          return { body: own, hash: hash(own) };
        });
        delete copy.head;
        file.streams.push(copy);
      },
    ],
    [
      'an altered head',
      '当前状态与记录还原的结果不符',
      (file) => {
        const [one] = streams(file, 'bonus').concat(streams(file, 'case'));
        if (one?.head) one.head.state = { ...Object(one.head.state), stage: 'merged' };
      },
    ],
    [
      'an altered cut',
      '汇总依据(切片)缺失或与其散列不符',
      (file) => {
        file.cut = file.cut?.replace('staff-0104', 'staff-0199') ?? '';
      },
    ],
    [
      'an altered score',
      '导出的得分与重算的不符',
      (file) => {
        file.scores[0] = { ...Object(file.scores[0]), total: 1 };
      },
    ],
    [
      'an altered seal',
      '内容与封存码不符',
      (file) => {
        const [one] = file.seals;
        if (one) one.seal = one.seal.replace('"events":', '"events":1');
      },
    ],
    ['a seal left out', '与前一日的封存不衔接', (file) => file.seals.splice(3, 1)],
    [
      'an altered list',
      '没有封存',
      (file) => {
        file.lists = file.lists.map((list) => list.replace(/[0-9a-f]{64}/, '0'.repeat(64)));
      },
    ],
    [
      'altered evidence',
      '证据清单与记录不符',
      (file) => {
        const [one] = file.evidence;
        if (one) one.sha256 = '0'.repeat(64);
      },
    ],
  ])('says so of %s', (_what, words, spoil) => {
    const file: Exported = JSON.parse(text);
    spoil(file);
    expect(proveMonth(JSON.stringify(file), hash).bad.join('\n')).toContain(words);
  });

  test('that is none is told from one', () => {
    for (const given of ['', '{}', 'null', '{"format":"mingchuang-month"}'])
      expect(proveMonth(given, hash).bad).toEqual(['文件: 不是本平台导出的月份文件,或已损坏']);
  });
});

describe('the page', () => {
  /** As much of a document as the page asks for. */
  const opened = (html: string) => {
    const made = (id: string): Record<string, unknown> => ({
      id,
      children: [] as unknown[],
      addEventListener() {},
      append(...more: unknown[]) {
        (this.children as unknown[]).push(...more);
      },
      replaceChildren(...all: unknown[]) {
        this.children = all;
      },
    });
    const parts = new Map<string, Record<string, unknown>>();
    const listeners = new Map<string, (event: unknown) => void>();
    const part = (id: string) => {
      const known = parts.get(id) ?? made(id);
      parts.set(id, known);
      return html.includes(`id="${id}"`) ? known : null;
    };
    const document = {
      getElementById: part,
      createElement: made,
      addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
    };
    const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
    new Script(script).runInContext(createContext({ document, HTMLInputElement: class {}, console }));
    const drop = (files: unknown[]) =>
      listeners.get('drop')?.({ preventDefault() {}, dataTransfer: { files } });
    return { drop, part };
  };

  test('is one file, forbids itself every network, and checks what is dropped into it', async () => {
    const html = await verifierPage();
    expect(html).toMatch(/content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/);
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
    const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
    const own = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(`'sha256-${own}'`);
    const { drop, part } = opened(html);
    drop([{ name: 'month.json', text: async () => text }]);
    await expect.poll(() => part('headline')?.textContent, { timeout: 20_000 }).toBe('2026-11 核验无误');
    expect(part('scores')).toMatchObject({ children: { length: 8 } });
    const { bytes } = photoOf('one');
    drop([{ name: 'a.jpg', arrayBuffer: async () => new Uint8Array(bytes).buffer }]);
    const told = () => JSON.stringify(part('files')?.children ?? []);
    await expect.poll(told).toContain('与证据');
    drop([{ name: 'month.json', text: async () => text.replace('DIS-OFFPOST', 'DIS-PHONE') }]);
    await expect
      .poll(() => part('headline')?.textContent, { timeout: 20_000 })
      .toContain('核验发现问题,首条:case/');
  });
});

test('the house itself verifies, files and frozen scores too', async () => {
  const found = await verifyCentre(hall.house.store, centreId, hall.clock.now(), hall.house);
  expect(found.bad).toEqual([]);
  expect(found).toMatchObject({ frozen: 1, scores: 8, files: 3, seals: 17 });
});
