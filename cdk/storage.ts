// What must never be lost: the table, the evidence, the papers; and the statements that say who may do what with them.
// Key and index names are functions/keys.ts's; the wiring test holds the two together.
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allow, justified } from './house.ts';
import type { Settings } from './settings.ts';

const indexes = ['gsi1', 'gsi2', 'gsi3'];
const text = (name: string) => ({ name, type: AttributeType.STRING });

export class Storage extends Construct {
  readonly table: TableV2;
  readonly evidence: Bucket;
  readonly papers: Bucket;
  /** Only where the stage asks for a key of its own. */
  readonly key: Key | undefined;
  private readonly logs: IBucket;

  /** `appOrigin`: where pages are served, `https://host`; only they may put and read files. */
  constructor(scope: Construct, id: string, settings: Settings, appOrigin: string) {
    super(scope, id);
    this.key = settings.customerKey
      ? new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN })
      : undefined;

    this.table = new TableV2(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      globalSecondaryIndexes: indexes.map((indexName) => ({
        indexName,
        partitionKey: text(`${indexName}pk`),
        sortKey: text(`${indexName}sk`),
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      timeToLiveAttribute: 'expires',
      dynamoStream: StreamViewType.NEW_IMAGE,
      billing: Billing.onDemand(),
      ...(this.key === undefined ? {} : { encryption: TableEncryptionV2.customerManagedKey(this.key) }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    this.logs = logBucket(this, 'AccessLogs', settings);
    this.evidence = this.lockedBucket('Evidence', appOrigin, [colder(settings)]);
    this.papers = this.lockedBucket('Papers', appOrigin, []);
  }

  /**
   * Versions and object lock from the first day, without a default retention: each evidence is locked until its own
   * keep-until, each seal by compliance. Pages put and read files directly by signed URLs, so their origin is let in.
   */
  private lockedBucket(id: string, appOrigin: string, rules: LifecycleRule[]): Bucket {
    return new Bucket(this, id, {
      versioned: true,
      objectLockEnabled: true,
      ...(this.key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Who fetched which file from where: what the register of looks cannot see.
      serverAccessLogsBucket: this.logs,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      cors: [
        {
          allowedOrigins: [appOrigin],
          allowedMethods: [HttpMethods.PUT, HttpMethods.GET, HttpMethods.HEAD],
          allowedHeaders: ['content-type', 'if-none-match', 'range', 'x-amz-*'],
          exposedHeaders: ['Content-Range', 'ETag', 'x-amz-checksum-sha256', 'x-amz-version-id'],
          maxAge: 3600,
        },
      ],
      // A tablet may be off line for days and goes on where its upload broke; parts nobody came back for are dropped.
      lifecycleRules: [
        { id: 'forgotten-parts', abortIncompleteMultipartUploadAfter: Duration.days(30) },
        ...rules,
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** With a key of one's own: to use it, through the table and the buckets only. */
  usesKey(): PolicyStatement[] {
    return this.key === undefined
      ? []
      : [
          allow(
            [
              ...['kms:DescribeKey', 'kms:Decrypt', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
              ...['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
            ],
            [this.key.keyArn],
          ),
        ];
  }

  /**
   * All that `run` and `read` need: by key and by index, never a scan. BatchWriteItem writes the projections of a
   * month, but it can also delete, so it is denied wherever events lie.
   */
  usesTable(): PolicyStatement[] {
    const { tableArn } = this.table;
    return [
      allow(
        [
          ...['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
          ...['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'],
        ],
        [tableArn],
      ),
      allow(
        ['dynamodb:Query'],
        indexes.map((index) => `${tableArn}/index/${index}`),
      ),
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'],
        resources: [tableArn],
        conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#E#*'] } },
      }),
      // A first password may be put down; what is kept of passwords and sign-ins is read where people sign in alone.
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        resources: [tableArn],
        conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['SIGNIN#*'] } },
      }),
    ];
  }

  /** Passwords, tickets, codes and sign-ins: the items of the sign-in, and no other. */
  keepsSignIn(): PolicyStatement[] {
    return [
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SIGNIN#*'] } },
      }),
    ];
  }

  /** To strike a follow-up off the list of parked ones: the only items that are ever deleted (receipts leave by TTL). */
  unparks(): PolicyStatement[] {
    return [
      new PolicyStatement({
        actions: ['dynamodb:DeleteItem'],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#PARKED'] } },
      }),
    ];
  }

  /**
   * To hand out upload and view URLs (a URL can do what its signer can), to join parts and to say what has arrived.
   * ListBucket is there because S3 answers 403 instead of 404 for what is missing without it.
   */
  takesEvidence(): PolicyStatement[] {
    return [
      allow(
        ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:ListMultipartUploadParts'],
        [this.evidence.arnForObjects('*')],
      ),
      allow(['s3:ListBucket'], [this.evidence.bucketArn]),
    ];
  }

  /**
   * To read the whole of what arrived before "received" is said, to lock it until its keep-until, and to delete every
   * version of what is not what was announced or whose time is over (the request names the bypass, so it is needed).
   */
  keepsEvidence(): PolicyStatement[] {
    return [
      allow(
        [
          ...['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectRetention'],
          ...['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
        ],
        [this.evidence.arnForObjects('*')],
      ),
      allow(['s3:ListBucket', 's3:ListBucketVersions'], [this.evidence.bucketArn]),
    ];
  }

  /** To take evidence along in an archive: the recorded version and no other. */
  copiesEvidence(): PolicyStatement[] {
    return [allow(['s3:GetObjectVersion'], [this.evidence.arnForObjects('*')])];
  }

  /** Letters, bulletins, imports and exports. */
  writesPapers(): PolicyStatement[] {
    return [
      allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], [this.papers.arnForObjects('*')]),
      allow(['s3:ListBucket'], [this.papers.bucketArn]),
    ];
  }

  /** To lay a seal down under a compliance lock, and to read the one that was put first. */
  seals(): PolicyStatement[] {
    return [
      allow(['s3:PutObjectRetention'], [this.papers.arnForObjects('*/seals/*')]),
      allow(['s3:ListBucketVersions'], [this.papers.bucketArn]),
    ];
  }

  /** To show a seal: the version that was put first. */
  showsSeals(): PolicyStatement[] {
    return [allow(['s3:ListBucketVersions'], [this.papers.bucketArn])];
  }
}

/** Classes that are read at once, since an answer or a review may ask for a picture any day. */
const colder = ({ coldAfterDays }: Settings): LifecycleRule => ({
  id: 'colder',
  transitions: [
    { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(coldAfterDays) },
    {
      storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
      transitionAfter: Duration.days(coldAfterDays + 120),
    },
  ],
});

/** Where services write who came, kept as long as every log. `byAcl`: for the CDN, which knows no other way. */
export const logBucket = (scope: Construct, id: string, { logDays }: Settings, byAcl = false): IBucket => {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: byAcl ? ObjectOwnership.OBJECT_WRITER : ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [{ id: 'kept', expiration: Duration.days(logDays) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  justified(bucket, 'S1', 'This is where the logs of access go; logging itself would not end.');
  if (!byAcl)
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  const { bucketArn, bucketRegionalDomainName } = bucket;
  return Bucket.fromBucketAttributes(scope, `${id}Named`, { bucketArn, bucketRegionalDomainName });
};
