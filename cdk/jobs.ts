// What happens without anybody asking: what follows from an event, the night, the month. Each function may do no
// more than its job; what failed for good is parked where it can be looked at.
import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  type Code,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Entry } from './bundle.ts';
import { alarmAtOnce, allow, HallFunction } from './house.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';

export interface JobsProps {
  settings: Settings;
  code: (entry: Entry) => Code;
  storage: Storage;
}

export class Jobs extends Construct {
  constructor(scope: Construct, id: string, { settings, code, storage }: JobsProps) {
    super(scope, id);
    const { table, evidence, papers } = storage;

    const parking = new Queue(this, 'Parking', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    alarmAtOnce(
      this,
      'Parked',
      parking.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      '有自动事项办不成,已暂存待查;内勤的待办里会缺相应的告知、文书或催办',
    );

    const keeper = {
      TABLE_NAME: table.tableName,
      EVIDENCE_BUCKET: evidence.bucketName,
      PAPERS_BUCKET: papers.bucketName,
    };
    const followsUp = [
      ...storage.usesTable(),
      ...storage.unparks(),
      ...storage.keepsEvidence(),
      ...storage.writesPapers(),
    ];

    const stream = new HallFunction(this, 'Stream', {
      settings,
      code: code('stream'),
      whenItFails: '告知、函件和催办要到夜间才补办,巡查员看到的证据一直显示未收妥',
      memory: 1024,
      timeout: Duration.minutes(5),
      environment: keeper,
      may: [
        ...followsUp,
        allow(
          [
            ...['dynamodb:DescribeStream', 'dynamodb:GetRecords'],
            ...['dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
          ],
          [streamOf(storage)],
        ),
        allow(['sqs:SendMessage'], [parking.queueArn]),
      ],
    });
    new EventSourceMapping(this, 'Events', {
      target: stream.lambda,
      eventSourceArn: streamOf(storage),
      startingPosition: StartingPosition.TRIM_HORIZON,
      // Events are only ever inserted; heads and receipts that change or expire wake nobody.
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
      batchSize: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 5,
      onFailure: { bind: () => ({ destination: parking.queueArn }) },
    });

    const night = new HallFunction(this, 'Night', {
      settings,
      code: code('night'),
      whenItFails: '答复期已满的问题没有结转,该催办的没有催办,格长次日的待办不准',
      memory: 1024,
      timeout: Duration.minutes(15),
      environment: keeper,
      may: [...followsUp, ...storage.seals()],
      parking,
    });
    const month = new HallFunction(this, 'Month', {
      settings,
      code: code('month'),
      whenItFails: '上月成绩没有按时汇总,内勤 5 日上班看不到汇总结果,公示和评星随之推迟',
      memory: 1769, // one whole processor
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName, PAPERS_BUCKET: papers.bucketName },
      may: [...storage.usesTable(), ...storage.writesPapers()],
      parking,
    });

    // Working time is +08:00 the year round, schedules are UTC: 00:00 is 16:00 of the day before.
    this.ring('EveryNight', Schedule.cron({ minute: '0', hour: '16' }), night, parking);
    // 01:00: an hour for whatever was still on its way at midnight.
    this.ring('EverySeal', Schedule.cron({ minute: '0', hour: '17' }), night, parking, { work: 'seal' });
    this.ring('EveryMonth', Schedule.cron({ minute: '0', hour: '17', day: '4' }), month, parking); // the 5th, 01:00
  }

  private ring(id: string, schedule: Schedule, job: HallFunction, parking: Queue, call?: object): void {
    const target = new LambdaFunction(job.lambda, {
      deadLetterQueue: parking,
      retryAttempts: 5,
      ...(call === undefined ? {} : { event: RuleTargetInput.fromObject(call) }),
    });
    new Rule(this, id, { schedule, targets: [target] });
  }
}

const streamOf = ({ table }: Storage): string => {
  if (table.tableStreamArn === undefined) throw new Error('the table has no stream');
  return table.tableStreamArn;
};
