// 代收: what an inspector's queue file becomes when the clerk takes it in for them (the tablet is broken, its owner away).
// Each record keeps its id, so that nothing is there twice when the tablet comes back; it names who found it and bears the
// slip both signed, as whatever is entered from paper does. What only its owner may send stays out. Pure.
import type { ManifestEntry } from '../shared/evidence.ts';

export interface HandedRecord {
  id: string;
  path: string;
  body: Record<string, unknown>;
  title: string;
  madeAt: string;
  needs?: string | undefined;
  creates?: string | undefined;
}

export interface Handover<R extends HandedRecord> {
  /** As the clerk sends them; `slipAt`: the place of the signed slip among its files, where it bears one. */
  taken: { record: R; slipAt?: number }[];
  /** Titles of what only the person themselves may send. */
  left: string[];
}

const filesOf = (body: Record<string, unknown>): unknown[] =>
  Array.isArray(body.evidence) ? body.evidence : [];
/** A record carries at most so many files (shared/evidence.ts). */
const most = 12;

const roundOf = (path: string): { round: string; step: string } | undefined => {
  const found = /^\/api\/inspections\/([^/]+)\/(record|close)$/.exec(path);
  const [, round, step] = found ?? [];
  return round === undefined || step === undefined ? undefined : { round: decodeURIComponent(round), step };
};

/** `person`: whose queue it is; `name`: what they are called; `slip`: the scan of what both signed. */
export const handedOver = <R extends HandedRecord>(
  records: readonly R[],
  { person, name, slip }: { person: string; name: string; slip: ManifestEntry },
): Handover<R> => {
  const taken: { record: R; slipAt?: number }[] = [];
  const left: string[] = [];
  const opened = new Set(
    records.flatMap(({ path, creates }) => (path === '/api/inspections' ? (creates ?? []) : [])),
  );
  const marked = new Set<string>();
  const put = (record: R, body: Record<string, unknown>, withSlip: boolean): void => {
    const evidence = filesOf(body);
    const room = withSlip && evidence.length < most;
    taken.push({
      record: {
        ...record,
        body: room ? { ...body, evidence: [...evidence, slip] } : body,
        title: `${record.title}(代${name}收入)`,
      },
      ...(room ? { slipAt: evidence.length + 1 } : {}),
    });
  };
  for (const record of records) {
    const step = roundOf(record.path);
    if (step) {
      // Marks of a round that was opened from the tablet itself are its owner's alone, and a round rests on its slip.
      const whole = opened.has(step.round) && (step.step === 'record' || marked.has(step.round));
      if (!whole) {
        left.push(record.title);
        continue;
      }
      put(record, record.body, step.step === 'record' && !marked.has(step.round));
      marked.add(step.round);
      continue;
    }
    switch (record.path) {
      case '/api/inspections':
        put(record, { ...record.body, walkedBy: person }, false);
        continue;
      case '/api/cases':
        put(record, { ...record.body, foundBy: person }, true);
        continue;
      case '/api/cases/report-settled': {
        // Whether it ended on the spot is for who was there, or for the grid leader.
        const { settled: _on, ...body } = record.body;
        const description = `${String(body.description ?? '')}(巡查员已当场提醒)`;
        put({ ...record, path: '/api/cases' }, { ...body, description, foundBy: person }, true);
        continue;
      }
      case '/api/bonuses':
        put(record, record.body, true);
        continue;
      default:
        left.push(record.title);
    }
  }
  return { taken, left };
};
