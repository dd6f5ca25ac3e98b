import { describe, expect, it } from 'vitest';
import { system } from '../../shared/access.ts';
import { caseNext, caseStands, countedCase, holdsBack } from '../../shared/case.ts';
import type { ManifestEntry } from '../../shared/evidence.ts';
import { registryOf } from '../../shared/people.ts';
import { refuse } from '../../shared/problems.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  Ban,
  Chu,
  Chuang,
  centreEntry,
  commandIdOf,
  Er,
  entries,
  everybody,
  Ge,
  Gong,
  Ji,
  Kang,
  Ke,
  Lian,
  San,
  Shi,
  Shou,
  Wai,
  wednesday,
  Xun,
} from '../cast.ts';
import { given, givenIn, smallHall } from '../given.ts';

/** Minutes after Wednesday 2026-11-18, 10:00. */
const at = (minutes: number) => plusMinutes(wednesday, minutes);
const fridayEvening = '2026-11-20T09:30:00.000Z';
const mondayEvening = '2026-11-23T09:30:00.000Z';

const photo: ManifestEntry = {
  name: 'a01.jpg',
  kind: 'photo',
  mediaType: 'image/jpeg',
  size: 200_000,
  sha256: 'a'.repeat(64),
  takenAt: at(-29),
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
const both = { kind: 'persons', persons: ['chuang', 'staff-0102'] };
const bribe = { ...onPhone, violation: 'INT-BRIBE', description: '群众反映窗口索要好处' };

const reported = (change: object = {}) => given().after('case.report', { ...onPhone, ...change }, Xun, at(0));
const confirmed = (change: object = {}) => reported(change).after('case.confirm', verdict, Ge, at(10));
const noticed = (change: object = {}) =>
  confirmed(change).after('case.notify', { way: 'tablet', deliveredAt: at(20) }, Ge, at(20));
/** The scan of what was signed on paper. */
const slip = {
  ...{ name: '签字页.jpg', kind: 'document', mediaType: 'image/jpeg', size: 90_000, sha256: 'c'.repeat(64) },
  takenAt: at(20),
};
const paper = { paper: { signedAt: at(25), evidence: [slip] } };
const answer = { noObjection: false, answer: '当时在回复群众的短信' };
const noObjection = { noObjection: true, answer: '无异议' };
const counting = (change: object = {}) => noticed(change).after('case.answer', { ...answer }, Chuang, at(30));
const asked = () => counting().after('case.appeal', { grounds: '当时在查政策' }, Chuang, at(40));
const stateOf = (told: ReturnType<typeof reported>) => {
  const state = told.house.head('case', told.id);
  if (!state) throw new Error('no case');
  return state;
};

describe('reporting', () => {
  it('opens a case with window, grid and department as they were on that day', () => {
    given().when('case.report', onPhone, Xun, at(0)).then({
      type: 'case.reported',
      violation: 'DIS-PHONE',
      window: 'window-a01',
      grid: 'grid-a',
      department: 'department-tax',
      lead: false,
    });
    expect(stateOf(reported())).toMatchObject({
      stage: 'reported',
      month: '2026-11',
      id: `case-2026-11-${commandIdOf(1)}`,
      reportedBy: { person: 'xun', role: 'inspector' },
    });
  });

  it('belongs to the month of the incident on the clock of the hall, not of Greenwich', () => {
    const lastEvening = '2026-10-31T16:30:00.000Z';
    const told = reported({ happened: { from: lastEvening, to: lastEvening, doubtSeconds: 0 } });
    expect(stateOf(told).month).toBe('2026-11');
  });

  it('finds the grid of people named without a window, unless they sit in several', () => {
    const { window: _window, ...anywhere } = onPhone;
    given().when('case.report', anywhere, Xun, at(0)).then({ type: 'case.reported', grid: 'grid-a' });
    const apart = { ...anywhere, subject: { kind: 'persons', persons: ['chuang', 'staff-0107'] } };
    const done = given().when('case.report', apart, Xun, at(0)).then({ type: 'case.reported' });
    expect(done.changes[0]?.events[0]).not.toHaveProperty('grid');
  });

  it('takes what a machine or a file says for a lead', () => {
    const machine = { ...onPhone, source: 'machine' };
    given().when('case.report', machine, Ban, at(0)).then({ type: 'case.reported', lead: true });
  });

  it('remembers the campaign it fell into', () => {
    const scene = {
      ...smallHall,
      registry: registryOf(2, [
        ...entries,
        { kind: 'campaign', id: 'winter', name: '冬季作风整治', from: '2026-11-01', until: '2026-11-30' },
      ]),
    };
    givenIn(scene)
      .when('case.report', onPhone, Xun, at(0))
      .then({ type: 'case.reported', campaign: 'winter' });
  });

  it.each([
    ['a type that does not exist', { violation: 'DIS-DANCE' }, 'violation.unknown'],
    ['the future', { happened: { from: at(5), to: at(5), doubtSeconds: 0 } }, 'time.future'],
    ['a photo from the future', { evidence: [{ ...photo, takenAt: at(9) }] }, 'time.future'],
    ['a window that does not exist', { window: 'window-z99' }, 'registry.unknown'],
    ['a window of another grid', { grid: 'grid-b' }, 'assignment.outside'],
    ['a window of another department', { department: 'department-social' }, 'assignment.outside'],
    ['a grid that does not exist', { window: undefined, grid: 'grid-z' }, 'registry.unknown'],
    [
      'a department that does not exist',
      { window: undefined, department: 'department-z', subject: { kind: 'department' } },
      'registry.unknown',
    ],
    [
      'somebody who had not come yet',
      { window: undefined, happened: { from: '2025-12-31T02:00:00.000Z', to: at(0), doubtSeconds: 0 } },
      'assignment.outside',
    ],
    ['somebody unknown', { subject: { kind: 'persons', persons: ['nobody'] } }, 'registry.unknown'],
    [
      'somebody who neither sits there nor belongs to its department',
      { subject: { kind: 'persons', persons: ['staff-0104'] } },
      'assignment.outside',
    ],
    [
      'people of two departments at once',
      { window: undefined, subject: { kind: 'persons', persons: ['chuang', 'staff-0104'] } },
      'assignment.outside',
    ],
    [
      'a window as subject without a window',
      { window: undefined, subject: { kind: 'window' } },
      'case.subject-incomplete',
    ],
    [
      'a department as subject without one',
      { window: undefined, subject: { kind: 'department' } },
      'case.subject-incomplete',
    ],
    ['video without a camera', { source: 'video' }, 'video.camera-missing'],
    [
      'an end before the start',
      { happened: { from: at(-5), to: at(-6), doubtSeconds: 0 } },
      'request.invalid',
    ],
    [
      'the same person twice',
      { subject: { kind: 'persons', persons: ['chuang', 'chuang'] } },
      'request.invalid',
    ],
    ['an invisible character', { description: 'a\u202eb' }, 'request.invalid'],
  ] as const)('refuses %s', (_what, change, code) => {
    given()
      .when('case.report', { ...onPhone, ...change }, Xun, at(0))
      .refused(code);
  });

  it('makes one case of one command', () => {
    const told = reported();
    const again = told.house.send('case.report', onPhone, Xun, at(1), undefined, commandIdOf(1));
    expect(again).toMatchObject({ ok: false, problem: { code: 'thing.exists' } });
  });

  it('lets a device run ahead by the doubt it states', () => {
    const ahead = { from: at(10), to: at(10), doubtSeconds: 600 };
    given()
      .when('case.report', { ...onPhone, happened: ahead }, Xun, at(0))
      .then({ type: 'case.reported' });
  });

  it('refuses video as long as the centre has stated no legal basis', () => {
    const { videoLegalBasis: _basis, ...silent } = centreEntry;
    const scene = { ...smallHall, registry: registryOf(2, [...entries.slice(1), silent]) };
    const seen = { ...onPhone, source: 'video', camera: 'camera-7' };
    givenIn(scene).when('case.report', seen, Shi, at(0)).refused('video.no-legal-basis');
    given().when('case.report', seen, Shi, at(0)).then({ type: 'case.reported', camera: 'camera-7' });
  });

  it('is open to those who supervise and to nobody else', () => {
    const allowed = Object.entries(everybody).filter(
      ([, actor]) => given().when('case.report', onPhone, actor, at(0)).result.ok,
    );
    expect(allowed.map(([name]) => name)).toEqual([
      'Xun',
      'Shi',
      'San',
      'Ge',
      'Gong',
      'Ke',
      'Kang',
      'Chu',
      'Ban',
    ]);
  });
});

describe('adding files', () => {
  const more = { evidence: [photo], reason: '补充现场照片' };

  it('numbers them on from those that are there', () => {
    const told = reported({ evidence: [photo, photo] }).after('case.addEvidence', more, Xun, at(5));
    expect(stateOf(told).evidence.map((file) => [file.n, file.announcedIn])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
  });

  it('sends a case that was confirmed or told back to be verified, and forgets the notice', () => {
    const told = noticed();
    told
      .when('case.addEvidence', more, Ke, at(25))
      .then({ type: 'case.evidenceAdded' }, { type: 'case.reopened' });
    const after = stateOf(told);
    expect(after).toMatchObject({ stage: 'reported', decidedBefore: ['ge'] });
    expect(after).not.toHaveProperty('notice');
    expect(after).not.toHaveProperty('verdict');
  });

  it('refuses more than twelve, files from the future, and files for what already counts', () => {
    reported({ evidence: Array.from({ length: 12 }, () => photo) })
      .when('case.addEvidence', more, Xun, at(5))
      .refused('evidence.too-many');
    reported()
      .when('case.addEvidence', { ...more, evidence: [{ ...photo, takenAt: at(60) }] }, Xun, at(5))
      .refused('time.future');
    counting().when('case.addEvidence', more, Ke, at(45)).refused('case.wrong-stage');
    reported()
      .after('case.dismiss', { reason: '不属实' }, Ge, at(4))
      .when('case.addEvidence', more, Ke, at(5))
      .refused('case.wrong-stage');
  });

  it('takes them while a review is undecided', () => {
    asked().when('case.addEvidence', more, Ban, at(45)).then({ type: 'case.evidenceAdded' });
  });
});

describe('naming who it was', () => {
  const unidentified = { subject: { kind: 'unidentified' } };

  it('names people and then lets the case be confirmed', () => {
    const told = reported(unidentified);
    told.when('case.confirm', verdict, Ge, at(5)).refused('case.person-unidentified');
    told
      .when('case.identify', { persons: ['staff-0102'], reason: '查排班表' }, Ge, at(6))
      .then({ type: 'case.identified', persons: ['staff-0102'], department: 'department-tax' });
    told.when('case.confirm', verdict, Ge, at(7)).then({ type: 'case.confirmed' });
  });

  it('refuses strangers, doubles, and cases that already name somebody', () => {
    const told = reported(unidentified);
    told
      .when('case.identify', { persons: ['staff-0104'], reason: '误认' }, Ge, at(5))
      .refused('assignment.outside');
    told
      .when('case.identify', { persons: ['chuang', 'chuang'], reason: '重复' }, Ge, at(5))
      .refused('request.invalid');
    reported()
      .when('case.identify', { persons: ['chuang'], reason: '已知' }, Ge, at(5))
      .refused('case.wrong-stage');
  });

  it('does not count as deciding: whoever named the person may still confirm', () => {
    reported(unidentified)
      .after('case.identify', { persons: ['chuang'], reason: '查排班表' }, Ge, at(5))
      .when('case.confirm', verdict, Ge, at(6))
      .then({ type: 'case.confirmed' });
  });
});

describe('verifying', () => {
  it('confirms with clause, severity and the files that were seen', () => {
    reported({ evidence: [photo, photo] })
      .after('case.receiveEvidence', { n: 2, storedVersion: 'v1' }, system, at(3))
      .when('case.confirm', verdict, Ge, at(10))
      .then({
        type: 'case.confirmed',
        verdict: { severity: 'evident', clause: '3', family: 'conduct', quantity: 1 },
        seen: [{ n: 2, sha256: photo.sha256 }],
      });
  });

  it('stores who chose the figure in a range, and why', () => {
    const left = { violation: 'DIS-OFFPOST', description: '离岗四十分钟' };
    reported(left)
      .when(
        'case.confirm',
        { severity: 'evident', clause: '2', chosen: { points: 300, reason: '离岗较久' }, reason: '属实' },
        Ge,
        at(10),
      )
      .then({ type: 'case.confirmed', verdict: { chosen: { points: 300, by: 'ge', reason: '离岗较久' } } });
    reported(left)
      .when('case.confirm', { severity: 'evident', clause: '2', reason: '属实' }, Ge, at(10))
      .refused('clause.choice-missing');
    reported(left)
      .when(
        'case.confirm',
        { severity: 'evident', clause: '2', chosen: { points: 900, reason: '从重' }, reason: '属实' },
        Ge,
        at(10),
      )
      .refused('clause.out-of-range');
  });

  it.each([
    ['a clause nobody wrote', { clause: '99' }, 'clause.unknown'],
    ['a clause for other violations', { clause: '1', minutes: 5 }, 'clause.unfit'],
    ['a quantity where the clause counts none', { quantity: 3 }, 'clause.quantity-not-allowed'],
  ] as const)('refuses %s', (_what, change, code) => {
    reported()
      .when('case.confirm', { ...verdict, ...change }, Ge, at(10))
      .refused(code);
  });

  it('refuses a month without a rule book', () => {
    givenIn({ ...smallHall, ruleBook: (month) => refuse('rulebook.none', month) })
      .after('case.report', onPhone, Xun, at(0))
      .when('case.confirm', verdict, Ge, at(10))
      .refused('rulebook.none');
  });

  it('is the work of the own grid leader and of the section head', () => {
    const told = reported();
    for (const actor of [Xun, Gong, Shou, Chuang, Ban, Chu, Lian, Ji, Wai, San])
      told.when('case.confirm', verdict, actor, at(10)).refused('access.denied');
    reported().when('case.confirm', verdict, Ke, at(10)).then({ type: 'case.confirmed' });
  });

  it('never falls to who reported it', () => {
    const own = given().after('case.report', onPhone, Ge, at(0));
    own.when('case.confirm', verdict, Ge, at(10)).refused('access.own-report');
    own.when('case.dismiss', { reason: '误报' }, Ge, at(10)).refused('access.own-report');
    own.when('case.confirm', verdict, Ke, at(10)).then({ type: 'case.confirmed' });
  });

  it('dismisses with a reason, once', () => {
    const told = reported();
    told.when('case.dismiss', { reason: '在回复工作电话' }, Ge, at(10)).then({ type: 'case.dismissed' });
    told.when('case.dismiss', { reason: '再次' }, Ge, at(11)).refused('case.wrong-stage');
    told.when('case.confirm', verdict, Ge, at(12)).refused('case.wrong-stage');
    expect(countedCase(stateOf(told))).toBeUndefined();
  });

  it('is done once', () => {
    confirmed().when('case.confirm', verdict, Ke, at(11)).refused('case.wrong-stage');
  });
});

describe('settling on the spot', () => {
  const settled = { clause: '3', said: '已当场提醒,收起手机' };

  it('ends a minor finding with one tap of the one who found it, without points', () => {
    const told = reported();
    told.when('case.settleOnSpot', settled, Xun, at(1)).then({
      type: 'case.settledOnSpot',
      verdict: { severity: 'minor', quantity: 1 },
    });
    expect(countedCase(stateOf(told))).toMatchObject({ settledOnSpot: true, counts: false });
    expect(holdsBack(stateOf(told))).toBe(false);
  });

  it('refuses what is not minor, leads, and findings of others', () => {
    reported({ violation: 'ATT-ARGUE' })
      .when('case.settleOnSpot', { ...settled, clause: '5' }, Xun, at(1))
      .refused('case.not-minor');
    given()
      .after('case.report', { ...onPhone, source: 'machine' }, Ban, at(0))
      .when('case.settleOnSpot', settled, Ge, at(1))
      .refused('case.lead-needs-confirmation');
    given()
      .after('case.report', onPhone, Ge, at(0))
      .when('case.settleOnSpot', settled, Xun, at(1))
      .refused('access.denied');
  });

  it('refuses what has ended, what names nobody yet, and clauses that do not fit', () => {
    confirmed().when('case.settleOnSpot', settled, Xun, at(11)).refused('case.wrong-stage');
    reported({ subject: { kind: 'unidentified' } })
      .when('case.settleOnSpot', settled, Xun, at(1))
      .refused('case.person-unidentified');
    reported()
      .when('case.settleOnSpot', { ...settled, clause: '99' }, Xun, at(1))
      .refused('clause.unknown');
    reported()
      .when('case.settleOnSpot', { ...settled, clause: '1' }, Xun, at(1))
      .refused('clause.unfit');
  });

  it('can be contested by the person, and what is overturned counts for nothing', () => {
    const told = reported().after('case.settleOnSpot', settled, Xun, at(1));
    told.when('case.appeal', { grounds: '没有看手机' }, Chuang, at(5)).then({ type: 'case.appealed' });
    told
      .when('case.decideAppeal', { outcome: 'reduced', points: 0, reason: '减轻' }, Ke, at(6))
      .refused('case.not-reduced');
    told
      .when('case.decideAppeal', { outcome: 'overturned', reason: '录像显示为工作手机' }, Ke, at(6))
      .then({ type: 'case.appealDecided' });
    expect(caseStands(stateOf(told))).toBe(false);
  });

  it('can be contested for three working days only', () => {
    reported()
      .after('case.settleOnSpot', settled, Xun, at(1))
      .when('case.appeal', { grounds: '没有看手机' }, Chuang, plusMinutes(mondayEvening, 1))
      .refused('case.appeal-late');
  });
});

describe('merging', () => {
  const twice = (change: object = {}) => {
    const main = reported();
    const done = main.house.send(
      'case.report',
      { ...onPhone, source: 'video', camera: 'camera-1', ...change },
      Ge,
      at(2),
    );
    if (!done.ok) throw new Error(done.problem.code);
    return { main, other: done.value.ref.id };
  };
  const into = (id: string) => ({ into: id, reason: '同一事件' });

  it('leaves one case that counts; the other stays as evidence, its reporter as reporter', () => {
    const { main, other } = twice();
    main
      .when('case.merge', into(main.id), Ge, at(5), other)
      .then({ type: 'case.merged', into: main.id }, { type: 'case.joined', case: other, reporters: ['ge'] });
    expect(main.house.head('case', other)).toMatchObject({ stage: 'merged' });
    expect(stateOf(main)).toMatchObject({ joined: [other], joinedReporters: ['ge'] });
    main.when('case.confirm', verdict, Ge, at(6)).refused('access.own-report');
    main.when('case.confirm', verdict, Ke, at(6)).then({ type: 'case.confirmed' });
  });

  it('makes nobody a reporter of what they have verified', () => {
    const { main, other } = twice();
    const twoHats = main.after('case.confirm', verdict, Ge, at(4));
    twoHats.when('case.merge', into(main.id), Ke, at(5), other).refused('access.took-part');
    const { main: apart, other: second } = twice();
    apart
      .after('case.confirm', verdict, Ke, at(4))
      .when('case.merge', into(apart.id), Ge, at(5), second)
      .then({ type: 'case.merged' }, { type: 'case.joined' });
  });

  it('refuses itself, the unknown, and another incident', () => {
    const { main } = twice();
    main.when('case.merge', into(main.id), Ge, at(5)).refused('case.merge-self');
    main.when('case.merge', into(`case-2026-11-${commandIdOf(77)}`), Ge, at(5)).refused('thing.not-found');
    for (const change of [
      { happened: { from: at(-12), to: at(-11), doubtSeconds: 0 } },
      { violation: 'DIS-OFFPOST' },
      { window: 'window-a02', subject: { kind: 'window' } },
    ]) {
      const { main: one, other } = twice(change);
      one.when('case.merge', into(one.id), Ge, at(5), other).refused('case.other-incident');
    }
  });

  it('lets nobody slip away who is named only in the case that goes', () => {
    const { main, other } = twice({ subject: both });
    main.when('case.merge', into(main.id), Ge, at(5), other).refused('case.other-incident');
    main
      .when('case.merge', into(other), Ge, at(5), main.id)
      .then({ type: 'case.merged' }, { type: 'case.joined' });
  });

  it('keeps two windows of one department apart', () => {
    const main = reported({ subject: { kind: 'window' } });
    const done = main.house.send(
      'case.report',
      { ...onPhone, window: 'window-a02', subject: { kind: 'window' } },
      Shi,
      at(2),
    );
    if (!done.ok) throw new Error(done.problem.code);
    main.when('case.merge', into(main.id), Ge, at(5), done.value.ref.id).refused('case.other-incident');
  });

  it('refuses a case that was decided, and a main case that is gone', () => {
    const { main, other } = twice();
    confirmed().when('case.merge', into(main.id), Ge, at(11)).refused('case.wrong-stage');
    main.after('case.dismiss', { reason: '不属实' }, Ke, at(4));
    main.when('case.merge', into(main.id), Ge, at(5), other).refused('case.wrong-stage');
  });
});

describe('an integrity lead', () => {
  it('is transferred, and sealed from then on', () => {
    const told = reported(bribe);
    told.when('case.transfer', { reason: '移送派驻纪检组' }, Ke, at(5)).then({ type: 'case.transferred' });
    for (const actor of [Ke, Ge, Chu, Xun, Ban])
      told.when('case.transfer', { reason: '再次' }, actor, at(6)).refused('thing.not-found');
  });

  it('is hidden from everybody who would confirm, dismiss or settle it', () => {
    const told = reported(bribe);
    told.when('case.confirm', verdict, Ge, at(5)).refused('thing.not-found');
    told.when('case.dismiss', { reason: '不属实' }, Ke, at(5)).refused('thing.not-found');
    told.when('case.settleOnSpot', { clause: '3', said: '提醒' }, Xun, at(5)).refused('thing.not-found');
  });

  it('is the only thing that can be transferred', () => {
    reported().when('case.transfer', { reason: '移送' }, Ke, at(5)).refused('case.not-integrity');
    confirmed().when('case.transfer', { reason: '移送' }, Ke, at(11)).refused('case.not-integrity');
  });
});

describe('the notice', () => {
  it('starts the limits: two working days to answer, three to ask for a review', () => {
    confirmed()
      .when('case.notify', { way: 'tablet', deliveredAt: at(20) }, Ge, at(20))
      .then({ type: 'case.noticed', persons: ['chuang'], answerBy: fridayEvening, appealBy: mondayEvening });
  });

  it('handed to the chief representative counts as delivered two working days later', () => {
    confirmed()
      .when('case.notify', { way: 'representative', deliveredAt: at(20) }, Shou, at(20))
      .then({ type: 'case.noticed', deliveredAt: fridayEvening, answerBy: '2026-11-25T09:30:00.000Z' });
  });

  it('is opened by the person, now, whatever date the device gives', () => {
    confirmed()
      .when('case.notify', { way: 'opened', deliveredAt: at(11) }, Chuang, at(500))
      .then({ type: 'case.noticed', deliveredAt: at(500), persons: ['chuang'] });
    for (const actor of [Ge, Shou, Ban, Er, Xun])
      confirmed()
        .when('case.notify', { way: 'opened', deliveredAt: at(20) }, actor, at(20))
        .refused('access.denied');
    confirmed()
      .when('case.notify', { way: 'tablet', deliveredAt: at(20) }, Chuang, at(20))
      .refused('access.denied');
  });

  it('refused needs two witnesses apart from the person and the one who brought it', () => {
    const refusal = (witnesses: string[]) => ({
      ...{ way: 'refused', deliveredAt: at(20), witnesses, evidence: [slip] },
    });
    const told = confirmed();
    for (const witnesses of [[], ['xun'], ['xun', 'xun'], ['xun', 'chuang'], ['xun', 'ge']])
      told.when('case.notify', refusal(witnesses), Ge, at(20)).refused('case.two-witnesses');
    told.when('case.notify', refusal(['xun', 'nobody']), Ge, at(20)).refused('registry.unknown');
    told
      .when('case.notify', refusal(['xun', 'shi']), Ge, at(20))
      .then({ type: 'case.noticed', way: 'refused' });
  });

  it('can be neither delivered before the case was confirmed, nor in the future, nor without a confirmation', () => {
    confirmed()
      .when('case.notify', { way: 'paper', deliveredAt: at(5) }, Ban, at(20))
      .refused('time.order');
    confirmed()
      .when('case.notify', { way: 'paper', deliveredAt: at(30) }, Ban, at(20))
      .refused('time.future');
    reported()
      .when('case.notify', { way: 'paper', deliveredAt: at(20) }, Ban, at(20))
      .refused('case.wrong-stage');
  });
});

describe('the hearing', () => {
  it('ends when the person has answered, or at once when there is no objection', () => {
    const told = noticed();
    told.when('case.answer', answer, Chuang, at(30)).then({ type: 'case.answered', persons: ['chuang'] });
    expect(stateOf(told)).toMatchObject({ stage: 'counting', since: at(30), heard: 'answered' });
    const agreed = noticed().after('case.answer', noObjection, Chuang, at(30));
    expect(stateOf(agreed)).toMatchObject({ stage: 'counting', heard: 'noObjection' });
  });

  it('ends in silence after the answer time and not before; only time itself may say so', () => {
    const told = noticed();
    told.when('case.settle', {}, system, fridayEvening).refused('case.answer-time-open');
    told.when('case.settle', {}, Ke, plusMinutes(fridayEvening, 1)).refused('access.denied');
    told
      .when('case.settle', {}, system, plusMinutes(fridayEvening, 1))
      .then({ type: 'case.settled', answerBy: fridayEvening });
    expect(stateOf(told)).toMatchObject({ stage: 'counting', since: fridayEvening, heard: 'silent' });
  });

  it('cannot begin before the notice', () => {
    confirmed().when('case.answer', noObjection, Chuang, at(30)).refused('case.wrong-stage');
    confirmed().when('case.settle', {}, system, plusMinutes(mondayEvening, 9000)).refused('case.wrong-stage');
    confirmed().when('case.appeal', { grounds: '不服' }, Chuang, at(30)).refused('case.wrong-stage');
  });

  it('is not answered for the person by whoever reported or confirmed it', () => {
    noticed().when('case.answer', noObjection, Ge, at(30)).refused('access.took-part');
    noticed().when('case.answer', noObjection, Gong, at(30)).refused('access.denied');
    noticed().when('case.answer', noObjection, Er, at(30)).refused('access.denied');
  });

  it('waits until everybody named was told', () => {
    const told = confirmed({ subject: both });
    told
      .when('case.notify', { way: 'opened', deliveredAt: at(20) }, Chuang, at(20))
      .then({ type: 'case.noticed', persons: ['chuang'] });
    expect(stateOf(told)).toMatchObject({ stage: 'confirmed', hearing: { told: ['chuang'] } });
    told
      .when('case.notify', { way: 'opened', deliveredAt: at(21) }, Chuang, at(21))
      .refused('case.told-before');
    told.when('case.settle', {}, system, plusMinutes(mondayEvening, 1)).refused('case.wrong-stage');
    told.when('case.answer', noObjection, Er, at(25)).refused('case.not-told');
    told
      .when('case.notify', { way: 'tablet', deliveredAt: mondayEvening }, Ge, mondayEvening)
      .then({ type: 'case.noticed', persons: ['staff-0102'] });
    expect(stateOf(told)).toMatchObject({
      stage: 'noticed',
      // Handed over when the office closed: the limit begins on Tuesday.
      notice: { answerBy: '2026-11-26T09:30:00.000Z' },
    });
  });

  it('waits until everybody named has answered, in any order of telling and answering', () => {
    const told = confirmed({ subject: both })
      .after('case.notify', { way: 'opened', deliveredAt: at(20) }, Chuang, at(20))
      .after('case.answer', noObjection, Chuang, at(21));
    told.when('case.answer', noObjection, Chuang, at(22)).refused('case.answered-before');
    told.when('case.answer', noObjection, Ban, at(22)).refused('case.answered-before');
    expect(stateOf(told)).toMatchObject({ stage: 'confirmed', hearing: { answered: ['chuang'] } });
    told.after('case.notify', { way: 'opened', deliveredAt: at(30) }, Er, at(30));
    expect(stateOf(told)).toMatchObject({ stage: 'noticed' });
    told.when('case.answer', answer, Er, at(31)).then({ type: 'case.answered', persons: ['staff-0102'] });
    expect(stateOf(told)).toMatchObject({ stage: 'counting', heard: 'answered' });
  });

  it('takes one answer entered for all who were told, or for those named', () => {
    const told = noticed({ subject: both });
    told
      .when('case.answer', { ...answer, ...paper, persons: ['staff-0102'] }, Shou, at(30))
      .then({ type: 'case.answered', persons: ['staff-0102'] });
    told.when('case.answer', { ...answer, persons: ['staff-0103'] }, Shou, at(30)).refused('case.not-told');
    told
      .when('case.answer', { ...noObjection, ...paper }, Ban, at(31))
      .then({ type: 'case.answered', persons: ['chuang'] });
    expect(stateOf(told).stage).toBe('counting');
  });

  it('of a window or a department is one answer', () => {
    const told = noticed({ subject: { kind: 'window' } });
    told.when('case.answer', noObjection, Shou, at(30)).then({ type: 'case.answered', persons: [] });
    expect(stateOf(told).stage).toBe('counting');
  });
});

describe('the review', () => {
  const grounds = { grounds: '录像时间与排班不符' };
  const upheld = { outcome: 'upheld', reason: '事实清楚' };

  it('is an answer as well, and does not hold the case up', () => {
    const told = noticed();
    told.when('case.appeal', grounds, Chuang, at(30)).then({
      type: 'case.appealed',
      persons: ['chuang'],
      decideBy: '2026-11-25T09:30:00.000Z',
    });
    expect(stateOf(told)).toMatchObject({ stage: 'counting', heard: 'answered', review: { state: 'asked' } });
    expect(holdsBack(stateOf(told))).toBe(true);
  });

  it('asked by one of two does not silence the other', () => {
    const told = noticed({ subject: both }).after('case.appeal', grounds, Chuang, at(30));
    expect(stateOf(told)).toMatchObject({ stage: 'noticed', review: { state: 'asked' } });
    told.after('case.answer', answer, Er, at(31));
    expect(stateOf(told)).toMatchObject({ stage: 'counting', review: { state: 'asked' } });
  });

  it('is asked once, in time, by the person or for the person', () => {
    asked().when('case.appeal', grounds, Shou, at(45)).refused('case.appealed-before');
    counting()
      .when('case.appeal', grounds, Chuang, plusMinutes(mondayEvening, 1))
      .refused('case.appeal-late');
    counting()
      .when('case.appeal', { ...grounds, ...paper }, Shou, mondayEvening)
      .then({ type: 'case.appealed' });
    counting().when('case.appeal', grounds, Er, at(45)).refused('access.denied');
    reported().when('case.appeal', grounds, Chuang, at(45)).refused('case.wrong-stage');
  });

  it('is decided by somebody who took no part', () => {
    const told = asked();
    told.when('case.decideAppeal', upheld, Ge, at(50)).refused('access.denied');
    told
      .when('case.decideAppeal', upheld, Ke, at(50))
      .then({ type: 'case.appealDecided', outcome: 'upheld' });
    told.when('case.decideAppeal', upheld, Kang, at(51)).refused('case.wrong-stage');
    const headConfirmed = reported()
      .after('case.confirm', verdict, Ke, at(10))
      .after('case.notify', { way: 'tablet', deliveredAt: at(20) }, Ge, at(20))
      .after('case.appeal', grounds, Chuang, at(30));
    headConfirmed.when('case.decideAppeal', upheld, Ke, at(50)).refused('access.took-part');
    headConfirmed.when('case.decideAppeal', upheld, Kang, at(50)).then({ type: 'case.appealDecided' });
    const headReported = given()
      .after('case.report', onPhone, Ke, at(0))
      .after('case.confirm', verdict, Ge, at(10))
      .after('case.notify', { way: 'tablet', deliveredAt: at(20) }, Ge, at(20))
      .after('case.appeal', grounds, Chuang, at(30));
    headReported.when('case.decideAppeal', upheld, Ke, at(50)).refused('access.own-report');
  });

  it('bars who confirmed the case before it was reopened', () => {
    const told = reported()
      .after('case.confirm', verdict, Ke, at(10))
      .after('case.addEvidence', { evidence: [photo], reason: '补充' }, Xun, at(11))
      .after('case.confirm', verdict, Ge, at(12))
      .after('case.notify', { way: 'tablet', deliveredAt: at(20) }, Ge, at(20))
      .after('case.appeal', grounds, Chuang, at(30));
    told.when('case.decideAppeal', upheld, Ke, at(50)).refused('access.took-part');
  });

  it('reduces below the clause, or takes everything back', () => {
    asked()
      .when('case.decideAppeal', { outcome: 'reduced', points: 100, reason: '从轻' }, Ke, at(50))
      .refused('case.not-reduced');
    asked()
      .when('case.decideAppeal', { outcome: 'reduced', reason: '从轻' }, Ke, at(50))
      .refused('request.invalid');
    const reduced = asked().after(
      'case.decideAppeal',
      { outcome: 'reduced', points: 50, reason: '从轻' },
      Ke,
      at(50),
    );
    expect(countedCase(stateOf(reduced))).toMatchObject({
      counts: true,
      review: { outcome: 'reduced', points: 50, by: 'ke' },
    });
    const overturned = asked().after(
      'case.decideAppeal',
      { outcome: 'overturned', reason: '撤销' },
      Chu,
      at(50),
    );
    expect(caseStands(stateOf(overturned))).toBe(false);
    expect(holdsBack(stateOf(overturned))).toBe(false);
  });
});

describe('what others read of a case', () => {
  it('counts only once heard', () => {
    expect(countedCase(stateOf(reported()))).toBeUndefined();
    expect(countedCase(stateOf(confirmed()))).toMatchObject({ counts: false, confirmedBy: 'ge' });
    expect(countedCase(stateOf(noticed()))).toMatchObject({ counts: false });
    expect(countedCase(stateOf(counting()))).toMatchObject({
      counts: true,
      day: '2026-11-18',
      clause: '3',
      persons: ['chuang'],
      department: 'department-tax',
      window: 'window-a01',
    });
  });

  it('holds back from titles while an evident case is open', () => {
    expect(
      [reported(), confirmed(), noticed(), counting(), asked()].map((told) => holdsBack(stateOf(told))),
    ).toEqual([false, true, true, false, true]);
  });

  it('says when somebody must look next', () => {
    expect(
      [reported(), confirmed(), noticed(), counting(), asked()].map((told) => caseNext(stateOf(told))),
    ).toEqual([at(0), at(10), fridayEvening, undefined, '2026-11-25T09:30:00.000Z']);
  });

  it('stays within two kilobytes', () => {
    expect(JSON.stringify(stateOf(asked())).length).toBeLessThan(2000);
  });
});
