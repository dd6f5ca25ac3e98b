// The register as Excel rows: rows become entries or reasons, entries become the same rows again.
import { describe, expect, it } from 'vitest';
import {
  dayIn,
  type FileKind,
  fileKinds,
  fileSheets,
  readRosterFile,
  rosterRows,
} from '../../shared/roster-file.ts';
import { entries } from '../cast.ts';

const sheet = (kind: FileKind, ...rows: Record<string, string>[]) => ({
  kind,
  rows: rows.map((cells, nth) => ({ line: nth + 2, cells })),
});
const from = '2026-01-01';

/** The small hall written out as a file would hold it. */
const written = fileKinds.map((kind) => {
  const { columns } = fileSheets[kind];
  const rows = rosterRows(kind, entries).map((cells) =>
    Object.fromEntries(columns.map((title, nth) => [title, cells[nth] ?? ''])),
  );
  return sheet(kind, ...rows);
});

describe('a roster file', () => {
  it('that was written out and read in again changes nothing', () => {
    const { entries: read, faults } = readRosterFile(written, entries, from);
    expect(faults).toEqual([]);
    const changed = read.filter(({ state }) => state !== 'same');
    expect(changed).toEqual([]);
    expect(read.length).toBeGreaterThan(60);
  });

  it('builds a hall from nothing, whatever the order of its sheets', () => {
    const sheets = [
      sheet('assignment', { 窗口号: 'A01', 人员: '张三' }),
      sheet('staff', { 姓名: '张三', 部门: '市税务局' }),
      sheet('window', { 窗口号: 'A01', 网格: '甲区', 部门: '市税务局' }),
      sheet('department', { 名称: '市税务局', 性质: '进驻' }),
      sheet('grid', { 名称: '甲区', 大厅: '一号大厅' }),
      sheet('hall', { 名称: '一号大厅' }),
    ];
    const { entries: read, faults } = readRosterFile(sheets, [], from);
    expect(faults).toEqual([]);
    expect(read.map(({ entry, state }) => [entry.kind, state])).toEqual([
      ['hall', 'new'],
      ['grid', 'new'],
      ['department', 'new'],
      ['window', 'new'],
      ['staff', 'new'],
      ['assignment', 'new'],
    ]);
    expect(read.find(({ entry }) => entry.kind === 'window')?.entry).toMatchObject({
      id: 'window-a01',
      name: 'A01 号窗口',
      from,
    });
    expect(
      readRosterFile(
        sheets,
        read.map(({ entry }) => entry),
        from,
      ).entries.map(({ state }) => state),
    ).toEqual(Array.from({ length: 6 }, () => 'same'));
  });

  it('tells every row that cannot be, with its line, column and what to do', () => {
    const sheets = [
      sheet(
        'window',
        { 窗口号: 'Z01', 网格: '戊区', 部门: '市税务局' },
        { 窗口号: '', 网格: '甲区', 部门: '市税务局' },
        { 窗口号: 'Z03', 网格: '甲区', 部门: '市税务局', 启用日期: '去年' },
        { 窗口号: 'Z04', 网格: '甲区', 部门: '市税务局' },
        { 窗口号: 'Z04', 网格: '甲区', 部门: '市税务局' },
        { 窗口号: 'Z05', 网格: '甲区', 部门: '市税务局', 启用日期: '2026-05-01', 停用日期: '2026-04-01' },
      ),
      sheet('grant', { 人员: '庄窗', 角色: '组长' }, { 人员: '葛格', 角色: '格长' }),
    ];
    const { entries: read, faults } = readRosterFile(sheets, entries, from);
    expect(read.map(({ line }) => line)).toEqual([5]);
    expect(faults.map(({ sheet: name, line, column }) => `${name} ${line} ${column}`)).toEqual([
      '窗口 2 网格',
      '窗口 3 窗口号',
      '窗口 4 启用日期',
      '窗口 6 窗口号',
      '窗口 7 停用日期',
      '角色授权 2 角色',
      '角色授权 3 网格',
    ]);
    expect(faults[0]?.reason).toContain('没有登记“戊区”');
  });

  it('asks for a number where two people of one name could be meant', () => {
    const twins = [
      ...entries,
      {
        kind: 'staff',
        id: 'twin',
        name: '庄窗',
        department: 'department-social',
        post: 'window',
        from,
      } as const,
    ];
    const { faults } = readRosterFile([sheet('assignment', { 窗口号: 'A01', 人员: '庄窗' })], twins, from);
    expect(faults).toMatchObject([{ column: '人员', reason: '有多个“庄窗”,请填编号' }]);
  });

  it('keeps what a file does not speak of', () => {
    const moved = entries.map((entry) =>
      entry.kind === 'staff' && entry.id === 'chuang'
        ? { ...entry, before: [{ department: 'department-social', until: '2026-02-28' }] }
        : entry,
    );
    const row = { 编号: 'chuang', 姓名: '庄窗', 部门: '市人社局', 岗位: '窗口', 启用日期: from };
    const { entries: read } = readRosterFile([sheet('staff', row)], moved, from);
    expect(read).toMatchObject([
      { state: 'changed', entry: { department: 'department-social', before: [{ until: '2026-02-28' }] } },
    ]);
  });
});

describe('a date as offices write it', () => {
  it.each([
    ['2026/3/5', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['2026.03.05', '2026-03-05'],
    ['2026-03-05 00:00', '2026-03-05'],
    ['2026-02-30', undefined],
    ['3月5日', undefined],
  ])('%s', (text, day) => expect(dayIn(text)).toBe(day));
});
