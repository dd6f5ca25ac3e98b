// The template and the functions never import each other; this holds what they must agree on.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { entries, root } from '../../cdk/bundle.ts';
import { environment, needs, readConfig } from '../../functions/config.ts';
import { ownAudience, ownClientId } from '../../functions/issuer-app.ts';
import { tableShape } from '../../functions/keys.ts';
import { raise } from './template.ts';

const always = ['api', 'web', 'stream', 'night', 'month', 'morning', 'archive'] as const;
const withAccounts = [...always, 'signin'] as const;
/** Read by the runtime, not by us. */
const ofTheRuntime = ['TZ'];

const ofTheStream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
const ofTheTable = /^(Get|BatchGet|Query|Scan|Put|Update|Delete|BatchWrite|TransactWrite)$/;

const functionSources = readdirSync(join(root, 'functions'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(root, 'functions', path), 'utf8') }));
const sources = functionSources.map(({ text }) => text).join('\n');
const commands = new Set([...sources.matchAll(/new (?:s3\.)?(\w+)Command\(/g)].map(([, name]) => name ?? ''));

describe.each([
  ['world', always],
  ['china', always],
  ['china-accounts', withAccounts],
] as const)('the house of stage %s', (stage, doors) => {
  const hall = raise(stage);
  const { variablesOf } = hall;
  const actionsOf = (name: string, service: string): string[] => {
    const properties = hall.functions.find((one) => one.name === name)?.properties ?? {};
    return hall
      .statementsOf(properties)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action)
      .flatMap((action) => (action.startsWith(`${service}:`) ? [action.slice(service.length + 1)] : []));
  };

  it('has a function for every door, and nothing else', () => {
    expect(hall.functions.map(({ name }) => name).sort()).toEqual([...doors].sort());
    expect(Object.keys(needs).sort()).toEqual([...withAccounts].sort());
    expect(Object.keys(entries).sort()).toEqual([...withAccounts].sort());
  });

  it.each(doors)('sets for %s exactly the variables it reads', (door) => {
    const read = Object.entries(environment)
      .filter(([field]) => field in needs[door].shape)
      .map(([, variable]) => variable);
    expect(Object.keys(variablesOf(door)).sort()).toEqual([...read, ...ofTheRuntime].sort());
  });

  it.each(doors)('sets for %s values that its configuration accepts', (door) => {
    expect(() => readConfig(needs[door], variablesOf(door))).not.toThrow();
  });

  it('trusts the issuers of the stage', () => {
    const { issuers } = readConfig(needs.api, {
      TABLE_NAME: 'table',
      EVIDENCE_BUCKET: 'evidence',
      PAPERS_BUCKET: 'papers',
      TOKEN_ISSUERS: variablesOf('api').TOKEN_ISSUERS,
    });
    if (hall.settings.builtInAccounts) {
      const own = 'https://mingchuang.example.cn/oidc';
      expect(issuers).toEqual([
        {
          ...{ issuer: own, audience: ownAudience, algorithms: ['EdDSA'], jwksUrl: `${own}/jwks` },
          builtIn: true,
        },
      ]);
      expect(variablesOf('signin').SIGN_IN_ISSUER).toBe(own);
      expect(JSON.parse(variablesOf('web').WEB_SETTINGS ?? '')).toMatchObject({
        ...{ issuer: own, clientId: ownClientId },
      });
    } else if (hall.settings.issuers.length > 0) expect(issuers).toEqual(hall.settings.issuers);
    else
      expect(issuers).toMatchObject([{ audience: 'given', audienceIn: 'client_id', algorithms: ['RS256'] }]);
  });

  it('gives table, evidence and papers the names of three different things', () => {
    const { Variables } = z
      .object({ Variables: z.record(z.string(), z.unknown()) })
      .parse(hall.functions.find(({ name }) => name === 'api')?.properties.Environment);
    const { TABLE_NAME, EVIDENCE_BUCKET, PAPERS_BUCKET } = Variables;
    const [table] = hall.of('AWS::DynamoDB::GlobalTable').map(([id]) => id);
    const [evidence, papers] = hall.of('AWS::S3::Bucket').flatMap(([id]) => (/Logs/.test(id) ? [] : [id]));
    expect([TABLE_NAME, EVIDENCE_BUCKET, PAPERS_BUCKET]).toEqual([
      { Ref: table },
      { Ref: evidence },
      { Ref: papers },
    ]);
    expect([evidence, papers]).toEqual([
      expect.stringContaining('Evidence'),
      expect.stringContaining('Papers'),
    ]);
  });

  it('spells keys, indexes and expiry as functions/keys.ts does', () => {
    const { Properties: table } = hall.only('AWS::DynamoDB::GlobalTable');
    const keys = (pk: string, sk: string) => [
      { AttributeName: pk, KeyType: 'HASH' },
      { AttributeName: sk, KeyType: 'RANGE' },
    ];
    const indexes = Object.values(tableShape.indexes);
    expect(table.KeySchema).toEqual(keys(tableShape.pk, tableShape.sk));
    expect(table.GlobalSecondaryIndexes).toEqual(
      indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keys(index.pk, index.sk),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
    expect(table.AttributeDefinitions).toEqual(
      [tableShape, ...indexes].flatMap(({ pk, sk }) =>
        [pk, sk].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      ),
    );
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: tableShape.ttl, Enabled: true });
  });

  it('grants on the table what the code does there, and no more', () => {
    const operation: Record<string, string[]> = {
      ...{ Get: ['GetItem'], BatchGet: ['BatchGetItem'], Query: ['Query'], Scan: ['Scan'] },
      ...{ Put: ['PutItem'], Update: ['UpdateItem'], Delete: ['DeleteItem'], BatchWrite: ['BatchWriteItem'] },
      // A transaction needs the rights of the things it does.
      TransactWrite: ['Put', 'Update', 'Delete'].flatMap((kind) =>
        sources.includes(`${kind}: {`) ? [`${kind}Item`] : [],
      ),
    };
    const used = new Set([...commands].flatMap((command) => operation[command] ?? []));
    for (const door of doors) {
      if (door === 'web') {
        expect(actionsOf(door, 'dynamodb'), door).toEqual([]);
        continue;
      }
      if (door === 'signin') {
        expect(actionsOf(door, 'dynamodb')).toEqual(['GetItem', 'PutItem', 'UpdateItem']);
        continue;
      }
      const granted = actionsOf(door, 'dynamodb').filter((action) => !ofTheStream.includes(action));
      const deletes = door === 'stream' || door === 'night'; // they strike off what was parked
      expect(new Set(granted), door).toEqual(
        new Set([...used].filter((action) => deletes || action !== 'DeleteItem')),
      );
      expect(actionsOf(door, 'dynamodb').some((action) => ofTheStream.includes(action))).toBe(
        door === 'stream',
      );
    }
  });

  it('grants on the buckets what the code does there, and no more', () => {
    const operation: Record<string, string[]> = {
      PutObject: ['PutObject'],
      CreateMultipartUpload: ['PutObject'],
      UploadPart: ['PutObject'],
      CopyObject: ['GetObjectVersion', 'PutObject'],
      CompleteMultipartUpload: ['PutObject'],
      ListParts: ['ListMultipartUploadParts'],
      GetObject: ['GetObject', 'GetObjectVersion'],
      HeadObject: ['GetObject', 'ListBucket'],
      ListObjectsV2: ['ListBucket'],
      PutObjectRetention: ['PutObjectRetention'],
      ListObjectVersions: ['ListBucketVersions'],
      DeleteObject: [
        'DeleteObjectVersion',
        ...(sources.includes('BypassGovernanceRetention: true') ? ['BypassGovernanceRetention'] : []),
      ],
    };
    const unheardOf = [...commands].filter((command) => !(command in operation) && !ofTheTable.test(command));
    expect(unheardOf).toEqual([]);
    const used = [...commands].flatMap((command) => operation[command] ?? []);
    expect(new Set(doors.flatMap((door) => actionsOf(door, 's3')))).toEqual(new Set(used));
  });
});

describe('the code', () => {
  it.each(withAccounts)('has an entry of at most 30 lines for %s that exports its handler', (door) => {
    const path = join(root, entries[door]);
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^export const handler\b/m);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  it('reads the environment in one place', () => {
    const readers = functionSources.filter(({ text }) => /process\.env/.test(text)).map(({ path }) => path);
    expect(readers).toEqual(['config.ts']);
  });
});
