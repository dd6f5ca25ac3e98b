// Numbers of outgoing papers: where the office begins, what was given elsewhere, and what the register says of gaps.
import { expect, it } from 'vitest';
import { gapsOf, mayTake, nextFree, numberPlan } from '../../shared/letter-numbers.ts';
import { paperTemplate } from '../../shared/paper-template.ts';

const series = { word: '函', year: 2026 } as const;
const plans = [
  numberPlan.parse({
    ...series,
    startsAt: 35,
    elsewhere: [
      { number: 36, note: '办公室纸质发文' },
      { number: 90, note: '预留' },
    ],
  }),
];

it('begin where the office says and leave out what was given elsewhere', () => {
  expect(nextFree([], series, 0)).toBe(1);
  expect(nextFree(plans, series, 0)).toBe(35);
  expect(nextFree(plans, series, 35)).toBe(37);
  expect(nextFree(plans, { ...series, year: 2027 }, 0)).toBe(1);
});

it('may be typed in from another system, after the last and not twice', () => {
  expect(mayTake(plans, series, 37, 40)).toBe(true);
  expect(mayTake(plans, series, 37, 37)).toBe(false);
  expect(mayTake(plans, series, 0, 36)).toBe(false);
  expect(mayTake(plans, series, 0, 3)).toBe(false);
});

it('leave gaps that the register names', () => {
  expect(gapsOf(plans, series, [35, 37, 40]).filter(({ number }) => number > 34)).toEqual([
    { number: 36, note: '办公室纸质发文' },
    { number: 38, note: '按外部系统编号跳过' },
    { number: 39, note: '按外部系统编号跳过' },
    { number: 90, note: '预留' },
  ]);
  expect(gapsOf([], series, [1, 2, 3])).toEqual([]);
});

it('and words of a centre are checked before they stand on a paper', () => {
  const wrong = (template: object): boolean => !paperTemplate.safeParse(template).success;
  expect(wrong({ letterMark: '明窗市政务服务中心文件' })).toBe(true);
  expect(wrong({ salutation: '各单位' })).toBe(true);
  expect(wrong({ salutation: '{部门}：' })).toBe(true);
  expect(wrong({ closing: '特此函告' })).toBe(true);
  expect(wrong({ contact: '（联系人）' })).toBe(true);
  expect(wrong({ numbers: [series, series] })).toBe(true);
  expect(
    wrong({ letterMark: '明窗市政务服务中心', salutation: '{部门}并派驻窗口', closing: '专此函告。' }),
  ).toBe(false);
});
