// House defaults: what every function, log and alarm of ours has, so that a stack says only what is special.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** One statement: these actions on these resources. */
export const allow = (actions: string[], resources: string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources });

/**
 * Network logs are kept six months at least (Cybersecurity Law of 2016, art. 21 (3)); 180 days would fall short of
 * some six months, and the service offers nothing between 180 days and a year.
 */
export const keptLog = (scope: Construct, id: string): LogGroup =>
  new LogGroup(scope, id, { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });

/** Rings when the sum over five minutes reaches one; `whoSuffers` is what the person on duty reads first. */
export const alarmAtOnce = (scope: Construct, id: string, metric: IMetric, whoSuffers: string): Alarm =>
  new Alarm(scope, id, {
    metric,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: whoSuffers,
  });

export interface HallFunctionProps {
  settings: Settings;
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
}

/** A function with a role of its own that starts from nothing, a log that stays, and an alarm that says who suffers. */
export class HallFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: HallFunctionProps) {
    super(scope, id);
    if (!/\p{Script=Han}/u.test(props.whenItFails)) throw new Error(`${id}: whenItFails says nothing`);

    const log = keptLog(this, 'Log');
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const ownLog = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [log.logGroupArn]);
    for (const statement of [ownLog, ...props.may]) role.addToPolicy(statement);

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
      logGroup: log,
      // The China regions have no X-Ray for Lambda (docs.amazonaws.cn, Getting Started, Amazon Lambda).
      tracing: props.settings.partition === 'aws-cn' ? Tracing.DISABLED : Tracing.ACTIVE,
      ...(props.parking === undefined ? {} : { deadLetterQueue: props.parking }),
    });
    alarmAtOnce(this, 'Errors', this.lambda.metricErrors({ period: Duration.minutes(5) }), props.whenItFails);
  }
}
