// One stage's house in one region: storage, the doors, the jobs, the watch. Knows the functions by the folders they were
// packed into, and nothing of what they do.
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Entry } from './bundle.ts';
import { Delivery } from './delivery.ts';
import { Door } from './http-api.ts';
import { SignIn } from './identity.ts';
import { Jobs } from './jobs.ts';
import type { Settings } from './settings.ts';
import { Storage } from './storage.ts';
import { Watch } from './watch.ts';

export interface HallStackProps {
  settings: Settings;
  code: (entry: Entry) => Code;
}

export class HallStack extends Stack {
  constructor(scope: Construct, { settings, code }: HallStackProps) {
    super(scope, `Mingchuang-${settings.stage}`, {
      env: { region: settings.region },
      description: '明窗 Mingchuang: supervision of window discipline and staff performance',
      terminationProtection: true,
      analyticsReporting: false,
    });

    const watch = new Watch(this, 'Watch', settings);
    const delivery = new Delivery(this, 'Delivery', settings);
    const storage = new Storage(this, 'Storage', settings, delivery.appOrigin);
    const signIn = new SignIn(this, 'SignIn', settings, delivery.appOrigin, storage.key);
    const door = new Door(this, 'Door', { settings, watch, storage, delivery, signIn, code });
    const jobs = new Jobs(this, 'Jobs', { settings, watch, storage, code });
    watch.board(settings.stage, [
      {
        title: '请求与出错',
        metrics: [
          delivery.api.metricCount(),
          delivery.api.metricClientError(),
          delivery.api.metricServerError(),
        ],
      },
      { title: '接口耗时', metrics: [door.api.lambda.metricDuration({ statistic: 'p95' })] },
      {
        title: '表的用量',
        metrics: [
          storage.table.metricConsumedReadCapacityUnits(),
          storage.table.metricConsumedWriteCapacityUnits(),
        ],
      },
      { title: '暂存的事项', metrics: [jobs.parking.metricApproximateNumberOfMessagesVisible()] },
    ]);

    // What the commands of local/ look for, in `.build/<stage>.outputs.json`.
    const told: Record<string, string | undefined> = {
      Region: settings.region,
      AppUrl: delivery.appOrigin,
      DomainPointsTo: delivery.pointsTo,
      TableName: storage.table.tableName,
      EvidenceBucket: storage.evidence.bucketName,
      PapersBucket: storage.papers.bucketName,
      Issuer: signIn.issuers[0]?.issuer,
      UserPool: signIn.poolId,
      SigningSecret: signIn.builtIn?.secret.secretArn,
      ArchiveFunction: jobs.functions.archive?.lambda.functionName,
      ParkingQueue: jobs.parking.queueUrl,
    };
    for (const [name, value] of Object.entries(told))
      if (value !== undefined) new CfnOutput(this, name, { value });

    // The China regions have no tags on event source mappings (docs.amazonaws.cn, Getting Started, Amazon Lambda).
    const where = { excludeResourceTypes: ['AWS::Lambda::EventSourceMapping'] };
    const tags = { ...settings.tags, project: 'mingchuang', stage: settings.stage };
    for (const [name, value] of Object.entries(tags)) Tags.of(this).add(name, value, where);
  }
}
