// One hall's house in one region: storage, the door, the jobs. Knows the functions by the folders they were packed
// into, and nothing of what they do.
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Entry } from './bundle.ts';
import { Door } from './http-api.ts';
import { Jobs } from './jobs.ts';
import type { Settings } from './settings.ts';
import { Storage } from './storage.ts';

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

    const storage = new Storage(this, 'Storage', settings);
    const door = new Door(this, 'Door', { settings, storage, code: code('api') });
    new Jobs(this, 'Jobs', { settings, storage, code });

    new CfnOutput(this, 'ApiUrl', { value: door.url });
    new CfnOutput(this, 'TableName', { value: storage.table.tableName });
    new CfnOutput(this, 'EvidenceBucket', { value: storage.evidence.bucketName });
    new CfnOutput(this, 'PapersBucket', { value: storage.papers.bucketName });

    // The China regions have no tags on event source mappings (docs.amazonaws.cn, Getting Started, Amazon Lambda).
    const where = { excludeResourceTypes: ['AWS::Lambda::EventSourceMapping'] };
    Tags.of(this).add('project', 'mingchuang', where);
    Tags.of(this).add('stage', settings.stage, where);
  }
}
