// Who is signed in on this device, kept over a restart so that a shift without network still opens. The OpenID Connect
// dance itself is loaded only when somebody signs in or a token is renewed. Knows no screen.
import * as z from 'zod';

/** Where people sign in: served beside the app, so that the same build runs at every centre. */
const settingsShape = z.object({
  issuer: z.string(),
  clientId: z.string(),
  scope: z.string(),
  /** Shown at the foot of the page where a site must bear it. */
  icp: z.string().optional(),
});
const keptShape = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_at: z.number().optional(),
  profile: z.looseObject({ sub: z.string(), name: z.string().optional() }),
});

const settingsKey = 'mingchuang.sign-in';
/** Which centre whoever is signed in chose, when they belong to several. */
export const centreKey = 'mingchuang.centre';
const settingsOf = async (): Promise<z.infer<typeof settingsShape>> => {
  try {
    const answer = await fetch('/settings.json', { cache: 'no-cache' });
    if (answer.ok) {
      const settings = settingsShape.parse(await answer.json());
      localStorage.setItem(settingsKey, JSON.stringify(settings));
      return settings;
    }
  } catch {
    // Without network the last known will do.
  }
  return settingsShape.parse(JSON.parse(localStorage.getItem(settingsKey) ?? '{}'));
};

/** The ICP registration of this address, if it has one; undefined also when nothing was ever heard. */
export const toldIcp = (): Promise<string | undefined> =>
  settingsOf().then(
    ({ icp }) => icp,
    () => undefined,
  );

const userManager = async () => {
  const [{ UserManager, WebStorageStateStore }, { issuer, clientId, scope }] = await Promise.all([
    import('oidc-client-ts'),
    settingsOf(),
  ]);
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: `${window.location.origin}/signed-in`,
    response_type: 'code',
    requestTimeoutInSeconds: 30,
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: localStorage }),
    stateStore: new WebStorageStateStore({ store: localStorage }),
  });
};

const storedKey = (): string | undefined =>
  Object.keys(localStorage).find((key) => key.startsWith('oidc.user:'));

const kept = (): z.infer<typeof keptShape> | undefined => {
  const key = storedKey();
  const text = key === undefined ? null : localStorage.getItem(key);
  if (text === null) return undefined;
  const read = keptShape.safeParse(JSON.parse(text));
  return read.success ? read.data : undefined;
};

/** The subject signed in on this device, whether or not the token still holds. */
export const signedIn = (): string | undefined => kept()?.profile.sub;

/** Seconds before its end at which a token is renewed. */
const early = 60;
const holds = (user: z.infer<typeof keptShape>): boolean =>
  user.expires_at === undefined || user.expires_at - early > Date.now() / 1000;

/** What the issuer renews no more: it is not asked with it again while this page is open. */
let refused: string | undefined;

/**
 * A token to send, renewed when it is about to end; undefined when the person must sign in again. Throws a TypeError
 * without network. Only one tab renews at a time: a refresh token shown twice counts as copied and ends the sign-in.
 */
export const accessToken = async (how: { renew?: boolean } = {}): Promise<string | undefined> => {
  const before = kept();
  if (!before) return undefined;
  if (!how.renew && holds(before)) return before.access_token;
  return await navigator.locks.request('mingchuang.renew', async () => {
    const now = kept();
    if (now && now.access_token !== before.access_token && holds(now)) return now.access_token;
    if (now?.refresh_token === undefined || now.refresh_token === refused) return undefined;
    try {
      const user = await (await userManager()).signinSilent();
      return user?.access_token;
    } catch (error) {
      // The issuer said no; anything else (no network) is for the caller to try again.
      if (error instanceof Error && error.name === 'ErrorResponse') {
        refused = now.refresh_token;
        return undefined;
      }
      throw new TypeError('offline', { cause: error });
    }
  });
};

/** Leaves for the sign-in page and comes back to `to`. */
export const signIn = async (to: string): Promise<void> => {
  await (await userManager()).signinRedirect({ state: to });
};

/** On the way back from the sign-in page: where the person wanted to go. */
export const finishSignIn = async (): Promise<string> => {
  const { state } = await (await userManager()).signinRedirectCallback();
  return typeof state === 'string' && state.startsWith('/') && !state.startsWith('//') ? state : '/';
};

/** Forgets who was here. What waits in the queue stays on the device. */
export const signOut = (): void => {
  const key = storedKey();
  if (key !== undefined) localStorage.removeItem(key);
  localStorage.removeItem(centreKey);
};
