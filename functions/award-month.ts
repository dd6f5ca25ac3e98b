// The doors of titles that the server computes for: opening one, assessing anew, and the ranked proposal a meeting decides
// on. Who stands and with which figures is award-field.ts; decisions are the award's own commands.
import { type Actor, about, may } from '../shared/access.ts';
import type { AwardState } from '../shared/award.ts';
import { commandNamed } from '../shared/commands.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { type Proposal, proposalOf } from '../shared/star-rule.ts';
import { type Day, dayOf, type Month } from '../shared/time.ts';
import { recipientName } from '../shared/title-score.ts';
import { type Asked, fieldOf } from './award-field.ts';
import type { House } from './house.ts';
import { run } from './run.ts';
import type { Answer } from './store.ts';

export interface AwardRequest {
  commandId: string;
  /** The last month of the period; of a week the month its Sunday lies in. */
  month: Month;
  code: string;
  /** Of a weekly title: the Monday. */
  week?: Day;
}

/** Opens a title for nominations with everybody who may win it, and why the others may not. */
export const openAward = async (
  house: House,
  centre: string,
  actor: Actor,
  { commandId, ...asked }: AwardRequest,
): Promise<Result<Answer>> => {
  const allowed = may(actor, 'award.open', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const receipt = await house.store.receipt(centre, commandId);
  if (receipt) return ok(receipt.answer);
  const candidates = await assessed(house, centre, asked);
  if (!candidates.ok) return candidates;
  return run(house, centre, actor, commandNamed('award.openWith'), {
    commandId,
    fields: { ...asked, candidates: candidates.value },
  });
};

/** Assesses the candidates of an open title anew: a case that held somebody back may have ended. */
export const reassessAward = async (
  house: House,
  centre: string,
  actor: Actor,
  { commandId, id }: { commandId: string; id: string },
): Promise<Result<Answer>> => {
  const allowed = may(actor, 'award.open', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const receipt = await house.store.receipt(centre, commandId);
  if (receipt) return ok(receipt.answer);
  const head = await house.store.head(centre, { kind: 'award', id });
  if (!head) return refuse('thing.not-found', id);
  const candidates = await assessed(house, centre, askedFor(head.state));
  if (!candidates.ok) return candidates;
  return run(house, centre, actor, commandNamed('award.reassess'), {
    commandId,
    target: id,
    fields: { candidates: candidates.value },
  });
};

/** What an award was opened with; only a week's own id names its Monday. */
const askedFor = ({ id, month, code, term }: AwardState): Asked => ({
  month,
  code,
  ...(term !== undefined && id.endsWith(term.from) ? { week: term.from } : {}),
});

/** Whether each may win, nominations left aside: those are still to come. */
const assessed = async (house: House, centre: string, asked: Asked) => {
  const field = await fieldOf(house, centre, asked, 'toCome');
  if (!field.ok) return field;
  const { rule, candidates, term } = field.value;
  const { standings } = proposalOf(rule, term.month, candidates);
  const heldBack = new Map(candidates.map((one) => [one.id, one.heldBack.length > 0]));
  return ok(
    standings.map(({ candidate, place, why }) => ({
      person: candidate,
      eligible: place !== undefined,
      heldBack: heldBack.get(candidate) ?? false,
      why: place === undefined ? why : [],
    })),
  );
};

/** The ranked list for the meeting, with the nominations made so far: why in, why out, and what decided. */
export const readProposal = async (
  house: House,
  centre: string,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<Proposal & { names: Record<string, string> }>> => {
  const allowed = may(actor, 'award.readProposal', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const head = await house.store.head(centre, { kind: 'award', id });
  if (!head) return refuse('thing.not-found', id);
  const field = await fieldOf(house, centre, askedFor(head.state), head.state.nominated);
  if (!field.ok) return field;
  const desk = await house.desk(centre);
  const names = Object.fromEntries(
    field.value.candidates.map(({ id }) => [id, recipientName(desk.registry, id)]),
  );
  return ok({ ...proposalOf(field.value.rule, head.state.month, field.value.candidates), names });
};
