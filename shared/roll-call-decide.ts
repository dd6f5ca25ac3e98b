// 开门查岗: one walk past many windows at opening time is one command. It makes a round that is opened, recorded and closed
// at once, and one finding for each window where something was wrong: all of them or none.
import * as z from 'zod';
import { about } from './access.ts';
import { findingOf } from './case-report-decide.ts';
import { type Change, type Command, type Context, command } from './command.ts';
import { manifest } from './evidence.ts';
import { freeText } from './free-text.ts';
import { instant, newInspectionId, registryId } from './ids.ts';
import { lookResults } from './inspection.ts';
import { firstOutside } from './inspection-decide.ts';
import { staffAt } from './people.ts';
import { ok, refuse } from './problems.ts';
import { dayOf, isAhead } from './time.ts';

/** Three items a finding, and one transaction holds a hundred. */
const mostFindings = 30;

const seen = z.strictObject({
  window: registryId,
  result: z.enum(lookResults),
  /** Who it was; absent: the only one who sits there on that day, else 人员待核. */
  persons: z.array(registryId).min(1).max(5).optional(),
  note: freeText(200).optional(),
  evidence: manifest.default([]),
});
const rollCallFields = z.strictObject({
  grid: registryId.optional(),
  at: instant,
  doubtSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(0),
  violation: z.string().min(1).max(30).default('DIS-LATE'),
  description: freeText(500).default('开门查岗时不在岗位'),
  windows: z
    .array(seen)
    .min(1)
    .max(100)
    .refine((all) => new Set(all.map(({ window }) => window)).size === all.length, '窗口重复')
    .refine(
      (all) => all.filter(({ result }) => result === 'finding').length <= mostFindings,
      `一次最多 ${mostFindings} 条问题,请分次提交`,
    ),
});
type Fields = z.infer<typeof rollCallFields>;

const subjectOf = ({ window, persons }: z.infer<typeof seen>, at: string, { registry }: Context) => {
  if (persons !== undefined) return { kind: 'persons' as const, persons };
  const [only, another] = staffAt(registry, window, dayOf(at));
  return only !== undefined && another === undefined
    ? { kind: 'persons' as const, persons: [only] }
    : { kind: 'unidentified' as const };
};

const rollCall: Command = command({
  type: 'inspection.rollCall',
  action: 'inspection.rollCall',
  summary: '开门查岗:一次登记多个窗口,每个有问题的窗口各成一条问题(编号为本次提交编号加序号)',
  on: 'inspection',
  fields: rollCallFields,
  creates: (fields, sent) => newInspectionId(dayOf(fields.at), sent.command),
  about: (_state, fields, context) =>
    about({ grids: fields.grid === undefined ? [] : [fields.grid], reporters: [context.actor.person] }),
  decide: (state, fields, context) => {
    if (state) return refuse('thing.exists', state.id);
    if (isAhead(fields.at, context.now)) return refuse('time.future');
    const windows = fields.windows.map(({ window }) => window);
    const outside = firstOutside(windows, fields.grid, dayOf(fields.at), context.registry);
    if (!outside.ok) return outside;
    const id = newInspectionId(dayOf(fields.at), context.command);
    const findings = findingsOf(fields, id, context);
    if (!findings.ok) return findings;
    return ok({
      events: [
        {
          type: 'inspection.opened',
          v: 1,
          kind: 'patrol',
          ...(fields.grid === undefined ? {} : { grid: fields.grid }),
          startedAt: fields.at,
          windows,
        },
        {
          type: 'inspection.recorded',
          v: 1,
          looks: fields.windows.map((one) => ({
            window: one.window,
            at: fields.at,
            result: one.result,
            staffSeen: [],
            ...(one.note === undefined ? {} : { note: { text: one.note } }),
          })),
          views: [],
          items: [],
          evidence: [],
        },
        { type: 'inspection.closed', v: 1, endedAt: fields.at },
      ],
      ...findings.value,
    });
  },
});

const findingsOf = (fields: Fields, inspection: string, context: Context) => {
  const also: Change[] = [];
  const claims: { number: string; case: string }[] = [];
  for (const one of fields.windows) {
    if (one.result !== 'finding') continue;
    const found = findingOf(
      {
        violation: fields.violation,
        source: 'patrol',
        happened: { from: fields.at, to: fields.at, doubtSeconds: fields.doubtSeconds },
        window: one.window,
        subject: subjectOf(one, fields.at, context),
        inspection,
        description: one.note ?? fields.description,
        evidence: one.evidence,
      },
      context,
      also.length + 1,
    );
    if (!found.ok) return found;
    also.push({ ref: { kind: 'case', id: found.value.id }, events: [found.value.reported] });
    claims.push({ number: found.value.number, case: found.value.id });
  }
  return ok({ also, claims });
};

export const rollCallCommands: Command[] = [rollCall];
