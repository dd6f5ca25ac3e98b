// The address of the house: one HTTP API, before it a CDN where the partition has one, else a domain of the office's
// own. Pages and API share the address, so nothing needs to be let in from elsewhere.
import { Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  OriginRequestPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { justified, keptLog } from './house.ts';
import type { Settings } from './settings.ts';
import { logBucket } from './storage.ts';

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

export class Delivery extends Construct {
  readonly api: HttpApi;
  /** Where people reach the house: `https://host`. */
  readonly appOrigin: string;
  /** What the domain's CNAME must point to, where there is a domain. */
  readonly pointsTo: string | undefined;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const own = settings.partition === 'aws-cn' ? settings.domain : undefined;
    this.api = new HttpApi(this, 'HttpApi', {
      description: '明窗',
      createDefaultStage: false,
      // Only the registered domain may serve people in China.
      disableExecuteApiEndpoint: own !== undefined,
    });
    const domain =
      own &&
      new DomainName(this, 'Domain', {
        domainName: own.name,
        certificate: Certificate.fromCertificateArn(this, 'DomainCertificate', own.certificateArn),
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.requestsPerSecond, burstLimit: settings.requestsPerSecond * 2 },
      ...(domain === undefined ? {} : { domainMapping: { domainName: domain } }),
      accessLogSettings: {
        destination: new LogGroupLogDestination(keptLog(this, 'AccessLog', settings)),
        format: AccessLogFormat.custom(accessLine),
      },
    });
    if (own && domain) {
      this.appOrigin = `https://${own.name}`;
      this.pointsTo = domain.regionalDomainName;
      return;
    }
    const distribution = this.distribute(settings);
    this.appOrigin = `https://${settings.domain?.name ?? distribution.distributionDomainName}`;
    this.pointsTo = settings.domain && distribution.distributionDomainName;
  }

  /** The CDN keeps what the functions say may be kept, and adds nothing: headers have one source. */
  private distribute({ domain, ...settings }: Settings): Distribution {
    const { region, urlSuffix } = Stack.of(this);
    const origin = new HttpOrigin(`${this.api.apiId}.execute-api.${region}.${urlSuffix}`);
    const distribution = new Distribution(this, 'Distribution', {
      comment: '明窗',
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(domain === undefined
        ? {}
        : {
            domainNames: [domain.name],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
      defaultBehavior: {
        origin,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: new CachePolicy(this, 'AsTold', {
          comment: 'Keeps a page as long as it says itself.',
          minTtl: Duration.seconds(0),
          defaultTtl: Duration.seconds(0),
          maxTtl: Duration.days(365),
          headerBehavior: CacheHeaderBehavior.none(),
          cookieBehavior: CacheCookieBehavior.none(),
          queryStringBehavior: CacheQueryStringBehavior.none(),
          enableAcceptEncodingGzip: true,
          enableAcceptEncodingBrotli: true,
        }),
      },
      additionalBehaviors: {
        '/api/*': {
          origin,
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
        ...(settings.builtInAccounts
          ? {
              '/oidc/*': {
                origin,
                viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
                allowedMethods: AllowedMethods.ALLOW_ALL,
                cachePolicy: CachePolicy.CACHING_DISABLED,
                originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
              },
            }
          : {}),
      },
      // The API sees the CDN's address only; who really came must be kept (Cybersecurity Law of 2016, art. 21 (3)).
      enableLogging: true,
      logBucket: logBucket(this, 'CdnLogs', { domain, ...settings }, true),
      logIncludesCookies: false,
    });
    justified(
      distribution,
      'CFR1',
      'Where an office may be is the office’s business; sign-in decides who comes in.',
    );
    justified(
      distribution,
      'CFR2',
      'A firewall costs more a month than all the rest at rest. Requests are throttled at the gateway, tokens are checked in the function; docs/operations.md says how to add one.',
    );
    if (domain === undefined)
      justified(
        distribution,
        'CFR4',
        'The CDN’s own name fixes its protocol; with a domain it is TLS 1.2 of 2021.',
      );
    return distribution;
  }
}
