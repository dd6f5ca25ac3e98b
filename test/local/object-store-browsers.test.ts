// Forms and pages of a browser, and lists.
import { randomBytes } from 'node:crypto';
import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, md5, openBuckets, outcome, photo } from './s3-contract.ts';

const at = openBuckets();

describe('forms of a browser', () => {
  const send = async (
    change: {
      key?: string;
      file?: Buffer;
      fields?: Record<string, string>;
      expires?: number;
      drop?: string;
    } = {},
  ) => {
    const key = change.key ?? at.key('form');
    const post = await createPresignedPost(at.s3, {
      Bucket: at.plain,
      Key: key,
      Conditions: [
        ['content-length-range', 2, 300_000],
        ['starts-with', '$Content-Type', 'image/'],
        ['starts-with', '$x-amz-meta-window', ''],
      ],
      Fields: { 'x-amz-meta-window': '3-01', success_action_status: '201' },
      Expires: change.expires ?? 60,
    });
    const form = new FormData();
    const fields = { ...post.fields, 'Content-Type': 'image/jpeg', ...change.fields };
    for (const [name, value] of Object.entries(fields)) if (name !== change.drop) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(change.file ?? photo)], { type: 'image/jpeg' }), '照片.jpg');
    return { key, form, url: post.url };
  };
  const end = async (...change: Parameters<typeof send>): Promise<string> => {
    const { form, url, key } = await send(...change);
    const said = await answered(fetch(url, { method: 'POST', body: form }));
    expect(await at.holds(key)).toBe(said === 'accepted');
    return said;
  };

  it('bring a file within the conditions', async () => {
    const { key, form, url } = await send();
    const answer = await fetch(url, { method: 'POST', body: form });
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, `"${md5(photo).toString('hex')}"`]);
    expect(await answer.text()).toContain(`<Key>${key}</Key>`);
    const got = await at.get(key);
    expect(got.bytes.equals(photo)).toBe(true);
    expect(got).toMatchObject({ ContentType: 'image/jpeg', Metadata: { window: '3-01' } });
  });

  it('may leave the name to the file', async () => {
    const home = at.key('form');
    const { form, url } = await send({ key: `${home}/\${filename}` });
    expect(await answered(fetch(url, { method: 'POST', body: form }))).toBe('accepted');
    expect((await at.get(`${home}/照片.jpg`)).bytes.equals(photo)).toBe(true);
  });

  it('are refused outside of them', async () => {
    expect(await end({ file: randomBytes(300_001) })).toBe('400 EntityTooLarge');
    expect(await end({ file: Buffer.alloc(12_000_000) })).toBe('400 EntityTooLarge');
    expect(await end({ file: randomBytes(1) })).toBe('400 EntityTooSmall');
    expect(await end({ fields: { 'Content-Type': 'text/html' } })).toBe('403 AccessDenied');
    expect(await end({ fields: { key: `${at.key('form')}/other` } })).toBe('403 AccessDenied');
    expect(await end({ fields: { 'x-amz-meta-extra': '1' } })).toBe('403 AccessDenied');
    expect(await end({ fields: { 'X-Amz-Signature': '0'.repeat(64) } })).toBe('403 SignatureDoesNotMatch');
    expect(await end({ fields: { Policy: Buffer.from('{"conditions":[]}').toString('base64') } })).toBe(
      '403 SignatureDoesNotMatch',
    );
    const { form, url } = await send();
    const other = url.replace(at.plain, at.locked);
    expect(await answered(fetch(other, { method: 'POST', body: form }))).toBe('403 AccessDenied');
    expect(await end({ drop: 'Policy' })).toBe('403 AccessDenied');
    expect(await end({ expires: -10 })).toBe('403 AccessDenied');
  });
});

describe('pages of another origin', () => {
  const rules = [
    {
      AllowedOrigins: ['https://*.hall.example'],
      AllowedMethods: ['GET', 'PUT'],
      AllowedHeaders: ['x-amz-*', 'content-type'],
      ExposeHeaders: ['ETag'],
      MaxAgeSeconds: 600,
    },
    { AllowedOrigins: ['*'], AllowedMethods: ['HEAD'] },
  ];
  const ask = (origin: string, method: string, headers = ''): Promise<Response> =>
    fetch(`${at.endpoint.url}/${at.plain}/x`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        ...(headers && { 'access-control-request-headers': headers }),
      },
    });

  it('may do what the rules say', async () => {
    await at.s3.send(new PutBucketCorsCommand({ Bucket: at.plain, CORSConfiguration: { CORSRules: rules } }));
    expect((await at.s3.send(new GetBucketCorsCommand({ Bucket: at.plain }))).CORSRules).toEqual(rules);
    const tablet = 'https://tablet.hall.example';
    const allowed = await ask(tablet, 'PUT', 'content-type, x-amz-checksum-sha256');
    expect(allowed.status).toBe(200);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': tablet,
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
      'access-control-max-age': '600',
    });
    expect(await answered(ask(tablet, 'DELETE'))).toBe('403 AccessForbidden');
    expect(await answered(ask(tablet, 'PUT', 'authorization'))).toBe('403 AccessForbidden');
    expect(await answered(ask('https://elsewhere.example', 'PUT'))).toBe('403 AccessForbidden');
    expect((await ask('https://elsewhere.example', 'HEAD')).headers.get('access-control-allow-origin')).toBe(
      '*',
    );

    const key = at.key('cors');
    const url = await at.signedPut(key, {});
    const put = await fetch(url, { method: 'PUT', body: 'x', headers: { origin: tablet } });
    expect(put.headers.get('access-control-expose-headers')).toBe('ETag');
    const refused = await fetch(`${url}0`, { method: 'PUT', body: 'x', headers: { origin: tablet } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, tablet]);
    const stranger = await fetch(url, {
      method: 'PUT',
      body: 'x',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may do nothing without rules', async () => {
    await at.s3.send(new DeleteBucketCorsCommand({ Bucket: at.plain }));
    expect(await outcome(at.s3.send(new GetBucketCorsCommand({ Bucket: at.plain })))).toBe(
      '404 NoSuchCORSConfiguration',
    );
    expect(await answered(ask('https://tablet.hall.example', 'GET'))).toBe('403 AccessForbidden');
  });
});

describe('lists', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'b', '/', '窗', '😀', '\u{ffee}'),
    minLength: 1,
    maxLength: 6,
  });

  /** All of a list, page by page. */
  const listed = async (query: { Prefix: string; Delimiter?: string; MaxKeys: number }) => {
    const all = { keys: [] as string[], groups: [] as string[] };
    let ContinuationToken: string | undefined;
    do {
      const page = await at.s3.send(
        new ListObjectsV2Command({
          Bucket: at.plain,
          ...query,
          ...(ContinuationToken && { ContinuationToken }),
        }),
      );
      const [keys, groups] = [page.Contents ?? [], page.CommonPrefixes ?? []];
      expect(keys.length + groups.length).toBe(page.KeyCount);
      expect(page.KeyCount).toBeLessThanOrEqual(query.MaxKeys);
      all.keys.push(...keys.map(({ Key }) => Key ?? ''));
      all.groups.push(...groups.map(({ Prefix }) => Prefix ?? ''));
      ContinuationToken = page.NextContinuationToken;
      expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
    } while (ContinuationToken !== undefined);
    return all;
  };
  const inBytes = (texts: Iterable<string>): string[] =>
    [...new Set(texts)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  it('say every key once and in order, however they are cut and grouped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(letters, { maxLength: 12 }),
        fc.string({ unit: fc.constantFrom('a', '/', '窗'), maxLength: 2 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (keys, prefix, grouped, MaxKeys) => {
          const home = `${at.key('list')}/`;
          await Promise.all(keys.map((key) => at.put(home + key, 'x')));
          const Prefix = home + prefix;
          const inside = keys.map((key) => home + key).filter((key) => key.startsWith(Prefix));
          const cut = (key: string): number => (grouped ? key.indexOf('/', Prefix.length) : -1);
          const expected = {
            keys: inBytes(inside.filter((key) => cut(key) < 0)),
            groups: inBytes(inside.filter((key) => cut(key) >= 0).map((key) => key.slice(0, cut(key) + 1))),
          };
          expect(await listed({ Prefix, MaxKeys, ...(grouped && { Delimiter: '/' }) })).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('begin behind a key if asked', async () => {
    const home = at.key('start');
    for (const key of ['a', 'b', 'c']) await at.put(`${home}/${key}`, key);
    const page = await at.s3.send(
      new ListObjectsV2Command({ Bucket: at.plain, Prefix: home, StartAfter: `${home}/a` }),
    );
    expect(page.Contents?.map(({ Key }) => Key)).toEqual([`${home}/b`, `${home}/c`]);
  });
});
