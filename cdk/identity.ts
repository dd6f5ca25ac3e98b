// Whose tokens count and where people sign in: the office's own issuers; a user pool where the office has none and the
// partition has pools; passwords of our own as the last resort. Accounts and roles lie in the table; a pool knows names
// and passwords only.
import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, OAuthScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { justified } from './house.ts';
import type { IssuerSetting, Settings } from './settings.ts';

export class SignIn extends Construct {
  /** As functions/config.ts reads them. */
  readonly issuers: (IssuerSetting & { audienceIn?: 'client_id'; builtIn?: true })[];
  /** What the web app is told in `/settings.json`. */
  readonly pages: { issuer: string; clientId: string; scope: string; icp?: string };
  /** Origins that pages talk to while somebody signs in. */
  readonly origins: string[];
  /** Where there is a pool of our own. */
  readonly poolId: string | undefined;
  /** Where people sign in with passwords of our own: what the keys that sign their tokens are made of. */
  readonly builtIn: { issuer: string; secret: Secret } | undefined;

  constructor(scope: Construct, id: string, settings: Settings, appOrigin: string, key?: IKey) {
    super(scope, id);
    const icp = settings.icpNumber === undefined ? {} : { icp: settings.icpNumber };
    const [first] = settings.issuers;
    if (first !== undefined && settings.signIn !== undefined) {
      this.issuers = settings.issuers;
      this.pages = { issuer: first.issuer, ...settings.signIn, ...icp };
      this.origins = [new URL(first.issuer).origin];
      return;
    }

    if (settings.builtInAccounts) {
      const issuer = `${appOrigin}/oidc`;
      // Nobody ever sees it: made by the cloud, read by the one function that signs, turned by putting another.
      const secret = new Secret(this, 'SigningSecret', {
        description: '明窗内置登录的签名密钥由此导出',
        generateSecretString: { passwordLength: 64, excludePunctuation: true },
        ...(key === undefined ? {} : { encryptionKey: key }),
        removalPolicy: RemovalPolicy.RETAIN,
      });
      justified(
        secret,
        'SMG4',
        'Turned by hand when somebody leaves, and yearly (docs/operations.md); all it signs is over in an hour.',
      );
      const trusted = { issuer, audience: 'mingchuang', algorithms: ['EdDSA' as const] };
      this.issuers = [{ ...trusted, jwksUrl: `${issuer}/jwks`, builtIn: true }];
      this.pages = { issuer, clientId: 'mingchuang-web', scope: 'openid profile offline_access', ...icp };
      this.origins = []; // the same address as the pages
      this.builtIn = { issuer, secret };
      return;
    }

    const pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      // GB/T 22239-2019, 8.1.4.1: names of one's own, passwords that are hard to guess, changed by rule.
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.NONE, // the hall's administrator sets a new one
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    justified(pool, 'COG2', 'Window staff may have no phone; whoever decides turns the second factor on.');
    justified(
      pool,
      'COG8',
      'The Plus plan costs by the user; the pool is for halls without an issuer of their own.',
    );
    const client = pool.addClient('Web', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(7),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
        callbackUrls: [`${appOrigin}/signed-in`],
        logoutUrls: [appOrigin],
      },
    });
    const domain = pool.addDomain('Page', {
      cognitoDomain: { domainPrefix: `mingchuang-${settings.stage}-${Aws.ACCOUNT_ID}` },
    });
    const { region } = Stack.of(this);
    const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool.userPoolId}`;
    this.issuers = [
      {
        issuer,
        audience: client.userPoolClientId,
        audienceIn: 'client_id',
        algorithms: ['RS256'],
        jwksUrl: `${issuer}/.well-known/jwks.json`,
      },
    ];
    this.pages = { issuer, clientId: client.userPoolClientId, scope: 'openid profile', ...icp };
    this.origins = [`https://cognito-idp.${region}.amazonaws.com`, domain.baseUrl()];
    this.poolId = pool.userPoolId;
  }
}
