// Jingjiang, Jiangsu, 2020 (RB17): phones at the window; no points, only what follows: the first time a letter and no
// titles for the person, the second time a city bulletin and no titles for the whole window.
import type { RuleBookInput } from '../rulebook.ts';
import { all, clause, none, type StepInput } from './writing.ts';

const nth = (
  code: string,
  atLeast: number,
  rest: Pick<StepInput, 'measure' | 'on' | 'says' | 'bars'>,
): StepInput => ({
  code,
  when: { severity: all, clauses: ['D01'], times: { atLeast, within: 'year' }, subject: 'person' },
  ...rest,
});

export const jingjiangPhones: RuleBookInput = {
  id: 'rb17-jingjiang-phones',
  title: '政务服务中心窗口工作人员上班时间手机使用管理规定',
  frames: {
    staff: { base: 0, floor: 'none', categories: [{ code: 'phones', title: '手机使用' }], grades: [] },
  },
  clauses: [clause('D01', 'phones', 'DIS-PHONE', none, { title: '上班时间违规使用手机' })],
  bonuses: [],
  ladder: [
    nth('first', 1, { measure: 'letter', on: 'department' }),
    nth('firstpay', 1, { measure: 'refer', says: '取消当月考勤津贴;不享受津贴的,提请派出部门处理' }),
    nth('firstbar', 1, { measure: 'bar', bars: ['quarter', 'year'] }),
    nth('second', 2, { measure: 'criticise', says: '提请市效能办全市通报' }),
    nth('secondbar', 2, { measure: 'bar', on: 'window', bars: ['quarter', 'year'] }),
  ],
  awards: [],
  assumed: [
    { path: 'ladder.0.when.times', what: '次数的计算期间未写明,暂按全年' },
    { path: 'ladder.1', what: '津贴300元由派出部门和财务处理,本系统只提示,不计算收入' },
  ],
};
