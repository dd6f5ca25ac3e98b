// Contents of objects: what goes in comes out, by ranges, copies, tags and checksums.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, md5, openBuckets, outcome, photo, sha256 } from './s3-contract.ts';

const at = openBuckets();

describe('contents', () => {
  it('come back as they were put, with their type and what was noted', async () => {
    const key = at.key('证据/2026-11');
    const put = await at.put(key, photo, {
      ContentType: 'video/mp4',
      Metadata: { window: '3-01' },
      CacheControl: 'no-store',
    });
    const got = await at.get(key);
    expect(got.bytes.equals(photo)).toBe(true);
    expect(got).toMatchObject({
      ContentType: 'video/mp4',
      Metadata: { window: '3-01' },
      CacheControl: 'no-store',
    });
    expect(put.ETag).toBe(`"${md5(photo).toString('hex')}"`);
    expect(await outcome(at.put(key, 'x', { Metadata: { long: 'x'.repeat(2045) } }))).toBe(
      '400 MetadataTooLarge',
    );
    const head = await at.s3.send(new HeadObjectCommand({ Bucket: at.plain, Key: key }));
    expect(head).toMatchObject({ ContentLength: 200_000, ETag: put.ETag, ContentType: 'video/mp4' });
  });

  it('may be empty, and may come as a stream without its framing being stored', async () => {
    const [empty, streamed] = [at.key('empty'), at.key('stream')];
    await at.put(empty, '');
    await at.put(streamed, Readable.from([photo.subarray(0, 7), photo.subarray(7)]), {
      ContentLength: photo.length,
      ChecksumAlgorithm: 'CRC32',
    });
    expect((await at.get(empty)).bytes.length).toBe(0);
    const got = await at.get(streamed);
    expect(got.bytes.equals(photo)).toBe(true);
    expect(got.ContentEncoding).toBeUndefined();
  });

  it('lie under any key of at most 1024 bytes, each under its own', async () => {
    const home = `${at.key('keys')}/`;
    const keys = [
      '../../etc/passwd',
      '/双/斜杠//',
      'a b+c%2F&=?#~',
      "'()*!",
      '窗'.repeat(320),
      '<&>"\r\n\u0001',
      '😀',
      '\u{e000}',
      '.',
    ];
    for (const key of keys) await at.put(home + key, key);
    for (const key of keys) expect((await at.get(home + key)).bytes.toString()).toBe(key);
    const listed = await at.s3.send(
      new ListObjectsV2Command({ Bucket: at.plain, Prefix: home, EncodingType: 'url' }),
    );
    const inBytes = keys
      .map((key) => home + key)
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(listed.Contents?.map(({ Key }) => decodeURIComponent((Key ?? '').replaceAll('+', ' ')))).toEqual(
      inBytes,
    );
    expect(await outcome(at.put('长'.repeat(342), 'x'))).toBe('400 KeyTooLongError');
  });

  it('are read in ranges', async () => {
    const key = at.key('range');
    await at.put(key, photo);
    const cases: [range: string, from: number, to: number, status: number][] = [
      ['bytes=100-199', 100, 199, 206],
      ['bytes=199990-', 199_990, 199_999, 206],
      ['bytes=-100', 199_900, 199_999, 206],
      ['bytes=0-900000', 0, 199_999, 206],
      ['bytes=-900000', 0, 199_999, 206],
      ['bytes=5-2', 0, 199_999, 200],
      ['lines=1-2', 0, 199_999, 200],
    ];
    for (const [Range, from, to, status] of cases) {
      const got = await at.get(key, { Range });
      expect(got.bytes.equals(photo.subarray(from, to + 1)), Range).toBe(true);
      expect(got.$metadata.httpStatusCode, Range).toBe(status);
      expect(got.ContentRange).toBe(status === 206 ? `bytes ${from}-${to}/200000` : undefined);
    }
    expect(await outcome(at.get(key, { Range: 'bytes=200000-' }))).toBe('416 InvalidRange');
  });

  it('are sent only if they changed', async () => {
    const key = at.key('known');
    const { ETag = '' } = await at.put(key, photo);
    const later = new Date(Date.now() + 3_600_000);
    const earlier = new Date(Date.now() - 3_600_000);
    expect(await outcome(at.get(key, { IfNoneMatch: ETag }))).toMatch(/^304 /);
    expect(await outcome(at.get(key, { IfModifiedSince: later }))).toMatch(/^304 /);
    expect(await outcome(at.get(key, { IfMatch: '"other"' }))).toBe('412 PreconditionFailed');
    expect(await outcome(at.get(key, { IfUnmodifiedSince: earlier }))).toBe('412 PreconditionFailed');
    expect(
      (await at.get(key, { IfMatch: ETag, IfNoneMatch: '"other"', IfModifiedSince: earlier })).bytes.length,
    ).toBe(200_000);
  });

  it('are missed by name', async () => {
    expect(await outcome(at.get('nothing'))).toBe('404 NoSuchKey');
    expect(await outcome(at.s3.send(new HeadObjectCommand({ Bucket: at.plain, Key: 'nothing' })))).toBe(
      '404 NotFound',
    );
    expect(await outcome(at.get('x', { Bucket: `${at.plain}-nowhere` }))).toBe('404 NoSuchBucket');
    expect(await outcome(at.s3.send(new HeadBucketCommand({ Bucket: `${at.plain}-nowhere` })))).toBe(
      '404 NotFound',
    );
    expect(await outcome(at.s3.send(new HeadBucketCommand({ Bucket: at.plain })))).toBe('accepted');
  });

  it('are copied with what was noted, or with other notes', async () => {
    const [from, to, renamed] = [at.key('来源'), at.key('copy'), at.key('copy')];
    await at.put(from, photo, {
      ContentType: 'image/jpeg',
      Metadata: { a: '1' },
      Tagging: 'tag=1',
      ChecksumAlgorithm: 'SHA256',
    });
    const CopySource = `${at.plain}/${encodeURIComponent(from)}`;
    await at.s3.send(new CopyObjectCommand({ Bucket: at.plain, Key: to, CopySource }));
    const notes = { MetadataDirective: 'REPLACE', ContentType: 'image/png', Metadata: { b: '2' } } as const;
    await at.s3.send(new CopyObjectCommand({ Bucket: at.plain, Key: renamed, CopySource, ...notes }));
    const onto = (more: object) =>
      outcome(at.s3.send(new CopyObjectCommand({ Bucket: at.plain, Key: from, CopySource, ...more })));
    expect([await onto({}), await onto(notes)]).toEqual(['400 InvalidRequest', 'accepted']);
    expect((await at.get(from)).bytes.equals(photo)).toBe(true);
    await at.s3.send(new DeleteObjectCommand({ Bucket: at.plain, Key: from }));
    const copy = await at.get(to, { ChecksumMode: 'ENABLED' });
    expect(copy.bytes.equals(photo)).toBe(true);
    expect(copy).toMatchObject({
      ContentType: 'image/jpeg',
      Metadata: { a: '1' },
      TagCount: 1,
      ChecksumSHA256: sha256(photo),
    });
    const other = await at.get(renamed);
    expect(other).toMatchObject({ ContentType: 'image/png', Metadata: { b: '2' } });
    expect(other.bytes.equals(photo)).toBe(true);
    expect(await outcome(at.s3.send(new CopyObjectCommand({ Bucket: at.plain, Key: to, CopySource })))).toBe(
      '404 NoSuchKey',
    );
  });

  it('keep their tags beside them', async () => {
    const key = at.key('tags');
    await at.put(key, photo);
    const where = { Bucket: at.plain, Key: key };
    const TagSet = [{ Key: '用途', Value: '考核 <1>' }];
    await at.s3.send(new PutObjectTaggingCommand({ ...where, Tagging: { TagSet } }));
    expect((await at.s3.send(new GetObjectTaggingCommand(where))).TagSet).toEqual(TagSet);
    await at.s3.send(new DeleteObjectTaggingCommand(where));
    expect((await at.s3.send(new GetObjectTaggingCommand(where))).TagSet).toEqual([]);
    expect((await at.get(key)).bytes.equals(photo)).toBe(true);
    const eleven = Array.from({ length: 11 }, (_, n) => ({ Key: `k${n}`, Value: '' }));
    expect(
      await outcome(at.s3.send(new PutObjectTaggingCommand({ ...where, Tagging: { TagSet: eleven } }))),
    ).toMatch(/^400 /);
  });

  it('are deleted one by one or many at once', async () => {
    const keys = [at.key('gone'), at.key('gone&<>'), at.key('gone ')];
    for (const key of keys) await at.put(key, 'x');
    await at.s3.send(new DeleteObjectCommand({ Bucket: at.plain, Key: keys[0] }));
    const Objects = [...keys.slice(1), 'never/there'].map((Key) => ({ Key }));
    const many = await at.s3.send(new DeleteObjectsCommand({ Bucket: at.plain, Delete: { Objects } }));
    expect(many.Deleted?.map(({ Key }) => Key)).toEqual(Objects.map(({ Key }) => Key));
    expect(many.Errors ?? []).toEqual([]);
    for (const key of keys) expect(await at.holds(key)).toBe(false);
  });

  it('are not touched by a request that was meant for something beside them', async () => {
    const key = at.key('beside');
    await at.put(key, photo);
    const url = await getSignedUrl(at.s3, new PutObjectCommand({ Bucket: at.plain, Key: key }), {
      expiresIn: 60,
    });
    expect(await answered(fetch(`${url}&acl=`, { method: 'PUT', body: '<AccessControlPolicy/>' }))).toMatch(
      /^403 /,
    );
    expect((await at.get(key)).bytes.equals(photo)).toBe(true);
  });
});

describe('checksums', () => {
  it('are checked on arrival and told again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2000 }),
        fc.constantFrom('CRC32', 'SHA1', 'SHA256'),
        fc.boolean(),
        async (bytes, ChecksumAlgorithm, streamed) => {
          const key = at.key('sum');
          const Body = streamed ? Readable.from([Buffer.from(bytes)]) : Buffer.from(bytes);
          const put = await at.put(key, Body, { ChecksumAlgorithm, ContentLength: bytes.length });
          const head = await at.s3.send(
            new HeadObjectCommand({ Bucket: at.plain, Key: key, ChecksumMode: 'ENABLED' }),
          );
          const name = `Checksum${ChecksumAlgorithm}` as const;
          expect(head[name]).toMatch(/=$/);
          expect(head[name]).toBe(put[name]);
          if (name === 'ChecksumSHA256') expect(head[name]).toBe(sha256(bytes));
          expect(head.ChecksumType).toBe('FULL_OBJECT');
          expect((await at.get(key)).bytes.equals(Buffer.from(bytes))).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('that are wrong leave nothing behind', async () => {
    const key = at.key('wrong');
    const wrong = randomBytes(32).toString('base64');
    expect(await outcome(at.put(key, photo, { ChecksumSHA256: wrong }))).toBe('400 BadDigest');
    expect(await outcome(at.put(key, photo, { ChecksumSHA256: 'AAAA' }))).toBe('400 InvalidRequest');
    expect(
      await outcome(at.put(key, photo, { ContentMD5: md5(Buffer.from('other')).toString('base64') })),
    ).toBe('400 BadDigest');
    expect(await outcome(at.put(key, photo, { ContentMD5: 'AAAA' }))).toBe('400 InvalidDigest');
    const two = { ChecksumSHA256: sha256(photo), ChecksumCRC32: 'AAAAAA==' };
    expect(await outcome(at.put(key, photo, two))).toBe('400 InvalidRequest');
    expect(await outcome(at.put(key, photo, { ContentMD5: md5(photo).toString('base64') }))).toBe('accepted');
    expect(await at.holds(key)).toBe(true);
  });

  it('are among the attributes, and are not told of a range', async () => {
    const key = at.key('attributes');
    await at.put(key, photo, { ChecksumSHA256: sha256(photo) });
    const ObjectAttributes = ['Checksum', 'ETag', 'ObjectSize', 'StorageClass'] as const;
    const attributes = await at.s3.send(
      new GetObjectAttributesCommand({
        Bucket: at.plain,
        Key: key,
        ObjectAttributes: [...ObjectAttributes],
      }),
    );
    expect(attributes.Checksum).toEqual({ ChecksumSHA256: sha256(photo), ChecksumType: 'FULL_OBJECT' });
    expect(attributes).toMatchObject({
      ObjectSize: 200_000,
      ETag: md5(photo).toString('hex'),
      StorageClass: 'STANDARD',
    });
    const some = await at.get(key, { ChecksumMode: 'ENABLED', Range: 'bytes=0-9' });
    expect(some.ChecksumSHA256).toBeUndefined();
    expect((await at.get(key, { ChecksumMode: 'ENABLED' })).ChecksumSHA256).toBe(sha256(photo));
  });
});
