// What is kept of one person, handed to them: entered in a register first, complete, and with nothing of anybody else.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { finding, openHouse, type TestHouse } from '../house.ts';

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
});

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
