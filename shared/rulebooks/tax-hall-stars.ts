// A tax hall's stars (RB21): three ratings on a scale of 10/8/6/4, weighted 50/30/20; satisfaction over 90 %; one star a hall
// each month, whoever has three is a candidate of the year.
import type { RuleBookInput } from '../rulebook.ts';
import { points } from './writing.ts';

const scale = [
  { answer: '满意', points: points(10) },
  { answer: '较满意', points: points(8) },
  { answer: '一般', points: points(6) },
  { answer: '不满意', points: points(4) },
];

export const taxHallStars: RuleBookInput = {
  id: 'rb21-tax-hall-stars',
  title: '办税服务厅“服务之星”评选办法(试行)',
  frames: {
    staff: {
      base: points(10),
      floor: 'total',
      ceiling: points(10),
      categories: [{ code: 'rating', title: '评议' }],
      grades: [],
      sources: [
        { of: 'taxpayers', weight: 5000 },
        { of: 'peers', weight: 3000 },
        { of: 'leaders', weight: 2000 },
      ],
      pool: { without: ['大厅主任'] },
    },
  },
  clauses: [],
  bonuses: [],
  ladder: [],
  awards: [
    {
      code: 'star',
      kind: 'star',
      title: '服务之星',
      cadence: 'month',
      quota: 10,
      atMost: [{ per: 'hall', number: 1 }],
      eligible: {
        figures: [{ figure: 'satisfied', from: 9000, fromIncluded: false }],
        without: ['大厅主任'],
      },
      criteria: [{ by: 'score' }],
      tie: 'meeting',
    },
    {
      code: 'yearstar',
      kind: 'star',
      title: '年度服务之星',
      cadence: 'year',
      quota: 2,
      eligible: { earlierTitlesAtLeast: 3 },
      criteria: [{ by: 'earlierTitles' }, { by: 'score' }],
      tie: 'meeting',
      earlier: { award: 'star', within: 'year' },
    },
  ],
  figures: [
    { kind: 'rating', code: 'taxpayers', title: '纳税人满意度', scale, leastAnswers: 100 },
    { kind: 'rating', code: 'peers', title: '工作人员互评', scale, leastAnswers: 3, withoutOneself: true },
    { kind: 'rating', code: 'leaders', title: '服务中心和大厅主任评议', scale },
    { kind: 'ratio', code: 'satisfied', title: '满意率' },
  ],
  assumed: [
    { path: 'figures.1.leastAnswers', what: '互评最少人数未写明,暂按3人' },
    { path: 'awards.0.quota', what: '每厅1名,厅数未写明,暂按不超过10个厅' },
  ],
};
