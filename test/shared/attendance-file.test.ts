import { describe, expect, it } from 'vitest';
import { readRow } from '../../shared/attendance-file.ts';
import { registryOf } from '../../shared/people.ts';
import { instantAt } from '../../shared/time.ts';
import { entries, registry } from '../cast.ts';

const read = (change: object = {}) =>
  readRow(registry, { person: 'chuang', kind: '事假', from: '2026-11-12', ...change });
const days = (from: string, until: string, halves: object = {}) => ({ kind: 'days', from, until, ...halves });

describe('a row of an attendance file', () => {
  it.each([
    [{ from: '2026-11-12' }, days('2026-11-12', '2026-11-12')],
    [{ from: '2026/11/2', to: '' }, days('2026-11-02', '2026-11-02')],
    [{ from: '2026年11月12日', to: '2026年11月13日' }, days('2026-11-12', '2026-11-13')],
    [{ from: '2026-11-12 上午' }, days('2026-11-12', '2026-11-12', { untilHalf: 'morning' })],
    [{ from: '2026-11-12 下午' }, days('2026-11-12', '2026-11-12', { fromHalf: 'afternoon' })],
    [{ from: '2026-11-12 上午', to: '2026-11-12 下午' }, days('2026-11-12', '2026-11-12')],
    [
      { from: '2026-11-12下午', to: '2026-11-13上午' },
      days('2026-11-12', '2026-11-13', { fromHalf: 'afternoon', untilHalf: 'morning' }),
    ],
    [
      { from: '2026-11-12 9:20', to: '2026-11-12 10:00:00' },
      { kind: 'clock', from: instantAt('2026-11-12', '09:20'), to: instantAt('2026-11-12', '10:00') },
    ],
  ])('%j is understood', (change, stretch) => {
    expect(read(change)).toMatchObject({ ok: true, command: { fields: { stretch } } });
  });

  it.each([
    [{ kind: '病假' }, 'sick'],
    [{ kind: ' 年休假 ' }, 'annual'],
    [{ kind: '出差' }, 'business'],
    [{ kind: '产假' }, 'other'],
    [{ kind: '外出' }, 'out'],
  ])('%j is a kind of leave', (change, kind) => {
    expect(read(change)).toMatchObject({ ok: true, command: { type: 'leave.file', fields: { kind } } });
  });

  it('finds people by number or name, windows by number', () => {
    const row = { person: '税三', kind: 'ab岗', window: 'A01', absent: '庄窗' };
    expect(read(row)).toMatchObject({
      command: {
        type: 'cover.file',
        fields: { person: 'staff-0103', window: 'window-a01', absent: 'chuang', way: 'abRole' },
      },
    });
  });

  it.each([
    [{ from: '昨天' }, '看不懂开始时间“昨天”'],
    [{ from: '2026-02-30' }, '看不懂开始时间“2026-02-30”'],
    [{ to: '2026-11-12 25:00' }, '看不懂结束时间“2026-11-12 25:00”'],
    [{ to: '2026-11-12 10:00' }, '起止时间应同为日期,或同为钟点'],
    [{ to: '2026-11-11' }, '结束时间应晚于开始时间'],
    [{ from: '2026-11-12 10:00' }, '结束时间应晚于开始时间'],
    [{ person: '无此人' }, '名册中没有“无此人”'],
    [{ kind: '休息' }, '看不懂种类“休息”'],
    [{ kind: '顶岗' }, '顶岗须填窗口'],
    [{ kind: '顶岗', window: 'Z9' }, '名册中没有窗口“Z9”'],
    [{ kind: '顶岗', window: 'A01', absent: '无此人' }, '名册中没有“无此人”'],
  ])('%j is refused: %s', (change, reason) => {
    expect(read(change)).toEqual({ ok: false, reason });
  });

  it('asks for the number where two people bear one name', () => {
    const twin = {
      kind: 'staff',
      id: 'twin',
      name: '庄窗',
      department: 'department-tax',
      post: 'window',
    } as const;
    const known = registryOf(1, [...entries, { ...twin, from: '2026-01-01' }]);
    const row = { person: '庄窗', kind: '事假', from: '2026-11-12' };
    expect(readRow(known, row)).toEqual({ ok: false, reason: '“庄窗”有同名人员,请填人员编号' });
    const left = registryOf(1, [...entries, { ...twin, from: '2026-01-01', until: '2026-10-31' }]);
    expect(readRow(left, row)).toMatchObject({ ok: true });
  });
});
