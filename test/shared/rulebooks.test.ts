// The published rule books at work. Every expected figure is reckoned by hand from what the source prints.
import { describe, expect, test } from 'vitest';
import { measuresOf } from '../../shared/measure.ts';
import type { RuleBook, RuleBookInput } from '../../shared/rulebook.ts';
import { checkRuleBook } from '../../shared/rulebook-check.ts';
import { cityUnitGrades } from '../../shared/rulebooks/city-unit-grades.ts';
import { collegeStars } from '../../shared/rulebooks/college-stars.ts';
import { countyWindowRules } from '../../shared/rulebooks/county-window-rules.ts';
import { districtGradedMeasures } from '../../shared/rulebooks/district-graded-measures.ts';
import { echengWindows } from '../../shared/rulebooks/echeng-windows.ts';
import { jingjiangPhones } from '../../shared/rulebooks/jingjiang-phones.ts';
import { laiwuWindowsStaff } from '../../shared/rulebooks/laiwu-windows-staff.ts';
import { liaozhongPatrol } from '../../shared/rulebooks/liaozhong-patrol.ts';
import { propertyCentre } from '../../shared/rulebooks/property-centre.ts';
import { publishedBooks } from '../../shared/rulebooks/published.ts';
import { rongchengSmile } from '../../shared/rulebooks/rongcheng-smile.ts';
import { taxHallStars } from '../../shared/rulebooks/tax-hall-stars.ts';
import { townshipHallStaff } from '../../shared/rulebooks/township-hall-staff.ts';
import { townshipTenPoints } from '../../shared/rulebooks/township-ten-points.ts';
import { universityCentre } from '../../shared/rulebooks/university-centre.ts';
import { xiangtanWindows } from '../../shared/rulebooks/xiangtan-windows.ts';
import { xinxiangComplaints } from '../../shared/rulebooks/xinxiang-complaints.ts';
import { yangdongRedFlag } from '../../shared/rulebooks/yangdong-red-flag.ts';
import { yingdeStaff } from '../../shared/rulebooks/yingde-staff.ts';
import {
  type Beside,
  type CountedBonus,
  type CountedCase,
  type Score,
  scoreOf,
  scorePlaces,
} from '../../shared/score.ts';
import { proposalOf } from '../../shared/star-rule.ts';
import { aBonus, aCase } from './paper-hall.ts';

const enacted = (data: RuleBookInput): RuleBook => {
  const checked = checkRuleBook(data);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.value;
};

/** A heard, evident case of staff-a under a clause of the book, on a day of November. */
const under = (book: RuleBook, code: string, day: number, change: Partial<CountedCase> = {}): CountedCase => {
  const clause = book.clauses.find((each) => each.code === code);
  if (!clause) throw new Error(`${book.id} has no clause ${code}`);
  return aCase({
    clause: code,
    type: clause.types[0] ?? '',
    family: clause.family,
    day: `2026-11-${String(day).padStart(2, '0')}`,
    window: 'window-1',
    ...change,
  });
};
const chosen = (points: number) => ({ chosen: { points, by: 'staff-ge', reason: '视情节' } });
const told = ({ lines }: Score): [string, number][] => lines.map(({ kind, points }) => [kind, points]);
const sum = ({ lines }: Score): number => lines.reduce((all, { points }) => all + points, 0);
const person = (book: RuleBook, cases: CountedCase[], beside: Beside = {}, bonuses: CountedBonus[] = []) =>
  scoreOf(book, 'staff-a', cases, bonuses, [], beside);
const place = (
  book: RuleBook,
  kind: 'window' | 'department',
  cases: CountedCase[],
  beside: Beside = {},
): Score => {
  const [score] = scorePlaces(book, kind, [kind === 'window' ? 'window-1' : 'department-tax'], cases, beside);
  if (!score) throw new Error('no score');
  return score;
};

describe('the published rule books', () => {
  test('are eighteen, in order, and say what they assume', () => {
    expect(publishedBooks).toHaveLength(18);
    expect(new Set(publishedBooks.map(({ id }) => id)).size).toBe(18);
    for (const book of publishedBooks) {
      const checked = checkRuleBook(book);
      expect(checked.ok ? [] : checked.errors, book.id).toEqual([]);
      expect(book.assumed?.length, book.id).toBeGreaterThan(0);
    }
  });
});

describe('a district: reminders, points, talks, letters (RB00)', () => {
  const book = enacted(districtGradedMeasures);
  test('two evident ones cost two points, a minor one nothing, a serious one in a campaign is a letter', () => {
    const cases = [
      under(book, 'D01', 2),
      under(book, 'D01', 3),
      under(book, 'D02', 4, { severity: 'minor' }),
      under(book, 'D03', 5, { severity: 'serious', campaign: 'campaign-1' }),
    ];
    // 100 − 1 − 1 − 0 − 1
    expect(person(book, cases).total).toBe(9700);
    expect(measuresOf(book, '2026-11', cases, []).map(({ kind }) => kind)).toEqual([
      'remind',
      'deduct',
      'deduct',
      'deduct',
      'directorTalk',
      'letter',
    ]);
  });
});

describe('a county: windows, full marks by category, at most 110 (RB02)', () => {
  const book = enacted(countyWindowRules);
  test('half-days count for each person, the category stops at its full marks, the bonus lifts the total', () => {
    const cases = [
      // 3 points × 2 half-days × 2 people = 12; twice = 24 of a category of 20.
      under(book, 'D01', 3, { quantity: 2, persons: ['staff-a', 'staff-b'] }),
      under(book, 'D01', 4, { quantity: 2, persons: ['staff-a', 'staff-b'] }),
      // 收费 5 of 10.
      under(book, 'D09', 5),
      // 酌情 between 3 and 5: 4 of 15.
      under(book, 'D08', 6, chosen(400)),
    ];
    const figures = [
      // 办结率 97/100: three points below 100 %, one point each.
      { figure: 'finished', subject: 'window-1', numerator: 97, denominator: 100 },
      // 加分 8.
      { figure: 'reward', subject: 'window-1', value: 800 },
    ];
    const score = place(book, 'window', cases, { figures });
    expect(told(score)).toEqual([
      ['base', 10_000],
      ['deduction', -1200],
      ['deduction', -1200],
      ['floor', 400],
      ['deduction', -400],
      ['deduction', -500],
      ['target', -300],
      ['target', 800],
    ]);
    // 100 − 20 − 4 − 5 − 3 + 8
    expect(score.total).toBe(7600);
    expect(score.lines[1]?.note).toBe(
      'D01 未经许可擅自脱岗半天以上(11月3日):2半天 × 3分 = 扣6分,2人次共扣12分',
    );
    expect(score.lines.find(({ kind }) => kind === 'target')?.note).toBe(
      '办结率每减少1个百分点:办结率97/100 = 97%,低于100%,每1%扣1分,3 × 1分 = 扣3分',
    );
  });

  test('never passes 110', () => {
    const figures = [{ figure: 'reward', subject: 'window-1', value: 1000 }];
    expect(place(book, 'window', [], { figures }).total).toBe(11_000);
    expect(place(book, 'window', [under(book, 'D15', 2)], { figures }).total).toBe(10_900);
  });
});

describe("a city's units: grades with ends, an earlier reminder (RB03)", () => {
  const book = enacted(cityUnitGrades);
  test('three people late are 1.5; a look not mended costs only after a reminder', () => {
    const late = under(book, 'D01', 2, { persons: ['staff-a', 'staff-b', 'staff-c'] });
    const reminded = under(book, 'T01', 3, { severity: 'minor', persons: ['staff-a'] });
    const again = under(book, 'D07', 10, { persons: ['staff-a'] });
    // 100 − 0.5 × 3
    expect(place(book, 'department', [late]).total).toBe(9850);
    expect(place(book, 'department', [late, again]).total).toBe(9850);
    // and 0.5 more once there was a reminder.
    expect(place(book, 'department', [late, reminded, again]).total).toBe(9800);
  });

  test('the category of ten points is ten at most; 80 is 合格, less is not', () => {
    const quarrels = Array.from({ length: 5 }, (_, nth) => under(book, 'D04', 2 + nth));
    // 5 × 3 = 15, of 10.
    const score = place(book, 'department', quarrels);
    expect([score.total, score.grade]).toEqual([9000, '合格']);
  });
});

describe('Laiwu: leave beyond two days, bonuses inside (RB04)', () => {
  const book = enacted(laiwuWindowsStaff);
  test('five days of leave, one of them training: two over, two points; home service at two points', () => {
    const leave = {
      figure: 'leave',
      subject: 'staff-a',
      parts: [
        { kind: '事假', value: 400 },
        { kind: '上级培训考试', value: 100 },
      ],
    };
    const visit = aBonus({ clause: 'B01', type: 'BON-VISIT', ...chosen(200) });
    const cases = [under(book, 'D05', 2), under(book, 'D07', 3, { quantity: 2 })];
    const score = person(book, cases, { figures: [leave] }, [visit]);
    // 100 − 5 (complaint) − 2 × 2 (half-days) − 2 (leave) + 2
    expect(score.total).toBe(9100);
    expect(score.lines.find(({ kind }) => kind === 'target')?.note).toBe(
      '每月请假超过2天后每增1天:本月请假4天,上级培训考试1天不计,超过2天,每1天扣1分,2 × 1分 = 扣2分',
    );
    // The window's own score counts the same two cases.
    expect(place(book, 'window', cases).total).toBe(9100);
  });
});

describe('a township: ten points a month, from the fifth time double (RB06)', () => {
  const book = enacted(townshipTenPoints);
  const earlier = [1, 2, 3].map((nth) =>
    under(book, 'D01', nth, { id: `case-earlier-${nth}`, month: '2026-10', day: `2026-10-0${nth}` }),
  );
  test('the fourth costs once, the fifth and sixth twice; the total may go below nothing', () => {
    const cases = [under(book, 'D01', 2), under(book, 'D07', 3), under(book, 'D08', 4)];
    const score = person(book, cases, { earlier });
    // 10 − 1 − 2 × 2 − 2 × 2
    expect(score.total).toBe(100);
    expect(score.lines.filter(({ kind }) => kind === 'repeat').map(({ note }) => note)).toEqual([
      'D07 旷工(11月3日):本年第5次,累计5次以上,按2倍计,再扣2分',
      'D08 上班时间找不到人(11月4日):本年第6次,累计5次以上,按2倍计,再扣2分',
    ]);
    const many = [5, 6, 7, 8].map((day) => under(book, 'D07', day));
    // and four more absences at double: − 4 × 4
    expect(person(book, [...cases, ...many], { earlier }).total).toBe(-1500);
  });

  test('the examiner who cheated pays double what it would have cost', () => {
    const one = under(book, 'D07', 3, { id: 'case-hidden', persons: ['staff-b'] });
    const joint = [{ case: 'case-hidden', who: 'examiner' as const, person: 'staff-a' }];
    const score = person(book, [one], { joint });
    expect(score.total).toBe(600);
    expect(score.lines[1]?.note).toBe('D07 旷工(11月3日):考核人员连带责任,2分 × 200% = 扣4分');
  });
});

describe('Yangdong: four weighted sources (RB08)', () => {
  const book = enacted(yangdongRedFlag);
  const figures = [
    { figure: 'efficiency', subject: 'window-1', value: 9000 },
    { figure: 'staff', subject: 'window-1', totals: [9800, 9600, 10_000] },
    { figure: 'duty', subject: 'window-1', numerator: 8, denominator: 10 },
    { figure: 'visitors', subject: 'window-1', numerator: 95, denominator: 100 },
  ];
  test('30 % of 90, 30 % of 98, 20 % of 80, 20 % of 95', () => {
    const score = place(book, 'window', [], { figures });
    // 27 + 29.4 + 16 + 19
    expect([score.total, score.grade]).toEqual([9140, '优秀']);
    expect(sum(score)).toBe(9140);
  });

  test('without the visitors their weight goes to the others', () => {
    const score = place(book, 'window', [], { figures: figures.slice(0, 3) });
    // (30 × 90 + 30 × 98 + 20 × 80) / 80
    expect(score.total).toBe(9050);
  });
});

describe('Echeng: a year of windows, grades at 90 and 75 (RB10)', () => {
  const book = enacted(echengWindows);
  test('two delays are just 优秀, one more complaint is not', () => {
    const delays = [under(book, '5', 2), under(book, '5', 3, { month: '2026-06', day: '2026-06-03' })];
    expect(place(book, 'window', delays)).toMatchObject({ total: 9000, grade: '优秀' });
    const complaint = under(book, '4', 4, chosen(300));
    expect(place(book, 'window', [...delays, complaint])).toMatchObject({ total: 8700, grade: '合格' });
  });
});

describe('a township hall: each category ends at nothing (RB11)', () => {
  const book = enacted(townshipHallStaff);
  test('four refusals are 12 of 10; three working days late are 6; a grave error goes back to the unit', () => {
    const cases = [
      ...[2, 3, 4, 5].map((day) => under(book, 'D01', day)),
      under(book, 'D11', 6, { quantity: 3 }),
      under(book, 'D04', 7, { severity: 'serious' }),
    ];
    // 100 − 10 − 6 − 1.5
    expect(person(book, cases).total).toBe(8250);
    expect(measuresOf(book, '2026-11', cases, []).find(({ kind }) => kind === 'refer')?.reason).toContain(
      '退回原单位处理',
    );
  });
});

describe('a university: tiers by minutes (RB12)', () => {
  const book = enacted(universityCentre);
  test('late 29 and 30 minutes, away 30 and 31', () => {
    const cost = (code: string, minutes: number) =>
      10_000 - person(book, [under(book, code, 2, { minutes })]).total;
    expect([29, 30].map((minutes) => cost('D01', minutes))).toEqual([50, 100]);
    expect([30, 31].map((minutes) => cost('D02', minutes))).toEqual([50, 100]);
  });

  test('half a day away takes the place of the lighter tier of that day', () => {
    const cases = [
      under(book, 'D02', 3, { id: 'case-away', minutes: 200 }),
      under(book, 'D12', 3, { id: 'case-halfday', severity: 'serious' }),
      under(book, 'D02', 4, { minutes: 20 }),
    ];
    const score = person(book, cases);
    // 5 for the half-day alone that day, 0.5 for the other.
    expect(score.total).toBe(9450);
    expect(score.lines.find(({ kind }) => kind === 'displaced')).toMatchObject({
      cases: ['case-away'],
      points: 100,
      note: 'D02 无正当理由缺岗(11月3日):同日已按D12 缺岗达半天及以上从重处理,不重复扣分,退回1分',
    });
  });
});

describe('Jingjiang: phones, no points, only what follows (RB17)', () => {
  const book = enacted(jingjiangPhones);
  const first = under(book, 'D01', 2, { id: 'case-2026-11-first' });
  const second = under(book, 'D01', 9, { id: 'case-2026-11-second' });
  const told = (cases: CountedCase[]) =>
    measuresOf(book, '2026-11', cases, []).map(({ kind, subject }) => [kind, subject]);

  test('the first time: a letter to the unit, the person out of the titles', () => {
    expect(told([first])).toEqual([
      ['letter', { department: 'department-tax' }],
      ['refer', { person: 'staff-a' }],
      ['bar', { person: 'staff-a' }],
    ]);
    expect(person(book, [first]).total).toBe(0);
  });

  test('the second time: criticised in the city, the whole window out of the titles', () => {
    expect(told([first, second]).slice(3)).toEqual([
      ['criticise', { person: 'staff-a' }],
      ['bar', { window: 'window-1' }],
    ]);
    const bar = measuresOf(book, '2026-11', [first, second], []).at(-1);
    expect(bar?.bars).toEqual(['quarter', 'year']);
  });
});

describe('Liaozhong: a patrol without points (RB19)', () => {
  const book = enacted(liaozhongPatrol);
  test('urging note, change of the person, talk with the head', () => {
    const cases = [2, 3, 4].map((day) => under(book, '1', day));
    const measures = (some: CountedCase[]) => measuresOf(book, '2026-11', some, []).map(({ kind }) => kind);
    expect(measures(cases.slice(0, 1))).toEqual(['urge']);
    expect(measures(cases)).toEqual(['urge', 'refer', 'leaderTalk']);
    expect(measuresOf(book, '2026-11', cases, []).every(({ subject }) => 'department' in subject)).toBe(true);
  });
});

describe('Xinxiang: two complaints in a year move the person (RB20)', () => {
  const book = enacted(xinxiangComplaints);
  test('each is criticised, person and department; the second brings the move', () => {
    const cases = [under(book, 'D01', 2), under(book, 'D01', 20)];
    expect(measuresOf(book, '2026-11', cases, []).map(({ kind }) => kind)).toEqual([
      'criticise',
      'criticise',
      'criticise',
      'criticise',
      'refer',
    ]);
  });
});

describe('a tax hall: ratings 10/8/6/4 at 50/30/20 (RB21)', () => {
  const book = enacted(taxHallStars);
  const figures = [
    {
      figure: 'taxpayers',
      subject: 'staff-a',
      answers: [
        { answer: '满意', count: 90 },
        { answer: '较满意', count: 10 },
      ],
    },
    {
      figure: 'peers',
      subject: 'staff-a',
      answers: [
        { answer: '满意', count: 1, by: 'staff-b' },
        { answer: '较满意', count: 1, by: 'staff-c' },
        { answer: '一般', count: 1, by: 'staff-d' },
        { answer: '满意', count: 1, by: 'staff-a' },
      ],
    },
    { figure: 'leaders', subject: 'staff-a', answers: [{ answer: '较满意', count: 2, by: 'staff-ke' }] },
  ];
  test('9.8 from a hundred taxpayers, 8 from peers without oneself, 8 from the leaders', () => {
    const score = person(book, [], { figures });
    // 0.5 × 9.8 + 0.3 × 8 + 0.2 × 8
    expect(score.total).toBe(890);
    expect(score.lines.map(({ note }) => note)).toEqual([
      '总分由各项来源加权得出',
      '纳税人满意度:100份(满意90、较满意10),平均9.8分,按50%计入4.9分',
      '工作人员互评:3份(满意1、较满意1、一般1),平均8分,按30%计入2.4分',
      '服务中心和大厅主任评议:2份(较满意2),平均8分,按20%计入1.6分',
    ]);
  });

  test('90 % satisfied is not over 90 %', () => {
    const [star] = book.awards;
    if (!star) throw new Error('no star');
    const candidate = (id: string, satisfied: number, kinds: string[] = []) => ({
      id,
      hall: 'hall-1',
      score: 890,
      violations: { minor: 0, evident: 0, serious: 0 },
      heldBack: [],
      daysOnPost: 20,
      nominated: false,
      praise: 0,
      bonus: 0,
      earlierTitles: 0,
      barred: [],
      figures: { satisfied },
      kinds,
    });
    const proposal = proposalOf(star, '2026-11', [
      candidate('staff-a', 9000),
      candidate('staff-b', 9001),
      candidate('staff-c', 9900, ['大厅主任']),
    ]);
    expect(proposal.chosen).toEqual(['staff-b']);
    expect(proposal.standings.find(({ candidate: id }) => id === 'staff-c')?.why).toEqual([
      '大厅主任不参加本项评选',
    ]);
  });
});

describe('a college: what bars from the title (RB22)', () => {
  const book = enacted(collegeStars);
  test('twice late, twice on private leave, no deed: each bars, and says so', () => {
    const [star] = book.awards;
    if (!star) throw new Error('no star');
    const good = {
      id: 'staff-good',
      score: 0,
      violations: { minor: 0, evident: 0, serious: 0 },
      heldBack: [],
      daysOnPost: 60,
      nominated: true,
      praise: 0,
      bonus: 0,
      earlierTitles: 0,
      barred: [],
      clauses: { V1: 1 },
      figures: { affairs: 100, sick: 200 },
      deeds: 1,
      characters: 500,
      votes: 9000,
    };
    const proposal = proposalOf(star, '2026-12', [
      good,
      { ...good, id: 'staff-late', clauses: { V1: 2 } },
      { ...good, id: 'staff-leave', figures: { affairs: 200, sick: 0 } },
      { ...good, id: 'staff-short', characters: 499 },
      { ...good, id: 'staff-absent', clauses: { V3: 1 } },
    ]);
    expect(proposal.chosen).toEqual(['staff-good']);
  });
});

describe('a property centre: conversion and vetoes by the quarter (RB26)', () => {
  const book = enacted(propertyCentre);
  const lates = [2, 3, 4, 5, 6].map((day) => under(book, 'D01', day, { severity: 'minor' }));
  test('four times late are one day absent, the originals given back; the fifth stays', () => {
    const score = person(book, lates);
    // 100 − 2 (one day) − 0.5 (the fifth)
    expect(score.total).toBe(9750);
    expect(score.lines.find(({ kind }) => kind === 'conversion')?.note).toBe(
      '迟到早退累计4次折算旷工1天:本季度4次折算为D02 旷工1天,扣2分',
    );
    expect(score.lines.find(({ kind }) => kind === 'withdrawn')).toMatchObject({ points: 200 });
  });

  test('two days absent fix the grade whatever the points say', () => {
    expect(person(book, [under(book, 'D02', 2)])).toMatchObject({ total: 9800, grade: '合格' });
    expect(person(book, [under(book, 'D02', 2, { quantity: 2 })])).toMatchObject({
      total: 9600,
      grade: '欠合格或较差',
    });
  });

  test('a one-vote veto is below 60 and bars from the titles of the quarter and the year', () => {
    const score = person(book, [under(book, 'V02', 2, { severity: 'serious' })]);
    expect(score).toMatchObject({
      total: 5999,
      grade: '欠合格或较差',
      bars: [
        { within: 'quarter', rule: 'V2' },
        { within: 'year', rule: 'V2' },
      ],
    });
    expect(sum(score)).toBe(5999);
  });
});

describe('Xiangtan: business, management and bonus (RB27)', () => {
  const book = enacted(xiangtanWindows);
  test('46 of 50, 48.5 of 50 and 3 more', () => {
    const figures = [
      { figure: 'business', subject: 'window-1', value: 4600 },
      { figure: 'management', subject: 'window-1', value: 4850 },
      { figure: 'reward', subject: 'window-1', value: 300 },
    ];
    expect(place(book, 'window', [], { figures }).total).toBe(9750);
    // Without figures nobody loses anything.
    expect(place(book, 'window', []).total).toBe(10_000);
  });
});

describe('Rongcheng: self-rating with the daily-work score (RB29)', () => {
  const book = enacted(rongchengSmile);
  test('half of 97 and half of 99', () => {
    const figures = [{ figure: 'self', subject: 'window-1', value: 9900 }];
    const cases = [under(book, '1', 2), under(book, '3', 3)];
    // (100 − 2 − 1) × 50 % + 99 × 50 %
    expect(place(book, 'window', cases, { figures }).total).toBe(9800);
  });
});

describe('Yingde: full marks only (RB38)', () => {
  const book = enacted(yingdeStaff);
  test('a quarter of two months costs both their cases; half a point is no full mark', () => {
    const cases = [
      under(book, '1', 2, { month: '2026-10', day: '2026-10-02' }),
      under(book, '4', 3, { quantity: 2 }),
    ];
    // 100 − 0.5 − 2
    expect(person(book, cases).total).toBe(9750);
    const [pacesetter] = book.awards;
    expect(pacesetter?.eligible.scoreAtLeast).toBe(10_000);
  });
});
