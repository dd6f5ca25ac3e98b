// Tablets that run too fast, jump, start anew and stand in the wrong zone: the true time lies in what they state, and where
// little is known the doubt is wide enough that a person looks before anything counts.
import { describe, expect, it } from 'vitest';
import { crossesShiftBorder } from '../../shared/calendar.ts';
import { type Contact, type Reading, stated, statedAfter, trueTime } from '../../shared/device-clock.ts';
import { calendar } from '../cast.ts';
import { noteFigures, times } from '../figures.ts';
import { numbersOf } from '../numbers.ts';

const noon = Date.parse('2026-11-18T04:00:00.000Z');
const iso = (at: number): string => new Date(at).toISOString();

/** A device whose counter runs at its own rate and starts anew at some true times. */
const deviceOf = (chance: () => number) => {
  const rate = 1 + (chance() - 0.5) * 2 * (100 / 1_000_000);
  const starts = [noon - 40_000_000 * chance()];
  while (chance() < 0.3) starts.push((starts.at(-1) ?? noon) + 30_000_000 * chance());
  const read = (at: number): Reading => {
    const begun = starts.findLast((start) => start <= at) ?? starts[0] ?? 0;
    return { ticks: (at - begun) * rate, run: String(starts.indexOf(begun)) };
  };
  /** An exchange that begins at a true time; the server reads its clock somewhere on the way. */
  const contact = (at: number): { contact: Contact; end: number } => {
    const there = 5 + 4_000 * chance() ** 6;
    const back = 5 + 4_000 * chance() ** 6;
    const made = { sent: read(at), received: read(at + there + back), server: iso(at + there) };
    return { contact: made, end: at + there + back };
  };
  return { contact, read };
};

const run = (chance: () => number) => {
  const device = deviceOf(chance);
  const first = device.contact(noon - 6 * 3_600_000 * chance());
  const moment = first.end + 5 * 3_600_000 * chance() ** 2;
  const next = device.contact(moment + 3 * 3_600_000 * chance() ** 2);
  const known = {
    ...(chance() < 0.95 ? { before: first.contact } : {}),
    ...(chance() < 0.7 ? { after: next.contact } : {}),
    receipt: iso(next.end + 60_000 * chance()),
  };
  return { moment, span: trueTime(device.read(moment), known), known };
};

describe('what a device states of a moment', () => {
  it('holds the true time in 999 of 1,000 runs and more, over 100,000 of them', () => {
    const chance = numbersOf(100_000);
    const wanted = times(100_000, 100_000);
    let held = 0;
    let unknown = 0;
    let narrow = 0;
    for (let nth = 0; nth < wanted; nth += 1) {
      const { moment, span } = run(chance);
      if (!span) {
        unknown += 1;
        continue;
      }
      const { at, doubtSeconds } = stated(span);
      const off = Math.abs(Date.parse(at) - moment);
      if (off <= doubtSeconds * 1000 + 1) held += 1;
      if (doubtSeconds <= 5) narrow += 1;
    }
    const known = wanted - unknown;
    noteFigures('clock', {
      'simulated moments': wanted,
      'true time in the stated interval': `${((held / known) * 100).toFixed(3)} %`,
      'stated within 5 seconds': `${((narrow / known) * 100).toFixed(1)} %`,
      'nothing known, so left to a person': unknown,
    });
    expect(held / known).toBeGreaterThanOrEqual(0.999);
    expect(narrow / known).toBeGreaterThan(0.6);
    expect(unknown / wanted).toBeLessThan(0.05);
  });

  it('never leaves out of a doubt the shift border that the true time may lie beyond', () => {
    const chance = numbersOf(7);
    let crossing = 0;
    for (let nth = 0; nth < 5_000; nth += 1) {
      const { moment, span } = run(chance);
      if (!span) continue;
      const { at, doubtSeconds } = stated(span);
      const [from, to] = [Date.parse(at) - doubtSeconds * 1000, Date.parse(at) + doubtSeconds * 1000];
      const border = Date.parse('2026-11-18T04:00:00.000Z');
      const apart = moment < border !== Date.parse(at) < border;
      if (!apart) continue;
      crossing += 1;
      // The house asks so before anything counts: what spans a border waits for a person.
      expect(crossesShiftBorder(calendar, iso(from), iso(to)), iso(moment)).toEqual({
        ok: true,
        value: true,
      });
    }
    expect(crossing).toBeGreaterThan(10);
  });

  it('does not care what the wall clock of the device shows: nobody asks it', () => {
    const contact: Contact = {
      sent: { ticks: 0, run: 'a' },
      received: { ticks: 100, run: 'a' },
      server: '2026-11-18T02:00:00.000Z',
    };
    const receipt = '2026-11-18T03:00:00.000Z';
    const span = trueTime({ ticks: 600_100, run: 'a' }, { before: contact, receipt });
    expect(span && stated(span)).toEqual({ at: '2026-11-18T02:10:00.051Z', doubtSeconds: 1 });
  });

  it('widens to what lies between the last contact and the receipt when the device started anew', () => {
    const contact: Contact = {
      sent: { ticks: 0, run: 'a' },
      received: { ticks: 100, run: 'a' },
      server: '2026-11-18T02:00:00.000Z',
    };
    const receipt = '2026-11-18T03:00:00.000Z';
    expect(trueTime({ ticks: 5, run: 'b' }, { before: contact, receipt })).toEqual({
      from: Date.parse('2026-11-18T02:00:00.000Z'),
      to: Date.parse(receipt),
    });
    expect(trueTime({ ticks: 5, run: 'b' }, { receipt })).toBeUndefined();
  });
});

describe('what is stated once there is contact again', () => {
  /** A device whose clock is set by a person at some true times; going back is noticed, forward is not. */
  const setDevice = (chance: () => number, sets: number) => {
    const jumps = Array.from({ length: sets }, () => ({
      at: noon + 3_600_000 * (chance() - 0.5) * 4,
      by: 600_000 * (chance() - 0.5) * 2,
    }));
    return (at: number): Reading => {
      const until = jumps.filter((jump) => jump.at <= at);
      const back = until.filter(({ by }) => by < 0).length;
      return { ticks: at + until.reduce((sum, { by }) => sum + by, 0) - 5_000_000, run: String(back) };
    };
  };
  const contactOf = (read: (at: number) => Reading, at: number): Contact => ({
    sent: read(at),
    received: read(at + 80),
    server: iso(at + 40),
  });
  const of = (chance: () => number, sets: number) => {
    const read = setDevice(chance, sets);
    const before = contactOf(read, noon - 3 * 3_600_000);
    const moment = noon + 3_600_000 * (chance() - 0.5) * 3;
    const after = contactOf(read, noon + 3 * 3_600_000);
    return { moment, before, after, told: statedAfter({ moment: read(moment), before }, after) };
  };

  it('is narrow when the clock ran on, and holds the truth', () => {
    const chance = numbersOf(11);
    for (let nth = 0; nth < 500; nth += 1) {
      const { moment, told } = of(chance, 0);
      expect(told?.doubtSeconds).toBeLessThanOrEqual(4);
      expect(Math.abs(Date.parse(told?.at ?? '') - moment)).toBeLessThanOrEqual(4_000);
    }
  });

  it('holds the truth also when somebody set the clock once in between, forwards or back', () => {
    const chance = numbersOf(12);
    for (let nth = 0; nth < 2_000; nth += 1) {
      const { moment, told, before, after } = of(chance, 1);
      const doubt = (told?.doubtSeconds ?? 0) * 1000;
      const at = Date.parse(told?.at ?? '');
      expect(Math.abs(at - moment)).toBeLessThanOrEqual(doubt + 1);
      expect(at - doubt).toBeGreaterThanOrEqual(Date.parse(before.server) - 1_000);
      expect(at + doubt).toBeLessThanOrEqual(Date.parse(after.server) + 1_000);
    }
  });

  it('says nothing of a moment before the first contact when the clock was set back since', () => {
    const after = contactOf(() => ({ ticks: 100, run: 'b' }), noon);
    expect(statedAfter({ moment: { ticks: 500, run: 'a' } }, after)).toBeUndefined();
  });
});
