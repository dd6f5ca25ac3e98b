// Who stands at the door: from a bearer token to an account, from the account to a centre, a person and the grants of
// the registry. Believes the token check and the table, nothing the request says of itself but which centre is meant.
import type { Actor } from '../shared/access.ts';
import { holdsOn } from '../shared/people.ts';
import { ok, type Result, refuse } from '../shared/problems.ts';
import { dayOf } from '../shared/time.ts';
import type { Desk, House } from './house.ts';
import type { TokenCheck } from './token.ts';

/** Says which centre is meant, when one account belongs to several. */
export const centreHeader = 'mingchuang-centre';

export interface Visitor {
  centre: string;
  /** All centres this account belongs to today, the chosen one included. */
  centres: string[];
  actor: Actor;
  /** The registry that says so. */
  desk: Desk;
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
  const likely = house.likelyCentre(card.centre);
  const [known, desk] = await Promise.all([
    house.store.accounts(bearer.value.issuer, bearer.value.subject),
    likely === undefined ? undefined : house.desk(likely),
  ]);
  const accounts = known.filter((account) => holdsOn(account, today));
  const centres = accounts.map((account) => account.sk);
  const chosen =
    card.centre === undefined ? accounts : accounts.filter((account) => account.sk === card.centre);
  const [account, another] = chosen;
  if (!account) return refuse('account.unknown');
  if (another)
    return {
      ok: false,
      problem: {
        code: 'account.several',
        detail: `可选:${centres.join('、')}`,
        fields: centres.map((one) => ({ path: centreHeader, reason: one })),
      },
    };
  const at = desk && likely === account.sk ? desk : await house.desk(account.sk);
  const { registry } = at;
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
    desk: at,
  });
};

/** Finds out who is there, for the headers of one request. */
export interface Doorkeeper {
  visitor(card: Card): Promise<Result<Visitor>>;
  /** After the register has changed here, nobody is believed any longer. */
  forget(): void;
}

/** How long the platform believes, in milliseconds: a right that was taken away is gone within this time. */
export const believed = 1_000;
const mostRemembered = 1_000;

/**
 * Whoever was let in is believed for a moment (milliseconds; 0: never) before token, account and registry are looked at
 * again: a tablet that sends a report, its photo and its thumbnails comes several times a second. Only those let in are
 * remembered, by the whole header they came with; a refusal is found out anew each time.
 */
export const createDoorkeeper = (house: House, checkToken: TokenCheck, milliseconds = 0): Doorkeeper => {
  const remembered = new Map<string, { until: number; visitor: Visitor }>();
  return {
    visitor: async (card) => {
      const name = `${card.centre ?? ''} ${card.authorization ?? ''}`;
      const known = remembered.get(name);
      if (known && performance.now() < known.until) return ok(known.visitor);
      const found = await visitorOf(house, checkToken, card);
      remembered.delete(name);
      if (remembered.size >= mostRemembered) remembered.clear();
      if (found.ok && milliseconds > 0)
        remembered.set(name, { until: performance.now() + milliseconds, visitor: found.value });
      return found;
    },
    forget: () => remembered.clear(),
  };
};
