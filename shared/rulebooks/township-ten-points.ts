// A township's centre (RB06): ten points a month that add up over the year, negative allowed, from the fifth time double,
// the examiner who cheats pays double; below 90 in the year no titles, and last besides: waiting for a post.
import type { RuleBookInput } from '../rulebook.ts';
import { type ClauseInput, clause, everyOneCosts, fixed, points } from './writing.ts';

const frame = (consequences: boolean): NonNullable<RuleBookInput['frames']['staff']> => ({
  base: points(10),
  floor: 'none',
  categories: [
    { code: 'first', title: '甲类' },
    { code: 'second', title: '乙类' },
  ],
  grades: [],
  rollUps: [{ period: 'year', how: 'sum' }],
  consequences: [
    { code: 'negative', below: 0, measure: 'criticise', says: '在全镇干部大会通报批评' },
    ...(consequences
      ? [
          {
            code: 'notitle',
            over: 'year' as const,
            below: points(90),
            measure: 'bar' as const,
            bars: ['year' as const],
          },
          {
            code: 'last',
            over: 'year' as const,
            below: points(90),
            last: 1,
            measure: 'refer' as const,
            says: '列为第二年待岗对象或建议调离',
          },
        ]
      : []),
  ],
});

const examiner: Partial<ClauseInput> = { joint: [{ who: 'examiner', ratio: 20_000 }] };

export const townshipTenPoints: RuleBookInput = {
  id: 'rb06-township-ten-points',
  title: '便民服务中心考核制度',
  frames: { staff: frame(true), department: frame(false) },
  clauses: [
    clause('D01', 'first', 'DIS-LATE', fixed(1), { title: '迟到', ...examiner }),
    clause('D02', 'first', 'DIS-LATE', fixed(1), { title: '早退', ...examiner }),
    clause('D03', 'first', 'DIS-IDLE', fixed(1), { title: '上班时间玩游戏', ...examiner }),
    clause('D04', 'first', 'DIS-AROLE', fixed(1), { title: '未及时开关门', ...examiner }),
    clause('D05', 'first', 'DIS-NOPUNCH', fixed(1), { title: '值日交接不及时', ...examiner }),
    clause('D06', 'first', 'ENV-CLEAN', fixed(1), { title: '未打扫或未及时打扫', ...examiner }),
    clause('D07', 'second', 'DIS-ABSENT', fixed(2), { title: '旷工', ...examiner }),
    clause('D08', 'second', 'DIS-OFFPOST', fixed(2), { title: '上班时间找不到人', ...examiner }),
  ],
  bonuses: [],
  ladder: [everyOneCosts],
  awards: [],
  counting: [
    { kind: 'repeat', code: 'double', title: '累计5次以上', within: 'year', from: 5, factor: 20_000 },
  ],
  assumed: [
    { path: 'counting.0.within', what: '“累计”的期间未写明,暂按全年' },
    { path: 'counting.0.of', what: '是否按同一行为累计未写明,暂按全部行为合计' },
    { path: 'clauses.0.joint', what: '徇私舞弊的查处属廉洁问题;认定后由考核人员按当事人应扣分的双倍连带' },
    { path: 'frames.department', what: '部门怎样计分未写明,暂与个人相同' },
  ],
};
