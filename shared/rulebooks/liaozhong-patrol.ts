// Liaozhong, Shenyang, 2023 (RB19): a daily patrol without points; whoever does not mend after a reminder brings the unit an
// urging note, then the advice to change the person, then a talk with the unit's head.
import type { RuleBookInput } from '../rulebook.ts';
import { clause, none, type StepInput } from './writing.ts';

const nth = (code: string, atLeast: number, measure: StepInput['measure'], says?: string): StepInput => ({
  code,
  when: { severity: ['evident', 'serious'], times: { atLeast, within: 'year' }, subject: 'window' },
  measure,
  on: 'department',
  ...(says !== undefined && { says }),
});

export const liaozhongPatrol: RuleBookInput = {
  id: 'rb19-liaozhong-patrol',
  title: '辽中区政务服务中心政务大厅工作作风日常巡查制度',
  frames: {
    staff: {
      base: 0,
      floor: 'none',
      categories: [
        { code: 'discipline', title: '工作纪律' },
        { code: 'conduct', title: '行为规范' },
        { code: 'look', title: '仪容仪表' },
        { code: 'place', title: '环境卫生' },
        { code: 'duty', title: '履行岗位职责' },
      ],
      grades: [],
    },
  },
  clauses: [
    clause('1', 'discipline', 'DIS-OFFPOST', none, {
      types: ['DIS-OFFPOST', 'DIS-LATE', 'DIS-IDLE'],
      title: '工作纪律',
    }),
    clause('2', 'conduct', 'ATT-RUDE', none, {
      types: ['ATT-RUDE', 'ATT-ARGUE', 'DIS-NOISE'],
      title: '行为规范',
    }),
    clause('3', 'look', 'APP-DRESS', none, {
      types: ['APP-DRESS', 'APP-BADGE', 'APP-GROOM'],
      title: '仪容仪表',
    }),
    clause('4', 'place', 'ENV-CLEAN', none, { types: ['ENV-CLEAN', 'ENV-ITEM'], title: '环境卫生' }),
    clause('5', 'duty', 'ATT-REFUSE', none, { types: ['ATT-REFUSE', 'BIZ-REJECT'], title: '履行岗位职责' }),
  ],
  bonuses: [],
  ladder: [
    {
      code: 'remind',
      when: { severity: ['minor'], times: { again: true }, subject: 'person' },
      measure: 'remind',
    },
    nth('first', 1, 'urge', '下发《政务服务催办单》'),
    nth('second', 2, 'refer', '建议对窗口人员进行调换'),
    nth('third', 3, 'leaderTalk'),
  ],
  awards: [],
  assumed: [
    { path: 'ladder.1.when.severity', what: '提醒后改正的按轻微,拒不改正或态度蛮横的按明显' },
    { path: 'ladder.1.when.times', what: '次数按窗口、按全年累计,来源未写明' },
  ],
};
