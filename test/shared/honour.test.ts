// The public wall: names stand on it only where somebody won something and was told so.
import { describe, expect, it } from 'vitest';
import type { AwardState } from '../../shared/award.ts';
import { honourWall } from '../../shared/honour.ts';
import { honourPaper } from '../../shared/honour-paper.ts';
import { registryOf } from '../../shared/people.ts';
import { entries } from '../cast.ts';

const registry = registryOf(1, entries);
const now = '2026-12-05T02:00:00.000Z';
const publicity = { from: '2026-12-01T00:00:00.000Z', until: '2026-12-08T09:30:00.000Z' };
const opened = {
  id: 'award-2026-11-star',
  month: '2026-11',
  code: 'star',
  title: '服务之星',
  quota: 3,
  mustBeNominated: true,
  limits: [],
  candidates: 8,
  eligible: ['chuang', 'staff-0104'],
  heldBack: ['staff-0102'],
  nominated: [{ person: 'chuang', by: 'shou' }],
  openedAt: now,
  evidence: [],
};
const decided = {
  ...opened,
  decidedBy: { person: 'chu', role: 'director' as const },
  decidedAt: '2026-11-30T08:00:00.000Z',
  reserve: ['staff-0105'],
  withdrawn: ['staff-0106'],
  objections: [],
};
const award = (recipients: { person: string; publicity?: typeof publicity; announcedAt?: string }[]) =>
  ({ stage: 'published', ...decided, recipients }) satisfies AwardState;

describe('the honour wall', () => {
  it('names who holds a title, with department and window', () => {
    expect(honourWall([award([{ person: 'chuang', publicity, announcedAt: now }])], registry, now)).toEqual([
      {
        ...{ month: '2026-11', code: 'star', title: '服务之星', stage: 'announced' },
        people: [{ name: '庄窗', department: '市税务局', window: 'A01' }],
      },
    ]);
  });

  it('keeps those whose names are only up apart, with the day until which one may object', () => {
    const lists = honourWall(
      [
        award([
          { person: 'chuang', publicity, announcedAt: now },
          { person: 'staff-0104', publicity },
        ]),
      ],
      registry,
      now,
    );
    expect(lists.map(({ stage, people }) => [stage, people.map(({ name }) => name)])).toEqual([
      ['announced', ['庄窗']],
      ['publicity', ['社四']],
    ]);
  });

  it('names a department once', () => {
    const [department = ''] = registry.of.department.keys();
    const { name } = registry.of.department.get(department) ?? {};
    const [list] = honourWall([award([{ person: department, publicity, announcedAt: now }])], registry, now);
    expect(list?.people).toEqual([{ name }]);
  });

  it('says of a week which one, and hangs the newer one first', () => {
    const week = (from: string, until: string): AwardState => ({
      ...award([{ person: 'chuang', publicity, announcedAt: now }]),
      term: { from, until },
    });
    const lists = honourWall(
      [week('2026-11-02', '2026-11-08'), week('2026-11-09', '2026-11-15')],
      registry,
      now,
    );
    expect(lists.map(({ term }) => term?.from)).toEqual(['2026-11-09', '2026-11-02']);
  });

  it('says nothing of an award that was not published, nor of candidates, reserves and the withdrawn', () => {
    expect(honourWall([{ stage: 'open', ...opened }, award([{ person: 'chuang' }])], registry, now)).toEqual(
      [],
    );
    const text = JSON.stringify(honourWall([award([{ person: 'chuang', publicity }])], registry, now));
    for (const hidden of ['税二', '社五', '社六']) expect(text).not.toContain(hidden);
  });
});

describe('the paper of a title', () => {
  const paper = (of: Pick<AwardState, 'term' | 'recipient'>): string =>
    JSON.stringify(
      honourPaper(
        {
          state: { ...award([{ person: 'window-a01', publicity, announcedAt: now }]), ...of },
          ...{ organ: '明川区政务服务中心', template: {} },
          ...{ nameOf: () => '不动产登记', departmentOf: () => '市税务局' },
        },
        'commendation',
      ),
    );

  it('says what it is given for, and to whom: a person, a window', () => {
    expect(paper({})).toContain('授予下列1名同志2026年11月“服务之星”称号');
    const quarter = paper({ term: { from: '2026-10-01', until: '2026-12-31' }, recipient: 'window' });
    expect(quarter).toContain('授予下列1个窗口2026年第四季度“服务之星”称号');
    expect(quarter).not.toContain('同志');
  });

  it('gives whoever moved up the days of their own, and is dated by the last', () => {
    const later = { from: '2026-12-07T01:00:00.000Z', until: '2026-12-14T09:30:00.000Z' };
    const state = award([
      { person: '庄窗', publicity, announcedAt: '2026-12-09T01:00:00.000Z' },
      { person: '社四', publicity: later, announcedAt: '2026-12-15T01:00:00.000Z' },
    ]);
    const words = { organ: '中心', template: {}, nameOf: (id: string) => id, departmentOf: () => '' };
    const publicityPaper = honourPaper({ state, ...words }, 'publicity');
    expect(JSON.stringify(publicityPaper?.blocks)).toContain(
      '庄窗公示期为2026年12月1日至2026年12月8日；社四公示期为2026年12月7日至2026年12月14日。',
    );
    expect(publicityPaper?.signature?.date).toBe('2026年12月7日');
    expect(honourPaper({ state, ...words }, 'commendation')?.signature?.date).toBe('2026年12月15日');
  });
});
