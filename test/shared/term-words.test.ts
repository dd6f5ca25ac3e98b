// What a title is given for, in the words of a hall.
import { describe, expect, it } from 'vitest';
import { termWords, titleWords } from '../../shared/term-words.ts';

const said = (from: string, until: string): string =>
  termWords({ month: until.slice(0, 7), term: { from, until } });

describe('what a title is given for', () => {
  it.each([
    ['2026-07-20', '2026-07-26', '2026年7月20日至26日'],
    ['2026-07-27', '2026-08-02', '2026年7月27日至8月2日'],
    ['2025-12-29', '2026-01-04', '2025年12月29日至2026年1月4日'],
    ['2026-02-01', '2026-02-28', '2026年2月'],
    ['2026-07-01', '2026-09-30', '2026年第三季度'],
    ['2026-01-01', '2026-06-30', '2026年上半年'],
    ['2026-07-01', '2026-12-31', '2026年下半年'],
    ['2026-01-01', '2026-12-31', '2026年度'],
    // No word for it: the days themselves.
    ['2026-02-01', '2026-04-30', '2026年2月1日至4月30日'],
  ])('%s to %s is %s', (from, until, words) => {
    expect(said(from, until)).toBe(words);
  });

  it('is the month where no span is kept', () => {
    expect(termWords({ month: '2026-07' })).toBe('2026年7月');
    expect(titleWords({ month: '2026-07', title: '服务之星' })).toBe('2026年7月服务之星');
  });
});

describe('a title that names its own span', () => {
  const named = (from: string, until: string, title: string): string =>
    titleWords({ month: until.slice(0, 7), term: { from, until }, title });
  it('says it once', () => {
    expect(named('2026-01-01', '2026-12-31', '年度服务标兵')).toBe('2026年度服务标兵');
    expect(named('2026-01-01', '2026-12-31', '先进窗口')).toBe('2026年度先进窗口');
    expect(named('2026-07-01', '2026-09-30', '季度之星')).toBe('2026年第三季度之星');
    expect(named('2026-07-01', '2026-09-30', '第三季度之星')).toBe('2026年第三季度之星');
  });
});
