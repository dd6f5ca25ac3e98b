// Light work for light things: settled with one command, many windows with one command.
import { describe, expect, it } from 'vitest';
import { plusMinutes } from '../../shared/time.ts';
import { Ban, commandIdOf, Ge, Gong, Ke, San, Shi, wednesday, Xun } from '../cast.ts';
import { given } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const onPhone = {
  violation: 'DIS-PHONE',
  source: 'patrol',
  happened: { from: at(-30), to: at(-28), doubtSeconds: 10 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '上班时间在窗口看手机视频',
};
const settled = { clause: '3', said: '当场提醒,立即收起手机' };

describe('settled on the spot', () => {
  it('is one command: reported and ended at once, with a number, and no points', () => {
    const told = given().when('case.reportSettled', { ...onPhone, settled }, Xun, at(0));
    told.then(
      { type: 'case.reported', violation: 'DIS-PHONE' },
      {
        type: 'case.settledOnSpot',
        verdict: { severity: 'minor', clause: '3', family: 'conduct', quantity: 1 },
      },
    );
    expect(told.house.head('case', `case-2026-11-${commandIdOf(1)}`)).toMatchObject({
      ...{ stage: 'settledOnSpot', number: '26-11-0001', decidedBy: { person: 'xun' } },
    });
  });

  it.each([
    ['a grave clause', { settled: { ...settled, clause: '5' }, violation: 'ATT-ARGUE' }, 'case.not-minor'],
    ['a clause of something else', { settled: { ...settled, clause: '1' } }, 'clause.unfit'],
    ['no clause', { settled: { ...settled, clause: '99' } }, 'clause.unknown'],
    ['somebody unknown', { subject: { kind: 'unidentified' } }, 'case.person-unidentified'],
    ['what a machine says', { source: 'machine' }, 'case.lead-needs-confirmation'],
    ['an integrity lead', { violation: 'INT-BRIBE' }, 'case.not-minor'],
    ['a window nobody knows', { window: 'window-z99' }, 'registry.unknown'],
  ] as const)('is refused for %s, and nothing is reported', (_what, change, code) => {
    given()
      .when('case.reportSettled', { ...onPhone, settled, ...change }, Xun, at(0))
      .refused(code);
  });

  it('is for those who may settle', () => {
    for (const actor of [Xun, Ge, Ke])
      expect(given().house.send('case.reportSettled', { ...onPhone, settled }, actor, at(0))).toMatchObject({
        ok: true,
      });
    for (const actor of [Shi, San, Gong, Ban])
      given()
        .when('case.reportSettled', { ...onPhone, settled }, actor, at(0))
        .refused('access.denied');
  });
});

describe('开门查岗', () => {
  const call = {
    at: at(-55),
    windows: [
      { window: 'window-a01', result: 'finding' },
      { window: 'window-a02', result: 'finding', note: '九点十分到岗' },
      { window: 'window-b01', result: 'fine' },
      { window: 'window-c01', result: 'notSeen' },
    ],
  };

  it('is one command: a closed round, and one finding for each window that was empty', () => {
    const told = given().when('inspection.rollCall', call, Xun, at(0));
    told.then(
      { type: 'inspection.opened', kind: 'patrol' },
      { type: 'inspection.recorded' },
      { type: 'inspection.closed', endedAt: at(-55) },
      // Two sit at A01: who was missing is not known yet.
      {
        type: 'case.reported',
        window: 'window-a01',
        subject: { kind: 'unidentified' },
        violation: 'DIS-LATE',
      },
      { type: 'case.reported', window: 'window-a02', subject: { kind: 'persons', persons: ['staff-0103'] } },
    );
    const round = `inspection-2026-11-18-${commandIdOf(1)}`;
    expect(told.house.head('inspection', round)).toMatchObject({
      ...{ stage: 'closed', planned: 4, counts: { fine: 1, finding: 2, notSeen: 1 } },
    });
    for (const nth of [1, 2])
      expect(told.house.head('case', `case-2026-11-${commandIdOf(1)}.${nth}`)).toMatchObject({
        ...{
          stage: 'reported',
          inspection: round,
          reportedBy: { person: 'xun' },
          number: `26-11-000${nth + 1}`,
        },
      });
  });

  it('names who it was where the inspector knows', () => {
    const windows = [{ window: 'window-a01', result: 'finding', persons: ['chuang'] }];
    const told = given().when(
      'inspection.rollCall',
      { ...call, windows, violation: 'DIS-OFFPOST' },
      Ge,
      at(0),
    );
    expect(told.result).toMatchObject({ ok: false, problem: { code: 'access.denied' } });
    given()
      .when('inspection.rollCall', { ...call, grid: 'grid-a', windows, violation: 'DIS-OFFPOST' }, Ge, at(0))
      .then(
        { type: 'inspection.opened' },
        { type: 'inspection.recorded' },
        { type: 'inspection.closed' },
        { type: 'case.reported', violation: 'DIS-OFFPOST', subject: { persons: ['chuang'] } },
      );
  });

  it.each([
    ['from the future', { at: at(9) }, 'time.future'],
    ['outside the grid', { grid: 'grid-a' }, 'inspection.outside-grid'],
    ['of a window nobody knows', { windows: [{ window: 'window-z', result: 'fine' }] }, 'registry.unknown'],
    [
      'with a person of somewhere else',
      { windows: [{ window: 'window-a01', result: 'finding', persons: ['staff-0104'] }] },
      'assignment.outside',
    ],
    ['of a type nobody knows', { violation: 'DIS-DANCE' }, 'violation.unknown'],
    [
      'of one window twice',
      {
        windows: [
          { window: 'window-a01', result: 'fine' },
          { window: 'window-a01', result: 'finding' },
        ],
      },
      'request.invalid',
    ],
  ] as const)('is refused whole: %s', (_what, change, code) => {
    given()
      .when('inspection.rollCall', { ...call, ...change }, Xun, at(0))
      .refused(code);
  });

  it('is refused to those who walk no round', () => {
    given().when('inspection.rollCall', call, Shi, at(0)).refused('access.denied');
    given().when('inspection.rollCall', call, Ke, at(0)).refused('access.denied');
  });
});
