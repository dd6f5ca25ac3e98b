// What we fear of a deployment: lost data, open doors, rights too wide, a partition that is not ours, silence.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { HallFunction } from '../../cdk/house.ts';
import { checkSettings, explainedSettings, readSettings } from '../../cdk/settings.ts';
import { Watch } from '../../cdk/watch.ts';
import { raise, type Statement } from './template.ts';

const world = raise('world');
const china = raise('china');
const accounts = raise('china-accounts');
/** Where pages are served, as the template says it. */
const appOrigin = {
  world: {
    'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [expect.stringMatching(/Distribution/), 'DomainName'] }]],
  },
  china: 'https://mingchuang.example.cn',
  'china-accounts': 'https://mingchuang.example.cn',
};

describe.each([
  ['world', world],
  ['china', china],
  ['china-accounts', accounts],
] as const)('the house of stage %s', (stage, hall) => {
  const logs = (id: string) => /Logs/.test(id);
  const everyPolicy: Statement[] = ['AWS::IAM::Policy', 'AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy']
    .flatMap((type) => hall.of(type))
    .flatMap(([, { Properties }]) => hall.policyOf(Properties));
  const allowed = everyPolicy.filter(({ Effect }) => Effect === 'Allow');
  const ofRoles = hall.functions.flatMap(({ properties }) => hall.statementsOf(properties));

  it.each(['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'])(
    'keeps every %s when the stack goes',
    (type) => {
      expect(hall.of(type)).not.toHaveLength(0);
      for (const [, resource] of hall.of(type)) {
        expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      }
      expect(hall.stack.terminationProtection).toBe(true);
    },
  );

  it('has a table that can be restored to any second, is not deleted by a slip, and costs nothing when idle', () => {
    const { Properties: table } = hall.only('AWS::DynamoDB::GlobalTable');
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      Replicas: [
        {
          Region: hall.settings.region,
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  });

  it('has no public bucket, and of what must stay none that loses a version or a lock', () => {
    const buckets = hall.of('AWS::S3::Bucket');
    for (const [, { Properties: bucket }] of buckets)
      expect(bucket).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: expect.anything(),
      });
    for (const [, { Properties: bucket }] of buckets)
      expect(bucket).not.toHaveProperty('WebsiteConfiguration');
    const ours = buckets.filter(([id]) => !logs(id));
    expect(ours.map(([id]) => /Evidence|Papers/.exec(id)?.[0])).toEqual(['Evidence', 'Papers']);
    for (const [, { Properties: bucket }] of ours) {
      expect(bucket).toMatchObject({
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        ObjectLockEnabled: true,
        LoggingConfiguration: expect.anything(),
      });
      expect(bucket).toHaveProperty('CorsConfiguration.CorsRules.0.AllowedOrigins', [appOrigin[stage]]);
      expect(bucket).toHaveProperty('CorsConfiguration.CorsRules.length', 1);
    }
  });

  it('moves evidence to colder classes that are still read at once, and lets none of them expire', () => {
    const rulesOf = (which: RegExp) =>
      z
        .object({ LifecycleConfiguration: z.object({ Rules: z.array(z.record(z.string(), z.unknown())) }) })
        .parse(hall.of('AWS::S3::Bucket').find(([id]) => which.test(id))?.[1].Properties)
        .LifecycleConfiguration.Rules;
    expect(rulesOf(/Evidence/)).toContainEqual(
      expect.objectContaining({
        Transitions: [
          { StorageClass: 'STANDARD_IA', TransitionInDays: 60 },
          { StorageClass: 'GLACIER_IR', TransitionInDays: 180 },
        ],
      }),
    );
    for (const rule of [...rulesOf(/Evidence/), ...rulesOf(/Papers/)])
      expect(Object.keys(rule).filter((key) => /Expiration/.test(key))).toEqual([]);
  });

  it('lets nobody in by a resource policy but the services that ring and that write who came', () => {
    for (const { Principal, Action } of allowed.filter(({ Principal }) => Principal !== undefined))
      expect([Principal, Action]).toEqual(
        Action.join() === 's3:PutObject'
          ? [{ Service: 'logging.s3.amazonaws.com' }, ['s3:PutObject']]
          : [{ Service: 'events.amazonaws.com' }, ['sqs:SendMessage']],
      );
  });

  it('speaks TLS only, with buckets and queue', () => {
    const policies = [...hall.of('AWS::S3::BucketPolicy'), ...hall.of('AWS::SQS::QueuePolicy')];
    expect(policies).toHaveLength(stage === 'world' ? 5 : 4);
    for (const [, { Properties }] of hall.of('AWS::S3::BucketPolicy')) {
      expect(hall.policyOf(Properties)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
      );
    }
    for (const [, { Properties }] of policies) {
      expect(hall.policyOf(Properties)).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    }
  });

  it('grants no action by wildcard, and no resource but where the service knows none', () => {
    expect(ofRoles.length).toBeGreaterThan(hall.functions.length);
    for (const { Action, Resource } of allowed) {
      expect(Action.join()).not.toContain('*');
      expect(Resource).not.toContain('*');
    }
  });

  it('grants nobody to scan or to change rights', () => {
    const actions = allowed.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /Scan|Acl|Policy|^iam:|^kms:|^sts:/.test(action))).toEqual([]);
  });

  it('lets nobody delete an event, and only the jobs strike off what was parked', () => {
    for (const { name, properties } of hall.functions) {
      const statements = hall.statementsOf(properties);
      if (name === 'web' || name === 'signin') continue;
      expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([
        expect.objectContaining({
          Action: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'],
          Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#E#*'] } },
        }),
        expect.objectContaining({
          Action: expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']),
          Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['SIGNIN#*'] } },
        }),
      ]);
      const deleting = statements.filter(
        ({ Effect, Action }) => Effect === 'Allow' && Action.includes('dynamodb:DeleteItem'),
      );
      expect(deleting.map(({ Action, Condition }) => [Action, Condition])).toEqual(
        name === 'stream' || name === 'night'
          ? [
              [
                ['dynamodb:DeleteItem'],
                { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#PARKED'] } },
              ],
            ]
          : [],
      );
    }
  });

  it('gives every function a role of its own that starts from nothing', () => {
    const roles = hall.functions.map(({ properties }) => hall.roleOf(properties));
    expect(new Set(roles).size).toBe(hall.functions.length);
    for (const [, { Properties }] of hall.of('AWS::IAM::Role')) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  it('lets each function write its own log only', () => {
    const logs = hall.functions.map(({ properties }) => {
      const group = z.object({ LogGroup: z.object({ Ref: z.string() }) }).parse(properties.LoggingConfig)
        .LogGroup.Ref;
      const statements = hall
        .statementsOf(properties)
        .filter(({ Action }) => Action.join().includes('logs:'));
      expect(statements.map(({ Resource }) => Resource)).toEqual([[{ 'Fn::GetAtt': [group, 'Arn'] }]]);
      return group;
    });
    expect(new Set(logs).size).toBe(hall.functions.length);
  });

  it('lets the API put evidence but not delete it, the jobs delete it but not put it, the month do neither', () => {
    const reach = (name: string, bucket: 'Evidence' | 'Papers') =>
      hall
        .statementsOf(hall.functions.find((one) => one.name === name)?.properties ?? {})
        .filter(({ Resource }) => JSON.stringify(Resource).includes(bucket))
        .flatMap(({ Action }) => Action);
    const deletes = (action: string) => /Delete|Bypass/.test(action);
    expect(reach('month', 'Evidence')).toEqual([]);
    expect(reach('api', 'Evidence')).toContain('s3:PutObject');
    expect(reach('api', 'Evidence').filter(deletes)).toEqual([]);
    for (const job of ['stream', 'night']) {
      expect(reach(job, 'Evidence')).not.toContain('s3:PutObject');
      expect(reach(job, 'Evidence').filter(deletes)).toEqual([
        's3:BypassGovernanceRetention',
        's3:DeleteObjectVersion',
      ]);
    }
    for (const { name } of hall.functions) expect(reach(name, 'Papers').filter(deletes)).toEqual([]);
  });

  it('says for every function, on it and in its alarm, who suffers when it fails', () => {
    const alarms = hall.of('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    for (const { id, properties } of hall.functions) {
      const alarm = alarms.find(
        ({ Dimensions, MetricName }) => MetricName === 'Errors' && JSON.stringify(Dimensions).includes(id),
      );
      expect(alarm).toMatchObject({ MetricName: 'Errors', Threshold: 1 });
      expect(alarm?.AlarmDescription).toBe(properties.Description);
      expect(properties.Description).toMatch(/^\p{Script=Han}.{10,250}$/u);
    }
    expect(new Set(hall.functions.map(({ properties }) => properties.Description)).size).toBe(
      hall.functions.length,
    );
  });

  it('tells somebody of every alarm, and shows its sentence on the one dashboard', () => {
    const { DashboardBody } = hall.only('AWS::CloudWatch::Dashboard').Properties;
    const board = JSON.stringify(DashboardBody);
    const alarms = hall.of('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/Topic/) }]);
      expect(AlarmDescription).toMatch(/^\p{Script=Han}.{10,250}$/u);
      expect(board).toContain(AlarmDescription);
    }
    const [topic] = hall.of('AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
    expect(topic).toMatchObject({ Protocol: 'email', Endpoint: hall.settings.alarmMail[0] });
    expect(alarms).toContainEqual(
      expect.objectContaining({ ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' }),
    );
  });

  it('keeps every log as long as the stage says, six months at least', () => {
    for (const [, { Properties }] of hall.of('AWS::Logs::LogGroup'))
      expect(Properties.RetentionInDays).toBe(hall.settings.logDays);
    expect(hall.settings.logDays).toBeGreaterThanOrEqual(184);
  });

  it('runs on the processor of the stage, in Shanghai, on Node 24', () => {
    for (const { properties } of hall.functions) {
      expect(properties).toMatchObject({
        Architectures: [hall.settings.architecture],
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Environment: { Variables: { TZ: 'Asia/Shanghai' } },
      });
    }
  });

  it('has one way to the API and one to the pages, and answers before the gateway gives up', () => {
    const routes = hall.of('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['ANY /api/{proxy+}', 'NONE'],
      ['GET /{proxy+}', 'NONE'],
      ['HEAD /{proxy+}', 'NONE'],
      ['GET /', 'NONE'],
      ['HEAD /', 'NONE'],
      ...(hall.settings.builtInAccounts
        ? [
            ['GET /oidc/{proxy+}', 'NONE'],
            ['POST /oidc/{proxy+}', 'NONE'],
          ]
        : []),
    ]);
    expect(hall.only('AWS::ApiGatewayV2::Api').Properties).not.toHaveProperty('CorsConfiguration');
    expect(hall.only('AWS::ApiGatewayV2::Stage').Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    });
    const timeout = Number(hall.functions.find(({ name }) => name === 'api')?.properties.Timeout);
    expect(timeout).toBeGreaterThan(20);
    expect(timeout).toBeLessThan(30);
  });

  it('logs requests without what was asked for, since a query could carry a name', () => {
    const { Format } = z
      .object({ Format: z.string() })
      .parse(hall.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings);
    expect(JSON.parse(Format)).toMatchObject({ status: '$context.status' });
    expect(Format).not.toMatch(/querystring|authorizer/i);
  });

  it('wakes the follow-ups by inserted items only, halves a batch that fails, and parks what fails for good', () => {
    const { Properties: mapping } = hall.only('AWS::Lambda::EventSourceMapping');
    const [queue] = hall.of('AWS::SQS::Queue').map(([id]) => id);
    expect(mapping).toMatchObject({
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT'] }) }] },
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
    for (const { name, properties } of hall.functions.filter(
      ({ name }) => name === 'night' || name === 'month',
    )) {
      expect(properties.DeadLetterConfig, name).toEqual({ TargetArn: { 'Fn::GetAtt': [queue, 'Arn'] } });
    }
  });

  it('rings every midnight and on the 5th at one, by the clocks of the hall', () => {
    // Of cron(minute hour day month weekday year) in UTC: when it rings first in 2026-11, by the wall clock.
    const ringsFirst = (expression: unknown): string => {
      const [, minute, hour, day] = /^cron\((\d+) (\d+) (\d+|\*) \* \? \*\)$/.exec(String(expression)) ?? [];
      const at = Date.UTC(2026, 10, day === '*' ? 1 : Number(day), Number(hour), Number(minute));
      return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
    };
    const rules = hall.of('AWS::Events::Rule').map(([id, { Properties }]) => ({
      job: /Night|Seal/.test(id) ? 'night' : /Morning/.test(id) ? 'morning' : 'month',
      first: ringsFirst(Properties.ScheduleExpression),
      target: JSON.stringify(Properties.Targets),
    }));
    expect(rules.map(({ job, first }) => [job, first])).toEqual([
      ['night', '2026-11-02T00:00'],
      ['night', '2026-11-02T01:00'],
      ['morning', '2026-11-01T08:20'],
      ['month', '2026-11-05T01:00'],
    ]);
    for (const { job, target } of rules) {
      expect(target).toContain(hall.functions.find(({ name }) => name === job)?.id);
      expect(target).toContain('DeadLetterConfig');
    }
  });

  it('carries the tags by which its cost is found', () => {
    const tags = [
      { Key: 'project', Value: 'mingchuang' },
      { Key: 'stage', Value: hall.settings.stage },
    ];
    // In whatever order the library writes them.
    for (const type of ['AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::SQS::Queue']) {
      for (const [, { Properties }] of hall.of(type))
        expect(Properties.Tags).toEqual(expect.arrayContaining(tags));
    }
  });
});

describe('the partitions', () => {
  it('name nothing of the other one', () => {
    expect(china.text).toContain('arn:aws-cn:');
    expect(china.text).not.toContain('arn:aws:');
    expect(china.text).not.toMatch(/amazonaws\.com(?!\.cn|")/);
    expect(world.text).not.toContain('aws-cn');
  });

  it('ask in China for nothing that Lambda has not got there: tracing, tags on event source mappings', () => {
    for (const { properties } of china.functions) expect(properties).not.toHaveProperty('TracingConfig');
    expect(china.text).not.toContain('xray:');
    expect(china.only('AWS::Lambda::EventSourceMapping').Properties).not.toHaveProperty('Tags');
  });

  it('serve pages from a CDN where there is one, and in China from the registered domain alone', () => {
    expect(world.of('AWS::CloudFront::Distribution')).toHaveLength(1);
    expect(china.text).not.toMatch(/CloudFront|Cognito/);
    expect(china.only('AWS::ApiGatewayV2::Api').Properties.DisableExecuteApiEndpoint).toBe(true);
    expect(china.only('AWS::ApiGatewayV2::DomainName').Properties).toMatchObject({
      DomainName: 'mingchuang.example.cn',
      DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2', EndpointType: 'REGIONAL' }],
    });
  });

  it('tell the app where to sign in, and in China the registration number for the foot of the page', () => {
    expect(JSON.parse(china.variablesOf('web').WEB_SETTINGS ?? '')).toEqual({
      issuer: 'https://sign-in.example.cn',
      clientId: 'mingchuang-web',
      scope: 'openid profile offline_access',
      icp: '苏ICP备2026000001号-1',
    });
    expect(JSON.parse(world.variablesOf('web').WEB_SETTINGS ?? '')).toMatchObject({
      clientId: 'given',
      scope: 'openid profile', // a pool knows no offline_access
    });
    expect(JSON.parse(china.variablesOf('web').WEB_ORIGINS ?? '')).toEqual([
      'https://sign-in.example.cn',
      'https://given',
    ]);
  });

  it('have a user pool only where no issuer was given: nobody signs up by themselves, and it stays', () => {
    expect(world.only('AWS::Cognito::UserPool')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
      },
    });
    const office = raise('world', {
      issuers: [trusted],
      signIn: { clientId: 'web' },
      outerFence: true,
    });
    expect(office.of('AWS::Cognito::UserPool')).toEqual([]);
    expect(office.only('AWS::ApiGatewayV2::Authorizer').Properties).toMatchObject({
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: trusted.issuer, Audience: ['hall'] },
    });
    const routes = office.of('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
    expect(
      routes.flatMap(({ RouteKey, AuthorizationType }) => (AuthorizationType === 'JWT' ? [RouteKey] : [])),
    ).toEqual(['ANY /api/{proxy+}']);
  });

  it('keep passwords of their own only where asked for, and let one function read them and the secret', () => {
    expect(accounts.of('AWS::Cognito::UserPool')).toEqual([]);
    expect(china.of('AWS::SecretsManager::Secret')).toEqual([]);
    expect(accounts.only('AWS::SecretsManager::Secret')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { GenerateSecretString: { PasswordLength: 64 } },
    });
    for (const { name, properties } of accounts.functions) {
      const reads = accounts
        .statementsOf(properties)
        .filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'));
      expect([name, reads.length]).toEqual([name, name === 'signin' ? 1 : 0]);
    }
    const signin = accounts.functions.find(({ name }) => name === 'signin')?.properties ?? {};
    expect(
      accounts
        .statementsOf(signin)
        .flatMap(({ Action, Condition }) => (Action.join().includes('dynamodb:') ? [Condition] : [])),
    ).toEqual([{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SIGNIN#*'] } }]);
    const abroad = raise('world', { builtInAccounts: true });
    const distribution = JSON.stringify(abroad.only('AWS::CloudFront::Distribution').Properties);
    expect(distribution).toContain('"PathPattern":"/oidc/*"');
    expect(abroad.of('AWS::Cognito::UserPool')).toEqual([]);
    expect(JSON.stringify(world.only('AWS::CloudFront::Distribution').Properties)).not.toContain('/oidc/');
  });

  it('lock everything with a key of one’s own where the stage asks for it, turned every year and kept', () => {
    expect(world.of('AWS::KMS::Key')).toEqual([]);
    const own = raise('world', { customerKey: true });
    expect(own.only('AWS::KMS::Key')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
    expect(own.only('AWS::DynamoDB::GlobalTable').Properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
    for (const name of ['api', 'stream', 'night', 'month'])
      expect(
        own
          .statementsOf(own.functions.find((one) => one.name === name)?.properties ?? {})
          .flatMap(({ Action }) => Action),
      ).toContain('kms:Decrypt');
  });
});

const trusted = {
  issuer: 'https://id.example.cn',
  audience: 'hall',
  algorithms: ['RS256'],
  jwksUrl: 'https://id.example.cn/keys',
};

describe('the settings', () => {
  const arn = 'arn:aws-cn:acm:cn-north-1:123456789012:certificate/0a1b';
  const fine = {
    region: 'cn-north-1',
    domain: { name: 'hall.example.cn', certificateArn: arn },
    icpNumber: '京ICP备2026000001号',
    issuers: [trusted],
    signIn: { clientId: 'hall-web' },
  };

  it('take the partition from the region, and most can be left out', () => {
    expect(checkSettings('office', fine)).toMatchObject({
      ...{ stage: 'office', partition: 'aws-cn', architecture: 'arm64', logDays: 365, tracing: false },
      ...{ requestsPerSecond: 100, customerKey: false, outerFence: false },
    });
    expect(checkSettings('abroad', { region: 'eu-central-1' })).toMatchObject({
      partition: 'aws',
      issuers: [],
    });
  });

  it.each([
    ['region', { region: 'cn-nowhere-9' }],
    ['region', { region: 'us-gov-west-1' }],
    ['architecture', { architecture: 'arm' }],
    ['domain', { domain: undefined }],
    [
      'domain',
      { domain: { name: 'hall.example.cn', certificateArn: arn.replace('cn-north-1', 'cn-northwest-1') } },
    ],
    ['domain.name', { domain: { name: 'https://hall.example.cn', certificateArn: arn } }],
    ['icpNumber', { icpNumber: undefined }],
    ['icpNumber', { icpNumber: '备案中' }],
    ['issuers', { issuers: [], signIn: undefined }],
    ['issuers.0', { issuers: [{ ...trusted, jwksFile: 'keys.json' }] }],
    ['issuers.0', { issuers: [{ ...trusted, algorithms: ['HS256'] }] }],
    ['issuers.0', { issuers: [{ ...trusted, audiense: 'hall' }] }],
    ['builtInAccounts', { builtInAccounts: true }],
    ['outerFence', { issuers: [], signIn: undefined, builtInAccounts: true, outerFence: true }],
    ['signIn', { signIn: undefined }],
    ['tracing', { tracing: true }],
    ['outerFence', { outerFence: true, issuers: [{ ...trusted, algorithms: ['ES256'] }] }],
    ['logDays', { logDays: 90 }],
  ])('are refused with a wrong %s', (field, change) => {
    expect(() => checkSettings('office', { ...fine, ...change })).toThrow(`stage office: ${field}`);
  });

  it('say everything that is wrong at once, and which stages there are', () => {
    expect(() => checkSettings('office', { region: 'cn-north-1' })).toThrow(/domain.*icpNumber.*issuers/);
    expect(() => checkSettings('office', { architecture: 'arm', logDays: 1 })).toThrow(
      /region.*architecture.*logDays/,
    );
    expect(() => readSettings('offcie')).toThrow('no stage offcie; there are: china, china-accounts, world');
  });

  it('are explained one by one, in Chinese', () => {
    for (const { says } of explainedSettings()) expect(says).toMatch(/\p{Script=Han}{2}/u);
  });
});

describe('a function', () => {
  it('is not raised without the words of whoever suffers', () => {
    const stack = new Stack(new App(), 'Trial');
    const silent = () =>
      new HallFunction(stack, 'Silent', {
        settings: world.settings,
        watch: new Watch(stack, 'Watch', world.settings),
        code: Code.fromInline('// stub'),
        whenItFails: 'TODO',
        memory: 128,
        timeout: Duration.seconds(1),
        environment: {},
        may: [],
      });
    expect(silent).toThrow('Silent: whenItFails');
  });
});
