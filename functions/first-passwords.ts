// First passwords of built-in accounts: made up here, shown once to the administrator who asked, kept as a hash. Whoever
// works in several centres gets theirs from the operator, or one centre's administrator could enter as somebody of another.
import { type Actor, about, may } from '../shared/access.ts';
import type { RegistryEntry } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { dayOf } from '../shared/time.ts';
import type { View } from '../shared/views.ts';
import type { House } from './house.ts';
import { firstPassword } from './passwords.ts';

type AccountEntry = Extract<RegistryEntry, { kind: 'account' }>;
type Given = View<'account.firstPasswords'>;

/** All of them, or none when one is refused. */
export const giveFirstPasswords = async (
  house: House,
  centre: string,
  actor: Actor,
  { accounts }: { accounts: readonly string[] },
): Promise<Result<Given>> => {
  const allowed = may(actor, 'account.firstPasswords', about({}), dayOf(house.clock()));
  if (!allowed.ok) return allowed;
  const { builtIn } = house;
  const { registry } = await house.desk(centre);
  const entries: AccountEntry[] = [];
  for (const id of new Set(accounts)) {
    const entry = registry.of.account.get(id);
    if (entry === undefined) return refuse('thing.not-found', id);
    if (builtIn === undefined || entry.issuer !== builtIn.issuer) return refuse('account.elsewhere', id);
    const known = await house.store.accounts(entry.issuer, entry.subject);
    if (known.some(({ sk }) => sk !== centre)) return refuse('account.other-centre', id);
    entries.push(entry);
  }
  const book = await builtIn?.book();
  const items: Given['items'] = [];
  for (const { id, subject, person } of entries) {
    const name = registry.of.staff.get(person)?.name ?? subject;
    const { password, hash } = await firstPassword();
    await book?.giveFirst(subject, name, hash);
    items.push({ account: id, subject, name, password });
  }
  // Who set whose: the log is kept as long as the law asks; the password is in none.
  console.log(
    JSON.stringify({ firstPasswords: items.map(({ account }) => account), centre, by: actor.person }),
  );
  return ok({ items, next: null });
};
