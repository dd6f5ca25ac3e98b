// The one reader of the environment. Says which names each door needs and refuses to start without them; whoever
// needs a value is handed it. Knows no client of the cloud and makes none.
import * as z from 'zod';

/** Every name the functions read, spoken once; the wiring test holds the synthesised template against it. */
export const environment = {
  table: 'TABLE_NAME',
  evidence: 'EVIDENCE_BUCKET',
  papers: 'PAPERS_BUCKET',
  issuers: 'TOKEN_ISSUERS',
  pages: 'WEB_SETTINGS',
  origins: 'WEB_ORIGINS',
  signInIssuer: 'SIGN_IN_ISSUER',
  signInSecret: 'SIGN_IN_SECRET',
} as const;

/** What cannot run as it was set up: one line that names every variable at fault and shows no value. */
export class ConfigProblem extends Error {
  override name = 'ConfigProblem';
}

/** Public-key signatures only: with `none` or an HMAC, whoever can read the public keys can write a token. */
const algorithm = z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA']);

/** A plain address would let the network choose the keys; only one's own machine may be asked that way. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${url}/`), {
    error: 'not https',
  });

/** A name that is compared letter by letter; no keys come from there. */
const named = z.url({ protocol: /^https?$/ });

const trusted = {
  audience: z.string().min(1),
  algorithms: z.array(algorithm).min(1),
  /**
   * Where the audience stands: access tokens of Amazon Cognito name the client in `client_id` and carry no `aud`
   * (Cognito developer guide, Understanding the access token). `aud` when absent.
   */
  audienceIn: z.literal('client_id').optional(),
  /** Our own, with passwords that lie in our table: the administrator may hand out first ones. */
  builtIn: z.literal(true).optional(),
};
const issuer = z.union([
  z.strictObject({ ...trusted, issuer: address, jwksUrl: address }),
  /** Where the hall's network cannot reach the issuer: a file beside the code, relative to the working directory. */
  z.strictObject({ ...trusted, issuer: named, jwksFile: z.string().min(1) }),
]);

/** An issuer of tokens whose word counts, for one audience, with its keys by address or by file. */
export type Issuer = z.output<typeof issuer>;

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

const name = z.string().min(3).max(255); // of a table (API reference of CreateTable); buckets are shorter
const fields = {
  table: name,
  evidence: name,
  papers: name,
  issuers: json.pipe(z.array(issuer).min(1)),
  pages: json.pipe(
    z.strictObject({
      issuer: named, // a stage's is held to https by its settings
      clientId: z.string().min(1),
      scope: z.string().min(1),
      icp: z.string().min(1).optional(),
    }),
  ),
  origins: json.pipe(z.array(address)),
  signInIssuer: address,
  /** Name or ARN in Secrets Manager. */
  signInSecret: z.string().min(1),
};

const keeper = z.object({ table: fields.table, evidence: fields.evidence, papers: fields.papers });
/** What each door needs, and nothing it does not read. */
export const needs = {
  api: keeper.extend({ issuers: fields.issuers }),
  stream: keeper,
  night: keeper,
  month: z.object({ table: fields.table, papers: fields.papers }),
  archive: keeper,
  morning: z.object({ table: fields.table, papers: fields.papers }),
  signin: z.object({
    table: fields.table,
    signInIssuer: fields.signInIssuer,
    signInSecret: fields.signInSecret,
  }),
  web: z.object({ pages: fields.pages, origins: fields.origins }),
};

/**
 * Reads what a door needs: `readConfig(needs.api)`. To be called once, when the code is loaded.
 * @throws {ConfigProblem} naming every variable that is missing and every one that is malformed, all at once
 */
export const readConfig = <Needed extends z.ZodObject>(
  needed: Needed,
  from: Record<string, string | undefined> = process.env,
): z.output<Needed> => {
  const wanted = Object.entries(environment).filter(([field]) => field in needed.shape);
  const missing = wanted.filter(([, variable]) => !from[variable]).map(([, variable]) => variable);
  const read = needed.safeParse(
    Object.fromEntries(wanted.map(([field, variable]) => [field, from[variable]])),
  );
  if (read.success && missing.length === 0) return read.data;

  const malformed = wanted.flatMap(([field, variable]) => {
    const issue = read.error?.issues.find(({ path }) => path[0] === field);
    if (issue === undefined || missing.includes(variable)) return [];
    return [`${variable} (${[...issue.path.slice(1), issue.message].join(': ')})`];
  });
  throw new ConfigProblem(
    [
      '环境变量有误,函数不能启动 · the function cannot start',
      ...(missing.length > 0 ? [`缺少 missing: ${missing.join(', ')}`] : []),
      ...(malformed.length > 0 ? [`格式不对 malformed: ${malformed.join(', ')}`] : []),
    ].join(' · '),
  );
};

/** Where the SDK's own clients would look for Secrets Manager instead of the region's address; only a test sets it. */
export const secretsEndpoint = (): string | undefined => process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER;
