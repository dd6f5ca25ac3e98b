import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkday } from '../../shared/calendar.ts';
import { calendarOf, type RegistryEntry, registryOf } from '../../shared/people.ts';
import { openingAt, openSpansOn, type ServiceHours } from '../../shared/service-hours.ts';
import { instantAt, weekdayOf } from '../../shared/time.ts';
import { Ban, calendar, entries, Shou, wednesday } from '../cast.ts';
import { given } from '../given.ts';

const day = '2026-11-18';
const saturday = '2026-11-21';
const hours = (id: string, change: Partial<ServiceHours>): ServiceHours => ({
  kind: 'hours',
  id,
  service: 'noonDuty',
  scope: {},
  spans: [{ from: '12:00', to: '13:30' }],
  from: '2026-01-01',
  ...change,
});
const a01 = { hall: 'hall-1', department: 'department-tax', window: 'window-a01' };
const b01 = { hall: 'hall-1', department: 'department-social', window: 'window-b01' };
const open = (list: ServiceHours[], clock: string, place: object = a01, on = day) => {
  const found = openingAt(calendar, list, instantAt(on, clock), place);
  return found.ok ? found.value : found.problem.code;
};
const spans = (list: ServiceHours[], place: object = a01, on = day) => {
  const found = openSpansOn(calendar, list, on, place);
  return found.ok ? found.value.map(({ from, to, service }) => `${from}-${to} ${service}`) : [];
};

describe('a window', () => {
  it('keeps the regular hours of the centre; the end belongs to the break', () => {
    expect(spans([])).toEqual(['09:00-12:00 regular', '13:30-17:30 regular']);
    expect(open([], '11:59')).toEqual({ open: true, why: 'regular' });
    expect(open([], '12:00')).toEqual({ open: false, why: 'outside' });
    expect(open([], '10:00', a01, saturday)).toEqual({ open: false, why: 'dayOff' });
    expect(open([], '10:00', a01, '2031-01-08')).toBe('time.unknown-year');
  });

  it('stays open at noon where its hall, department or itself does, with whoever is on duty', () => {
    const duty = hours('noon', { scope: { department: 'department-tax' }, persons: ['chuang'] });
    expect(open([duty], '12:30')).toEqual({
      open: true,
      why: 'noonDuty',
      entry: 'noon',
      persons: ['chuang'],
    });
    expect(open([duty], '12:30', b01)).toEqual({ open: false, why: 'outside' });
    expect(spans([duty])).toEqual(['09:00-12:00 regular', '12:00-13:30 noonDuty', '13:30-17:30 regular']);
    expect(open([{ ...duty, weekdays: [1] }], '12:30')).toMatchObject({ open: false });
  });

  it('stays open longer on working days, and on days off only where an entry says so', () => {
    const late = hours('late', { service: 'extended', spans: [{ from: '17:00', to: '18:30' }] });
    const weekend = hours('weekend', {
      service: 'extended',
      daysOff: true,
      weekdays: [6],
      spans: [{ from: '09:00', to: '12:00' }],
    });
    expect(spans([late, weekend])).toEqual([
      '09:00-12:00 regular',
      '13:30-17:30 regular',
      '17:30-18:30 extended',
    ]);
    expect(spans([late, weekend], a01, saturday)).toEqual(['09:00-12:00 extended']);
    expect(spans([weekend], a01, '2026-11-22')).toEqual([]);
  });

  it('is closed while suspended, and says why', () => {
    const repair = hours('repair', {
      service: 'suspended',
      scope: { window: 'window-a01' },
      spans: [{ from: '10:00', to: '11:00' }],
      notice: '设备检修',
      until: day,
      from: day,
    });
    expect(open([repair], '10:30')).toEqual({
      open: false,
      why: 'suspended',
      entry: 'repair',
      notice: '设备检修',
    });
    expect(open([repair], '10:30', b01)).toMatchObject({ open: true });
    expect(open([repair], '12:30')).toEqual({ open: false, why: 'outside' });
    expect(spans([repair])).toEqual(['09:00-10:00 regular', '11:00-12:00 regular', '13:30-17:30 regular']);
    expect(spans([{ ...repair, spans: [] }])).toEqual([]);
    expect(spans([{ ...repair, spans: [] }], a01, '2026-11-19')).toHaveLength(2);
  });

  it('keeps regular hours of its own, told by the registry', () => {
    const own = hours('own', {
      service: 'regular',
      scope: { window: 'window-a01' },
      spans: [{ from: '08:30', to: '16:30' }],
    });
    const known = calendarOf(registryOf(1, [...entries, own]));
    const found = openSpansOn(known, [own], day, a01);
    expect(found).toMatchObject({ ok: true, value: [{ from: '08:30', to: '16:30', service: 'regular' }] });
  });
});

const clock = fc.integer({ min: 0, max: 48 }).map((half) => {
  const minutes = half * 30;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
});
const someSpan = fc
  .tuple(clock, clock)
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from, to }));
const someHours = fc
  .record({
    service: fc.constantFrom('noonDuty' as const, 'extended' as const, 'suspended' as const),
    spans: fc.array(someSpan, { minLength: 1, maxLength: 1 }),
    scope: fc.constantFrom({}, { hall: 'hall-1' }, { hall: 'hall-2' }, { window: 'window-a01' }),
    off: fc.boolean(),
    weekdays: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }), { nil: undefined }),
  })
  .map(({ service, spans, scope, off, weekdays }) =>
    hours('x', {
      ...{ service, spans, scope },
      ...(off && service !== 'suspended' ? { daysOff: true as const } : {}),
      ...(weekdays === undefined ? {} : { weekdays }),
    }),
  );
const someDay = fc.integer({ min: 1, max: 30 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);

/** Independent count: what each half-hour of the day is, entry by entry, without sorting anything. */
const openHalves = (list: readonly ServiceHours[], on: string): boolean[] => {
  const worked = isWorkday(calendar, on);
  if (!worked.ok) throw new Error('unknown day');
  const at = (n: number) => n * 30;
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return Array.from({ length: 48 }, (_, n) => {
    const hit = (entry: ServiceHours) =>
      (entry.scope.hall ?? 'hall-1') === 'hall-1' &&
      (entry.weekdays ?? [weekdayOf(on)]).includes(weekdayOf(on)) &&
      entry.spans.some(({ from, to }) => minutes(from) <= at(n) && at(n) < minutes(to));
    const regular = worked.value && ((n >= 18 && n < 24) || (n >= 27 && n < 35));
    const added = list.some(
      (e) => e.service !== 'suspended' && (e.daysOff ?? false) !== worked.value && hit(e),
    );
    return (regular || added) && !list.some((e) => e.service === 'suspended' && hit(e));
  });
};

describe('any hours', () => {
  it('open exactly what an independent count opens, in whatever order they were entered', () => {
    fc.assert(
      fc.property(
        fc.array(someHours, { maxLength: 6 }),
        someDay,
        fc.infiniteStream(fc.nat()),
        (list, on, chance) => {
          const named = list.map((entry, n) => ({ ...entry, id: `hours-${n}` }));
          const shuffled = named
            .map((entry) => ({ entry, key: chance.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ entry }) => entry);
          const expected = openHalves(named, on);
          const told = openSpansOn(calendar, named, on, a01);
          expect(openSpansOn(calendar, shuffled, on, a01)).toEqual(told);
          if (!told.ok) throw new Error('unknown day');
          const halves = expected.map((_, n) => {
            const clock = `${String(Math.floor(n / 2)).padStart(2, '0')}:${n % 2 === 0 ? '00' : '30'}`;
            const opening = openingAt(calendar, shuffled, instantAt(on, clock), a01);
            const inSpan = told.value.some(({ from, to }) => from <= clock && clock < to);
            expect(opening).toMatchObject({ ok: true, value: { open: inSpan } });
            return inSpan;
          });
          expect(halves).toEqual(expected);
        },
      ),
    );
  });
});

describe('entering hours', () => {
  const enter = (change: object) =>
    given().when('registry.enter', { entries: [{ ...hours('noon', {}), ...change }] }, Ban, wednesday);

  it('is the clerk’s, not the chief representative’s', () => {
    enter({}).then({ type: 'registry.entered' });
    given()
      .when('registry.enter', { entries: [hours('noon', {})] }, Shou, wednesday)
      .refused('access.denied');
  });

  it.each([
    ['added hours without a span', { spans: [] }, 'registry.hours'],
    [
      'spans that overlap',
      {
        spans: [
          { from: '12:00', to: '13:00' },
          { from: '12:30', to: '13:30' },
        ],
      },
      'registry.hours',
    ],
    ['regular hours of the whole centre', { service: 'regular' }, 'registry.hours'],
    ['a suspension of days off', { service: 'suspended', daysOff: true }, 'registry.hours'],
    ['a window that is none', { scope: { window: 'window-z99' } }, 'registry.unknown'],
    ['somebody unknown on duty', { persons: ['ghost'] }, 'registry.unknown'],
    ['an end before the beginning', { until: '2025-01-01' }, 'time.order'],
    ['a span that runs backwards', { spans: [{ from: '13:00', to: '12:00' }] }, 'request.invalid'],
  ] as const)('refuses %s', (_what, change, code) => {
    enter(change).refused(code);
  });

  it('reaches the calendar of every decision after it', () => {
    const own: RegistryEntry = hours('own', { service: 'regular', scope: { hall: 'hall-2' }, spans: [] });
    const told = given().after('registry.enter', { entries: [own] }, Ban, wednesday);
    expect(calendarOf(told.house.registry()).hours).toHaveLength(calendar.hours.length + 1);
  });
});
