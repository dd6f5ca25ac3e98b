// Reading at the complaint desk: the list of a month, what may be the same incident, who complained (with a reason that
// is registered), the month's figures; and the purge of a complainant's words when their time is over.
import { hasRoleFor } from '../shared/abilities.ts';
import { type Acting, type Actor, about, may } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import {
  type ComplaintSource,
  type ComplaintStage,
  type ComplaintState,
  type Concerning,
  concerningOf,
} from '../shared/complaint.ts';
import { aboutComplaint } from '../shared/complaint-facts.ts';
import { complainantRegister } from '../shared/complaint-feedback-decide.ts';
import { concerningOfCase, proposedAsOne, sameFamily } from '../shared/complaint-incident.ts';
import type { Recorded } from '../shared/events.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import type { States } from '../shared/states.ts';
import { dayOf, type Instant, type Month, monthOf, plusMonths } from '../shared/time.ts';
import type { House } from './house.ts';
import { complaintPartition } from './keys.ts';
import { type Listed, type Page, type Paging, pageOf } from './lists.ts';
import { shownTo } from './read.ts';
import { run } from './run.ts';
import { type Head, readEvent } from './store.ts';

const ofMonth = (house: House, centre: string, month: Month): Promise<Head<'complaint'>[]> =>
  house.store.partitionHeads(centre, 'complaint', complaintPartition(centre, month));

export const listComplaints = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { month: Month; stage?: ComplaintStage },
): Promise<Result<Page<Listed<States['complaint']>>>> => {
  const now = house.clock();
  if (!hasRoleFor(actor, 'complaint.read', dayOf(now))) return refuse('access.denied');
  const heads = await ofMonth(house, centre, asked.month);
  const items = heads.flatMap((head) => {
    if (asked.stage !== undefined && head.state.stage !== asked.stage) return [];
    // What was handed to the discipline organ only they see; everybody else the figures tell how many.
    const seen = shownTo(actor, 'complaint', head.state, now);
    return seen ? [{ id: head.ref.id, version: head.version, state: seen.state }] : [];
  });
  return ok(pageOf(items, (one) => one.id, asked));
};

interface Proposal {
  kind: 'case' | 'complaint';
  id: string;
  stage: string;
  violation?: string;
  from?: Instant;
  window?: string;
  department?: string;
  persons: string[];
  sameFamily: boolean;
}

const proposal = (
  kind: Proposal['kind'],
  id: string,
  stage: string,
  other: Concerning,
  own: Concerning,
): Proposal => ({
  kind,
  id,
  stage,
  ...(other.violation === undefined ? {} : { violation: other.violation }),
  ...(other.happened === undefined ? {} : { from: other.happened.from }),
  ...(other.window === undefined ? {} : { window: other.window }),
  ...(other.department === undefined ? {} : { department: other.department }),
  persons: other.persons,
  sameFamily: sameFamily(own, other),
});

/** Cases and complaints of the same month that may be of the same incident; those alone that the reader may read. */
export const proposeSame = async (
  house: House,
  centre: string,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<{ items: Proposal[]; next: null }>> => {
  const head = await house.store.head(centre, { kind: 'complaint', id });
  const now = house.clock();
  if (!head || !shownTo(actor, 'complaint', head.state, now)) return refuse('thing.not-found');
  const own = concerningOf(head.state);
  if (!own.happened) return ok({ items: [], next: null });
  const month = monthOf(own.happened.from);
  const [desk, partition, ...complaints] = await Promise.all([
    house.desk(centre),
    house.store.month(centre, month),
    ofMonth(house, centre, month),
    ofMonth(house, centre, plusMonths(month, 1)),
  ]);
  const book = await house.ruleBookInForce(centre, desk, month);
  if (!book.ok) return book;
  const minutes = book.value.book.settings.mergeWithinMinutes;
  const items: Proposal[] = [];
  for (const { ref, state } of partition.case) {
    if (state.stage === 'merged' || state.stage === 'dismissed' || state.stage === 'transferred') continue;
    const other = concerningOfCase(state);
    if (proposedAsOne(own, other, minutes) && shownTo(actor, 'case', state, now))
      items.push(proposal('case', ref.id, state.stage, other, own));
  }
  for (const { ref, state } of complaints.flat()) {
    if (ref.id === id || state.stage === 'archived' || state.joined.includes(id)) continue;
    // It is dealt with as the one it was joined to, which is proposed itself.
    if ('outcome' in state && state.outcome === 'joined') continue;
    if (proposedAsOne(own, state, minutes) && shownTo(actor, 'complaint', state, now))
      items.push(proposal('complaint', ref.id, state.stage, state, own));
  }
  return ok({ items, next: null });
};

/** Registers the look and tells who complained. No register entry, no name. */
export const tellComplainant = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: { id: string; commandId: string; reason: string },
): Promise<Result<{ name: string; contact?: string }>> => {
  const seen = await run(house, centre, actor, commandNamed('lookup.seeComplainant'), {
    commandId: asked.commandId,
    fields: { complaint: asked.id, reason: asked.reason },
  });
  // Whom the complaint concerns learns no more than anybody who may not ask.
  if (!seen.ok) return seen.problem.code === 'access.own-matter' ? refuse('access.denied') : seen;
  const item = await house.store.event(centre, { kind: 'complaint', id: asked.id }, 1);
  const event = item && readEvent(item).event;
  if (event?.type !== 'complaint.received' || !event.complainant) return refuse('complaint.nobody-named');
  const { name, contact } = event.complainant;
  return ok({ name: name.text, ...(contact === undefined ? {} : { contact: contact.text }) });
};

/** Who asked for the complainant's name, when and why (PIPL art. 51, 54). */
export const readComplainantRegister = async (
  house: House,
  centre: string,
  actor: Actor,
  asked: Paging & { id: string },
): Promise<Result<Page<{ version: number; at: Instant; by: Acting; reason: string }>>> => {
  const head = await house.store.head(centre, { kind: 'complaint', id: asked.id });
  const now = house.clock();
  const allowed = head && may(actor, 'complaint.readRegister', aboutComplaint(head.state), dayOf(now));
  if (!allowed?.ok) return refuse('thing.not-found');
  const items = await house.store.events(centre, { kind: 'lookup', id: complainantRegister(asked.id) });
  const looks = items
    .map(readEvent)
    .flatMap(({ version, at, by, event }) =>
      event.type === 'evidence.viewed' ? [{ version, at, by, reason: event.reason.text }] : [],
    );
  return ok(pageOf(looks, (one) => String(one.version).padStart(8, '0'), asked));
};

/** GB/T 32169.4-2015 names 投诉处理 among a hall's indicators. Whole complaints, as they stand now. */
export const readFigures = async (
  house: House,
  centre: string,
  actor: Actor,
  { month }: { month: Month },
) => {
  const now = house.clock();
  const allowed = may(actor, 'complaint.readFigures', about({}), dayOf(now));
  if (!allowed.ok) return allowed;
  const [heads, desk] = await Promise.all([ofMonth(house, centre, month), house.desk(centre)]);
  const all = heads.map(({ state }) => state);
  const shown = all.filter((state) => !aboutComplaint(state).sealed);
  const count = (fits: (state: ComplaintState) => boolean): number => shown.filter(fits).length;
  const from = (source: ComplaintSource): number => count((state) => state.source === source);
  const departments = [...new Set(shown.flatMap((state) => state.department ?? []))].sort();
  return ok({
    month,
    received: all.length,
    bySource: {
      desk: from('desk'),
      hotline: from('hotline'),
      rating: from('rating'),
      letter: from('letter'),
    },
    transferred: all.length - shown.length,
    open: count((state) => state.stage !== 'answered' && state.stage !== 'archived'),
    overdue: count((state) => isOverdue(state, now)),
    answered: count((state) => told(state) !== undefined),
    answeredInTime: count((state) => 'answerBy' in state && (told(state) ?? '9') <= state.answerBy),
    impossible: count((state) => 'feedback' in state && state.feedback.how === 'impossible'),
    substantiated: count(isSubstantiated),
    revisited: count((state) => 'revisit' in state && state.revisit !== undefined),
    content: count(
      (state) =>
        'revisit' in state &&
        (state.revisit?.result === 'satisfied' || state.revisit?.result === 'acceptable'),
    ),
    departments: departments.map((id) => {
      const own = shown.filter((state) => state.department === id);
      return {
        id,
        name: desk.registry.of.department.get(id)?.name ?? id,
        received: own.length,
        substantiated: own.filter(isSubstantiated).length,
      };
    }),
  });
};

const told = (state: ComplaintState): Instant | undefined =>
  'feedback' in state && state.feedback.how === 'told' ? state.feedback.at : undefined;
const isSubstantiated = (state: ComplaintState): boolean =>
  'outcome' in state && (state.outcome === 'substantiated' || state.outcome === 'partly');
const isOverdue = (state: ComplaintState, now: Instant): boolean =>
  (state.stage === 'accepted' || state.stage === 'investigated' || state.stage === 'decided') &&
  state.answerBy < now;

/** Follow-up of `complaint.complainantPurged`: name and contact go, their digests stay in the chain. */
export const forgetComplainant = async (house: House, centre: string, recorded: Recorded): Promise<void> => {
  if (recorded.event.type === 'complaint.complainantPurged')
    await house.store.forgetTexts(centre, recorded.ref, 1, 'complainant');
};
