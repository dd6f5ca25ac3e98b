// The doors for people: the API and the web app behind one address. Who comes in is decided in the function, the same
// here as on one machine; the gateway may look at tokens first, but its word alone opens nothing.
import { Duration, Stack } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Entry } from './bundle.ts';
import type { Delivery } from './delivery.ts';
import { allow, HallFunction, justified } from './house.ts';
import type { SignIn } from './identity.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';
import type { Watch } from './watch.ts';

export interface DoorProps {
  settings: Settings;
  watch: Watch;
  code: (entry: Entry) => Code;
  storage: Storage;
  delivery: Delivery;
  signIn: SignIn;
}

/** What anybody may read, signed in or not; everything else the fence asks a token for. */
const open = ['/api/health', '/api/docs', '/api/docs/{proxy+}', '/api/openapi.json', '/api/problems'];

export class Door extends Construct {
  readonly api: HallFunction;

  constructor(scope: Construct, id: string, { settings, watch, code, storage, delivery, signIn }: DoorProps) {
    super(scope, id);
    const stack = Stack.of(this);

    this.api = new HallFunction(this, 'Api', {
      settings,
      watch,
      code: code('api'),
      whenItFails: '巡查员、格长、内勤和窗口人员都打不开页面,新上报的问题只能留在平板上',
      memory: 1024,
      timeout: Duration.seconds(25), // work ends within 20 s; the gateway gives up at 30
      concurrency: settings.apiConcurrency,
      environment: {
        TABLE_NAME: storage.table.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        PAPERS_BUCKET: storage.papers.bucketName,
        TOKEN_ISSUERS: stack.toJsonString(signIn.issuers),
      },
      may: [
        ...storage.usesTable(),
        ...storage.takesEvidence(),
        ...storage.writesPapers(),
        ...storage.showsSeals(),
        ...storage.usesKey(),
      ],
    });
    const web = new HallFunction(this, 'Web', {
      settings,
      watch,
      code: code('web'),
      whenItFails: '没有打开过本系统的电脑和平板打不开页面;已装好的平板照常巡查',
      memory: 512,
      timeout: Duration.seconds(10),
      environment: {
        WEB_SETTINGS: stack.toJsonString(signIn.pages),
        WEB_ORIGINS: stack.toJsonString([
          ...signIn.origins,
          `https://${storage.evidence.bucketRegionalDomainName}`,
        ]),
      },
      may: [],
    });

    const passwords = signIn.builtIn && this.passwords(signIn.builtIn, { settings, watch, code, storage });

    const proxy = new HttpLambdaIntegration('Proxy', this.api.lambda);
    const pages = new HttpLambdaIntegration('Pages', web.lambda);
    const routes = this.routes(delivery.api, proxy, fenceOf(settings, signIn));
    routes.push(
      ...delivery.api.addRoutes({
        path: '/{proxy+}',
        methods: [HttpMethod.GET, HttpMethod.HEAD],
        integration: pages,
      }),
    );
    routes.push(
      ...delivery.api.addRoutes({
        path: '/',
        methods: [HttpMethod.GET, HttpMethod.HEAD],
        integration: pages,
      }),
    );
    if (passwords !== undefined)
      routes.push(
        ...delivery.api.addRoutes({
          path: '/oidc/{proxy+}',
          methods: [HttpMethod.GET, HttpMethod.POST],
          integration: new HttpLambdaIntegration('Passwords', passwords.lambda),
        }),
      );
    for (const route of routes)
      justified(
        route,
        'APIG4',
        'The function checks every token itself, the same as on one machine (functions/token.ts); pages carry nothing secret.',
      );

    watch.over(this, 'ServerErrors', {
      metric: delivery.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      words: '有人提交或查看时看到“系统出现意外错误”;平板会自动重试,电脑前的人要再点一次',
      atLeast: 3,
    });
    watch.over(this, 'Throttled', {
      metric: storage.table.metricThrottledRequestsForOperations({
        operations: [
          Operation.GET_ITEM,
          Operation.QUERY,
          Operation.BATCH_GET_ITEM,
          Operation.TRANSACT_WRITE_ITEMS,
        ],
        period: Duration.minutes(5),
      }),
      words: '表一时忙不过来,提交的人要多等几秒;持续不断时巡查记录会积在平板上',
      atLeast: 100,
    });
  }

  /** Reads and writes what the sign-in keeps, by its keys; nothing else of the table. */
  private passwords(
    { issuer, secret }: NonNullable<SignIn['builtIn']>,
    { settings, watch, code, storage }: Pick<DoorProps, 'settings' | 'watch' | 'code' | 'storage'>,
  ): HallFunction {
    return new HallFunction(this, 'Signin', {
      settings,
      watch,
      code: code('signin'),
      whenItFails: '没有登录的人登录不了,登录满一小时的人要等恢复后重新登录;巡查平板照常离线记录',
      memory: 1769, // a password is tried on one whole processor
      timeout: Duration.seconds(15),
      environment: {
        TABLE_NAME: storage.table.tableName,
        SIGN_IN_ISSUER: issuer,
        SIGN_IN_SECRET: secret.secretArn,
      },
      may: [
        ...storage.keepsSignIn(),
        allow(['secretsmanager:GetSecretValue'], [secret.secretArn]),
        ...storage.usesKey(),
      ],
    });
  }

  private routes(api: HttpApi, integration: HttpLambdaIntegration, fence: IHttpRouteAuthorizer | undefined) {
    const all = api.addRoutes({
      path: '/api/{proxy+}',
      methods: [HttpMethod.ANY],
      integration,
      ...(fence === undefined ? {} : { authorizer: fence }),
    });
    if (fence !== undefined)
      for (const path of open) all.push(...api.addRoutes({ path, methods: [HttpMethod.GET], integration }));
    return all;
  }
}

/** The gateway's own look at tokens: RSA only, one issuer whose discovery it can reach. */
const fenceOf = (
  { outerFence }: Settings,
  { issuers: [issuer] }: SignIn,
): IHttpRouteAuthorizer | undefined =>
  outerFence && issuer !== undefined
    ? new HttpJwtAuthorizer('Fence', issuer.issuer, { jwtAudience: [issuer.audience] })
    : undefined;
