import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../shared/case.ts';
import { severities } from '../../shared/catalog.ts';
import {
  caseLetterKinds,
  countText,
  type LetterFacts,
  type LetterKind,
  letterFacts,
  linkedFacts,
  monthLetterKinds,
} from '../../shared/letter.ts';
import { changedFacts, type FactSource, letterFactsOf, sourceOf } from '../../shared/letter-facts.ts';
import { annexOf, bodyText, draftText, fixedPhrases, titleOf } from '../../shared/letter-wording.ts';
import { ok, refuse } from '../../shared/problems.ts';
import type { CountedCase } from '../../shared/score.ts';
import { registry } from '../cast.ts';
import { givenIn } from '../given.ts';
import { caseIn, caseLife, paperBook, paperScene } from '../papers.ts';

const kinds: LetterKind[] = [...caseLetterKinds, ...monthLetterKinds];
const ruleBook = () => ok(paperBook);
const november = { from: '2026-11-01', to: '2026-11-30' };

const one = (id: string, change: Partial<CountedCase> = {}): CountedCase => ({
  id,
  month: '2026-11',
  day: '2026-11-05',
  type: 'ATT-ARGUE',
  clause: '5',
  family: 'attitude',
  severity: 'serious',
  persons: ['chuang'],
  department: 'department-tax',
  quantity: 1,
  confirmedBy: 'ge',
  counts: true,
  settledOnSpot: false,
  ...change,
});
const factsOf = (cases: readonly CountedCase[], change: Partial<FactSource> = {}): LetterFacts => {
  const facts = letterFactsOf({
    cases,
    underReview: 0,
    sectionTalks: 0,
    directorTalks: 0,
    ruleBook,
    ...change,
  });
  if (!facts.ok) throw new Error(facts.problem.code);
  return facts.value;
};
const departmentName = (id: string): string => registry.of.department.get(id)?.name ?? id;

const some = [
  one('a'),
  one('b', {
    day: '2026-11-09',
    clause: '3',
    severity: 'evident',
    persons: ['chuang', 'staff-0102'],
  }),
  one('c', {
    day: '2026-11-12',
    clause: '1',
    severity: 'minor',
    persons: [],
    settledOnSpot: true,
    counts: false,
  }),
  one('d', { department: 'department-social', clause: '3', severity: 'evident', persons: ['staff-0104'] }),
];
const write = (kind: LetterKind, facts: LetterFacts, change: object = {}) =>
  draftText({
    kind,
    centre: '明窗市政务服务中心',
    ...(kind === 'bulletin' ? {} : { department: '市税务局' }),
    month: '2026-11',
    facts,
    replyWorkingDays: 10,
    ...change,
  });

describe('counting facts', () => {
  it('counts 人次 by person and 起 by case, by severity and clause', () => {
    expect(factsOf(some, { departmentName })).toEqual({
      period: { from: '2026-11-05', to: '2026-11-12' },
      cases: 4,
      earlier: 0,
      total: { personTimes: 4, incidents: 1 },
      severities: {
        minor: { personTimes: 0, incidents: 1 },
        evident: { personTimes: 3, incidents: 0 },
        serious: { personTimes: 1, incidents: 0 },
      },
      clauses: [
        { clause: '3', title: '违规使用手机、玩游戏', of: { personTimes: 3, incidents: 0 } },
        { clause: '1', title: '迟到早退', of: { personTimes: 0, incidents: 1 } },
        { clause: '5', title: '与群众争吵', of: { personTimes: 1, incidents: 0 } },
      ],
      measures: {
        reminded: { personTimes: 0, incidents: 1 },
        deducted: { personTimes: 4, incidents: 0 },
        sectionTalks: 0,
        directorTalks: 0,
      },
      underReview: 0,
      reduced: 0,
      overturned: 0,
      departments: [
        { department: 'department-tax', name: '市税务局', of: { personTimes: 3, incidents: 1 } },
        { department: 'department-social', name: '市人社局', of: { personTimes: 1, incidents: 0 } },
      ],
    });
  });

  it('leaves out what is unheard or overturned, and says how much was', () => {
    const review = { outcome: 'overturned', by: 'ke' } as const;
    const facts = factsOf([one('a'), one('b', { review }), one('c', { counts: false })]);
    expect(facts).toMatchObject({ cases: 3, overturned: 1, total: { personTimes: 1 } });
    const reduced = factsOf([one('a', { review: { outcome: 'reduced', points: 0, by: 'ke' } })]);
    expect(reduced).toMatchObject({ reduced: 1, measures: { reminded: { personTimes: 1 } } });
  });

  it('counts what an earlier month left behind', () => {
    const late = one('a', { month: '2026-10', day: '2026-10-30' });
    expect(factsOf([late, one('b')], { period: november })).toMatchObject({ earlier: 1, cases: 2 });
  });

  it('is refused without a case and without a period, or with a clause nobody knows', () => {
    const source = { underReview: 0, sectionTalks: 0, directorTalks: 0, ruleBook };
    expect(letterFactsOf({ ...source, cases: [] })).toMatchObject({
      problem: { code: 'letter.case-unfit' },
    });
    expect(letterFactsOf({ ...source, cases: [one('a', { clause: '77' })] })).toMatchObject({
      problem: { code: 'clause.unknown' },
    });
    expect(
      letterFactsOf({ ...source, cases: [one('a')], ruleBook: () => refuse('busy.try-again') }),
    ).toMatchObject({ problem: { code: 'busy.try-again' } });
    expect(factsOf([], { period: november }).total).toEqual({ personTimes: 0, incidents: 0 });
  });

  it('is the same in any order, and fits its schema', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (cases) => {
        expect(factsOf(cases, { departmentName })).toEqual(factsOf(some, { departmentName }));
      }),
    );
    expect(letterFacts.parse(factsOf(some, { departmentName }))).toEqual(factsOf(some, { departmentName }));
  });

  it('names every difference, and none where there is none', () => {
    const before = linkedFacts(factsOf(some));
    expect(changedFacts(before, factsOf(some))).toEqual([]);
    const after = factsOf(some.slice(1), { directorTalks: 1 });
    expect(changedFacts(before, after)).toEqual([
      '合计:4人次、1起 → 3人次、1起',
      '严重:1人次 → 无',
      '扣分:4人次 → 3人次',
      '分管领导谈话:0次 → 1次',
      '涉及条款:3 3人次、1 1起、5 1人次 → 3 3人次、1 1起',
    ]);
  });

  it('reads counts as people write them', () => {
    expect(countText({ personTimes: 3, incidents: 1 })).toBe('3人次、1起');
    expect(countText({ personTimes: 0, incidents: 2 })).toBe('2起');
    expect(countText({ personTimes: 0, incidents: 0 })).toBe('无');
  });
});

describe('the words of a letter', () => {
  it('tell a department what was found, what was done, and what is asked by when', () => {
    const facts = factsOf(some.slice(0, 3), { underReview: 1, sectionTalks: 1, directorTalks: 1 });
    expect(write('violation', facts)).toEqual({
      title: '明窗市政务服务中心关于派驻窗口违纪问题的函',
      addressee: '市税务局',
      paragraphs: [
        '2026年11月5日至2026年11月12日，本中心在日常督查中发现并核实你单位派驻窗口违纪问题3人次、1起。其中，严重1人次，明显2人次，轻微1起。',
        '主要情形：违规使用手机、玩游戏2人次；迟到早退1起；与群众争吵1人次。',
        '对上述问题，本中心已按考核办法处理：提醒1起，考核扣分3人次，科室负责人谈话1次，分管领导谈话1次。',
        '其中1件已申请复核，复核结果如有变更将另行告知。',
        '请你单位核实有关情况，对相关人员加强教育管理，督促整改，并自本函印发之日起10个工作日内将有关情况函复本中心。',
        '特此函告。',
      ],
      annexes: ['违纪问题清单（内部材料，不得公开）'],
    });
  });

  it('hand evidence over with its purpose and its limits', () => {
    const draft = write('evidence', factsOf(some.slice(0, 1)), { shares: 2 });
    expect(bodyText(draft)).toContain('移交相关音视频资料2份。资料仅限核实问题和教育管理使用');
    expect(draft.annexes).toContain('音视频资料移交清单');
    expect(draft.paragraphs[0]).toMatch(/^2026年11月5日，/);
  });

  it('tell a department its month, also a good one', () => {
    const month = factsOf(some.slice(0, 3), { period: november });
    expect(write('monthly', month).paragraphs[0]).toBe(
      '现将2026年11月你单位派驻窗口遵规守纪考核情况函告如下：共核实违纪问题3人次、1起。其中，严重1人次，明显2人次，轻微1起。',
    );
    expect(write('monthly', factsOf([], { period: november }), { replyWorkingDays: 0 })).toEqual({
      title: '明窗市政务服务中心关于2026年11月派驻窗口遵规守纪考核情况的函',
      addressee: '市税务局',
      paragraphs: [
        '2026年11月，你单位派驻窗口未发现违纪问题。',
        '请你单位继续支持和加强窗口管理。',
        '特此函告。',
      ],
      annexes: [],
    });
  });

  it('tell the windows departments and counts', () => {
    const draft = write('bulletin', factsOf(some, { period: november, departmentName }));
    expect(draft).toMatchObject({
      title: '明窗市政务服务中心关于2026年11月窗口遵规守纪情况的通报',
      addressee: '各窗口',
      annexes: [],
    });
    expect(draft.paragraphs).toContain(
      '按派驻部门统计：市税务局3人次、1起；市人社局1人次。其他部门未发现违纪问题。',
    );
    expect(draft.paragraphs.at(-1)).toBe('特此通报。');
    expect(bodyText(draft)).not.toContain('10个工作日');
    const quiet = write('bulletin', factsOf([], { period: november, departmentName }));
    expect(quiet.paragraphs[0]).toBe('2026年11月，各窗口未发现违纪问题。');
  });

  it('say what belongs to earlier months', () => {
    const late = one('z', { month: '2026-10', day: '2026-10-30' });
    const facts = factsOf([late, one('b')], { period: november });
    expect(bodyText(write('bulletin', facts))).toContain('（含以前发生、本期核实的1件）');
  });

  it('correct by number and date', () => {
    const review = { outcome: 'overturned', by: 'ke' } as const;
    const draft = write('correction', factsOf([one('a', { review }), one('b')]), {
      corrects: { documentNumber: '明政服函〔2026〕7号', issuedOn: '2026-11-20' },
      replyWorkingDays: 0,
    });
    expect(draft.paragraphs[0]).toBe(
      '本中心2026年11月20日印发的明政服函〔2026〕7号所列有关问题，经复核，撤销1件。更正后，2026年11月5日所列问题中认定的违纪问题为1人次。',
    );
    expect(draft.paragraphs.at(-1)).toBe('特此更正。');
  });

  it('use the punctuation of official papers', () => {
    for (const kind of kinds) {
      const draft = write(kind, factsOf(some, { departmentName, underReview: 1 }), { shares: 1 });
      for (const paragraph of draft.paragraphs) {
        expect(paragraph).not.toMatch(/[,;:()[\]]/);
        expect(paragraph).toMatch(/。$/);
      }
      expect(draft.title).toBe(titleOf(kind, '明窗市政务服务中心', '2026-11'));
      expect(fixedPhrases).toContain(draft.paragraphs.at(-1));
    }
  });
});

describe('people’s names', () => {
  /** Given names of two or three characters that no form or catalogue uses. */
  const letters = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'];
  const name = fc
    .array(fc.constantFrom(...letters), { minLength: 2, maxLength: 3 })
    .map((characters) => characters.join(''));
  const counted = fc.record({
    person: name,
    more: fc.array(name, { maxLength: 3 }),
    clause: fc.constantFrom('1', '3', '5'),
    severity: fc.constantFrom(...severities),
    settled: fc.boolean(),
    department: fc.constantFrom('department-tax', 'department-social', 'department-centre'),
  });

  it('never appear in any text, whoever the cases name', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(counted, { minLength: 1, maxLength: 12 }), (wished) => {
        // The worst case: ids that are the names themselves.
        const cases = wished.map((wish, index) =>
          one(`case-${index}`, {
            persons: [wish.person, ...wish.more],
            clause: wish.clause,
            minutes: 10,
            severity: wish.severity,
            settledOnSpot: wish.settled,
            department: wish.department,
          }),
        );
        const facts = factsOf(cases, { period: november, departmentName });
        for (const kind of kinds) {
          const draft = write(kind, facts);
          const whole = [draft.title, draft.addressee, ...draft.paragraphs, ...draft.annexes].join('\n');
          for (const person of cases.flatMap((each) => each.persons)) {
            seen += 1;
            expect(whole).not.toContain(person);
          }
        }
      }),
    );
    expect(seen).toBeGreaterThan(1000);
  });

  it('stand in the closed annex, with what was found and what became of it', () => {
    const paper = givenIn(
      paperScene,
      ...caseLife(1),
      ...caseLife(2, { clause: '3', severity: 'evident', until: 'overturned' }),
      ...caseLife(3, { until: 'asked' }),
      ...caseLife(4, { until: 'settledOnSpot' }),
      ...caseLife(5, { until: 'reported' }),
      ...caseLife(6, { persons: [], until: 'reduced' }),
    ).house;
    const states: CaseState[] = [6, 5, 4, 3, 2, 1].map((nth) => caseIn(paper, nth));
    const rows = annexOf(states, registry, ruleBook, (id) => (id.endsWith('1389') ? 2 : 0));
    if (!rows.ok) throw new Error(rows.problem.code);
    expect(rows.value[0]).toEqual({
      case: caseIn(paper, 1).id,
      when: '2026年11月14日 22:41',
      window: 'A01',
      persons: ['庄窗'],
      violation: '与群众争吵',
      clause: '第5条 与群众争吵',
      severity: '严重',
      outcome: '已认定',
      files: 2,
    });
    expect(rows.value.map((row) => row.outcome)).toEqual([
      '已认定',
      '复核撤销',
      '已认定，正在复核',
      '当场提醒、已改正',
      '复核减轻',
    ]);
    expect(rows.value.at(-1)?.persons).toEqual([]);
    expect(
      annexOf(
        states,
        registry,
        () => refuse('busy.try-again'),
        () => 0,
      ),
    ).toMatchObject({
      problem: { code: 'busy.try-again' },
    });
  });

  it('are not in the catalogue of fixed phrases', () => {
    for (const { name: person } of registry.of.staff.values()) expect(fixedPhrases).not.toContain(person);
  });
});

describe('the source of facts', () => {
  it('reads cases and talks as they are now', () => {
    const paper = givenIn(paperScene, ...caseLife(1), ...caseLife(2, { until: 'asked' })).house;
    const source = sourceOf([caseIn(paper, 1), caseIn(paper, 2)], [], ruleBook);
    expect(source).toMatchObject({ underReview: 1, sectionTalks: 0, directorTalks: 0 });
    expect(source.cases.map((each) => each.counts)).toEqual([true, true]);
  });
});
