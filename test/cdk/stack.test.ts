// What we fear of a deployment: lost data, open doors, rights too wide, a partition that is not ours, silence.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { HallFunction } from '../../cdk/house.ts';
import { readSettings } from '../../cdk/settings.ts';
import { raise, type Statement } from './template.ts';

const world = raise('world');
const china = raise('china');

describe.each([
  ['world', world],
  ['china', china],
] as const)('the house of stage %s', (_stage, hall) => {
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

  it('has no public bucket, and none that loses a version or a lock', () => {
    expect(hall.of('AWS::S3::Bucket')).toHaveLength(2);
    for (const [, { Properties: bucket }] of hall.of('AWS::S3::Bucket')) {
      expect(bucket).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        ObjectLockEnabled: true,
        BucketEncryption: expect.anything(),
      });
      expect(bucket).not.toHaveProperty('WebsiteConfiguration');
      expect(bucket).toHaveProperty('CorsConfiguration.CorsRules.0.AllowedOrigins', [
        hall.settings.appOrigin,
      ]);
      expect(bucket).toHaveProperty('CorsConfiguration.CorsRules.length', 1);
    }
  });

  it('lets nobody in by a resource policy but the service that rings', () => {
    for (const { Principal } of allowed.filter(({ Principal }) => Principal !== undefined)) {
      expect(Principal).toEqual({ Service: 'events.amazonaws.com' });
    }
  });

  it('speaks TLS only, with buckets and queue', () => {
    const policies = [...hall.of('AWS::S3::BucketPolicy'), ...hall.of('AWS::SQS::QueuePolicy')];
    expect(policies).toHaveLength(3);
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
      if (Resource.includes('*'))
        expect(Action).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
    }
  });

  it('grants nobody to scan or to change rights', () => {
    const actions = allowed.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /Scan|Acl|Policy|^iam:|^kms:|^sts:/.test(action))).toEqual([]);
  });

  it('lets nobody delete an event, and only the jobs strike off what was parked', () => {
    for (const { name, properties } of hall.functions) {
      const statements = hall.statementsOf(properties);
      expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([
        expect.objectContaining({
          Action: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'],
          Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#E#*'] } },
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
      const alarm = alarms.find((one) => JSON.stringify(one.Dimensions).includes(id));
      expect(alarm).toMatchObject({ MetricName: 'Errors', Threshold: 1 });
      expect(alarm?.AlarmDescription).toBe(properties.Description);
      expect(properties.Description).toMatch(/^\p{Script=Han}.{10,250}$/u);
    }
    expect(new Set(hall.functions.map(({ properties }) => properties.Description)).size).toBe(4);
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

  it('has one route, answers before the gateway gives up, and lets pages of its own origin call', () => {
    const route = hall.only('AWS::ApiGatewayV2::Route').Properties;
    expect(route).toMatchObject({ RouteKey: 'ANY /api/{proxy+}', AuthorizationType: 'NONE' });
    expect(hall.of('AWS::ApiGatewayV2::Authorizer')).toEqual([]);
    expect(hall.only('AWS::ApiGatewayV2::Api').Properties).toHaveProperty('CorsConfiguration.AllowOrigins', [
      hall.settings.appOrigin,
    ]);
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
      job: /Night|Seal/.test(id) ? 'night' : 'month',
      first: ringsFirst(Properties.ScheduleExpression),
      target: JSON.stringify(Properties.Targets),
    }));
    expect(rules.map(({ job, first }) => [job, first])).toEqual([
      ['night', '2026-11-02T00:00'],
      ['night', '2026-11-02T01:00'],
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
    for (const type of ['AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::SQS::Queue']) {
      for (const [, { Properties }] of hall.of(type)) expect(Properties.Tags).toEqual(tags);
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
    for (const { properties } of world.functions)
      expect(properties.TracingConfig).toEqual({ Mode: 'Active' });
  });
});

describe('the settings', () => {
  const fine = {
    region: 'cn-north-1',
    architecture: 'arm64',
    appOrigin: 'https://hall.example.cn',
    issuers: [
      { issuer: 'https://id.example.cn', audience: 'hall', algorithms: ['ES256'], jwksFile: 'keys.json' },
    ],
  };

  it('take the partition from the region', () => {
    expect(readSettings('office', { office: fine })).toEqual({
      stage: 'office',
      partition: 'aws-cn',
      ...fine,
    });
    const abroad = { ...fine, region: 'eu-central-1' };
    expect(readSettings('abroad', { abroad }).partition).toBe('aws');
  });

  it.each([
    ['region', { region: 'cn-nowhere-9' }],
    ['region', { region: 'us-gov-west-1' }],
    ['architecture', { architecture: 'arm' }],
    ['appOrigin', { appOrigin: 'https://hall.example.cn/' }],
    ['appOrigin', { appOrigin: 'http://hall.example.cn' }],
    ['appOrigin', { appOrigin: '*' }],
    ['issuers', { issuers: [] }],
    ['issuers.0', { issuers: [{ ...fine.issuers[0], jwksUrl: 'https://id.example.cn/keys' }] }],
    ['issuers.0', { issuers: [{ ...fine.issuers[0], algorithms: [] }] }],
    ['issuers.0', { issuers: [{ ...fine.issuers[0], audiense: 'hall' }] }],
  ])('are refused with a wrong %s', (field, change) => {
    expect(() => readSettings('office', { office: { ...fine, ...change } })).toThrow(
      `stage office: ${field}:`,
    );
  });

  it('say everything that is wrong at once, and which stages there are', () => {
    expect(() => readSettings('office', { office: {} })).toThrow(/region.*architecture.*appOrigin.*issuers/);
    expect(() => readSettings('offcie', { office: fine })).toThrow('no stage offcie; there are: office');
  });
});

describe('a function', () => {
  it('is not raised without the words of whoever suffers', () => {
    const silent = () =>
      new HallFunction(new Stack(new App(), 'Trial'), 'Silent', {
        settings: world.settings,
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
