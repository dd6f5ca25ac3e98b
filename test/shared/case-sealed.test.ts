// Integrity leads: handed over as 问题线索 and sealed from that moment, with whatever was merged into them.
import { describe, expect, it } from 'vitest';
import { caseSteps } from '../../shared/abilities.ts';
import { may } from '../../shared/access.ts';
import { countedCase } from '../../shared/case.ts';
import { aboutCase } from '../../shared/case-facts.ts';
import { plusMinutes } from '../../shared/time.ts';
import { Ban, Chu, Chuang, everybody, Ge, Gong, Ji, Kang, Ke, Shou, wednesday, Xun } from '../cast.ts';
import { given } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const photo = {
  ...{ name: 'a01.jpg', kind: 'photo', mediaType: 'image/jpeg', size: 200_000 },
  ...{ sha256: 'a'.repeat(64), takenAt: at(-29) },
};
const rude = {
  violation: 'ATT-RUDE',
  source: 'complaint',
  happened: { from: at(-30), to: at(-28), doubtSeconds: 10 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '群众反映窗口态度生硬',
  evidence: [photo],
};
const handOver = { reason: '核实中发现涉嫌索要好处,移送', violation: 'INT-BRIBE' };
const reported = (change: object = {}) => given().after('case.report', { ...rude, ...change }, Xun, at(0));
const sealedTo = (house: ReturnType<typeof reported>['house'], id: string): string[] => {
  const state = house.head('case', id);
  if (!state) throw new Error('no case');
  const facts = aboutCase(state);
  const readers = Object.values(everybody).filter((actor) => may(actor, 'case.read', facts, '2026-11-18').ok);
  const viewers = Object.values(everybody).filter(
    (actor) => may(actor, 'evidence.view', facts, '2026-11-18').ok,
  );
  const names = (actors: readonly { person: string }[]): string[] => actors.map(({ person }) => person);
  // Besides the readers only the department's liaison looks at files, as long as there is no seal.
  expect(names(viewers).filter((person) => person !== 'lian')).toEqual(names(readers));
  if (readers.length === 1) expect(names(viewers)).toEqual(names(readers));
  return names(readers);
};

describe('handing over', () => {
  it('seals an integrity lead, and what turned out to be one, with its files, to all but the auditor', () => {
    const lead = reported({ violation: 'INT-BRIBE' }).after('case.transfer', { reason: '移送' }, Ge, at(5));
    expect(sealedTo(lead.house, lead.id)).toEqual(['ji']);
    const open = reported();
    expect(sealedTo(open.house, open.id)).toEqual([
      'xun',
      'ge',
      'ke',
      'kang',
      'chu',
      'zhu',
      'ban',
      'shou',
      'chuang',
      'ji',
    ]);
    const turned = open.after('case.transfer', handOver, Ke, at(5));
    expect(turned.house.head('case', turned.id)).toMatchObject({ stage: 'transferred', type: 'INT-BRIBE' });
    expect(sealedTo(turned.house, turned.id)).toEqual(['ji']);
  });

  it('takes back what was confirmed, and ends every way to it', () => {
    const told = reported()
      .after('case.confirm', { severity: 'serious', clause: '5', reason: '属实' }, Ge, at(5))
      .after('case.notify', { way: 'tablet', deliveredAt: at(6) }, Ge, at(6))
      .after('case.answer', { noObjection: true, answer: '无异议' }, Chuang, at(7))
      .after('case.transfer', handOver, Chu, at(9));
    const state = told.house.head('case', told.id);
    expect(state && countedCase(state)).toBeUndefined();
    expect(state && caseSteps(state, at(10))).toEqual([]);
    for (const [type, fields, actor] of [
      ['case.appeal', { grounds: '不服' }, Chuang],
      ['case.reassign', { subject: { kind: 'window' }, reason: '更正' }, Ke],
      ['case.addEvidence', { evidence: [photo], reason: '补充' }, Ban],
      ['case.transfer', handOver, Ke],
    ] as const)
      told.when(type, fields, actor, at(10)).refused('thing.not-found');
  });

  it('seals what was merged into it, however deep', () => {
    const first = reported();
    const second = first.after('case.report', rude, Ban, at(1));
    const third = second.after('case.report', rude, Ke, at(2));
    const merged = third
      .after('case.merge', { into: second.id, reason: '同一事件' }, Ge, at(3), third.id)
      .after('case.merge', { into: first.id, reason: '同一事件' }, Ge, at(4), second.id);
    expect(merged.house.head('case', first.id)).toMatchObject({ joined: [second.id, third.id] });
    const sealed = merged.after('case.transfer', handOver, Ge, at(5), first.id);
    for (const id of [first.id, second.id, third.id]) expect(sealedTo(sealed.house, id)).toEqual(['ji']);
    sealed.when('case.transfer', handOver, Ge, at(6), second.id).refused('thing.not-found');
  });

  it('may be of what had been merged or dismissed; the main case stays as it is', () => {
    const main = reported();
    const part = main.after('case.report', rude, Ban, at(1));
    const sealed = part
      .after('case.merge', { into: main.id, reason: '同一事件' }, Ge, at(3), part.id)
      .after('case.transfer', handOver, Kang, at(5), part.id);
    expect(sealedTo(sealed.house, part.id)).toEqual(['ji']);
    expect(sealedTo(sealed.house, main.id)).toContain('ge');
    reported()
      .after('case.dismiss', { reason: '不属实' }, Ge, at(1))
      .when('case.transfer', handOver, Ke, at(2))
      .then({ type: 'case.transferred' });
  });

  it('is refused to others, and without saying what kind of lead it is', () => {
    reported().when('case.transfer', { reason: '移送' }, Ge, at(5)).refused('case.not-integrity');
    reported()
      .when('case.transfer', { ...handOver, violation: 'DIS-LATE' }, Ge, at(5))
      .refused('request.invalid');
    for (const actor of [Xun, Gong, Ban, Shou, Chuang, Ji])
      reported().when('case.transfer', handOver, actor, at(5)).refused('access.denied');
  });
});

describe('a sealed lead', () => {
  it('is not there for any other case, talk, letter or order', () => {
    const sealed = reported().after('case.transfer', handOver, Ge, at(5));
    const other = sealed.after('case.report', rude, Xun, at(6));
    other.when('case.merge', { into: sealed.id, reason: '同一事件' }, Ge, at(7)).refused('thing.not-found');
    const letter = {
      ...{ kind: 'violation', month: '2026-11', department: 'department-tax', cases: [sealed.id] },
      ...{ title: '关于窗口人员有关情况的函', body: '请予关注。' },
    };
    sealed.when('letter.draft', letter, Ban, at(8)).refused('thing.not-found');
  });
});
