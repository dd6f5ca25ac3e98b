// Who stands at the door: from a bearer token to an account, from the account to a centre, a person and the grants of
// the registry. Believes the token check and the table, nothing the request says of itself but which centre is meant.
import type { Actor } from '../shared/access.ts';
import { holdsOn } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { dayOf } from '../shared/time.ts';
import type { House } from './house.ts';
import type { TokenCheck } from './token.ts';

/** Says which centre is meant, when one account belongs to several. */
export const centreHeader = 'mingchuang-centre';

export interface Visitor {
  centre: string;
  /** All centres this account belongs to today, the chosen one included. */
  centres: string[];
  actor: Actor;
}

interface Card {
  authorization: string | undefined;
  centre: string | undefined;
}

/**
 * Refuses with `token.missing`, `token.invalid`, `account.unknown` (no account today, or none in the centre that was
 * named) or `account.several` (more than one and none named).
 */
export const visitorOf = async (
  house: House,
  checkToken: TokenCheck,
  card: Card,
): Promise<Result<Visitor>> => {
  const now = house.clock();
  const bearer = await checkToken(card.authorization, now);
  if (!bearer.ok) return bearer;
  const today = dayOf(now);
  const accounts = (await house.store.accounts(bearer.value.issuer, bearer.value.subject)).filter((account) =>
    holdsOn(account, today),
  );
  const centres = accounts.map((account) => account.sk);
  const chosen =
    card.centre === undefined ? accounts : accounts.filter((account) => account.sk === card.centre);
  const [account, another] = chosen;
  if (!account) return refuse('account.unknown');
  if (another) return refuse('account.several', `可选:${centres.join('、')}`);
  const { registry } = await house.desk(account.sk);
  // What led here is a pointer and may be older than the registry, which alone says whose account it is today.
  const entry = [...registry.of.account.values()].find(
    ({ issuer, subject }) => issuer === bearer.value.issuer && subject === bearer.value.subject,
  );
  if (!entry || !holdsOn(entry, today)) return refuse('account.unknown');
  const grants = registry.grantsByPerson.get(entry.person) ?? [];
  return ok({
    centre: account.sk,
    centres,
    actor: { person: entry.person, grants, system: false, everybody: registry.of.grant },
  });
};
