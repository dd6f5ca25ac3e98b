import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { system } from '../../shared/access.ts';
import { type InspectionEvent, inspectionNext, lastLooks, unseenWindows } from '../../shared/inspection.ts';
import { registryOf } from '../../shared/people.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  Ban,
  Chu,
  centreEntry,
  commandIdOf,
  entries,
  Ge,
  Gong,
  registry,
  San,
  Shi,
  wednesday,
  Xun,
} from '../cast.ts';
import { given, givenIn, type PaperHouse, smallHall } from '../given.ts';

/** Minutes after Wednesday 2026-11-18, 10:00. */
const at = (minutes: number) => plusMinutes(wednesday, minutes);
const patrol = { kind: 'patrol', grid: 'grid-a', startedAt: at(0) };
const look = (window: string, result: string, minute: number) => ({ window, result, at: at(minute) });
const sheet = {
  name: '巡查表.pdf',
  kind: 'document',
  mediaType: 'application/pdf',
  size: 40_000,
  sha256: 'c'.repeat(64),
  takenAt: at(1),
};

const opened = (change: object = {}) =>
  given().after('inspection.open', { ...patrol, ...change }, Xun, at(0));
const video = () => given().after('inspection.open', { kind: 'video', startedAt: at(0) }, Shi, at(0));
const thirdParty = () =>
  given().after('inspection.open', { kind: 'thirdParty', startedAt: at(0), round: '2026-11-1' }, San, at(0));
const stateOf = (told: { house: PaperHouse; id: string }) => {
  const state = told.house.head('inspection', told.id);
  if (!state) throw new Error('no inspection');
  return state;
};
const eventsOf = ({ house, id }: { house: PaperHouse; id: string }): InspectionEvent[] =>
  house.journal.flatMap(({ ref, event }) => {
    if (ref.id !== id) return [];
    const own =
      event.type === 'inspection.opened' ||
      event.type === 'inspection.recorded' ||
      event.type === 'inspection.closed';
    return own ? [event] : [];
  });

describe('opening a round', () => {
  it('plans every window of the grid, or of the centre, or those asked for', () => {
    given()
      .when('inspection.open', patrol, Xun, at(0))
      .then({ type: 'inspection.opened', kind: 'patrol', windows: ['window-a01', 'window-a02'] });
    expect(stateOf(opened())).toMatchObject({ stage: 'open', planned: 2, openedBy: { person: 'xun' } });
    expect(stateOf(opened({ grid: undefined })).planned).toBe(6);
    expect(stateOf(opened({ windows: ['window-a02'] })).planned).toBe(1);
    expect(opened().id).toMatch(/^inspection-2026-11-18-/);
  });

  it.each([
    ['the future', { startedAt: at(5) }, 'time.future'],
    ['a grid nobody knows', { grid: 'grid-z' }, 'registry.unknown'],
    ['a window nobody knows', { windows: ['window-z99'] }, 'registry.unknown'],
    ['a window of another grid', { windows: ['window-b01'] }, 'inspection.outside-grid'],
    ['a third party round without its number', { kind: 'thirdParty' }, 'request.invalid'],
  ] as const)('refuses %s', (_what, change, code) => {
    given()
      .when('inspection.open', { ...patrol, ...change }, change && 'kind' in change ? San : Xun, at(0))
      .refused(code);
  });

  it('is open by kind: patrols to inspectors, grid leaders and the clerk; video and third party to their own', () => {
    const may = (kind: object) =>
      [Xun, Shi, San, Ge, Gong, Ban, Chu]
        .filter((actor) => given().when('inspection.open', { ...patrol, ...kind }, actor, at(0)).result.ok)
        .map(({ person }) => person);
    expect(may({})).toEqual(['xun', 'ge', 'ban']);
    expect(may({ kind: 'video' })).toEqual(['shi']);
    expect(may({ kind: 'thirdParty', round: '1' })).toEqual(['san', 'ban']);
  });

  it('refuses video as long as the centre has stated no legal basis', () => {
    const { videoLegalBasis: _basis, ...silent } = centreEntry;
    const scene = { ...smallHall, registry: registryOf(2, [...entries.slice(1), silent]) };
    givenIn(scene)
      .when('inspection.open', { kind: 'video', startedAt: at(0) }, Shi, at(0))
      .refused('video.no-legal-basis');
  });
});

it('a round is opened or imported once by one command', () => {
  const told = opened();
  const file = { startedAt: at(0), endedAt: at(0), sourceFile: '巡查.xlsx', rows: 3 };
  for (const [type, fields, actor] of [
    ['inspection.open', patrol, Xun],
    ['inspection.import', file, Ban],
  ] as const)
    expect(told.house.send(type, fields, actor, at(1), undefined, commandIdOf(1))).toMatchObject({
      problem: { code: 'thing.exists' },
    });
});

describe('recording', () => {
  it('counts looks by result in the head and keeps the results in the events', () => {
    const told = opened();
    told
      .when(
        'inspection.record',
        {
          looks: [
            { ...look('window-a01', 'fine', 2), staffSeen: ['chuang'] },
            { ...look('window-a02', 'notSeen', 3), note: '窗口暂停服务' },
          ],
        },
        Xun,
        at(4),
      )
      .then({
        type: 'inspection.recorded',
        looks: [
          { window: 'window-a01', staffSeen: ['chuang'] },
          { window: 'window-a02', note: { text: '窗口暂停服务' } },
        ],
      });
    expect(stateOf(told)).toMatchObject({
      counts: { fine: 1, finding: 0, notSeen: 1 },
      seenUntil: at(3),
    });
  });

  it('keeps views for video and scored items for third parties', () => {
    const view = { camera: 'camera-3', from: at(-60), to: at(0), purpose: '核对上午在岗情况' };
    const item = { item: '服务用语', window: 'window-b01', points: 800, outOf: 1000 };
    video()
      .when('inspection.record', { views: [view] }, Shi, at(1))
      .then({ type: 'inspection.recorded' });
    thirdParty()
      .when('inspection.record', { items: [item] }, San, at(1))
      .then({
        type: 'inspection.recorded',
        items: [{ item: '服务用语', points: 800 }],
      });
    opened()
      .when('inspection.record', { views: [view] }, Xun, at(1))
      .refused('inspection.other-kind');
    video()
      .when('inspection.record', { items: [item] }, Shi, at(1))
      .refused('inspection.other-kind');
    thirdParty()
      .when('inspection.record', { items: [{ ...item, points: 1001 }] }, San, at(1))
      .refused('request.invalid');
  });

  it.each([
    ['nothing at all', {}, 'request.invalid'],
    ['a look in the future', { looks: [look('window-a01', 'fine', 30)] }, 'time.future'],
    ['a look before the start', { looks: [look('window-a01', 'fine', -1)] }, 'time.order'],
    ['a window of another grid', { looks: [look('window-b01', 'fine', 2)] }, 'inspection.outside-grid'],
    ['a window nobody knows', { looks: [look('window-z99', 'fine', 2)] }, 'registry.unknown'],
    [
      'somebody unknown',
      { looks: [{ ...look('window-a01', 'fine', 2), staffSeen: ['ghost'] }] },
      'registry.unknown',
    ],
    ['files from the future', { evidence: [{ ...sheet, takenAt: at(60) }] }, 'time.future'],
    ['more than six files', { evidence: Array.from({ length: 7 }, () => sheet) }, 'evidence.too-many'],
  ] as const)('refuses %s', (_what, fields, code) => {
    opened().when('inspection.record', fields, Xun, at(5)).refused(code);
  });

  it('is the work of whoever opened the round', () => {
    for (const actor of [Ge, Shi, Ban, Chu])
      opened()
        .when('inspection.record', { looks: [look('window-a01', 'fine', 2)] }, actor, at(5))
        .refused('access.denied');
  });
});

describe('closing', () => {
  it('leaves what nobody looked at as 未查', () => {
    const told = opened()
      .after('inspection.record', { looks: [look('window-a02', 'fine', 2)] }, Xun, at(3))
      .after('inspection.close', { endedAt: at(10) }, Xun, at(10));
    expect(stateOf(told)).toMatchObject({ stage: 'closed', endedAt: at(10) });
    expect(unseenWindows(eventsOf(told))).toEqual(['window-a01']);
  });

  it('cannot lie before what was seen, nor in the future, and happens once', () => {
    const told = opened().after('inspection.record', { looks: [look('window-a01', 'fine', 8)] }, Xun, at(8));
    told.when('inspection.close', { endedAt: at(7) }, Xun, at(10)).refused('time.order');
    told.when('inspection.close', { endedAt: at(20) }, Xun, at(10)).refused('time.future');
    told.when('inspection.close', { endedAt: at(9) }, Ge, at(10)).refused('access.denied');
    told.after('inspection.close', { endedAt: at(9) }, Xun, at(10));
    told.when('inspection.close', { endedAt: at(9) }, Xun, at(11)).refused('inspection.closed');
    told
      .when('inspection.record', { looks: [look('window-a02', 'fine', 8)] }, Xun, at(11))
      .refused('inspection.closed');
    opened()
      .when('inspection.close', { endedAt: at(-1) }, Xun, at(1))
      .refused('time.order');
  });
});

describe('importing', () => {
  const file = { startedAt: at(-2000), endedAt: at(-1900), sourceFile: '十月第三方测评.xlsx', rows: 214 };

  it('makes a closed inspection with its file and rows', () => {
    const told = given().after('inspection.import', file, Ban, at(0));
    expect(stateOf(told)).toMatchObject({ kind: 'imported', stage: 'closed', counts: { rows: 214 } });
    told
      .when('inspection.record', { looks: [look('window-a01', 'fine', 1)] }, Ban, at(2))
      .refused('inspection.closed');
    told.when('inspection.close', { endedAt: at(1) }, Ban, at(2)).refused('inspection.closed');
  });

  it('refuses the future, an end before the start, a grid nobody knows, and anybody but the clerk', () => {
    given()
      .when('inspection.import', { ...file, endedAt: at(9) }, Ban, at(0))
      .refused('time.future');
    given()
      .when('inspection.import', { ...file, endedAt: at(-2001) }, Ban, at(0))
      .refused('request.invalid');
    given()
      .when('inspection.import', { ...file, grid: 'grid-z' }, Ban, at(0))
      .refused('registry.unknown');
    given().when('inspection.import', file, Xun, at(0)).refused('access.denied');
  });
});

describe('the head', () => {
  it('stays within two kilobytes after 260 windows and six files', () => {
    const windows = [...registry.of.window.keys()];
    let told = opened({ grid: undefined }).after(
      'inspection.record',
      { evidence: Array.from({ length: 6 }, () => sheet) },
      Xun,
      at(5),
    );
    for (let n = 1; n <= 6; n += 1)
      told = told.after(
        'inspection.receiveEvidence',
        { n, storedVersion: 'v'.repeat(32) },
        system,
        at(6),
        told.id,
      );
    for (let batch = 0; batch < 3; batch += 1) {
      const looks = Array.from({ length: 100 }, (_, nth) =>
        look(windows[nth % windows.length] ?? '', 'fine', 7 + batch),
      );
      told = told.after('inspection.record', { looks }, Xun, at(20), told.id);
    }
    expect(stateOf(told).counts.fine).toBe(300);
    expect(JSON.stringify(stateOf(told)).length).toBeLessThan(2048);
  });

  it('asks for attention while the round is open and when its files must go', () => {
    expect(inspectionNext(stateOf(opened()))).toBe(at(0));
    const closed = opened()
      .after('inspection.record', { evidence: [sheet] }, Xun, at(5))
      .after('inspection.receiveEvidence', { n: 1, storedVersion: 'v1' }, system, at(6))
      .after('inspection.close', { endedAt: at(7) }, Xun, at(7));
    expect(inspectionNext(stateOf(closed))).toBe('2027-11-18');
  });
});

describe('the last look', () => {
  it('of a window is the latest by its time, whatever order the batches arrive in', () => {
    const looks = fc.array(
      fc.record({ window: fc.constantFrom('window-a01', 'window-a02'), minute: fc.nat({ max: 50 }) }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(looks, (all) => {
        const events = all.map(
          ({ window, minute }): InspectionEvent => ({
            type: 'inspection.recorded',
            v: 1,
            looks: [{ window, at: at(minute), result: 'fine', staffSeen: [] }],
            views: [],
            items: [],
            evidence: [],
          }),
        );
        for (const [window, last] of lastLooks(events))
          expect(last.at).toBe(
            at(Math.max(...all.filter((one) => one.window === window).map((one) => one.minute))),
          );
        expect(lastLooks([...events].reverse()).size).toBe(lastLooks(events).size);
      }),
    );
  });
});
