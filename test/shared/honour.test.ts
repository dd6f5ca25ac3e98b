// The public wall: names stand on it only where somebody won something and was told so.
import { describe, expect, it } from 'vitest';
import type { AwardState } from '../../shared/award.ts';
import { honourWall } from '../../shared/honour.ts';
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

  it('says nothing of an award that was not published, nor of candidates, reserves and the withdrawn', () => {
    expect(honourWall([{ stage: 'open', ...opened }, award([{ person: 'chuang' }])], registry, now)).toEqual(
      [],
    );
    const text = JSON.stringify(honourWall([award([{ person: 'chuang', publicity }])], registry, now));
    for (const hidden of ['税二', '社五', '社六']) expect(text).not.toContain(hidden);
  });
});
