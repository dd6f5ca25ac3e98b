// An attendance file comes in: every row by itself through `run`, accepted or refused with its line and a Chinese reason.
// A row's command id derives from what it says, so the same file again, or a longer one, enters nothing twice.
import { type Actor, about, may } from '../shared/access.ts';
import { type AttendanceRow, type RowCommand, readRow } from '../shared/attendance-file.ts';
import { canonical } from '../shared/canonical.ts';
import { commandNamed } from '../shared/commands.ts';
import { newMonthlyId, type StreamRef } from '../shared/ids.ts';
import { ok, type Result, whyOf } from '../shared/problems.ts';
import { monthOfFiling } from '../shared/slip.ts';
import { dayOf } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import { derivedCommandId } from './derived-id.ts';
import type { House } from './house.ts';
import { run } from './run.ts';
import type { Head } from './store.ts';

type Imported = View<'leave.import'>;
type RowAnswer = Imported['rows'][number];

/** Rows written at once: enough to keep the table busy, too few to hold anybody else up. */
const abreast = 8;

export const importAttendance = async (
  house: House,
  centre: string,
  actor: Actor,
  { rows }: { rows: readonly AttendanceRow[] },
): Promise<Result<Imported>> => {
  const allowed = may(actor, 'leave.import', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const { registry } = await house.desk(centre);
  const read = rows.map((row, at) => ({ row, line: row.line ?? at + 1, read: readRow(registry, row) }));
  const refs = read.flatMap((one) => (one.read.ok ? [refOf(one.read.command)] : []));
  const known = await house.store.heads(centre, refs);
  const answers: RowAnswer[] = [];
  for (let start = 0; start < read.length; start += abreast)
    answers.push(
      ...(await Promise.all(
        read.slice(start, start + abreast).map(async (one): Promise<RowAnswer> => {
          const { line } = one;
          if (!one.read.ok) return { line, outcome: 'refused', reason: one.read.reason };
          const ref = refOf(one.read.command);
          const before = known.get(`${ref.kind}/${ref.id}`);
          return before
            ? enteredBefore(line, before)
            : enter(house, centre, actor, line, one.row, one.read.command);
        }),
      )),
    );
  const of = (outcome: RowAnswer['outcome']): number =>
    answers.filter((answer) => answer.outcome === outcome).length;
  return ok({ entered: of('entered'), before: of('before'), refused: of('refused'), rows: answers });
};

/** What a row says, without its words: a note that was put better is no other leave. */
const commandIdOf = ({ type, fields }: RowCommand): string =>
  derivedCommandId('attendance', type, canonical(fields));

const refOf = (command: RowCommand): StreamRef => {
  const kind = command.type === 'leave.file' ? 'leave' : 'cover';
  return { kind, id: newMonthlyId(kind, monthOfFiling(command.fields.stretch), commandIdOf(command)) };
};

const enteredBefore = (line: number, { ref, state }: Head): RowAnswer => ({
  line,
  outcome: 'before',
  id: ref.id,
  ...('stage' in state && state.stage === 'withdrawn' ? { reason: '此前已登记,后已撤销' } : {}),
});

const enter = async (
  house: House,
  centre: string,
  actor: Actor,
  line: number,
  row: AttendanceRow,
  command: RowCommand,
): Promise<RowAnswer> => {
  const reason = row.reason?.trim() ?? '';
  const entered = await run(house, centre, actor, commandNamed(command.type), {
    commandId: commandIdOf(command),
    fields: { ...command.fields, ...(reason === '' ? {} : { reason }) },
  });
  if (entered.ok) return { line, outcome: 'entered', id: entered.value.id };
  // The same row twice in one file, in other words: entered once.
  if (entered.problem.code === 'command.reused') return { line, outcome: 'before', id: refOf(command).id };
  return { line, outcome: 'refused', reason: whyOf(entered.problem) };
};
