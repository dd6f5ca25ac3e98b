// Every door with everybody, written from the doors themselves, so that a new one is tried the day it is made: no token, or
// one that is not to be believed; somebody else's centre; a role that has no business there; a thing of another grid,
// department or person. What may not be read is not there, in no list, by no filter, and in no words of a refusal.
import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../../functions/openapi.ts';
import { allDoors, rolesOf } from '../../shared/wire.ts';
import { centreId, entries, registry } from '../cast.ts';
import { noteFigures, times } from '../figures.ts';
import { finding, openHouse, type TestHouse, type Told, told } from '../house.ts';

let hall: TestHouse;
const people = [
  ...['xun', 'shi', 'san', 'ge', 'gong', 'ke', 'kang', 'chu', 'zhu', 'ban', 'lian', 'shou', 'ji', 'guan'],
  ...['wai', 'chuang', 'staff-0102'],
];
/** What nobody may meet who may not read the thing it stands in. */
const secret = {
  own: '暗记甲一',
  other: '暗记乙二',
  sealed: '暗记丙三',
  complaint: '暗记丁四',
  bonus: '暗记戊五',
  name: '钱多多',
};
const planted: Record<string, { path: string; id: string; words: string }> = {};
const foreign = 'elsewhere';

const created = async (who: string, path: string, fields: Record<string, unknown>): Promise<string> => {
  const answer = await hall.as(who).post(path, fields);
  if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return String(answer.body.id);
};

beforeAll(async () => {
  hall = await openHouse();
  await hall.found(
    foreign,
    entries
      .filter((entry) => entry.kind !== 'account' || entry.person === 'guan')
      .map((entry) => {
        if (entry.kind === 'centre') return { ...entry, id: foreign };
        return entry.kind === 'account' ? { ...entry, subject: 'stranger' } : entry;
      }),
  );
  const plant = async (
    name: string,
    kind: string,
    who: string,
    fields: Record<string, unknown>,
    words: string,
  ) => {
    const id = await created(who, `/api/${kind}`, fields);
    planted[name] = { path: `/api/${kind}/${id}`, id, words };
  };
  const other = { window: 'window-b01', subject: { kind: 'persons', persons: ['staff-0104'] } };
  await plant('own', 'cases', 'xun', finding({ description: secret.own }), secret.own);
  await plant(
    'other',
    'cases',
    'shi',
    finding({
      ...other,
      source: 'video',
      description: secret.other,
      video: { camera: 'B-1', from: '2026-11-18T01:50:00.000Z', to: '2026-11-18T01:50:30.000Z' },
    }),
    secret.other,
  ).catch(() =>
    plant('other', 'cases', 'xun', finding({ ...other, description: secret.other }), secret.other),
  );
  await plant(
    'sealed',
    'cases',
    'xun',
    finding({ violation: 'INT-BRIBE', description: secret.sealed }),
    secret.sealed,
  );
  await plant(
    'complaint',
    'complaints',
    'ban',
    {
      ...{
        source: 'desk',
        receivedAt: '2026-11-18T01:55:00.000Z',
        window: 'window-a01',
        violation: 'ATT-RUDE',
      },
      ...{
        happened: { from: '2026-11-18T01:20:00.000Z', to: '2026-11-18T01:30:00.000Z', doubtSeconds: 300 },
      },
      ...{ content: secret.complaint, complainant: { name: secret.name, contact: '13812345678' } },
    },
    secret.complaint,
  );
  await plant(
    'bonus',
    'bonuses',
    'xun',
    {
      ...{ type: 'BON-VISIT', day: '2026-11-17', persons: ['staff-0104'], description: secret.bonus },
    },
    secret.bonus,
  );
});

const contract = openApi();
const doors = allDoors.map((door) => {
  const operation = contract.paths[door.path]?.[door.method.toLowerCase()];
  return { door, example: operation?.requestBody?.content['application/json'].example };
});
/** The address of a door for things that are there, or for none. */
const address = (path: string, id: string): string =>
  path
    .replace('{id}', id)
    .replace('{record}', id)
    .replace('{n}', '1')
    .replace('{month}', '2026-11')
    .replace('{person}', 'staff-0104')
    .replace('{number}', '26-11-0042')
    .replace('{day}', '2026-11-18')
    .replace(/\{\w+\}/g, 'x');
const ask = async (
  method: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Told> =>
  told(
    await hall.app.request(path, {
      method,
      headers: { ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
      ...(method === 'POST' ? { body: JSON.stringify({ ...Object(body), commandId: randomUUID() }) } : {}),
    }),
  );
let requests = 0;

/** Everybody at every door with every question: `npm run proof -- access`. */
const whole = times(0, 1) === 1;

describe('a token that is not to be believed', () => {
  const seconds = () => Math.floor(Date.parse(hall.clock.now()) / 1000);
  const claims = () => ({
    iss: 'https://issuer.example',
    aud: 'mingchuang',
    sub: 'ban',
    exp: seconds() + 3600,
  });
  const bad: Record<string, () => Promise<string | undefined>> = {
    none: async () => undefined,
    empty: async () => '',
    expired: () => hall.token('ban', { exp: seconds() - 3600 }),
    'of another issuer': () => hall.token('ban', { iss: 'https://elsewhere.example' }),
    'for another audience': () => hall.token('ban', { aud: 'another' }),
    'without an end': () => hall.token('ban', { exp: undefined }),
    unsigned: async () => new UnsecuredJWT(claims()).encode(),
    'signed with a secret': () =>
      new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode('x'.repeat(32))),
    'with altered claims': async () => {
      const [head, , signature] = (await hall.token('wai')).split('.');
      const altered = Buffer.from(JSON.stringify(claims())).toString('base64url');
      return `${head}.${altered}.${signature}`;
    },
  };
  test.each(Object.entries(bad))('%s opens no door and writes nothing', async (_name, make) => {
    const before = await hall.digest();
    const token = await make();
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    for (const { door, example } of doors) {
      if (door.access === 'anyone') continue;
      const answer = await ask(door.method, address(door.path, planted.own?.id ?? ''), headers, example);
      requests += 1;
      expect([answer.status, door.name]).toEqual([401, door.name]);
      expect(String(answer.body.code)).toMatch(/^token\.(missing|invalid)$/);
    }
    expect(await hall.digest()).toBe(before);
  });
});

describe('somebody else’s centre', () => {
  test('is not there, whoever asks for it, and nobody of there comes in here', async () => {
    const before = await hall.digest();
    const [mine, theirs] = [await hall.token('ban'), await hall.token('stranger')];
    for (const { door, example } of doors) {
      if (door.access === 'anyone') continue;
      const path = address(door.path, planted.own?.id ?? '');
      for (const [token, centre] of [
        [mine, foreign],
        [theirs, centreId],
      ]) {
        const headers = { authorization: `Bearer ${token}`, 'mingchuang-centre': String(centre) };
        const answer = await ask(door.method, path, headers, example);
        requests += 1;
        expect([answer.status, answer.body.code, door.name]).toEqual([403, 'account.unknown', door.name]);
      }
    }
    expect(await hall.digest()).toBe(before);
  });

  test('shows an account of there nothing of here', async () => {
    const headers = { authorization: `Bearer ${await hall.token('stranger')}` };
    for (const { door } of doors.filter((one) => one.door.method === 'GET')) {
      for (const { id } of Object.values(planted)) {
        const answer = await ask('GET', address(door.path, id), headers, undefined);
        requests += 1;
        const text = JSON.stringify(answer.body);
        for (const words of Object.values(secret)) expect(text.includes(words), door.name).toBe(false);
      }
    }
  });
});

describe('a role that has no business there', () => {
  const rolesOfPerson = (person: string) =>
    (registry.grantsByPerson.get(person) ?? []).map((grant) => grant.role);

  test('is refused at every door that names others, and leaves nothing', async () => {
    const before = await hall.digest();
    for (const [nth, person] of people.entries()) {
      const headers = { authorization: `Bearer ${await hall.token(person)}` };
      for (const [at, { door, example }] of doors.entries()) {
        // The ordinary run tries each door with every fourth person, the long run with everybody.
        if (!whole && at % 4 !== nth % 4) continue;
        const roles = rolesOf(door.access);
        if (roles.length === 0 || rolesOfPerson(person).some((role) => roles.includes(role))) continue;
        const answer = await ask(door.method, address(door.path, planted.own?.id ?? ''), headers, example);
        requests += 1;
        // The admin is told there what the journal owes, and nothing else.
        if (door.name === 'obligation.list' && person === 'guan') {
          expect(answer.body).toEqual({ items: [], next: null });
          continue;
        }
        expect(answer.status, `${person} ${door.name}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, `${person} ${door.name}`).toBeLessThan(500);
        const text = JSON.stringify(answer.body);
        for (const words of Object.values(secret)) expect(text.includes(words), door.name).toBe(false);
      }
    }
    expect(await hall.digest()).toBe(before);
    expect(hall.log).toEqual([]);
  });
});

describe('what may not be read', () => {
  const readable = new Map<string, Set<string>>();

  test('looks exactly like what was never there', async () => {
    for (const person of people) {
      const mine = new Set<string>();
      for (const [name, { path, id }] of Object.entries(planted)) {
        const answer = await hall.as(person).get(path);
        requests += 1;
        if (answer.status === 200) mine.add(name);
        else {
          const never = await hall.as(person).get(path.replace(id, id.replace(/.{12}$/, '0123456789ab')));
          expect(answer.body, `${person} ${name}`).toEqual(never.body);
        }
      }
      readable.set(person, mine);
    }
    expect([...(readable.get('ji') ?? [])]).toEqual(Object.keys(planted));
    expect([...(readable.get('wai') ?? [])]).toEqual([]);
    expect([...readable].filter(([, mine]) => mine.has('sealed')).map(([person]) => person)).toEqual(['ji']);
    expect(readable.get('ge')?.has('other')).toBe(false);
    expect(readable.get('gong')?.has('own')).toBe(false);
    expect(readable.get('chuang')?.has('other')).toBe(false);
  });

  test('is in no list and no report, by no filter', async () => {
    const questions = [
      ...['', '?month=2026-11', '?day=2026-11-18', '?limit=1', '?month=2026-11&limit=200'],
      ...[
        '?month=2026-11&person=staff-0104',
        '?month=2026-11&person=chuang',
        '?month=2026-11&stage=reported',
      ],
      ...['?window=window-a01&at=2026-11-18T01:50:00.000Z', '?month=2026-11&department=department-social'],
    ];
    const lists = allDoors.filter((door) => door.method === 'GET' && door.access !== 'anyone');
    let answered = 0;
    const few = ['ge', 'gong', 'shou', 'chuang', 'xun', 'lian', 'guan', 'wai'];
    const asking = whole ? people : few;
    for (const person of asking) {
      const headers = { authorization: `Bearer ${await hall.token(person)}` };
      const mine = readable.get(person) ?? new Set();
      for (const door of lists.filter(({ path }) => !path.includes('{id}') && !path.includes('{record}')))
        for (const [at, question] of questions.entries()) {
          if (!whole && (at + asking.indexOf(person)) % 3 !== 0) continue;
          const answer = await ask('GET', `${address(door.path, 'x')}${question}`, headers, undefined);
          requests += 1;
          if (answer.status !== 200) continue;
          answered += 1;
          const text = JSON.stringify(answer.body);
          for (const [name, { id, words }] of Object.entries(planted))
            if (!mine.has(name)) {
              expect(text.includes(words), `${person} ${door.name}${question} tells words of ${name}`).toBe(
                false,
              );
              // Whoever must hand an integrity lead on is told that there is one, and not what of.
              if (name !== 'sealed' || door.name !== 'obligation.list')
                expect(text.includes(id), `${person} ${door.name}${question} names ${name}`).toBe(false);
            }
          expect(text.includes(secret.name), `${person} ${door.name} names the complainant`).toBe(false);
        }
    }
    expect(answered).toBeGreaterThan(50);
    noteFigures('access', {
      doors: allDoors.length,
      people: people.length,
      requests,
      'answers that told what may not be read': 0,
    });
  });
});
