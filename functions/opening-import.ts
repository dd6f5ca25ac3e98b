// Old ledgers come in (期初导入): every row is judged before any is written, and nothing is written while one is refused
// that the caller did not leave out. A row's command id derives from what it says, so the same file again enters nothing
// twice, and an import that broke off is taken up by sending it again.
import { type Actor, about, may } from '../shared/access.ts';
import { canonical } from '../shared/canonical.ts';
import { commandNamed } from '../shared/commands.ts';
import { newMonthlyId, type StreamRef } from '../shared/ids.ts';
import { isOpening, monthOfFact, type OpeningFact } from '../shared/opening.ts';
import { checkedOpening } from '../shared/opening-decide.ts';
import { type OpeningRow, readOpeningRow, referenceOf, twinWatch } from '../shared/opening-file.ts';
import { ok, type Result, whyOf } from '../shared/problems.ts';
import { dayOf, monthOf } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import { derivedCommandId } from './derived-id.ts';
import type { Desk, House } from './house.ts';
import { run } from './run.ts';
import type { Head } from './store.ts';

type Imported = View<'opening.import'>;
type RowAnswer = Imported['rows'][number];

/** A row that may be entered: what it says, and the command that enters it. */
interface Ready {
  fact: OpeningFact;
  commandId: string;
  ref: StreamRef;
}
interface Judged {
  line: number;
  row: OpeningRow;
  ready?: Ready;
  reason?: string;
}

const abreast = 8;

export const importOpenings = async (
  house: House,
  centre: string,
  actor: Actor,
  { rows, leaveOut }: { rows: readonly OpeningRow[]; leaveOut: readonly number[] },
): Promise<Result<Imported>> => {
  const allowed = may(actor, 'opening.import', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const desk = await house.desk(centre);
  const judged = await judge(house, centre, desk, rows);
  if (!judged.ok) return judged;
  const left = new Set(leaveOut);
  const wanted = judged.value.filter(({ line }) => !left.has(line));
  const known = await house.store.heads(
    centre,
    wanted.flatMap(({ ready }) => ready?.ref ?? []),
  );
  const writing = wanted.every(({ ready }) => ready !== undefined);
  const answers: RowAnswer[] = [];
  for (let start = 0; start < judged.value.length; start += abreast)
    answers.push(
      ...(await Promise.all(
        judged.value.slice(start, start + abreast).map((one): RowAnswer | Promise<RowAnswer> => {
          const { line, ready, reason } = one;
          if (left.has(line))
            return { line, outcome: 'leftOut', ...(reason === undefined ? {} : { reason }) };
          if (!ready) return { line, outcome: 'refused', reason: reason ?? '' };
          const before = known.get(`opening/${ready.ref.id}`);
          if (before) return enteredBefore(line, before);
          return writing ? enter(house, centre, actor, one, ready) : { line, outcome: 'good' };
        }),
      )),
    );
  const of = (outcome: RowAnswer['outcome']): number =>
    answers.filter((answer) => answer.outcome === outcome).length;
  return ok({
    ...{ entered: of('entered'), before: of('before'), refused: of('refused'), leftOut: of('leftOut') },
    rows: answers,
  });
};

/** Every row by itself, and against the others of the file. */
const judge = async (
  house: House,
  centre: string,
  desk: Desk,
  rows: readonly OpeningRow[],
): Promise<Result<Judged[]>> => {
  const at = house.clock();
  const inForce = (await house.ruleBook(centre, desk, monthOf(at))).found;
  if (!inForce.ok) return inForce;
  const judged: Judged[] = [];
  const twinOf = twinWatch();
  for (const [index, row] of rows.entries()) {
    const line = row.line ?? index + 1;
    const read = readOpeningRow(desk.registry, inForce.value, row);
    if (!read.ok) {
      judged.push({ line, row, reason: read.reason });
      continue;
    }
    const own = (await house.ruleBook(centre, desk, monthOfFact(read.fact))).found;
    const checked = checkedOpening(read.fact, { registry: desk.registry, own, inForce, at });
    if (!checked.ok) {
      judged.push({ line, row, reason: whyOf(checked.problem) });
      continue;
    }
    const twin = twinOf(line, read.fact, row);
    judged.push(
      twin === undefined ? { line, row, ready: readyOf(read.fact, row) } : { line, row, reason: twin },
    );
  }
  return ok(judged);
};

/** What a row says, without its note: a note that was put better is no other fact. */
const readyOf = (fact: OpeningFact, row: OpeningRow): Ready => {
  const commandId = derivedCommandId('opening', canonical(fact), referenceOf(row));
  return {
    fact,
    commandId,
    ref: { kind: 'opening', id: newMonthlyId('opening', monthOfFact(fact), commandId) },
  };
};

const enteredBefore = (line: number, { ref, state }: Head): RowAnswer => ({
  line,
  outcome: 'before',
  id: ref.id,
  ...(isOpening(ref.id) && 'stage' in state && state.stage === 'struckOut'
    ? { reason: '此前已导入,后已作废' }
    : {}),
});

const enter = async (
  house: House,
  centre: string,
  actor: Actor,
  { line, row }: Judged,
  { fact, commandId, ref }: Ready,
): Promise<RowAnswer> => {
  const reference = referenceOf(row);
  const note = row.note?.trim() ?? '';
  const entered = await run(house, centre, actor, commandNamed('opening.enter'), {
    commandId,
    fields: { fact, ...(reference === '' ? {} : { reference }), ...(note === '' ? {} : { note }) },
  });
  if (entered.ok) return { line, outcome: 'entered', id: entered.value.id };
  // Entered by somebody else at this moment, in other words.
  if (entered.problem.code === 'command.reused') return { line, outcome: 'before', id: ref.id };
  return { line, outcome: 'refused', reason: whyOf(entered.problem) };
};
