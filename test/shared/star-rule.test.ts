import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { committeeOf } from '../../shared/committee.ts';
import { drawOf } from '../../shared/draw.ts';
import type { AwardRule } from '../../shared/rulebook-award.ts';
import { referenceHall } from '../../shared/rulebooks/reference-hall.ts';
import { type Candidate, type Proposal, proposalOf, quotaOf, votesOf } from '../../shared/star-rule.ts';
import { shuffled } from './paper-hall.ts';

const month = '2026-11';
const [star] = referenceHall.awards;
if (!star) throw new Error('the reference hall has no star');

const award = (change: Partial<AwardRule> = {}): AwardRule => ({
  ...star,
  quota: 2,
  atMost: [],
  criteria: [{ by: 'nominated' }, { by: 'casesHandled' }, { by: 'praise' }],
  ...change,
});
/** Somebody with full marks and nothing special. */
const someone = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id,
  hall: 'hall-1',
  grid: 'grid-1',
  department: `department-${id}`,
  score: 10_000,
  grade: '优秀',
  violations: { minor: 0, evident: 0, serious: 0 },
  heldBack: [],
  daysOnPost: 20,
  nominated: true,
  casesHandled: 100,
  goodRating: 9900,
  praise: 0,
  bonus: 0,
  earlierTitles: 0,
  barred: [],
  ...change,
});
const standing = (proposal: Proposal, id: string) =>
  proposal.standings.find(({ candidate }) => candidate === id);

describe('who is eligible', () => {
  const against = (change: Partial<Candidate>, rule: Partial<AwardRule['eligible']> = {}) => {
    const proposal = proposalOf(award({ eligible: { ...star.eligible, ...rule } }), month, [
      someone('a', change),
    ]);
    expect(proposal.chosen).toEqual([]);
    expect(standing(proposal, 'a')).toMatchObject({ outcome: 'out' });
    return standing(proposal, 'a')?.why;
  };

  test('says in Chinese what keeps somebody out', () => {
    expect(against({ score: 9450 })).toEqual(['得分94.5分,低于95分']);
    expect(against({ heldBack: ['case-1'] })).toEqual(['有1件明显或严重问题尚未了结,暂缓评选']);
    expect(against({ violations: { minor: 3, evident: 0, serious: 0 } })).toEqual(['轻微问题3次,最多2次']);
    expect(against({ violations: { minor: 0, evident: 1, serious: 0 } })).toEqual(['明显问题1次,最多0次']);
    expect(against({ daysOnPost: 9 })).toEqual(['在岗9天,少于10天']);
    expect(against({ nominated: false }, { nominated: true })).toEqual(['没有首席代表推荐']);
    expect(against({ grade: '合格' }, { grades: ['优秀'] })).toEqual(['等级合格,要求优秀']);
    expect(against({ earlierTitles: 2 }, { earlierTitlesAtLeast: 3 })).toEqual(['已获称号2次,少于3次']);
    expect(against({ barred: ['本年度一票否决'] })).toEqual(['本年度一票否决']);
  });

  test('names every obstacle, not the first', () => {
    expect(against({ score: 9000, daysOnPost: 0, heldBack: ['c1', 'c2'] })).toHaveLength(3);
  });

  test('takes the figure itself as enough', () => {
    const just = someone('a', {
      score: 9500,
      daysOnPost: 10,
      violations: { minor: 2, evident: 0, serious: 0 },
    });
    expect(proposalOf(award(), month, [just]).chosen).toEqual(['a']);
  });
});

describe('the order', () => {
  test('is that of the criteria, and the one that decided is kept', () => {
    const proposal = proposalOf(award(), month, [
      someone('a', { nominated: false, casesHandled: 900 }),
      someone('b', { casesHandled: 96 }),
      someone('c', { casesHandled: 120 }),
    ]);
    expect(proposal.chosen).toEqual(['c', 'b']);
    expect(proposal.standings).toEqual([
      {
        candidate: 'c',
        place: 1,
        outcome: 'in',
        why: ['第1名,符合条件', '“办件量”优于下一名:120件 / 96件'],
        decided: { criterion: 'casesHandled', over: 'b', mine: 120, theirs: 96 },
      },
      {
        candidate: 'b',
        place: 2,
        outcome: 'in',
        why: ['第2名,符合条件', '“首席代表推荐”优于下一名:有推荐 / 无推荐'],
        decided: { criterion: 'nominated', over: 'a', mine: 1, theirs: 0 },
      },
      {
        candidate: 'a',
        place: 3,
        outcome: 'out',
        why: ['名额2个已满', '“首席代表推荐”不及最后入选的一名:无推荐 / 有推荐'],
      },
    ]);
  });

  test('puts a missing figure last, and says there is none', () => {
    const { casesHandled: _, ...without } = someone('b');
    const proposal = proposalOf(award({ quota: 1 }), month, [without, someone('a', { casesHandled: 0 })]);
    expect(proposal.chosen).toEqual(['a']);
    expect(standing(proposal, 'a')?.decided).toMatchObject({ mine: 0, theirs: null });
    expect(standing(proposal, 'b')?.why[1]).toBe('“办件量”不及最后入选的一名:无数据 / 0件');
  });

  test('puts back who had the title not long ago', () => {
    const rule = award({ quota: 1, criteria: [{ by: 'notAwardedWithin', months: 3 }, { by: 'score' }] });
    const winner = (lastAwarded: string) =>
      proposalOf(rule, month, [someone('a', { lastAwarded }), someone('b', { score: 9900 })]).chosen;
    expect(winner('2026-08')).toEqual(['b']);
    expect(winner('2026-07')).toEqual(['a']);
  });

  test('reads every criterion', () => {
    const by = (
      criterion: AwardRule['criteria'][number],
      better: Partial<Candidate>,
      worse: Partial<Candidate>,
    ) => {
      const rule = award({ quota: 1, criteria: [criterion] });
      return proposalOf(rule, month, [someone('a', worse), someone('b', better)]).standings[0]?.why[1];
    };
    expect(by({ by: 'score' }, { score: 10_050 }, {})).toBe('“月度考核得分”优于下一名:100.5分 / 100分');
    expect(by({ by: 'goodRating' }, {}, { goodRating: 9750 })).toBe('“好评率”优于下一名:99% / 97.5%');
    expect(by({ by: 'praise' }, { praise: 2 }, {})).toBe('“表扬”优于下一名:2次 / 0次');
    expect(by({ by: 'bonus' }, { bonus: 150 }, {})).toBe('“加分”优于下一名:1.5分 / 0分');
    expect(by({ by: 'daysOnPost' }, { daysOnPost: 22 }, {})).toBe('“在岗天数”优于下一名:22天 / 20天');
    expect(by({ by: 'earlierTitles' }, { earlierTitles: 1 }, {})).toBe('“已获称号次数”优于下一名:1次 / 0次');
  });
});

describe('quotas', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map((id, at) => someone(id, { casesHandled: 500 - at }));
  const at = (all: Candidate[], per: 'hall' | 'grid' | 'department', where: string, ...ids: string[]) =>
    all.map((one) => (ids.includes(one.id) ? { ...one, [per]: where } : one));

  test('at most so many of a department, the next one moves up', () => {
    const rule = award({ quota: 3, atMost: [{ per: 'department', number: 1 }] });
    const proposal = proposalOf(rule, month, at(five, 'department', 'department-tax', 'a', 'b', 'c'));
    expect(proposal.chosen).toEqual(['a', 'd', 'e']);
    expect(standing(proposal, 'b')?.why).toEqual([
      '本部门最多1名,名额已满',
      '“办件量”不及最后入选的一名:499件 / 500件',
    ]);
  });

  test('of one named hall only', () => {
    const rule = award({ quota: 4, atMost: [{ per: 'hall', number: 1, only: 'hall-2' }] });
    expect(proposalOf(rule, month, at(five, 'hall', 'hall-2', 'a', 'b')).chosen).toEqual([
      'a',
      'c',
      'd',
      'e',
    ]);
  });

  test('fewer eligible than places: all of them', () => {
    expect(proposalOf(award({ quota: 15 }), month, five).chosen).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(proposalOf(award(), month, [])).toMatchObject({ chosen: [], ties: [], standings: [] });
  });

  test('who withdrew is barred, and the next one moves up', () => {
    const withdrawn = five.map((one) => (one.id === 'a' ? { ...one, barred: ['公示期间撤回'] } : one));
    expect(proposalOf(award(), month, withdrawn).chosen).toEqual(['b', 'c']);
  });
});

describe('a tie at the border', () => {
  const equals = ['c', 'a', 'b'].map((id) => someone(id));
  const best = someone('z', { casesHandled: 200 });

  test('stays open for the draw', () => {
    const proposal = proposalOf(award(), month, [best, ...equals]);
    expect(proposal.chosen).toEqual(['z']);
    expect(proposal.ties).toEqual([{ candidates: ['a', 'b', 'c'], places: 1, by: 'draw' }]);
    expect(proposal.standings.map(({ candidate, place, outcome }) => [candidate, place, outcome])).toEqual([
      ['z', 1, 'in'],
      ['a', 2, 'undecided'],
      ['b', 2, 'undecided'],
      ['c', 2, 'undecided'],
    ]);
    expect(standing(proposal, 'b')?.why).toEqual(['与另外2人各项条件相同,由公开抽签确定']);
    expect(proposalOf(award({ tie: 'meeting' }), month, equals).ties[0]?.by).toBe('meeting');
  });

  test('is settled by the order decided', () => {
    const proposal = proposalOf(award(), month, [best, ...equals], ['b', 'c', 'a']);
    expect(proposal.chosen).toEqual(['z', 'b']);
    expect(proposal.ties).toEqual([]);
    expect(standing(proposal, 'b')?.why).toEqual(['第2名,符合条件', '条件相同,所定次序在先']);
    expect(standing(proposal, 'c')?.why).toEqual(['名额2个已满', '条件相同,所定次序在后']);
  });

  test('is none where all equals fit', () => {
    const proposal = proposalOf(award({ quota: 4 }), month, [best, ...equals]);
    expect(proposal.chosen).toEqual(['z', 'a', 'b', 'c']);
    expect(proposal.ties).toEqual([]);
  });

  test('inside one department does not hold up the others', () => {
    const rule = award({ quota: 3, atMost: [{ per: 'department', number: 1 }] });
    const proposal = proposalOf(rule, month, [
      ...equals.map((one) => (one.id === 'c' ? one : { ...one, department: 'department-tax' })),
      someone('d', { casesHandled: 50 }),
    ]);
    expect(proposal.chosen).toEqual(['c', 'd']);
    expect(proposal.ties).toEqual([{ candidates: ['a', 'b'], places: 1, by: 'draw' }]);
  });
});

describe('the public draw', () => {
  const list = ['staff-a', 'staff-b', 'staff-c', 'staff-d', 'staff-e'];

  test('gives the same order to everybody who repeats it', () => {
    expect(drawOf(list, '服务之星 2026-11 福彩 03 11 17 22 29 31 07')).toEqual(
      drawOf(list.toReversed(), '服务之星 2026-11 福彩 03 11 17 22 29 31 07'),
    );
    // Fixed for good: whoever drew once must find the same order years later.
    expect(drawOf(list, 'seed')).toEqual(['staff-c', 'staff-a', 'staff-b', 'staff-e', 'staff-d']);
  });

  test('is an order of all, each once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (ids, seed) => {
        const drawn = drawOf(ids, seed);
        expect(drawn.toSorted()).toEqual(ids.toSorted());
        expect(drawOf(drawn, seed)).toEqual(drawn);
      }),
    );
  });

  // Chi-square with k - 1 degrees of freedom lies below k - 1 + 4·√(2(k - 1)) but for one case in some ten thousand;
  // the seeds are fixed, so the test never flickers.
  const spread = (counts: number[]): number => {
    const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    return (chi - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
  };

  test('favours nobody for the first place, nor any order, over seeds that differ in one digit', () => {
    for (const kind of ['期号', 'draw-', '']) {
      const firsts = new Map(list.map((id) => [id, 0]));
      const orders = new Map<string, number>();
      for (let seed = 0; seed < 12_000; seed += 1) {
        const drawn = drawOf(list, `${kind}${seed}`);
        const winner = drawn[0] ?? '';
        firsts.set(winner, (firsts.get(winner) ?? 0) + 1);
        orders.set(drawn.join(), (orders.get(drawn.join()) ?? 0) + 1);
      }
      expect(firsts.size).toBe(5);
      expect(orders.size).toBe(120);
      expect(spread([...firsts.values()])).toBeLessThan(4);
      expect(spread([...orders.values()])).toBeLessThan(4);
    }
  });

  test('gives each of 268 people one of 15 places equally often', () => {
    const hall = Array.from({ length: 268 }, (_, at) => `staff-${String(at).padStart(4, '0')}`);
    const wins = new Map(hall.map((id) => [id, 0]));
    for (let seed = 0; seed < 2000; seed += 1)
      for (const id of drawOf(hall, `2026-11 ${seed}`).slice(0, 15)) wins.set(id, (wins.get(id) ?? 0) + 1);
    expect(spread([...wins.values()])).toBeLessThan(4);
  });
});

describe('always', () => {
  const candidate = fc
    .record({
      hall: fc.constantFrom('hall-1', 'hall-2'),
      grid: fc.constantFrom('grid-1', 'grid-2', 'grid-3'),
      department: fc.constantFrom('department-1', 'department-2', 'department-3', 'department-4'),
      score: fc.constantFrom(9400, 9500, 10_000),
      nominated: fc.boolean(),
      casesHandled: fc.constantFrom(10, 20, undefined),
      praise: fc.integer({ min: 0, max: 1 }),
      heldBack: fc.constantFrom<string[]>([], [], [], ['case-1']),
    })
    .map(({ casesHandled, ...figures }) => {
      const { casesHandled: _, ...plain } = someone('x', figures);
      return casesHandled === undefined ? plain : { ...plain, casesHandled };
    });
  const candidates = fc
    .array(candidate, { maxLength: 30 })
    .map((all) => all.map((one, at): Candidate => ({ ...one, id: `staff-${String(at).padStart(2, '0')}` })));
  const rule = fc
    .record({
      quota: fc.integer({ min: 1, max: 16 }),
      atMost: fc.array(
        fc.record({
          per: fc.constantFrom('hall', 'grid', 'department'),
          number: fc.integer({ min: 1, max: 5 }),
        }),
        { maxLength: 3 },
      ),
    })
    .map((limits) => award(limits));

  const count = (all: Candidate[], per: 'hall' | 'grid' | 'department', where: string | undefined) =>
    all.filter((one) => one[per] === where).length;

  /** Ties settled one after the other, as a meeting or draws would. */
  const settled = (of: AwardRule, all: Candidate[], seed: string): Proposal => {
    let order: string[] = [];
    let proposal = proposalOf(of, month, all);
    for (let round = 0; proposal.ties.length > 0 && round < 40; round += 1) {
      order = [...order, ...proposal.ties.flatMap((tie) => drawOf(tie.candidates, seed))];
      proposal = proposalOf(of, month, all, [...new Set(order)]);
    }
    return proposal;
  };

  test('the order of the candidates never matters', () => {
    const twice = candidates.chain((all) => fc.tuple(fc.constant(all), shuffled(all)));
    fc.assert(
      fc.property(rule, twice, (of, [all, other]) => {
        expect(proposalOf(of, month, other)).toEqual(proposalOf(of, month, all));
      }),
    );
  });

  test('no limit is crossed, and no place stays open that an eligible person could take', () => {
    fc.assert(
      fc.property(rule, candidates, fc.string(), (of, all, seed) => {
        const open = proposalOf(of, month, all);
        const places = open.ties.reduce((sum, tie) => sum + tie.places, 0);
        expect(open.chosen.length + places).toBeLessThanOrEqual(of.quota);
        for (const { candidates: tied, places: free } of open.ties) {
          expect(free).toBeLessThan(tied.length);
          expect(free).toBeGreaterThan(0);
        }
        const { chosen, standings, ties } = settled(of, all, seed);
        expect(ties).toEqual([]);
        const inn = all.filter(({ id }) => chosen.includes(id));
        expect(inn.length).toBeLessThanOrEqual(of.quota);
        const full = (one: Candidate): boolean =>
          inn.length === of.quota || of.atMost.some(({ per, number }) => count(inn, per, one[per]) >= number);
        for (const { per, number } of of.atMost)
          for (const one of inn) expect(count(inn, per, one[per])).toBeLessThanOrEqual(number);
        for (const { candidate: id, place, outcome, why } of standings) {
          const one = all.find((each) => each.id === id);
          expect(why.every((sentence) => /\p{Script=Han}/u.test(sentence)) && why.length > 0).toBe(true);
          if (place !== undefined && outcome === 'out' && one) expect(full(one)).toBe(true);
          if (one && (one.score < 9500 || one.heldBack.length > 0)) expect(outcome).toBe('out');
        }
      }),
    );
  });

  test('without limits per place the proposal is exactly the quota, or all who are eligible', () => {
    fc.assert(
      fc.property(rule, candidates, (of, all) => {
        const { chosen, ties, standings } = proposalOf({ ...of, atMost: [] }, month, all);
        const eligible = standings.filter(({ place }) => place !== undefined).length;
        const places = ties.reduce((sum, tie) => sum + tie.places, 0);
        expect(chosen.length + places).toBe(Math.min(of.quota, eligible));
      }),
    );
  });

  test('nobody is chosen over somebody better whom no limit held back', () => {
    fc.assert(
      fc.property(rule, candidates, (of, all) => {
        const { standings } = settled({ ...of, atMost: [] }, all, 'seed');
        const outcomes = standings.filter(({ place }) => place !== undefined).map(({ outcome }) => outcome);
        expect(outcomes.lastIndexOf('in')).toBeLessThan(
          outcomes.includes('out') ? outcomes.indexOf('out') : outcomes.length,
        );
      }),
    );
  });

  test('each decided comparison names the first criterion on which the two differ', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const of = award();
        for (const { candidate: id, decided } of proposalOf(of, month, all).standings) {
          if (!decided) continue;
          const find = (name: string) => all.find((one) => one.id === name);
          const figures = (one: Candidate | undefined) => [
            one?.nominated ? 1 : 0,
            one?.casesHandled ?? null,
            one?.praise ?? null,
          ];
          const nth = of.criteria.findIndex(({ by }) => by === decided.criterion);
          const [mine, theirs] = [figures(find(id)), figures(find(decided.over))];
          expect(mine.slice(0, nth)).toEqual(theirs.slice(0, nth));
          expect([decided.mine, decided.theirs]).toEqual([mine[nth], theirs[nth]]);
          expect(decided.mine ?? -1).toBeGreaterThan(decided.theirs ?? -1);
        }
      }),
    );
  });
});

describe('what a rule book may ask besides', () => {
  test('a quota as a share of those assessed: rounded down, at least one, never above the number', () => {
    const of = award({ quota: 10, quotaShare: 500 });
    expect([3, 20, 39, 40, 500].map((assessed) => quotaOf(of, assessed))).toEqual([1, 1, 1, 2, 10]);
    expect(quotaOf(award({ quota: 7 }), 3)).toBe(7);
  });

  test('first inside the grid, then the hall: the third of a grid gives way to the second of another', () => {
    const all = [
      someone('a', { grid: 'grid-1', casesHandled: 90 }),
      someone('b', { grid: 'grid-1', casesHandled: 80 }),
      someone('c', { grid: 'grid-1', casesHandled: 70 }),
      someone('d', { grid: 'grid-2', casesHandled: 20 }),
    ];
    const of = award({ quota: 3, bestOfEach: { per: 'grid', number: 2 } });
    const proposal = proposalOf(of, month, all);
    expect(proposal.chosen).toEqual(['a', 'b', 'd']);
    expect(standing(proposal, 'c')?.why).toEqual(['在本网格内排第3名,每组前2名参加全厅排名']);
    // Equals at the border all go on.
    const equal = all.map((one) => (one.id === 'c' ? { ...one, casesHandled: 80 } : one));
    expect(proposalOf({ ...of, quota: 4 }, month, equal).chosen).toEqual(['a', 'b', 'c', 'd']);
  });

  test('votes weigh as the book says; a body that did not vote leaves its weight to the others', () => {
    const of = award({
      votes: [
        { code: 'duty', title: '值班长', weight: 4000 },
        { code: 'visitors', title: '服务对象', weight: 6000 },
      ],
    });
    // 0.4 × 80 + 0.6 × 95
    expect(
      votesOf(of, [
        { voters: 'duty', points: 8000 },
        { voters: 'visitors', points: 9500 },
      ]),
    ).toBe(8900);
    expect(votesOf(of, [{ voters: 'visitors', points: 9500 }])).toBe(9500);
    expect(votesOf(of, [])).toBeUndefined();
  });

  test('votes and figures order candidates like any criterion', () => {
    const of = award({ quota: 1, criteria: [{ by: 'figure', figure: 'exam' }, { by: 'votes' }] });
    const all = [
      someone('a', { figures: { exam: 9000 }, votes: 8000 }),
      someone('b', { figures: { exam: 9000 }, votes: 8100 }),
      someone('c', { votes: 9999 }),
    ];
    const proposal = proposalOf(of, month, all);
    expect(proposal.chosen).toEqual(['b']);
    expect(standing(proposal, 'b')?.decided).toMatchObject({ criterion: 'votes', mine: 8100, theirs: 8000 });
  });
});

describe('a committee by lot', () => {
  const list = ['p', 'q', 'r', 's', 't'].map((id) => ({ id, department: `department-${id}` }));
  test('seats nobody who stands or whose department does, and comes again from list and seed', () => {
    const candidates = [{ id: 'x', department: 'department-p' }, { id: 'q' }];
    const drawn = committeeOf(list, candidates, 2, 'seed');
    expect(drawn.barred).toEqual([
      { id: 'p', why: '本部门有人参评,回避' },
      { id: 'q', why: '本人参评,回避' },
    ]);
    expect([...drawn.seats, ...drawn.reserve].sort()).toEqual(['r', 's', 't']);
    expect(drawn.seats).toHaveLength(2);
    expect(committeeOf(list.toReversed(), candidates, 2, 'seed')).toEqual(drawn);
    expect(committeeOf(list, candidates, 9, 'seed').seats).toHaveLength(3);
  });
});
