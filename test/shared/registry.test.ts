import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { system } from '../../shared/access.ts';
import { calendarYears } from '../../shared/calendar-years.ts';
import { emptyRegistry, type RegistryEntry, registryEntry } from '../../shared/people.ts';
import { entered, foldRegistry, registryRef } from '../../shared/registry.ts';
import { Ban, centreEntry, centreId, entries, everybody, Guan, wednesday } from '../cast.ts';
import { given, givenIn, smallHall } from '../given.ts';

const from = '2026-06-01';
const newWindow = {
  kind: 'window',
  id: 'window-a03',
  number: 'A03',
  name: '社保转移',
  grid: 'grid-a',
  department: 'department-social',
  from,
};
const newStaff = {
  kind: 'staff',
  id: 'staff-0109',
  name: '社九',
  department: 'department-social',
  post: 'window',
  from,
};
const tax = { kind: 'department', id: 'department-tax', name: '市税务局', employer: 'resident', from };
const newSeat = { kind: 'assignment', id: 'seat-0109', staff: 'staff-0109', window: 'window-a03', from };
const enter = (...list: object[]) => ({ entries: list });
const grant = (change: object) => ({
  kind: 'grant',
  id: 'grant-x',
  person: 'wai',
  role: 'inspector',
  from,
  ...change,
});
const account = {
  kind: 'account',
  id: 'account-wai',
  issuer: 'https://other.example',
  subject: 'wai',
  person: 'wai',
  from,
};

/** Everything the cast's hall holds, entered as heads of their own. */
const stored = () =>
  given(
    ...entries.map((entry) => ({
      ref: registryRef(entry),
      event: entered(entry),
      by: { person: 'system', role: 'system' as const },
      at: wednesday,
    })),
  );

describe('entering', () => {
  it('writes one stream for each entry; a batch may refer to itself in any order', () => {
    given()
      .when('registry.enter', enter(newSeat, newStaff, newWindow), Ban, wednesday)
      .then(
        { type: 'registry.entered', entry: { kind: 'assignment' } },
        { type: 'registry.entered', entry: { kind: 'staff' } },
        { type: 'registry.entered', entry: { kind: 'window' } },
      );
  });

  it('keeps a name as free text in the event and as it is in the head', () => {
    const told = given();
    told.when('registry.enter', enter(newStaff), Ban, wednesday).then({
      type: 'registry.entered',
      entry: { id: 'staff-0109', name: { text: '社九' } },
    });
    expect(told.house.head('registry', 'staff:staff-0109')).toEqual(newStaff);
    expect(told.house.registry().of.staff.get('staff-0109')).toEqual(newStaff);
  });

  it('overwrites an entry; nothing is deleted, it ends', () => {
    const told = stored().after('registry.enter', enter(newWindow), Ban, wednesday);
    told
      .when('registry.enter', enter({ ...newWindow, until: '2026-12-31' }), Ban, wednesday)
      .then({ type: 'registry.entered', entry: { until: '2026-12-31' } });
    expect(told.house.head('registry', 'window:window-a03')).toMatchObject({ until: '2026-12-31' });
  });

  it('gives a number once in a hall at a time, and a name to one department', () => {
    const sameNumber = { ...newWindow, number: 'A01' };
    const told = stored();
    told.when('registry.enter', enter(sameNumber), Ban, wednesday).refused('registry.doubled');
    told
      .when('registry.enter', enter({ ...tax, id: 'department-x' }), Ban, wednesday)
      .refused('registry.doubled');
    const [old] = entries.filter(({ id }) => id === 'window-a01');
    told
      .when('registry.enter', enter({ ...old, until: '2026-11-17' }, sameNumber), Ban, wednesday)
      .then(
        { type: 'registry.entered', entry: { id: 'window-a01' } },
        { type: 'registry.entered', entry: { id: 'window-a03' } },
      );
  });

  it('leaves out what is stored already, and stays quiet when nothing is new', () => {
    const told = stored().after('registry.enter', enter(newWindow, newStaff), Ban, wednesday);
    told.when('registry.enter', enter(newWindow, newStaff), Ban, wednesday).quiet();
    const shuffled = Object.fromEntries(Object.entries(newWindow).reverse());
    told
      .when('registry.enter', enter(shuffled, { ...newStaff, name: '社玖' }), Ban, wednesday)
      .then({ type: 'registry.entered', entry: { name: { text: '社玖' } } });
  });

  it.each([
    ['a grid without its hall', { kind: 'grid', id: 'grid-x', name: '戊区', hall: 'hall-9', from }, 'hall'],
    ['a window without its grid', { ...newWindow, grid: 'grid-x' }, 'grid'],
    ['a window without its department', { ...newWindow, department: 'department-x' }, 'department'],
    ['somebody without a department', { ...newStaff, department: 'department-x' }, 'department'],
    ['a seat without its person', { ...newSeat, staff: 'ghost', window: 'window-a01' }, 'staff'],
    ['a seat without its window', { ...newSeat, staff: 'chuang' }, 'window'],
    [
      'a department that follows an unknown one',
      {
        kind: 'department',
        id: 'department-x',
        name: '某局',
        employer: 'resident',
        from,
        successor: 'department-y',
      },
      'successor',
    ],
    ['a department that follows itself', { ...tax, successor: 'department-tax' }, 'successor'],
  ] as const)('refuses %s', (_what, entry, field) => {
    const told = given().when('registry.enter', enter(entry), Ban, wednesday);
    expect(told.refused('registry.unknown').fields?.map(({ path }) => path)).toContain(`entries.0.${field}`);
  });

  it('tells every fault of a batch by its path', () => {
    const problem = given()
      .when(
        'registry.enter',
        enter({ ...newWindow, until: '2026-05-31' }, { ...newSeat, window: 'window-z' }),
        Ban,
        wednesday,
      )
      .refused('time.order');
    expect(problem.fields?.map(({ path }) => path)).toEqual([
      'entries.0.until',
      'entries.1.staff',
      'entries.1.window',
    ]);
  });

  it('refuses one entry twice, more than thirty, and a second calendar of one year', () => {
    given().when('registry.enter', enter(newWindow, newWindow), Ban, wednesday).refused('request.invalid');
    const many = Array.from({ length: 31 }, (_, nth) => ({ ...newWindow, id: `window-${nth}` }));
    given()
      .when('registry.enter', enter(...many), Ban, wednesday)
      .refused('request.invalid');
    const year = calendarYears.find((one) => one.year === 2026);
    given()
      .when('registry.enter', enter({ kind: 'calendar', id: 'again', year }), Ban, wednesday)
      .refused('registry.doubled');
    const twin = { ...newWindow, id: 'window-twin', number: 'A01', grid: 'grid-a' };
    given().when('registry.enter', enter(twin), Ban, wednesday).refused('registry.doubled');
    given()
      .when('registry.enter', enter({ ...twin, grid: 'grid-c' }), Ban, wednesday)
      .then({ type: 'registry.entered' });
    given()
      .when('registry.enter', enter({ kind: 'calendar', id: 'calendar-2026', year }), Ban, wednesday)
      .then({ type: 'registry.entered' });
  });

  it('is the work of the clerk and the admin; what gives power, of the admin alone', () => {
    const may = (entry: object) =>
      Object.values(everybody)
        .filter((actor) => given().when('registry.enter', enter(entry), actor, wednesday).result.ok)
        .map(({ person }) => person);
    expect(may(newWindow)).toEqual(['ban', 'guan']);
    expect(may(grant({}))).toEqual(['guan']);
    expect(may(account)).toEqual(['guan']);
    expect(may({ ...centreEntry, codeWord: '明服' })).toEqual(['guan']);
    given()
      .when('registry.enter', enter(newWindow, grant({})), Ban, wednesday)
      .refused('access.denied');
  });
});

describe('a grant', () => {
  it.each([
    ['a grid leader without a grid', { role: 'gridLeader' }],
    ['a grid leader of a department', { role: 'gridLeader', grid: 'grid-a', department: 'department-tax' }],
    ['a liaison without a department', { role: 'liaison' }],
    ['a chief representative without a department', { role: 'chiefRepresentative' }],
    ['a clerk of one grid', { role: 'clerk', grid: 'grid-a' }],
    ['an auditor of one department', { role: 'auditor', department: 'department-tax' }],
  ] as const)('refuses %s', (_what, change) => {
    given()
      .when('registry.enter', enter(grant(change)), Guan, wednesday)
      .refused('registry.scope');
  });

  it('can be delegated only by who holds it, within the own time, and not further', () => {
    const delegated = (change: object = {}) =>
      enter(grant({ role: 'gridLeader', grid: 'grid-a', delegatedBy: 'ge', until: '2026-06-30', ...change }));
    given().when('registry.enter', delegated(), Guan, wednesday).then({ type: 'registry.entered' });
    for (const change of [
      { delegatedBy: 'ke' },
      { grid: 'grid-b' },
      { person: 'ge' },
      { from: '2025-12-31' },
      { role: 'sectionHead', grid: undefined },
    ])
      given().when('registry.enter', delegated(change), Guan, wednesday).refused('registry.delegation');
    given()
      .after('registry.enter', delegated({ person: 'gong' }), Guan, wednesday)
      .when('registry.enter', delegated({ id: 'grant-y', delegatedBy: 'gong' }), Guan, wednesday)
      .refused('registry.delegation');
  });

  it('of a leader who leaves cannot outlast him', () => {
    const leaving = {
      kind: 'grant',
      id: 'ge-gridleader',
      person: 'ge',
      role: 'gridLeader',
      grid: 'grid-a',
      from: '2026-01-01',
      until: '2026-11-30',
    };
    const forever = grant({ role: 'gridLeader', grid: 'grid-a', delegatedBy: 'ge' });
    const told = given().after('registry.enter', enter(leaving), Guan, wednesday);
    told.when('registry.enter', enter(forever), Guan, wednesday).refused('registry.delegation');
    told
      .when('registry.enter', enter({ ...forever, until: '2026-11-30' }), Guan, wednesday)
      .then({ type: 'registry.entered' });
  });

  it('of the last admin cannot end', () => {
    const end = {
      kind: 'grant',
      id: 'guan-admin',
      person: 'guan',
      role: 'admin',
      from: '2026-01-01',
      until: '2026-11-17',
    };
    given().when('registry.enter', enter(end), Guan, wednesday).refused('registry.last-admin');
    given()
      .when('registry.enter', enter(end, grant({ role: 'admin' })), Guan, wednesday)
      .then({ type: 'registry.entered' }, { type: 'registry.entered' });
  });
});

describe('an account', () => {
  it('belongs to somebody known, and a sign-in to one account', () => {
    given().when('registry.enter', enter(account), Guan, wednesday).then({ type: 'registry.entered' });
    given()
      .when('registry.enter', enter({ ...account, person: 'ghost' }), Guan, wednesday)
      .refused('registry.unknown');
    given()
      .when(
        'registry.enter',
        enter({ ...account, issuer: 'https://issuer.example', subject: 'xun' }),
        Guan,
        wednesday,
      )
      .refused('registry.doubled');
  });
});

describe('founding a centre', () => {
  const nowhere = { ...smallHall, registry: emptyRegistry(centreId) };
  const from = '2026-01-01';
  const first = [
    { kind: 'department', id: 'department-centre', name: '市政务服务中心', employer: 'centre', from },
    { kind: 'staff', id: 'guan', name: '关管', department: 'department-centre', post: 'office', from },
    { kind: 'grant', id: 'guan-admin', person: 'guan', role: 'admin', from },
    { kind: 'account', id: 'guan', issuer: 'https://issuer.example', subject: 'guan', person: 'guan', from },
  ];

  it('enters the centre and its first admin, who can go on from there', () => {
    const told = givenIn(nowhere);
    told
      .when('centre.found', { centre: centreEntry, entries: first }, system, wednesday)
      .then(
        { type: 'registry.entered', entry: { kind: 'centre', id: centreId } },
        ...first.map(({ kind }) => ({ type: 'registry.entered' as const, entry: { kind } })),
      );
    const registry = told.house.registry();
    expect(registry.centre).toEqual(centreEntry);
    const admin = { person: 'guan', grants: registry.grantsByPerson.get('guan') ?? [], system: false };
    told
      .when('registry.enter', enter({ kind: 'hall', id: 'hall-1', name: '一号大厅', from }), admin, wednesday)
      .then({ type: 'registry.entered' });
  });

  it('happens once, for the own centre, and never without somebody who can sign in', () => {
    stored()
      .when('centre.found', { centre: centreEntry, entries: first }, system, wednesday)
      .refused('thing.exists');
    givenIn(nowhere)
      .when(
        'centre.found',
        { centre: { ...centreEntry, id: 'elsewhere' }, entries: first },
        system,
        wednesday,
      )
      .refused('centre.other');
    givenIn(nowhere)
      .when('centre.found', { centre: centreEntry, entries: first.slice(0, 2) }, system, wednesday)
      .refused('registry.last-admin');
    for (const missing of [0, 1, 2, 3]) {
      const incomplete = first.filter((_entry, nth) => nth !== missing);
      const told = givenIn(nowhere).when(
        'centre.found',
        { centre: centreEntry, entries: incomplete },
        system,
        wednesday,
      );
      expect(told.result.ok).toBe(false);
    }
  });

  it('is nobody’s right; without a registry nobody may do anything', () => {
    for (const actor of Object.values(everybody)) {
      givenIn(nowhere)
        .when('centre.found', { centre: centreEntry, entries: first }, actor, wednesday)
        .refused('access.denied');
    }
    const stranger = { person: 'guan', grants: [], system: false };
    givenIn(nowhere)
      .when('registry.enter', enter(first[0] ?? {}), stranger, wednesday)
      .refused('access.denied');
  });

  it('of another centre is refused as an entry, too', () => {
    given()
      .when('registry.enter', enter({ ...centreEntry, id: 'elsewhere' }), Guan, wednesday)
      .refused('centre.other');
  });
});

describe('the fold of an entry', () => {
  it('is the entry itself, whatever was there before', () => {
    const meta = {
      stream: 'x',
      version: 1,
      at: wednesday,
      by: { person: 'ban', role: 'clerk' as const },
      command: 'c',
    };
    const before = fc.option(fc.constantFrom<RegistryEntry>(...entries), { nil: undefined });
    fc.assert(
      fc.property(before, fc.constantFrom<RegistryEntry>(...entries), (earlier, entry) => {
        const state = foldRegistry(earlier, entered(entry), meta);
        expect(state).toEqual(entry);
        expect(registryEntry.parse(state)).toEqual(entry);
      }),
    );
  });
});
