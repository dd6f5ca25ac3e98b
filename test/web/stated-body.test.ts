// What a tablet sends of the time: the moment as two contacts tell it, its doubt, and nothing ahead of the house.
import { describe, expect, it } from 'vitest';
import type { Contact } from '../../shared/device-clock.ts';
import { statedBody } from '../../web/stated-body.ts';

const ticks = (at: string): number => Date.parse(at);
/** The device's clock is ten minutes ahead of the house. */
const ahead = 600_000;
const contact = (server: string, run = 'one', off = ahead): Contact => ({
  sent: { ticks: ticks(server) + off - 100, run },
  received: { ticks: ticks(server) + off + 100, run },
  server,
});
const before = contact('2026-11-18T01:00:00.000Z');
const moment = { ticks: ticks('2026-11-18T02:00:00.000Z') + ahead, run: 'one' };
const finding = {
  violation: 'DIS-PHONE',
  happened: { from: '2026-11-18T02:10:00.000Z', to: '2026-11-18T02:10:00.000Z', doubtSeconds: 90 },
  evidence: [{ name: '照片1.jpg', takenAt: '2026-11-18T03:10:00.000Z' }],
};

describe('what is sent of the time', () => {
  it('is the moment by the house, with a doubt of seconds, when both contacts agree', () => {
    const after = contact('2026-11-18T03:00:00.000Z');
    const body = statedBody(finding, { moment, before }, after);
    expect(body.happened).toMatchObject({ doubtSeconds: 1 });
    expect(JSON.stringify(body.happened)).toMatch(/2026-11-18T0(1:59:5|2:00:0)\d/);
    // A picture was never taken later than the house received it.
    expect(body.evidence).toMatchObject([{ takenAt: '2026-11-18T03:00:00.000Z' }]);
  });

  it('is anywhere between the contacts when the clock was set in the meantime', () => {
    const happened = { from: '2026-11-18T02:00:00.000Z', to: '2026-11-18T02:00:00.000Z', doubtSeconds: 3600 };
    const forwards = contact('2026-11-18T03:00:00.000Z', 'one', ahead * 3);
    expect(statedBody(finding, { moment, before }, forwards).happened).toEqual(happened);
    const back = contact('2026-11-18T03:00:00.000Z', 'two', 0);
    expect(statedBody(finding, { moment, before }, back).happened).toEqual(happened);
  });

  it('keeps what the device said, with a week of doubt, when nothing is known', () => {
    const after = contact('2026-11-18T03:00:00.000Z', 'two');
    expect(statedBody(finding, { moment }, after).happened).toEqual({
      ...finding.happened,
      doubtSeconds: 604_800,
    });
  });

  it('states a roll call too, and leaves alone what has no time of its own', () => {
    const after = contact('2026-11-18T03:00:00.000Z');
    const called = statedBody({ at: '2026-11-18T02:10:00.000Z', doubtSeconds: 9 }, { moment, before }, after);
    expect(called).toMatchObject({ doubtSeconds: 1 });
    const deed = { type: 'BON-PRAISE', day: '2026-11-18', persons: ['chuang'] };
    expect(statedBody(deed, { moment, before }, after)).toEqual(deed);
  });
});
