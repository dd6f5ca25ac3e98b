// On paper: who found it, what was signed and when, and the number one says on the telephone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { system } from '../../shared/access.ts';
import { caseNumberField, caseNumberOf, monthOfNumber } from '../../shared/case-number.ts';
import { plusMinutes } from '../../shared/time.ts';
import { Ban, Chuang, commandIdOf, Ge, Gong, Ke, Shou, wednesday, Xun } from '../cast.ts';
import { given } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const days = (count: number) => at(count * 24 * 60);
const scan = {
  ...{ name: 'slip.jpg', kind: 'document', mediaType: 'image/jpeg', size: 90_000 },
  ...{ sha256: 'c'.repeat(64), takenAt: at(25) },
};
const onPhone = {
  violation: 'DIS-PHONE',
  source: 'patrol',
  happened: { from: at(-30), to: at(-28), doubtSeconds: 10 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '上班时间在窗口看手机视频',
};
const verdict = { severity: 'evident', clause: '3', reason: '经核对录像属实' };
const confirmed = () =>
  given().after('case.report', onPhone, Xun, at(0)).after('case.confirm', verdict, Ge, at(10));
const noticed = () =>
  confirmed().after('case.notify', { way: 'paper', deliveredAt: at(20), evidence: [scan] }, Ban, at(25));
const stateOf = ({ house, id }: ReturnType<typeof confirmed>) => house.head('case', id);
const signed = (signedAt: string) => ({ signedAt, evidence: [scan] });
const noObjection = { noObjection: true, answer: '无异议' };

describe('a finding entered from a patrol sheet', () => {
  it('is found by who wrote it: who confirms is somebody else', () => {
    const told = given().after('case.report', { ...onPhone, foundBy: 'ge', evidence: [scan] }, Ban, at(30));
    expect(stateOf(told)).toMatchObject({ reportedBy: { person: 'ban', role: 'clerk' }, foundBy: 'ge' });
    told.when('case.confirm', verdict, Ge, at(40)).refused('access.own-report');
    told.when('case.confirm', verdict, Ke, at(40)).then({ type: 'case.confirmed' });
  });

  it('is not put into somebody else’s mouth by anybody but the clerk', () => {
    given()
      .when('case.report', { ...onPhone, foundBy: 'ge' }, Xun, at(0))
      .refused('case.found-by-other');
    given()
      .when('case.report', { ...onPhone, foundBy: 'nobody' }, Ban, at(0))
      .refused('registry.unknown');
    given()
      .when('case.report', { ...onPhone, foundBy: 'ge' }, Ban, at(30))
      .refused('case.scan-missing');
    const own = given().after('case.report', { ...onPhone, foundBy: 'xun' }, Xun, at(0));
    expect(stateOf(own)).not.toHaveProperty('foundBy');
  });

  it('may belong to a round the clerk enters for whoever walked it', () => {
    const round = { kind: 'patrol', grid: 'grid-a', startedAt: at(-60), walkedBy: 'xun' };
    const told = given().after('inspection.open', round, Ban, at(30));
    expect(told.house.head('inspection', told.id)).toMatchObject({
      openedBy: { person: 'ban' },
      walkedBy: 'xun',
    });
    const looks = [{ window: 'window-a01', at: at(-50), result: 'fine' }];
    told
      .when('inspection.record', { looks, evidence: [scan] }, Ban, at(31))
      .then({ type: 'inspection.recorded' });
    given().when('inspection.open', round, Ge, at(30)).refused('inspection.walked-by-other');
    given()
      .when('inspection.open', { ...round, walkedBy: 'nobody' }, Ban, at(30))
      .refused('registry.unknown');
  });

  it('belongs to a round of nobody who could not walk there that day', () => {
    const round = { kind: 'patrol', grid: 'grid-a', startedAt: at(-60) };
    const enters = (walkedBy: string, grid = 'grid-a') =>
      given().when('inspection.open', { ...round, grid, walkedBy }, Ban, at(30));
    enters('chuang').refused('inspection.not-a-walker');
    enters('ge').then({ type: 'inspection.opened', walkedBy: 'ge' });
    enters('ge', 'grid-c').refused('inspection.not-a-walker');
  });
});

describe('a notice', () => {
  it('on paper carries its signed slip and its own date', () => {
    expect(stateOf(noticed())).toMatchObject({
      notice: { way: 'paper', at: at(20) },
      evidence: [{ n: 1, kind: 'document', state: 'announced' }],
    });
    const tomorrow = { way: 'paper', deliveredAt: at(20), evidence: [{ ...scan, takenAt: days(1) }] };
    confirmed().when('case.notify', tomorrow, Ban, at(25)).refused('time.future');
  });

  it('left with the chief representative waits for somebody on leave', () => {
    const left = { way: 'representative', deliveredAt: at(20) };
    const leave = {
      ...{ person: 'chuang', kind: 'annual' },
      stretch: { kind: 'days', from: '2026-11-18', until: '2026-11-20' },
      reason: '年休假',
    };
    const without = confirmed().after('case.notify', left, Shou, at(25));
    expect(stateOf(without)).toMatchObject({ notice: { at: '2026-11-20T09:30:00.000Z' } });
    const told = given().after('case.report', onPhone, Xun, at(0)).after('case.confirm', verdict, Ge, at(10));
    const filed = told.house.send('leave.file', leave, Shou, at(12));
    expect(filed).toMatchObject({ ok: true });
    const waiting = told.after('case.notify', left, Shou, at(25), told.id);
    // Back on Monday the 23rd; two working days later it counts as delivered.
    expect(waiting.house.head('case', told.id)).toMatchObject({ notice: { at: '2026-11-25T09:30:00.000Z' } });
  });
});

describe('an answer', () => {
  it('is taken down from the signed slip by the chief representative or the clerk', () => {
    for (const actor of [Shou, Ban]) {
      const told = noticed().after('case.answer', { ...noObjection, paper: signed(at(24)) }, actor, at(30));
      expect(stateOf(told)).toMatchObject({
        stage: 'counting',
        heard: 'noObjection',
        evidence: [{ n: 1 }, { n: 2 }],
      });
    }
  });

  it('that was signed in time is none too late, though entered after the silence', () => {
    const silent = noticed().after('case.settle', {}, system, days(6));
    const late = { noObjection: false, answer: '当时在回复群众', paper: signed(days(1)) };
    const told = silent.after('case.answer', late, Ban, days(6));
    expect(stateOf(told)).toMatchObject({ stage: 'counting', heard: 'answered' });
    told.when('case.answer', late, Ban, days(6)).refused('case.wrong-stage');
  });

  it.each([
    ['before the notice', at(-5), 'time.order'],
    ['after the answer time', days(5), 'time.order'],
    ['tomorrow', days(9), 'time.future'],
  ] as const)('is refused when it was signed %s', (_what, signedAt, code) => {
    const silent = noticed().after('case.settle', {}, system, days(6));
    silent.when('case.answer', { ...noObjection, paper: signed(signedAt) }, Ban, days(6)).refused(code);
  });

  it('needs its scan, and silence is only broken by a signature', () => {
    noticed()
      .when('case.answer', { ...noObjection, paper: { signedAt: at(24), evidence: [] } }, Ban, at(30))
      .refused('request.invalid');
    noticed()
      .when('case.answer', { ...noObjection, paper: signed(at(5)) }, Ban, at(30))
      .refused('time.order');
    const silent = noticed().after('case.settle', {}, system, days(6));
    silent.when('case.answer', noObjection, Ban, days(6)).refused('case.wrong-stage');
    silent
      .when('case.answer', { ...noObjection, paper: signed(days(1)) }, Chuang, days(6))
      .refused('case.wrong-stage');
  });
});

describe('a review', () => {
  it('counts from the day it was signed', () => {
    const grounds = { grounds: '当时在查政策' };
    noticed().when('case.appeal', grounds, Shou, days(6)).refused('case.appeal-late');
    const told = noticed().after('case.appeal', { ...grounds, paper: signed(days(1)) }, Shou, days(6));
    expect(stateOf(told)).toMatchObject({ review: { state: 'asked' }, evidence: [{ n: 1 }, { n: 2 }] });
    noticed()
      .when('case.appeal', { ...grounds, paper: signed(at(5)) }, Shou, days(6))
      .refused('time.order');
    noticed()
      .when('case.appeal', { ...grounds, paper: signed(days(9)) }, Shou, days(6))
      .refused('time.future');
  });
});

describe('a paper that turns up later', () => {
  it('is attached without opening the case again', () => {
    const told = noticed().after('case.answer', noObjection, Chuang, at(30));
    const attach = { of: 'notice', paper: signed(at(20)) };
    const done = told.after('case.attachPaper', attach, Ban, days(3));
    expect(stateOf(done)).toMatchObject({ stage: 'counting', evidence: [{ n: 1 }, { n: 2 }] });
    told.when('case.attachPaper', attach, Gong, days(3)).refused('access.denied');
    told.when('case.attachPaper', { ...attach, paper: signed(days(4)) }, Ban, days(3)).refused('time.future');
    const many = {
      of: 'answer',
      paper: { signedAt: at(20), evidence: Array.from({ length: 12 }, () => scan) },
    };
    told
      .after('case.attachPaper', many, Ban, days(3))
      .when('case.attachPaper', many, Ban, days(3))
      .refused('evidence.too-many');
  });

  it('is none of a case that is closed', () => {
    const gone = given()
      .after('case.report', onPhone, Xun, at(0))
      .after('case.dismiss', { reason: '不属实' }, Ge, at(5));
    gone
      .when('case.attachPaper', { of: 'sheet', paper: signed(at(-20)) }, Ban, at(30))
      .refused('case.wrong-stage');
  });
});

describe('the number of a case', () => {
  it('is said on the telephone and stands in the case', () => {
    expect(caseNumberOf('2026-11', commandIdOf(66), 0)).toBe('26-11-0066');
    expect(monthOfNumber('26-11-0066')).toBe('2026-11');
    expect(stateOf(confirmed())).toMatchObject({ number: '26-11-0001' });
  });

  it('is another one at each attempt and for each case of one command, and always a number', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(9), fc.nat(99), (command, attempt, nth) => {
        const of = (tries: number, number: number): string => caseNumberOf('2026-11', command, tries, number);
        expect(caseNumberField.safeParse(of(attempt, nth)).success).toBe(true);
        expect(of(attempt, nth)).toBe(of(attempt, nth));
        expect(of(attempt, nth)).not.toBe(of(attempt + 1, nth));
        expect(of(attempt, nth)).not.toBe(of(attempt, nth + 1));
      }),
    );
  });
});
