// What time alone brings about, once a night and centre: answer times that ran out, letters to urge, files whose
// keeping is over, follow-ups that the stream missed. Everything goes through `run` under derived command ids, so a
// night that is repeated, or broken off, does no harm.
import { system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import type { EvidenceEntry } from '../shared/evidence.ts';
import type { StreamRef } from '../shared/ids.ts';
import { dayOf } from '../shared/time.ts';
import { derivedCommandId } from './derived-id.ts';
import { purgeEvidence } from './evidence.ts';
import { sweep, sweepFrom } from './follow-up.ts';
import type { House } from './house.ts';
import { refInIndex } from './keys.ts';
import { run } from './run.ts';
import type { Head } from './store.ts';

export interface NightReport {
  centre: string;
  settled: number;
  urged: number;
  purged: number;
  followed: number;
  failed: number;
}

/** One centre's night. The index only hints; every head is read again before anything is done. */
export const nightOf = async (house: House, centre: string): Promise<NightReport> => {
  const report: NightReport = { centre, settled: 0, urged: 0, purged: 0, followed: 0, failed: 0 };
  const now = house.clock();
  const due = await house.store.index('next', centre, { from: '0', to: now });
  const refs = due.flatMap((item) => refInIndex(item.gsi3sk) ?? []);
  for (let start = 0; start < refs.length; start += 100) {
    const heads = await house.store.heads(centre, refs.slice(start, start + 100));
    for (const head of heads.values()) await lookAt(house, centre, head, report);
  }
  const swept = await sweep(house, centre, sweepFrom(dayOf(now)));
  report.followed = swept.done;
  report.failed += swept.failed;
  return report;
};

const lookAt = async (house: House, centre: string, head: Head, report: NightReport): Promise<void> => {
  const { ref, state } = head;
  if (ref.kind === 'case' && 'stage' in state && state.stage === 'noticed')
    await count(report, 'settled', commandOnce(house, centre, head, 'case.settle', {}));
  if (ref.kind === 'letter' && 'stage' in state && state.stage === 'issued')
    await count(
      report,
      'urged',
      commandOnce(house, centre, head, 'letter.urge', { way: 'system', text: '答复期限已过,请尽快反馈' }),
    );
  if (ref.kind === 'complaint') await lookAtComplaint(house, centre, head, report);
  if (ref.kind === 'rectification' && 'stage' in state && state.stage === 'ordered')
    await count(
      report,
      'urged',
      commandOnce(house, centre, head, 'rectification.urge', {
        way: 'system',
        text: '整改期限已过,请尽快整改',
      }),
    );
  if ('evidence' in state && Array.isArray(state.evidence))
    for (const entry of state.evidence) await purgeIfDue(house, centre, ref, entry, report);
};

/** Late ones are urged, and a filed one forgets who complained when its time is over. */
const lookAtComplaint = async (
  house: House,
  centre: string,
  head: Head,
  report: NightReport,
): Promise<void> => {
  const { state } = head;
  if (!('complainant' in state)) return;
  if (state.stage === 'archived')
    await count(report, 'purged', commandOnce(house, centre, head, 'complaint.purgeComplainant', {}));
  else if (state.stage !== 'answered' && state.stage !== 'transferred')
    await count(
      report,
      'urged',
      commandOnce(house, centre, head, 'complaint.urge', {
        way: 'message',
        words: '投诉办理期限已过,请尽快办理并向投诉人反馈',
      }),
    );
};

/** The system's command on a head at this very version: a second night on the same version is a repetition. */
const commandOnce = async (house: House, centre: string, head: Head, type: string, fields: object) =>
  run(house, centre, system, commandNamed(type), {
    commandId: derivedCommandId(type, head.ref.id, String(head.version)),
    target: head.ref.id,
    fields,
  });

const count = async (
  report: NightReport,
  what: 'settled' | 'urged' | 'purged',
  doing: Promise<{ ok: boolean }>,
): Promise<void> => {
  const done = await doing;
  if (done.ok) report[what] += 1;
};

const purgeIfDue = async (
  house: House,
  centre: string,
  ref: StreamRef,
  entry: EvidenceEntry,
  report: NightReport,
): Promise<void> => {
  const over =
    entry.state === 'received' && entry.keepUntil !== undefined && entry.keepUntil < dayOf(house.clock());
  if (over) await count(report, 'purged', purgeEvidence(house, centre, { record: ref.id, n: entry.n }));
};

/** Every centre's night, one after the other; a centre that fails does not stop the next. */
export const night = async (house: House): Promise<NightReport[]> => {
  const reports: NightReport[] = [];
  for (const centre of await house.store.centres()) {
    try {
      reports.push(await nightOf(house, centre.sk));
    } catch (error) {
      console.error(
        JSON.stringify({ night: centre.sk, error: error instanceof Error ? error.name : 'unknown' }),
      );
      reports.push({ centre: centre.sk, settled: 0, urged: 0, purged: 0, followed: 0, failed: 1 });
    }
  }
  return reports;
};
