import { describe, expect, test } from 'vitest';
import { explainCases, explainMeasures, explainScore } from '../../shared/explanation.ts';
import { measuresOf } from '../../shared/measure.ts';
import { scoreOf } from '../../shared/score.ts';
import { aCase, complaint, late, paperBook } from './paper-hall.ts';

const called: Record<string, string> = { 'staff-a': '窗口甲', 'staff-ge': '格长', 'window-1': '一号窗口' };
const names = (id: string): string => called[id] ?? id;
const book = paperBook();

describe('a month told to the one it concerns', () => {
  const cases = [
    late(3, { id: 'case-1', day: '2026-11-02' }),
    late(3, { id: 'case-2', day: '2026-11-03' }),
    complaint(450, { id: 'case-3', day: '2026-11-04' }),
  ];
  const told = explainScore(book, scoreOf(book, 'staff-a', cases, [], []), names);

  test('says the clause, the cases, the arithmetic and who confirmed', () => {
    expect(told[0]).toBe('窗口甲(staff-a) 按《纸上大厅考核办法》计分');
    expect(told).toContain('   -1.5  第1条 迟到(11月2日):3次 × 0.5分 = 扣1.5分');
    expect(told).toContain('           依据:case-1');
    expect(told).toContain('           核实人:格长');
  });

  test('says who chose a figure inside a range, and why', () => {
    expect(told.join('\n')).toContain('分值由格长酌定,理由:当面顶撞,影响较大');
  });

  test('says what was cut by what', () => {
    const at = told.indexOf('     +1  第1条 迟到:每月最多扣2分,本月应扣3分,多出的1分不再扣');
    expect(told[at + 1]).toBe('           因每月上限少计的问题:case-2');
  });

  test('ends with the sum of its lines', () => {
    // 100 − 1.5 − 1.5 + 1 − 4.5
    expect(told.at(-1)).toBe('  93.5分  合计,等级:优秀');
  });

  test('tells measures with their cases, and a window its cases', () => {
    expect(explainMeasures([])).toEqual(['没有应采取的措施。']);
    const measures = explainMeasures(measuresOf(book, '2026-11', [aCase({ id: 'case-9' })], []));
    expect(measures).toEqual([expect.stringMatching(/^扣分:.*第3条 态度生硬/), '  依据:case-9']);
    const of = explainCases(
      book,
      'window',
      'window-1',
      [aCase({ id: 'case-9', window: 'window-1' }), aCase()],
      names,
    );
    expect(of).toEqual([
      '窗口一号窗口(window-1):计入的问题1件',
      '  2026-11-03 第3条 态度生硬,窗口甲:计入(case-9)',
    ]);
  });
});
