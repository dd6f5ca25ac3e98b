// What happens without anybody asking: what follows from an event, the night, the morning, the month, an archive. Each
// function may do no more than its job; what failed for good is parked where it can be looked at.
import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
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
import { allow, HallFunction, justified } from './house.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';
import type { Watch } from './watch.ts';

export interface JobsProps {
  settings: Settings;
  watch: Watch;
  code: (entry: Entry) => Code;
  storage: Storage;
}

/** What a job is, besides the house's defaults. */
interface Job {
  whenItFails: string;
  memory: number;
  may: PolicyStatement[];
  environment: Record<string, string>;
  timeout?: Duration;
  /** By the clocks of the hall: +08:00 the year round. */
  at?: { hour: number; minute: number; day?: number };
}

export class Jobs extends Construct {
  /** By the name of the entry. */
  readonly functions: Partial<Record<Entry, HallFunction>> = {};
  readonly parking: Queue;

  constructor(scope: Construct, id: string, { settings, watch, code, storage }: JobsProps) {
    super(scope, id);
    const { table, evidence, papers } = storage;

    this.parking = new Queue(this, 'Parking', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    justified(this.parking, 'SQS3', 'This is the parking queue itself; it has an alarm.');
    watch.over(this, 'Parked', {
      metric: this.parking.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      words: '有自动事项办不成,已暂存待查;内勤的待办里会缺相应的告知、文书或催办',
    });

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
    const reads = [...storage.usesTable(), ...storage.writesPapers()];
    const tableAndPapers = { TABLE_NAME: table.tableName, PAPERS_BUCKET: papers.bucketName };

    const raise = (name: Entry, job: Job): HallFunction => {
      const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const raised = new HallFunction(this, id, {
        ...{ settings, watch, code: code(name), timeout: Duration.minutes(15) },
        ...job,
        may: [...job.may, ...storage.usesKey()],
        ...(name === 'stream' ? {} : { parking: this.parking }),
      });
      this.functions[name] = raised;
      if (job.at !== undefined) this.ring(`Every${id}`, job.at, raised);
      return raised;
    };

    const stream = raise('stream', {
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
        allow(['sqs:SendMessage'], [this.parking.queueArn]),
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
      onFailure: { bind: () => ({ destination: this.parking.queueArn }) },
    });
    watch.over(this, 'Behind', {
      metric: stream.lambda.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
      words: '自动事项落后一小时以上;刚上报的证据迟迟不显示收妥,告知晚到',
      atLeast: 3_600_000,
    });

    const night = raise('night', {
      whenItFails: '答复期已满的问题没有结转,该催办的没有催办,格长次日的待办不准',
      memory: 1024,
      environment: keeper,
      may: [...followsUp, ...storage.seals()],
      at: { hour: 0, minute: 0 },
    });
    // An hour for whatever was still on its way at midnight.
    this.ring('EverySeal', { hour: 1, minute: 0 }, night, { work: 'seal' });
    watch.overLog(
      this,
      'LeftOver',
      night.log,
      '{ $.failed > 0 }',
      '有中心的夜间事项没有办完,已列入暂存清单,内勤次日的待办可能不全',
    );
    watch.over(this, 'NoNight', {
      metric: night.lambda.metricInvocations({ period: Duration.days(1) }),
      words: '昨夜没有自动结转和催办;答复期满的问题仍显示待答复',
      atMostBelow: 1,
    });

    watch.overLog(
      this,
      'Unsealed',
      night.log,
      '{ $.unsealed > 0 }',
      '有记录 48 小时还没有封存,纪检监察核验日志时会指出',
    );

    const morning = raise('morning', {
      whenItFails: '早上的待办清单没有发到群里和短信;登录后仍能看到全部待办',
      memory: 512,
      environment: tableAndPapers,
      may: reads,
      at: { hour: 8, minute: 20 },
    });
    watch.overLog(
      this,
      'NotSent',
      morning.log,
      '{ $.failed > 0 }',
      '有中心早上的待办清单没有发出(多为群机器人地址失效)',
    );

    raise('archive', {
      whenItFails: '中心的整套档案没有导出完,要的人拿不到;原有记录不受影响,可再导一次',
      memory: 1769,
      environment: keeper,
      may: [...reads, ...storage.copiesEvidence()],
    });
    const month = raise('month', {
      whenItFails: '上月成绩没有按时汇总,内勤 5 日上班看不到汇总结果,公示和评星随之推迟',
      memory: 1769, // one whole processor
      environment: tableAndPapers,
      may: reads,
      at: { hour: 1, minute: 0, day: 5 },
    });
    watch.overLog(
      this,
      'NotSummed',
      month.log,
      '{ $.code = "*" }',
      '有中心上月成绩汇总不了(多为考核办法未施行),内勤需要手工处理后再汇总',
    );
  }

  private ring(id: string, at: NonNullable<Job['at']>, job: HallFunction, call?: object): void {
    // Schedules are UTC: 00:00 is 16:00 of the day before.
    const hour = (at.hour + 16) % 24;
    const day = at.day === undefined ? undefined : at.hour < 8 ? at.day - 1 : at.day;
    const target = new LambdaFunction(job.lambda, {
      deadLetterQueue: this.parking,
      retryAttempts: 5,
      ...(call === undefined ? {} : { event: RuleTargetInput.fromObject(call) }),
    });
    new Rule(this, id, {
      schedule: Schedule.cron({
        minute: String(at.minute),
        hour: String(hour),
        ...(day === undefined ? {} : { day: String(day) }),
      }),
      targets: [target],
    });
  }
}

const streamOf = ({ table }: Storage): string => {
  if (table.tableStreamArn === undefined) throw new Error('the table has no stream');
  return table.tableStreamArn;
};
