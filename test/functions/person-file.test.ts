// What is kept of one person, handed to them: entered in a register first, complete, and with nothing of anybody else.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { scoreKey, tallyKey } from '../../functions/keys.ts';
import { placeInFile } from '../../functions/person-month.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { monthlyKinds, otherKinds, type StreamKind, type StreamRef } from '../../shared/ids.ts';
import { centreId } from '../cast.ts';
import { noteFigures } from '../figures.ts';
import { finding, openHouse, type TestHouse } from '../house.ts';
import { scanTable, type WireItem } from '../table-snapshot.ts';

const at = '2026-11-18T02:00:00.000Z';
const words = (text: string) => ({ text });
/** One of everything that can name a person, with a colleague in it wherever there can be one, as events are written. */
const everything: [StreamRef, DomainEvent[]][] = [
  [
    { kind: 'talk', id: 'talk-2026-11-section-chuang-1' },
    [
      {
        ...{ type: 'talk.held', v: 1, month: '2026-11', kind: 'section', person: 'chuang' },
        ...{ department: 'department-tax', cases: [], recorder: 'ban', heldAt: at, copies: [], evidence: [] },
        ...{
          place: words('谈话室'),
          reason: words('事由'),
          content: words('内容'),
          statement: words('本人的话'),
        },
      },
    ],
  ],
  [
    { kind: 'opening', id: 'opening-2026-10-00000000-0000-4000-8000-000000000001' },
    [
      {
        ...{ type: 'opening.entered', v: 1, departments: ['department-tax'], grids: ['grid-a'] },
        fact: { kind: 'title', month: '2026-10', award: 'star', person: 'chuang' },
        note: words('旧台账所载'),
      },
    ],
  ],
  [
    { kind: 'objection', id: 'objection-2026-11-chuang' },
    [
      {
        ...{
          type: 'objection.raised',
          v: 1,
          month: '2026-11',
          person: 'chuang',
          department: 'department-tax',
        },
        ...{ n: 1, cut: 'a'.repeat(64), way: 'self', raisedAt: at, grounds: words('算错了'), evidence: [] },
      },
    ],
  ],
  [
    { kind: 'enforcement', id: 'enforcement-urge-2026-11-often-chuang-1' },
    [
      {
        ...{ type: 'enforcement.carriedOut', v: 1, month: '2026-11', measure: 'urge-2026-11-often-chuang-1' },
        ...{ kind: 'urge', subject: { person: 'chuang' }, department: 'department-tax', cases: [] },
        ...{ doneAt: at, words: words('催办'), evidence: [] },
      },
    ],
  ],
  [
    { kind: 'award', id: 'award-2026-11-star' },
    [
      {
        ...{ type: 'award.opened', v: 1, month: '2026-11', code: 'star', title: '服务之星', quota: 1 },
        ...{ mustBeNominated: true, limits: [] },
        candidates: ['chuang', 'staff-0102'].map((person) => ({
          ...{ person, eligible: true, heldBack: false, why: [] },
        })),
      },
      { type: 'award.nominated', v: 1, person: 'chuang', material: words('主动加班'), evidence: [] },
      { type: 'award.nominated', v: 1, person: 'staff-0102', material: words('别人的材料'), evidence: [] },
    ],
  ],
  [
    { kind: 'figure', id: 'figure-2026-11-staff-casesHandled' },
    [
      {
        ...{ type: 'figure.entered', v: 1, month: '2026-11', figure: 'casesHandled', of: 'staff' },
        ...{ source: 'import', evidence: [] },
        rows: [
          { subject: 'chuang', value: 31_415 },
          { subject: 'staff-0102', value: 27_182 },
        ],
      },
    ],
  ],
  ...['2026-11', '2027-02'].map((month, nth): [StreamRef, DomainEvent[]] => [
    { kind: 'leave', id: `leave-${month}-00000000-0000-4000-8000-00000000000${nth}` },
    [
      {
        ...{ type: 'leave.filed', v: 1, person: 'chuang', department: 'department-tax', grids: ['grid-a'] },
        ...{ kind: 'annual', stretch: { kind: 'days', from: `${month}-19`, until: `${month}-19` } },
        ...{ months: [month], imported: false, reason: words('探亲') },
      },
    ],
  ]),
  ...(
    [
      ['chuang', 'staff-0102'],
      ['staff-0102', 'chuang'],
    ] as const
  ).map(([person, absent], nth): [StreamRef, DomainEvent[]] => [
    { kind: 'cover', id: `cover-2026-11-00000000-0000-4000-8000-00000000000${nth}` },
    [
      {
        ...{ type: 'cover.filed', v: 1, window: 'window-a01', grid: 'grid-a', department: 'department-tax' },
        ...{ way: 'standIn', person, absent, months: ['2026-11'] },
        stretch: { kind: 'days', from: '2026-11-19', until: '2026-11-19' },
      },
    ],
  ]),
];

const content = z.object({
  register: z.array(z.looseObject({ kind: z.string() })),
  records: z.array(z.looseObject({ kind: z.string(), id: z.string() })),
  scores: z.array(z.unknown()),
});

let hall: TestHouse;
let own: string;
beforeAll(async () => {
  hall = await openHouse();
  const report = async (person: string) =>
    String(
      (await hall.as('xun').post('/api/cases', finding({ subject: { kind: 'persons', persons: [person] } })))
        .body.id,
    );
  own = await report('chuang');
  const together = { subject: { kind: 'persons', persons: ['staff-0102', 'chuang'] }, window: 'window-a02' };
  await hall.as('xun').post('/api/cases', finding({ ...together, description: '两人同在' }));
  const deed = { type: 'BON-VISIT', day: '2026-11-17', description: '上门服务' };
  await hall.as('xun').post('/api/bonuses', { ...deed, persons: ['staff-0102', 'chuang'] });
  for (const [ref, events] of everything) {
    const commandId = randomUUID();
    const answer = { id: ref.id, version: events.length, at };
    const by = { person: 'ban', role: 'clerk' as const };
    const changes = [{ ref, before: undefined, events }];
    expect(
      await hall.house.store.commit({
        ...{ centre: centreId, at, by, command: commandId, request: 'test', answer, changes },
      }),
    ).toBe('done');
  }
  const store = hall.house.store;
  for (const person of ['chuang', 'staff-0102']) {
    const counts = { minor: 0, evident: 0, serious: 0, personTimes: 0, incidents: 0, letters: 0, titles: 0 };
    const tally = { subject: { person }, month: '2026-10', ...counts, clauses: [] };
    const score = { person, month: '2026-10', total: 9_700, lines: [] };
    await store.put({
      ...tallyKey(centreId, '2026-10', `person:${person}`),
      ...{ tally: JSON.stringify(tally) },
    });
    await store.put({ ...scoreKey(centreId, '2026-10', person), score: JSON.stringify(score) });
  }
});

/** Everything that lies in the table about somebody, less where they only did their duty. */
const lyingAbout = async (person: string): Promise<{ kind: StreamKind; id: string }[]> =>
  (await scanTable(hall.client, hall.table)).flatMap((item) => {
    const state = item.state?.S ?? '';
    const acted = state.replace(/\{"person":"[^"]*","role":"[^"]*"[^}]*\}|"by":"[^"]*"/g, '');
    const kind = streamKinds.find((one) => named(item, one));
    return acted.includes(`"${person}"`) && kind ? [{ kind, id: idOf(item) }] : [];
  });
const idOf = (item: WireItem): string => (item.sk?.S ?? '').split(/[#:]/).at(-1) ?? '';
const named = (item: WireItem, kind: StreamKind): boolean =>
  kind === 'registry'
    ? item.pk?.S?.endsWith('#REG') === true
    : kind === 'lookup'
      ? item.sk?.S?.includes('~') === true
      : idOf(item).startsWith(`${kind}-`);
const streamKinds: StreamKind[] = [...monthlyKinds, ...otherKinds];

const take = async (who: string, person: string) => {
  const answer = await hall.app.request(`/api/people/${person}/file`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await hall.token(who)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ commandId: randomUUID(), reason: '本人书面申请' }),
  });
  return { status: answer.status, text: await answer.text() };
};

describe('a person’s file', () => {
  test('holds their record, the register’s entries and scores, and no word of who reported or of others', async () => {
    const { status, text } = await take('ban', 'chuang');
    expect([status, text.slice(0, 1)]).toEqual([200, '{']);
    const read = content.parse(JSON.parse(text));
    expect(read.records.map(({ id }) => id)).toContain(own);
    expect(new Set(read.register.map(({ kind }) => kind))).toEqual(
      new Set(['staff', 'assignment', 'grant', 'account']),
    );
    const others = ['荀', 'staff-0102', 'staff-0103', 'staff-0104'];
    expect(others.filter((one) => text.includes(one))).toEqual([]);
  });

  test('is whole: whatever lies in the table about them is in it, in the place that was meant for its kind', async () => {
    const { text } = await take('ban', 'chuang');
    const file = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    const lying = await lyingAbout('chuang');
    const seen = new Set<string>();
    for (const { kind, id } of lying) {
      const place = placeInFile[kind];
      if ('not' in place) continue;
      seen.add(kind);
      if (kind !== 'lookup') expect(JSON.stringify(file[place.in]), `${kind} ${id}`).toContain(`"${id}"`);
    }
    // The test has one of every kind that belongs in it, so none can be forgotten by both.
    const meant = streamKinds.filter((kind) => 'in' in placeInFile[kind]);
    expect([...seen].sort()).toEqual(meant.filter((kind) => kind !== 'lookup').sort());
    for (const place of ['records', 'scores', 'tallies', 'measures', 'titles', 'figures', 'takings'])
      expect(file[place], place).not.toEqual([]);
    for (const word of [
      '本人的话',
      '算错了',
      '旧台账所载',
      '主动加班',
      '31415',
      '两人同在',
      '上门服务',
      '2027-02-19',
      '9700',
    ])
      expect(text, word).toContain(word);
    // Of others nothing: no id of anybody, no figure, no material.
    for (const other of ['xun', 'ban', 'ge', 'staff-0102']) expect(text, other).not.toContain(`"${other}"`);
    for (const word of ['27182', '别人的材料', '荀']) expect(text, word).not.toContain(word);
    noteFigures('privacy.person', {
      'kinds of records that can be about a person': meant.length,
      'things in the table about one person, all in the file handed to them': lying.length,
      'ids or words of others in it': 0,
    });
  });

  test('is theirs to take themselves, and nobody’s without business', async () => {
    expect((await take('chuang', 'chuang')).status).toBe(200);
    for (const [who, person] of [
      ['chuang', 'staff-0102'],
      ['xun', 'chuang'],
      ['guan', 'chuang'],
      ['wai', 'chuang'],
    ] as const)
      expect([who, (await take(who, person)).status]).toEqual([who, 403]);
    expect((await take('ban', 'nobody')).status).toBe(404);
  });

  test('leaves its taking in a register that they may read', async () => {
    await take('ban', 'chuang');
    const { body } = await hall.as('chuang').get('/api/people/chuang/file');
    const { items } = z
      .object({ items: z.array(z.object({ by: z.object({ person: z.string() }), reason: z.string() })) })
      .parse(body);
    expect(items.at(-1)).toMatchObject({ by: { person: 'ban' }, reason: '本人书面申请' });
    expect((await hall.as('xun').get('/api/people/chuang/file')).status).toBe(404);
  });
});
