// Settling on the spot (当场提醒、已改正): what a minor finding needs to end at once, whether it was reported before or is
// reported in the same command. Takes no points; knows no permissions.
import * as z from 'zod';
import type { CaseEvent, CaseState } from './case.ts';
import { refuseExcused } from './case-excuse.ts';
import { wrongStage } from './case-facts.ts';
import type { Context } from './command.ts';
import { freeText } from './free-text.ts';
import { ok, type Result, refuse } from './problems.ts';
import { clauseOf, clausesFor } from './rulebook.ts';

export const settleFields = z.strictObject({ clause: z.string().min(1).max(40), said: freeText(500) });

/** The event that ends an open finding on the spot; refuses what is not minor, not known, or for a person to confirm. */
export const settledOnSpot = (
  open: CaseState,
  fields: z.infer<typeof settleFields>,
  context: Context,
): Result<CaseEvent> => {
  if (open.stage !== 'reported') return wrongStage(open);
  if (open.subject.kind === 'unidentified') return refuse('case.person-unidentified');
  if (open.lead) return refuse('case.lead-needs-confirmation');
  const excused = refuseExcused(open, context);
  if (excused) return excused;
  const book = context.ruleBook(open.month);
  if (!book.ok) return book;
  const clause = clauseOf(book.value, fields.clause);
  if (!clause) return refuse('clause.unknown', fields.clause);
  if (!clausesFor(book.value, open.type).includes(clause)) return refuse('clause.unfit', clause.title);
  if (clause.severity !== 'minor') return refuse('case.not-minor', clause.title);
  return ok({
    type: 'case.settledOnSpot',
    v: 1,
    verdict: { severity: 'minor', clause: clause.code, family: clause.family, quantity: 1 },
    said: { text: fields.said },
  });
};
