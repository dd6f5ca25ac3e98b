// Whether a rule book can be put in force: its shape, then what must agree across its parts. Tells every mistake at
// once, each with how to mend it, in the words of the clerk who typed it; doubts that a hall may have on purpose are
// warnings. Decides nothing: enacting is a command.
import { type RuleBook, ruleBook } from './rulebook.ts';
import { doubtsOf, type Pools } from './rulebook-doubts.ts';
import { crossErrors } from './rulebook-errors.ts';
import { type Mistake, shapeMistakes } from './rulebook-mistakes.ts';

export type Checked =
  | { ok: true; value: RuleBook; warnings: Mistake[] }
  | { ok: false; errors: Mistake[]; warnings: Mistake[] };

/** Every mistake of the data at once. The value has all defaults filled in; warnings do not hinder. */
export const checkRuleBook = (data: unknown, pools: Pools = {}): Checked => {
  const parsed = ruleBook.safeParse(data, { reportInput: true });
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(shapeMistakes), warnings: [] };
  const errors = crossErrors(parsed.data);
  const warnings = doubtsOf(parsed.data, pools);
  return errors.length > 0 ? { ok: false, errors, warnings } : { ok: true, value: parsed.data, warnings };
};
