// The door for people: one HTTP API, one route, one function. Who comes in is decided in the function, the same
// here as on one machine; the gateway knows no tokens.
import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { HallFunction, keptLog } from './house.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';

export interface DoorProps {
  settings: Settings;
  code: Code;
  storage: Storage;
}

/** Who asked what and when, and what became of it; never a query string, which could carry names. */
const accessLine = JSON.stringify({
  at: '$context.requestTimeEpoch',
  request: '$context.requestId',
  from: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  took: '$context.responseLatency',
  trouble: '$context.integrationErrorMessage',
});

export class Door extends Construct {
  /** `https://….execute-api.…`: the routes are under `/api`. */
  readonly url: string;

  constructor(scope: Construct, id: string, { settings, code, storage }: DoorProps) {
    super(scope, id);

    const hall = new HallFunction(this, 'Api', {
      settings,
      code,
      whenItFails: '巡查员、格长、内勤和窗口人员都打不开页面,新上报的问题只能留在平板上',
      memory: 1024,
      timeout: Duration.seconds(25), // work ends within 20 s; the gateway gives up at 30
      environment: {
        TABLE_NAME: storage.table.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        PAPERS_BUCKET: storage.papers.bucketName,
        TOKEN_ISSUERS: JSON.stringify(settings.issuers),
      },
      may: [
        ...storage.usesTable(),
        ...storage.takesEvidence(),
        ...storage.writesPapers(),
        ...storage.showsSeals(),
      ],
    });

    const api = new HttpApi(this, 'HttpApi', {
      description: '明窗',
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [settings.appOrigin],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type', 'mingchuang-centre'],
        exposeHeaders: ['content-disposition', 'date', 'retry-after'],
        maxAge: Duration.hours(1),
      },
    });
    api.addRoutes({
      path: '/api/{proxy+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Proxy', hall.lambda),
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(keptLog(this, 'AccessLog')),
        format: AccessLogFormat.custom(accessLine),
      },
    });
    this.url = stage.url;
  }
}
