// Whether a rule book can be put in force: its shape, then what must agree across its parts. Tells every mistake at
// once, each with how to mend it, in the words of the clerk who typed it; doubts that a hall may have on purpose are
// warnings. Decides nothing: enacting is a command.
import { ok, type Result } from './problems.ts';
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

/** The checked book, or its mistakes as the problem a caller is told: one field each, named by its place in `book`. */
export const soundBook = (data: unknown): Result<RuleBook> => {
  const checked = checkRuleBook(data);
  if (checked.ok) return ok(checked.value);
  const fields = checked.errors.map(({ path, reason, mend }) => ({
    path: path === '' ? 'book' : `book.${path}`,
    reason: `${reason};${mend}`,
  }));
  return { ok: false, problem: { code: 'rulebook.invalid', fields } };
};
