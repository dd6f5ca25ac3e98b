// House defaults: what every function and log of ours has, so that a stack says only what is special.
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from './settings.ts';
import type { Watch } from './watch.ts';

/** One statement: these actions on these resources. */
export const allow = (actions: string[], resources: string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources });

/** Why a rule of cdk-nag's AWS Solutions pack does not hold here: said where the thing is made. */
export const justified = (where: Construct, rule: string, reason: string): void =>
  Validations.of(where).acknowledge({ id: `AwsSolutions-${rule}`, reason });

/** Logs stay when the stack goes: the law asks for them (see `logDays` in settings.ts). */
export const keptLog = (scope: Construct, id: string, { logDays }: Settings): LogGroup =>
  new LogGroup(scope, id, { retention: logDays, removalPolicy: RemovalPolicy.RETAIN });

export interface HallFunctionProps {
  settings: Settings;
  watch: Watch;
  code: Code;
  /** One Chinese sentence in the words of whoever suffers: shown on the function and in its alarm; at most 256 signs. */
  whenItFails: string;
  /** Megabytes; the share of a processor grows with it. */
  memory: number;
  timeout: Duration;
  environment: Record<string, string>;
  /** All it may do besides writing its own log. */
  may: PolicyStatement[];
  /** Where a call nobody waits for goes when it failed for good. */
  parking?: IQueue;
  /** So many at once at most, and always so many. */
  concurrency?: number | undefined;
}

/** A function with a role of its own that starts from nothing, a log that stays, and an alarm that says who suffers. */
export class HallFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: HallFunctionProps) {
    super(scope, id);
    if (!/\p{Script=Han}/u.test(props.whenItFails)) throw new Error(`${id}: whenItFails says nothing`);

    this.log = keptLog(this, 'Log', props.settings);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const ownLog = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.log.logGroupArn]);
    for (const statement of [ownLog, ...props.may]) role.addToPolicy(statement);
    for (const objects of objectsIn(this, props.may))
      justified(
        role,
        `IAM5[Resource::${objects}]`,
        'The objects of one bucket; their names are made when they are.',
      );

    this.lambda = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: props.settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: props.code,
      description: props.whenItFails,
      memorySize: props.memory,
      timeout: props.timeout,
      environment: { ...props.environment, TZ: 'Asia/Shanghai' },
      role,
      logGroup: this.log,
      // The China regions have no X-Ray for Lambda (docs.amazonaws.cn, Getting Started, Amazon Lambda).
      tracing: props.settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...(props.concurrency === undefined ? {} : { reservedConcurrentExecutions: props.concurrency }),
      ...(props.parking === undefined ? {} : { deadLetterQueue: props.parking }),
    });
    props.watch.over(this, 'Errors', {
      metric: this.lambda.metricErrors({ period: Duration.minutes(5) }),
      words: props.whenItFails,
    });
  }
}

/** Resources that end in a wildcard, as cdk-nag names them: `<logical id.Arn>/*`. */
const objectsIn = (scope: Construct, statements: readonly PolicyStatement[]): Set<string> => {
  const names = new Set<string>();
  for (const statement of statements) {
    const written = JSON.stringify(Stack.of(scope).resolve(statement.resources));
    for (const [, id, attribute, path] of written.matchAll(
      /"Fn::GetAtt":\["(\w+)","(\w+)"\]},"(\/[^"]*\*)"/g,
    ))
      names.add(`<${id}.${attribute}>${path}`);
  }
  return names;
};
