// A queue file the clerk takes in for an inspector: whose finding it is, what it rests on, and what stays with the tablet.
import { describe, expect, it } from 'vitest';
import type { ManifestEntry } from '../../shared/evidence.ts';
import { handedOver } from '../../web/queue-handover.ts';

const slip: ManifestEntry = {
  ...{ name: '移交清单.pdf', kind: 'document', mediaType: 'application/pdf', size: 9 },
  ...{ sha256: 'a'.repeat(64), takenAt: '2026-11-18T02:00:00.000Z' },
};
const made = (path: string, body: Record<string, unknown>, more: object = {}) => ({
  ...{ id: crypto.randomUUID(), path, body, title: path, madeAt: '2026-11-18T01:00:00.000Z' },
  ...more,
});
const photo = { name: '照片1.jpg' };
const over = (records: ReturnType<typeof made>[]) =>
  handedOver(records, { person: 'xun', name: '荀巡', slip });

describe('what the clerk takes in for an inspector', () => {
  it('names who found it and bears the signed slip after its own files', () => {
    const { taken } = over([made('/api/cases', { violation: 'DIS-PHONE', evidence: [photo] })]);
    expect(taken).toMatchObject([
      { record: { body: { foundBy: 'xun', evidence: [photo, slip] } }, slipAt: 2 },
    ]);
  });

  it('takes a round that began in the file, with the slip once, and leaves marks of one that did not', () => {
    const round = 'inspection-2026-11-18-1';
    const { taken, left } = over([
      made('/api/inspections', { kind: 'patrol' }, { creates: round }),
      made(`/api/inspections/${round}/record`, { looks: [] }),
      made(`/api/inspections/${round}/record`, { looks: [] }),
      made(`/api/inspections/${round}/close`, { endedAt: '2026-11-18T02:00:00.000Z' }),
      made('/api/inspections/inspection-2026-11-18-2/record', { looks: [] }),
      made('/api/inspections/roll-call', {}),
    ]);
    expect(taken.map(({ slipAt }) => slipAt)).toEqual([undefined, 1, undefined, undefined]);
    expect(taken[0]?.record.body).toEqual({ kind: 'patrol', walkedBy: 'xun' });
    expect(left).toHaveLength(2);
  });

  it('leaves it to the grid leader whether a minor thing ended on the spot', () => {
    const body = { description: '未戴工牌', settled: { clause: '3' } };
    const { taken } = over([made('/api/cases/report-settled', body)]);
    expect(taken[0]?.record).toMatchObject({
      path: '/api/cases',
      body: { description: '未戴工牌(巡查员已当场提醒)', foundBy: 'xun' },
    });
    expect(taken[0]?.record.body).not.toHaveProperty('settled');
  });
});
