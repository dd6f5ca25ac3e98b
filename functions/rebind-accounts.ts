// After a move another issuer signs people in, and a subject means something only to its issuer: every account of a centre
// is bound to the new one by events of the register. First it is found out whether all can be; then they are.
import { system } from '../shared/access.ts';
import { commandNamed } from '../shared/commands.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { derivedCommandId } from './derived-id.ts';
import type { House } from './house.ts';
import { run } from './run.ts';

export interface Rebinding {
  from: string;
  to: string;
  /** What the new issuer calls whom the old one called; absent: the same. */
  subjects?: ReadonlyMap<string, string>;
}
export interface Rebound {
  accounts: number;
  /** Subjects of the old issuer for whom the list has nobody: then nothing was changed. */
  missing: string[];
}

/** Register entries that one command takes. */
const atOnce = 30;

/** The same again finds nothing left to do; a break is taken up by calling it again. */
export const rebindAccounts = async (
  house: House,
  centre: string,
  { from, to, subjects }: Rebinding,
): Promise<Result<Rebound>> => {
  const { registry } = await house.desk(centre);
  const old = [...registry.of.account.values()].filter(({ issuer }) => issuer === from);
  const missing = subjects ? old.map(({ subject }) => subject).filter((one) => !subjects.has(one)) : [];
  if (missing.length > 0) return ok({ accounts: 0, missing });
  const bound = old.map(({ id, subject }) => ({
    id,
    issuer: to,
    subject: subjects?.get(subject) ?? subject,
  }));
  const doubled = bound.find(({ subject }, at) => bound.findIndex((one) => one.subject === subject) !== at);
  if (doubled) return refuse('registry.doubled', doubled.subject);
  for (let start = 0; start < bound.length; start += atOnce) {
    const accounts = bound.slice(start, start + atOnce);
    const done = await run(house, centre, system, commandNamed('registry.rebindAccounts'), {
      commandId: derivedCommandId('rebind', centre, from, to, house.clock(), String(start)),
      fields: { accounts },
    });
    if (!done.ok) return done;
  }
  return ok({ accounts: bound.length, missing });
};
