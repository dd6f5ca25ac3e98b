import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, system } from '../../shared/access.ts';
import {
  casesOfBulletin,
  type LetterState,
  letterNext,
  letterOutside,
  letterSubject,
} from '../../shared/letter.ts';
import { aboutLetter, counterOf, documentNumberOf } from '../../shared/letter-decide.ts';
import { letterFactsOf } from '../../shared/letter-facts.ts';
import { registryOf } from '../../shared/people.ts';
import { ok } from '../../shared/problems.ts';
import { actorOf, Ban, Chu, centreEntry, entries, Kang, Ke, Lian, Shou, Zhu } from '../cast.ts';
import { givenIn, paperHouse } from '../given.ts';
import {
  at,
  caseId,
  caseIn,
  caseLife,
  clip,
  days,
  frozenMonth,
  happen,
  overturn,
  paperBook,
  paperScene,
  reviewAsked,
  reviewDecided,
  scan,
} from '../papers.ts';

const measure = 'letter-2026-11-letter-department-tax-1';
const fields = {
  kind: 'violation',
  month: '2026-11',
  department: 'department-tax',
  measure,
  cases: [caseId(1), caseId(2)],
  title: '关于派驻窗口违纪问题的函',
  body: '现将有关情况函告如下。',
};
const evidenceLetter = { ...fields, kind: 'evidence', cases: [caseId(3)], shares: [`${caseId(3)}~1`] };
const text = { title: '关于派驻窗口违纪问题的函(修改)', body: '修改后的正文。' };

const evident = { clause: '3', violation: 'DIS-PHONE', severity: 'evident' } as const;
const cases = () =>
  givenIn(
    paperScene,
    ...caseLife(1),
    ...caseLife(2, { ...evident, persons: ['chuang', 'staff-0102'] }),
    ...caseLife(3, { evidence: [clip] }),
    ...caseLife(4, { department: 'department-social', persons: ['staff-0104'] }),
    ...caseLife(5, { until: 'overturned' }),
    ...caseLife(6, { until: 'noticed' }),
    ...caseLife(7, { evidence: [clip], received: false }),
    ...caseLife(8, { until: 'settledOnSpot', clause: '1', violation: 'DIS-LATE' }),
  );
const drafted = (change: object = {}) => cases().after('letter.draft', { ...fields, ...change }, Ban, at(0));
const checked = (change: object = {}) => drafted(change).after('letter.check', {}, Ke, at(10));
const numbered = (change: object = {}) => checked(change).after('letter.sign', {}, Chu, at(20));
const sealed = (change: object = {}) => numbered(change).after('letter.seal', { way: 'wet' }, Ban, at(30));
const issued = (change: object = {}) => sealed(change).after('letter.issue', {}, Ban, at(40));
const answer = { answer: '已约谈当事人并调整岗位', answeredAt: at(300) };
const answered = () => issued().after('letter.answer', answer, Lian, at(300));
const stateOf = (told: ReturnType<typeof drafted>): LetterState => {
  const state = told.house.head('letter', told.id);
  if (!state) throw new Error('no letter');
  return state;
};
/** Ten working days after Wednesday 2026-11-18 at the close of office. */
const replyBy = '2026-12-02T09:30:00.000Z';
const afterReply = '2026-12-03T02:00:00.000Z';

describe('drafting', () => {
  it('counts the facts from the cases; nobody states them', () => {
    cases()
      .when('letter.draft', fields, Ban, at(0))
      .then({
        type: 'letter.drafted',
        kind: 'violation',
        organ: '明政服',
        cases: [
          { id: caseId(1), shares: [] },
          { id: caseId(2), shares: [] },
        ],
        facts: {
          cases: 2,
          total: { personTimes: 3, incidents: 0 },
          severities: {
            minor: { personTimes: 0, incidents: 0 },
            evident: { personTimes: 2, incidents: 0 },
            serious: { personTimes: 1, incidents: 0 },
          },
          clauses: [
            { clause: '3', title: '违规使用手机、玩游戏', of: { personTimes: 2, incidents: 0 } },
            { clause: '5', title: '与群众争吵', of: { personTimes: 1, incidents: 0 } },
          ],
          measures: { deducted: { personTimes: 3, incidents: 0 }, sectionTalks: 0, directorTalks: 0 },
        },
        replyWorkingDays: 10,
        body: { text: '现将有关情况函告如下。' },
      });
    cases()
      .when('letter.draft', { ...fields, facts: { cases: 9 } }, Ban, at(0))
      .refused('request.invalid');
  });

  it('keeps the text out of the head, and the head small', () => {
    const many = Array.from({ length: 15 }, (_, n) => n + 20);
    const told = givenIn(paperScene, ...many.flatMap((n) => caseLife(n, { evidence: [clip] }))).after(
      'letter.draft',
      {
        ...fields,
        kind: 'evidence',
        cases: many.map((n) => caseId(n)),
        shares: many.slice(0, 12).map((n) => `${caseId(n)}~1`),
      },
      Ban,
      at(0),
    );
    const done = told
      .after('letter.check', {}, Ke, at(1))
      .after('letter.sign', {}, Chu, at(2))
      .after('letter.seal', { way: 'wet' }, Ban, at(3))
      .after('letter.issue', {}, Ban, at(4));
    const state = JSON.stringify(stateOf(done));
    expect(state).not.toContain('函告如下');
    expect(Buffer.byteLength(state)).toBeLessThan(2800);
    expect(Buffer.byteLength(JSON.stringify(stateOf(issued())))).toBeLessThan(2048);
  });

  it('tells only what was heard and still stands, and only to the department it concerns', () => {
    const refusals = [
      [caseId(4), 'letter.case-elsewhere'],
      [caseId(5), 'letter.case-unfit'],
      [caseId(6), 'letter.case-unfit'],
      [caseId(99), 'thing.not-found'],
    ] as const;
    for (const [id, code] of refusals)
      cases()
        .when('letter.draft', { ...fields, cases: [id] }, Ban, at(0))
        .refused(code);
    cases()
      .when('letter.draft', { ...fields, department: 'department-nowhere' }, Ban, at(0))
      .refused('registry.unknown');
  });

  it('counts what was settled on the spot as a reminder', () => {
    cases()
      .when('letter.draft', { ...fields, cases: [caseId(1), caseId(8)] }, Ban, at(0))
      .then({
        type: 'letter.drafted',
        facts: {
          measures: {
            reminded: { personTimes: 1, incidents: 0 },
            deducted: { personTimes: 1, incidents: 0 },
          },
        },
      });
  });

  it('says what is under review, but does not wait for it', () => {
    const told = cases();
    happen(told.house, ...reviewAsked(1, at(-5)));
    told
      .when('letter.draft', fields, Ban, at(0))
      .then({ type: 'letter.drafted', facts: { underReview: 1, total: { personTimes: 3 } } });
  });

  it('takes evidence along only as a letter with evidence, and only what has arrived', () => {
    cases()
      .when('letter.draft', evidenceLetter, Ban, at(0))
      .then({ type: 'letter.drafted', cases: [{ id: caseId(3), shares: [1] }] });
    cases()
      .when('letter.draft', { ...evidenceLetter, shares: [] }, Ban, at(0))
      .refused('letter.shares');
    cases()
      .when('letter.draft', { ...evidenceLetter, kind: 'violation' }, Ban, at(0))
      .refused('letter.shares');
    cases()
      .when('letter.draft', { ...evidenceLetter, shares: [`${caseId(3)}~2`] }, Ban, at(0))
      .refused('letter.evidence-missing');
    cases()
      .when('letter.draft', { ...evidenceLetter, cases: [caseId(7)], shares: [`${caseId(7)}~1`] }, Ban, at(0))
      .refused('letter.evidence-missing');
  });

  it('names nobody outside the closed annex', () => {
    for (const wrong of [{ body: '当事人庄窗' }, { title: '关于庄窗的函' }])
      cases()
        .when('letter.draft', { ...fields, ...wrong }, Ban, at(0))
        .refused('letter.names-person');
    drafted()
      .when('letter.revise', { ...text, body: '税二等二人' }, Ban, at(1))
      .refused('letter.names-person');
  });

  it('does not take a person who is called like an ordinary word for named', () => {
    const scene = {
      ...paperScene,
      registry: registryOf(2, [
        ...entries,
        {
          kind: 'staff',
          id: 'staff-0900',
          name: '整改',
          department: 'department-tax',
          post: 'window',
          from: '2026-01-01',
        },
      ]),
    };
    givenIn(scene, ...caseLife(1), ...caseLife(2))
      .when('letter.draft', { ...fields, body: '请督促整改。' }, Ban, at(0))
      .then({ type: 'letter.drafted' });
  });

  it('counts the talks that were held, and no withdrawn one', () => {
    const talk = {
      id: 'talk-2026-11-director-chuang-1',
      kind: 'director',
      person: 'chuang',
      cases: [caseId(1)],
      recorder: 'ban',
      heldAt: at(-30),
      place: '谈话室',
      reason: '严重',
      content: '谈话',
      statement: '认识',
    };
    const told = cases().after('talk.hold', talk, Chu, at(-20));
    const withTalk = { ...fields, talks: [talk.id] };
    told
      .when('letter.draft', withTalk, Ban, at(0))
      .then({ type: 'letter.drafted', facts: { measures: { directorTalks: 1 } } });
    overturn(told.house, 1, at(1));
    told
      .after('talk.withdraw', { reason: '撤销' }, Chu, at(5))
      .when('letter.draft', { ...withTalk, cases: [caseId(2)] }, Ban, at(6))
      .refused('letter.talk-unfit');
  });

  it('is the office’s own business', () => {
    for (const actor of [Lian, Shou, Chu])
      cases().when('letter.draft', fields, actor, at(0)).refused('access.denied');
  });
});

describe('correcting', () => {
  const correction = (of: string) => ({ ...fields, kind: 'correction', measure: undefined, corrects: of });

  it('tells what was overturned after a letter went out', () => {
    const told = issued();
    overturn(told.house, 1, at(60));
    told.when('letter.draft', { ...correction(told.id) }, Ban, at(70)).then({
      type: 'letter.drafted',
      kind: 'correction',
      corrects: told.id,
      facts: { overturned: 1, total: { personTimes: 2 } },
      replyWorkingDays: 0,
    });
  });

  it('corrects only what was issued, to the same department', () => {
    const told = drafted();
    told.when('letter.draft', correction(told.id), Ban, at(1)).refused('letter.not-issued');
    const other = issued();
    other
      .when(
        'letter.draft',
        { ...correction(other.id), department: 'department-social', cases: [caseId(4)] },
        Ban,
        at(50),
      )
      .refused('letter.case-elsewhere');
  });
});

describe('the road to the signature', () => {
  it('needs four eyes: who wrote on it neither checks nor signs', () => {
    const byKe = cases().after('letter.draft', fields, Ke, at(0));
    byKe.when('letter.check', {}, Ke, at(1)).refused('access.own-report');
    byKe.when('letter.check', {}, Kang, at(1)).then({ type: 'letter.checked' });
    const revised = drafted().after('letter.revise', text, Ke, at(1));
    revised.when('letter.check', {}, Ke, at(2)).refused('access.own-report');
    revised.when('letter.check', {}, Kang, at(2)).then({ type: 'letter.checked' });
    drafted().when('letter.check', {}, Ban, at(1)).refused('access.denied');
  });

  it('cannot be signed by its own author under a delegation', () => {
    const scene = {
      ...paperScene,
      registry: registryOf(2, [
        ...entries,
        {
          kind: 'grant',
          id: 'ke-for-chu',
          person: 'ke',
          role: 'director',
          delegatedBy: 'chu',
          from: '2026-01-01',
        },
      ]),
    };
    const acting: Actor = actorOf('ke', scene.registry);
    const told = givenIn(scene, ...caseLife(1), ...caseLife(2))
      .after('letter.draft', fields, acting, at(0))
      .after('letter.check', {}, Kang, at(1));
    told.when('letter.sign', {}, acting, at(2)).refused('access.own-report');
  });

  it('goes back with a reason and comes again with facts counted anew', () => {
    const back = checked().after('letter.return', { reason: '补充处理情况' }, Chu, at(15));
    expect(stateOf(back).stage).toBe('returned');
    back.when('letter.sign', {}, Chu, at(16)).refused('letter.wrong-stage');
    back.when('letter.revise', { ...text, cases: [caseId(1)] }, Ban, at(16)).then({
      type: 'letter.revised',
      linked: { cases: [{ id: caseId(1), shares: [] }], facts: { cases: 1 } },
    });
    checked().when('letter.revise', text, Ban, at(16)).refused('letter.wrong-stage');
    numbered().when('letter.return', { reason: '再改' }, Chu, at(30)).refused('letter.wrong-stage');
  });

  it('takes the signature and the number in one decision', () => {
    checked()
      .when('letter.sign', {}, Chu, at(20))
      .then(
        { type: 'letter.signed' },
        { type: 'letter.numbered', number: 1, year: 2026, documentNumber: '明政服函〔2026〕1号' },
      );
    expect(numbered().house.counters.get('明政服-函-2026')).toBe(1);
    checked().when('letter.sign', {}, Ban, at(20)).refused('access.denied');
    drafted().when('letter.sign', {}, Chu, at(20)).refused('letter.wrong-stage');
    numbered().when('letter.sign', {}, Chu, at(21)).refused('letter.wrong-stage');
  });

  it('counts the year on the clock of the hall', () => {
    const told = checked();
    const newYear = '2026-12-31T16:00:00.000Z';
    told
      .when('letter.sign', {}, Zhu, newYear)
      .then({ type: 'letter.signed' }, { type: 'letter.numbered', year: 2027, number: 1 });
    expect(counterOf(stateOf(told), '2026-12-31T15:59:59.999Z')).toBe('明政服-函-2026');
  });

  it('writes a number without leading zero in six-cornered brackets', () => {
    expect(documentNumberOf(stateOf(drafted()), 2026, 7)).toBe('明政服函〔2026〕7号');
  });

  it('is refused when the facts have changed since, and says which', () => {
    const told = checked();
    overturn(told.house, 1, at(15));
    const problem = told.when('letter.sign', {}, Chu, at(20)).refused('letter.facts-changed');
    expect(problem.detail).toContain('合计:3人次 → 2人次');
    expect(problem.detail).toContain('严重:1人次 → 无');
    expect(problem.detail).toContain('复核撤销:0件 → 1件');
    told
      .after('letter.return', { reason: '事实变化' }, Chu, at(21))
      .after('letter.revise', { ...text, cases: [caseId(2)] }, Ban, at(22))
      .after('letter.check', {}, Ke, at(23))
      .when('letter.sign', {}, Chu, at(24))
      .then({ type: 'letter.signed' }, { type: 'letter.numbered', number: 1 });
  });

  it('notices that the organ goes by another code word now', () => {
    const told = checked();
    const scene = {
      ...paperScene,
      registry: registryOf(2, [
        ...entries.filter((entry) => entry.kind !== 'centre'),
        { ...centreEntry, hours: [...centreEntry.hours], codeWord: '明数政' },
      ]),
    };
    givenIn(scene, ...told.house.journal)
      .when('letter.sign', {}, Chu, at(20), told.id)
      .refused('letter.facts-changed');
  });

  it('notices a reduced deduction, a review just asked and a reopened case', () => {
    const reduced = checked();
    happen(reduced.house, ...reviewAsked(1, at(11)), reviewDecided(1, 'reduced', at(12)));
    reduced.when('letter.sign', {}, Chu, at(20)).refused('letter.facts-changed');
    const asked = checked();
    happen(asked.house, ...reviewAsked(1, at(11)));
    expect(asked.when('letter.sign', {}, Chu, at(20)).refused('letter.facts-changed').detail).toBe(
      '正在复核:0件 → 1件',
    );
    const gone = drafted({ cases: [caseId(1)] });
    happen(gone.house, {
      ref: { kind: 'case', id: caseId(1) },
      by: { person: 'ban', role: 'clerk' },
      at: at(1),
      event: { type: 'case.reopened', v: 1, reason: { text: '补充证据' } },
    });
    gone.when('letter.check', {}, Ke, at(2)).refused('letter.facts-changed');
  });

  it('is refused at issue too: nothing stale goes out', () => {
    const told = sealed();
    overturn(told.house, 2, at(35));
    told.when('letter.issue', {}, Ban, at(40)).refused('letter.facts-changed');
    told.when('letter.void', { reason: '事实变化' }, Ban, at(41)).then({ type: 'letter.voided' });
  });

  it('is sealed, then issued with a reply time in working days', () => {
    numbered().when('letter.issue', {}, Ban, at(30)).refused('letter.wrong-stage');
    numbered().when('letter.seal', { way: 'system' }, Ban, at(30)).refused('letter.no-seal-image');
    sealed().when('letter.issue', {}, Ban, at(40)).then({ type: 'letter.issued', replyBy });
    const silent = sealed({ replyWorkingDays: 0 });
    const done = silent.when('letter.issue', {}, Ban, at(40)).then({ type: 'letter.issued' });
    expect(done.changes[0]?.events[0]).not.toHaveProperty('replyBy');
    issued().when('letter.issue', {}, Ban, at(50)).refused('letter.wrong-stage');
  });

  it('may be voided before it goes out; its number stays with it', () => {
    const told = numbered().after('letter.void', { reason: '重复' }, Chu, at(25));
    expect(stateOf(told)).toMatchObject({ stage: 'void', documentNumber: '明政服函〔2026〕1号' });
    told
      .after('letter.draft', fields, Ban, at(30))
      .after('letter.check', {}, Ke, at(31))
      .when('letter.sign', {}, Chu, at(32))
      .then({ type: 'letter.signed' }, { type: 'letter.numbered', number: 2 });
    issued().when('letter.void', { reason: '迟了' }, Chu, at(50)).refused('letter.wrong-stage');
    drafted().when('letter.void', { reason: '不发了' }, Ban, at(5)).then({ type: 'letter.voided' });
    told.when('letter.void', { reason: '再作废' }, Ban, at(33), told.id).refused('letter.wrong-stage');
  });
});

describe('who sees a letter', () => {
  it('is unknown outside until it is issued', () => {
    for (const told of [drafted(), checked(), numbered(), sealed()])
      expect(aboutLetter(stateOf(told)).departments).toEqual([]);
    expect(aboutLetter(stateOf(issued())).departments).toEqual(['department-tax']);
    sealed().when('letter.open', {}, Lian, at(40)).refused('access.denied');
    issued().when('letter.open', {}, Lian, at(50)).then({ type: 'letter.opened' });
  });

  it('shows the department the text that was signed and no draft, opinion or return', () => {
    const told = drafted()
      .after('letter.return', { reason: '措辞不当' }, Ke, at(1))
      .after('letter.revise', text, Ban, at(2))
      .after('letter.check', { opinion: '同意' }, Kang, at(3))
      .after('letter.sign', {}, Chu, at(4))
      .after('letter.seal', { way: 'wet' }, Ban, at(5))
      .after('letter.issue', {}, Ban, at(6));
    const history = told.house.journal.filter((one) => one.stream === told.id);
    const seen = letterOutside(history);
    expect(seen.map(({ event }) => event.type)).toEqual([
      'letter.revised',
      'letter.signed',
      'letter.numbered',
      'letter.sealed',
      'letter.issued',
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/措辞不当|同意|现将有关情况函告如下/);
    expect(JSON.stringify(seen)).toContain(text.body);
  });

  it('stands in the record of its department', () => {
    expect(letterSubject(stateOf(issued()))).toBe('department-tax');
    expect(letterNext(stateOf(issued()))).toBe(replyBy);
    expect(letterNext(stateOf(drafted()))).toBe(at(0));
    expect(
      letterNext(stateOf(numbered().after('letter.void', { reason: '废' }, Chu, at(25)))),
    ).toBeUndefined();
  });
});

describe('delivery', () => {
  it('keeps the first opening and stays quiet afterwards', () => {
    const told = issued().after('letter.open', {}, Lian, at(50));
    told.when('letter.open', {}, Lian, at(60)).quiet();
    expect(stateOf(told)).toMatchObject({ delivery: { openedAt: at(50) } });
    const closed = answered().after('letter.close', {}, Ban, at(400));
    closed.when('letter.open', {}, Lian, at(500)).quiet();
  });

  it('is acknowledged by the liaison, or by the clerk with the receipt', () => {
    issued()
      .when('letter.acknowledge', { receivedAt: at(60) }, Lian, at(60))
      .then({ type: 'letter.acknowledged', receivedAt: at(60) });
    issued()
      .when('letter.acknowledge', { receivedAt: at(60), evidence: [scan] }, Ban, at(90))
      .then({ type: 'letter.acknowledged' });
    issued()
      .when('letter.acknowledge', { receivedAt: at(60) }, Ban, at(90))
      .refused('letter.scan-missing');
    issued()
      .when('letter.acknowledge', { receivedAt: at(60) }, Shou, at(60))
      .refused('access.denied');
    issued()
      .when('letter.acknowledge', { receivedAt: days(-1) }, Lian, at(60))
      .refused('time.order');
    issued()
      .when('letter.acknowledge', { receivedAt: days(1) }, Lian, at(60))
      .refused('time.future');
    issued()
      .after('letter.acknowledge', { receivedAt: at(60) }, Lian, at(60))
      .when('letter.acknowledge', { receivedAt: at(61) }, Lian, at(61))
      .refused('letter.acknowledged-before');
    sealed()
      .when('letter.acknowledge', { receivedAt: at(40) }, Ban, at(40))
      .refused('letter.wrong-stage');
  });

  it('is answered, and more than once until it is closed', () => {
    issued()
      .when('letter.answer', answer, Lian, at(300))
      .then({ type: 'letter.answered', answer: { text: '已约谈当事人并调整岗位' } });
    const twice = answered().after('letter.answer', { ...answer, answeredAt: at(400) }, Lian, at(400));
    expect(stateOf(twice)).toMatchObject({ delivery: { answers: 2, answeredAt: at(300) } });
    expect(stateOf(answered())).toMatchObject({ delivery: { acknowledgedAt: at(300) } });
    issued().when('letter.answer', answer, Ban, at(300)).refused('letter.scan-missing');
    answered()
      .after('letter.close', {}, Ban, at(400))
      .when('letter.answer', answer, Lian, at(410))
      .refused('letter.wrong-stage');
  });

  it('is handed over with a signed list, and evidence only when some goes with it', () => {
    const handOver = { way: 'disc', receiver: '税务局办公室张某', handedAt: at(100), evidence: [scan] };
    issued(evidenceLetter)
      .when('letter.handOver', handOver, Ban, at(100))
      .then({ type: 'letter.handedOver', way: 'disc', shared: [`${caseId(3)}~1`] });
    issued().when('letter.handOver', handOver, Ban, at(100)).refused('letter.nothing-shared');
    issued()
      .when('letter.handOver', { ...handOver, way: 'paper' }, Ban, at(100))
      .then({ type: 'letter.handedOver', shared: [] });
    issued()
      .when('letter.handOver', { ...handOver, evidence: [] }, Ban, at(100))
      .refused('request.invalid');
    issued()
      .when('letter.handOver', { ...handOver, way: 'paper' }, Lian, at(100))
      .refused('access.denied');
  });

  it('is urged only after its time, not twice a day, and not once answered', () => {
    const urge = { way: 'phone', text: '请尽快函复' };
    issued().when('letter.urge', urge, Ban, replyBy).refused('letter.answer-time-open');
    const late = issued().after('letter.urge', urge, Ban, afterReply);
    expect(stateOf(late)).toMatchObject({ delivery: { urged: 1, urgedAt: afterReply } });
    late.when('letter.urge', urge, Ban, '2026-12-03T08:00:00.000Z').refused('letter.urged-today');
    late
      .when('letter.urge', urge, Ban, '2026-12-04T02:00:00.000Z')
      .then({ type: 'letter.urged', nth: 2, way: 'phone' });
    answered().when('letter.urge', urge, Ban, afterReply).refused('letter.answered-before');
    issued({ replyWorkingDays: 0 })
      .when('letter.urge', urge, Ban, afterReply)
      .refused('letter.no-answer-asked');
  });

  it('is urged by the house once in five working days', () => {
    const urge = { way: 'system' };
    const late = issued().after('letter.urge', urge, system, afterReply);
    late.when('letter.urge', urge, system, '2026-12-10T02:00:00.000Z').refused('letter.urged-lately');
    late.when('letter.urge', urge, system, '2026-12-11T02:00:00.000Z').then({ type: 'letter.urged', nth: 2 });
    late
      .when('letter.urge', { way: 'visit' }, Ban, '2026-12-04T02:00:00.000Z')
      .then({ type: 'letter.urged' });
  });

  it('is closed when answered, or with a reason', () => {
    answered().when('letter.close', {}, Ban, at(400)).then({ type: 'letter.closed' });
    issued().when('letter.close', {}, Ban, at(400)).refused('letter.unanswered');
    issued()
      .when('letter.close', { reason: '单位已撤并' }, Ke, at(400))
      .then({ type: 'letter.closed', reason: { text: '单位已撤并' } });
    issued({ replyWorkingDays: 0 }).when('letter.close', {}, Ban, at(400)).then({ type: 'letter.closed' });
    numbered().when('letter.close', {}, Ban, at(400)).refused('letter.wrong-stage');
  });
});

describe('letters of a frozen month', () => {
  const factsOf = (departmentName?: (id: string) => string) => {
    const paper = cases().house;
    const facts = letterFactsOf({
      cases: [],
      underReview: 0,
      sectionTalks: 0,
      directorTalks: 0,
      ruleBook: () => ok(paperBook),
      period: { from: '2026-10-01', to: '2026-10-31' },
      ...(departmentName ? { departmentName } : {}),
    });
    if (!facts.ok) throw new Error(facts.problem.code);
    expect(caseIn(paper, 1).stage).toBe('counting');
    return facts.value;
  };
  const list = { digest: 'a'.repeat(64), count: 0 };
  const bulletin = {
    kind: 'bulletin',
    month: '2026-10',
    facts: factsOf(),
    list,
    copies: ['department-tax', 'department-social'],
    title: '关于2026年10月窗口遵规守纪情况的通报',
    body: '各窗口未发现违纪问题。',
  };
  const { list: _list, copies: _copies, ...common } = bulletin;
  const monthly = { ...common, kind: 'monthly', department: 'department-tax' };
  const frozen = () => givenIn(paperScene, ...frozenMonth('2026-10'));

  it('rest on the month’s freeze', () => {
    frozen().when('letter.draftFromMonth', bulletin, Ban, at(0)).then({ type: 'letter.drafted', list });
    frozen()
      .when('letter.draftFromMonth', monthly, Ban, at(0))
      .then({ type: 'letter.drafted', replyWorkingDays: 0 });
    for (const month of [frozenMonth('2026-10').slice(0, 1), []])
      givenIn(paperScene, ...month)
        .when('letter.draftFromMonth', bulletin, Ban, at(0))
        .refused('letter.month-open');
  });

  it('agree with their list and name no person', () => {
    frozen()
      .when('letter.draftFromMonth', { ...bulletin, list: { ...list, count: 1 } }, Ban, at(0))
      .refused('request.invalid');
    frozen()
      .when('letter.draftFromMonth', { ...bulletin, body: '庄窗同志' }, Ban, at(0))
      .refused('letter.names-person');
    frozen()
      .when('letter.draftFromMonth', { ...bulletin, department: 'department-tax' }, Ban, at(0))
      .refused('request.invalid');
  });

  it('take their text revised, but no other cases', () => {
    const told = frozen().after('letter.draftFromMonth', monthly, Ban, at(0));
    told.when('letter.revise', text, Ban, at(1)).then({ type: 'letter.revised', title: text.title });
    told.when('letter.revise', { ...text, cases: [caseId(1)] }, Ban, at(1)).refused('letter.facts-frozen');
  });

  it('number bulletins apart from letters, and show them to the departments copied', () => {
    const told = frozen()
      .after('letter.draftFromMonth', bulletin, Ban, at(0))
      .after('letter.check', {}, Ke, at(1))
      .after('letter.sign', {}, Chu, at(2))
      .after('letter.seal', { way: 'wet' }, Ban, at(3))
      .after('letter.issue', {}, Ban, at(4));
    expect(stateOf(told)).toMatchObject({ documentNumber: '明政服通报〔2026〕1号' });
    expect([...told.house.counters]).toEqual([['明政服-通报-2026', 1]]);
    expect(aboutLetter(stateOf(told)).departments).toEqual(['department-tax', 'department-social']);
    expect(letterSubject(stateOf(told))).toBeUndefined();
    told.when('letter.open', {}, Lian, at(5)).then({ type: 'letter.opened' });
    told.when('letter.acknowledge', { receivedAt: at(5) }, Lian, at(5)).refused('letter.no-answer-asked');
    told
      .when('letter.answer', { answer: '收到', answeredAt: at(5), evidence: [scan] }, Ban, at(5))
      .refused('letter.no-answer-asked');
  });

  it('know their cases by one list, whatever its order', () => {
    expect(casesOfBulletin(['b', 'a', 'b'])).toEqual({ text: 'a\nb', count: 2 });
  });
});

describe('whatever is done in whatever order', () => {
  type Move = { letter: number; step: string; by: string | undefined };
  const moves: [string, object][] = [
    ['letter.draft', fields],
    ['letter.revise', text],
    ['letter.check', {}],
    ['letter.return', { reason: '修改' }],
    ['letter.sign', {}],
    ['letter.seal', { way: 'wet' }],
    ['letter.issue', {}],
    ['letter.void', { reason: '作废' }],
    ['letter.answer', answer],
    ['letter.close', {}],
  ];
  const fieldsOf = new Map(moves);
  const usual = (type: string): string => {
    if (type === 'letter.check' || type === 'letter.return') return 'ke';
    if (type === 'letter.sign') return 'chu';
    return type === 'letter.answer' ? 'lian' : 'ban';
  };
  // Steps forward come much more often than others, or nearly nothing would ever be signed.
  const forward = ['letter.check', 'letter.sign', 'letter.seal', 'letter.issue'];
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...forward) },
    { weight: 1, arbitrary: fc.constantFrom(...moves.map(([type]) => type)) },
  );
  const move: fc.Arbitrary<Move> = fc.record({
    letter: fc.nat(4),
    step,
    // Mostly whoever may; now and then anybody.
    by: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom('ban', 'ke', 'kang', 'chu', 'zhu', 'lian') },
    ),
  });

  // Five lie on the desk when it begins, so that every step has something to be done to.
  const drafts: Move[] = Array.from({ length: 5 }, () => ({
    letter: 0,
    step: 'letter.draft',
    by: undefined,
  }));

  it('no number without a signature, numbers strictly rising without a gap, a voided one never again', () => {
    let signatures = 0;
    let voided = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 30, maxLength: 120 }), (sequence) => {
        const paper = paperHouse(paperScene);
        happen(paper, ...caseLife(1), ...caseLife(2));
        const letters: string[] = [];
        let now = 0;
        for (const { letter, step: type, by } of [...drafts, ...sequence]) {
          now += 400;
          const target = letters[letter % Math.max(1, letters.length)];
          if (type !== 'letter.draft' && target === undefined) continue;
          const done = paper.send(type, fieldsOf.get(type), actorOf(by ?? usual(type)), at(now), target);
          if (done.ok && type === 'letter.draft') letters.push(done.value.ref.id);
        }
        const events = paper.journal.filter((one) => one.ref.kind === 'letter');
        const numbers = events.flatMap((one, index) => {
          if (one.event.type !== 'letter.numbered') return [];
          const before = events[index - 1];
          expect(before).toMatchObject({ stream: one.stream, event: { type: 'letter.signed' } });
          signatures += 1;
          return [one.event.number];
        });
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        for (const id of letters) {
          const state = paper.head('letter', id);
          const own = events.filter((one) => one.stream === id);
          const taken = own.filter((one) => one.event.type === 'letter.numbered').length;
          expect(taken).toBeLessThanOrEqual(1);
          if (state?.stage === 'void') {
            voided += 1;
            expect(own.at(-1)?.event.type).toBe('letter.voided');
            expect(state.number !== undefined).toBe(taken === 1);
          }
          const authors = own
            .filter(({ event }) => event.type === 'letter.drafted' || event.type === 'letter.revised')
            .map((one) => one.by.person);
          for (const one of own)
            if (one.event.type === 'letter.signed') expect(authors).not.toContain(one.by.person);
        }
      }),
      { numRuns: 150 },
    );
    expect(signatures).toBeGreaterThan(50);
    expect(voided).toBeGreaterThan(50);
  });
});
