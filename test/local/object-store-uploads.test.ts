// Writing once, and writing in parts.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  GetObjectAttributesCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { answered, md5, openBuckets, outcome, partSize, sha256 } from './s3-contract.ts';

const at = openBuckets();

describe('create-only', () => {
  it('lets exactly one of several at the same time win', async () => {
    for (let round = 0; round < 5; round += 1) {
      const key = at.key('once');
      const bodies = Array.from({ length: 8 }, () => randomBytes(70_000));
      const ends = await Promise.all(bodies.map((body) => outcome(at.put(key, body, { IfNoneMatch: '*' }))));
      expect(ends.filter((end) => end === 'accepted')).toHaveLength(1);
      const lost = ends.filter((end) => end !== 'accepted');
      expect(lost.every((end) => /^(412 PreconditionFailed|409 ConditionalRequestConflict)$/.test(end))).toBe(
        true,
      );
      expect((await at.get(key)).bytes.equals(bodies[ends.indexOf('accepted')] ?? Buffer.alloc(0))).toBe(
        true,
      );
    }
  });

  it('holds for uploads in parts too', async () => {
    const key = at.key('once');
    const ready = await Promise.all(
      ['甲', '乙'].map(async (text) => {
        const upload = await at.begin(key, { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
        return { upload, parts: [await at.part(upload, 1, Buffer.from(text))] };
      }),
    );
    const ends = await Promise.all(
      ready.map(({ upload, parts }) => outcome(at.complete(upload, parts, { IfNoneMatch: '*' }))),
    );
    expect(ends.filter((end) => end === 'accepted')).toHaveLength(1);
    expect(ends.find((end) => end !== 'accepted')).toMatch(
      /^(412 PreconditionFailed|409 ConditionalRequestConflict)$/,
    );
    expect((await at.get(key)).bytes.toString()).toBe(['甲', '乙'][ends.indexOf('accepted')]);
  });

  it('has a counterpart: only over the version one has read', async () => {
    const key = at.key('over');
    expect(await outcome(at.put(key, 'x', { IfMatch: '"none"' }))).toBe('404 NoSuchKey');
    const { ETag = '' } = await at.put(key, 'first');
    expect(await outcome(at.put(key, 'x', { IfMatch: '"other"' }))).toBe('412 PreconditionFailed');
    expect(await outcome(at.put(key, 'second', { IfMatch: ETag }))).toBe('accepted');
    expect((await at.get(key)).bytes.toString()).toBe('second');
  });
});

describe('uploads in parts', () => {
  const [first, last] = [randomBytes(partSize), randomBytes(1000)];

  it('are put together in order, with the checksum of their checksums', async () => {
    const key = at.key('parts');
    const upload = await at.begin(key, {
      ContentType: 'video/mp4',
      ChecksumAlgorithm: 'SHA256',
      Metadata: { a: '1' },
    });
    const two = await at.part(upload, 2, last, { ChecksumSHA256: sha256(last) });
    const one = await at.part(upload, 1, first, { ChecksumSHA256: sha256(first) });
    const done = await at.complete(upload, [one, two]);
    const sums = Buffer.concat([first, last].map((part) => Buffer.from(sha256(part), 'base64')));
    const composite = `${sha256(sums)}-2`;
    expect(done.ETag).toBe(`"${md5(Buffer.concat([md5(first), md5(last)])).toString('hex')}-2"`);
    expect(done).toMatchObject({ ChecksumSHA256: composite, ChecksumType: 'COMPOSITE', Key: key });
    const got = await at.get(key, { ChecksumMode: 'ENABLED' });
    expect(got.bytes.equals(Buffer.concat([first, last]))).toBe(true);
    expect(got).toMatchObject({
      ContentType: 'video/mp4',
      Metadata: { a: '1' },
      ChecksumSHA256: composite,
    });
    const across = await at.get(key, { Range: `bytes=${partSize - 3}-${partSize + 2}` });
    expect(across.bytes.equals(Buffer.concat([first.subarray(-3), last.subarray(0, 3)]))).toBe(true);
    const attributes = await at.s3.send(
      new GetObjectAttributesCommand({
        Bucket: at.plain,
        Key: key,
        ObjectAttributes: ['Checksum', 'ObjectParts'],
      }),
    );
    expect(attributes.Checksum).toEqual({ ChecksumSHA256: composite, ChecksumType: 'COMPOSITE' });
    expect(attributes.ObjectParts?.TotalPartsCount).toBe(2);
    expect(attributes.ObjectParts?.Parts?.map(({ Size }) => Size)).toEqual([partSize, 1000]);
    expect(await outcome(at.part(upload, 3, last, { ChecksumSHA256: sha256(last) }))).toBe(
      '404 NoSuchUpload',
    );
  });

  it('may carry the checksum of the whole instead', async () => {
    const key = at.key('parts');
    const upload = await at.begin(key, { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const parts = [
      await at.part(upload, 1, first, { ChecksumAlgorithm: 'CRC32' }),
      await at.part(upload, 2, last, { ChecksumAlgorithm: 'CRC32' }),
    ];
    const done = await at.complete(upload, parts);
    const whole = await at.put(at.key('whole'), Buffer.concat([first, last]), {
      ChecksumAlgorithm: 'CRC32',
    });
    expect(done).toMatchObject({ ChecksumCRC32: whole.ChecksumCRC32, ChecksumType: 'FULL_OBJECT' });
    const wrong = { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' } as const;
    expect(await outcome(at.begin(key, wrong))).toBe('400 InvalidRequest');
  });

  it('tell which parts they have, page by page', async () => {
    const upload = await at.begin(at.key('pages'), { ChecksumAlgorithm: 'SHA256' });
    for (const number of [7, 2, 4, 9, 1])
      await at.part(upload, number, Buffer.from(`part ${number}`), { ChecksumAlgorithm: 'SHA256' });
    await at.part(upload, 4, Buffer.from('again'), { ChecksumSHA256: sha256(Buffer.from('again')) });
    const seen: [number | undefined, number | undefined, string | undefined][] = [];
    let PartNumberMarker: string | undefined;
    do {
      const page = await at.s3.send(
        new ListPartsCommand({ ...upload, MaxParts: 2, ...(PartNumberMarker && { PartNumberMarker }) }),
      );
      expect(page).toMatchObject({ ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' });
      for (const part of page.Parts ?? []) seen.push([part.PartNumber, part.Size, part.ChecksumSHA256]);
      PartNumberMarker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (PartNumberMarker);
    const expected = [1, 2, 4, 7, 9].map((n) => Buffer.from(n === 4 ? 'again' : `part ${n}`));
    expect(seen).toEqual(
      expected.map((bytes, index) => [[1, 2, 4, 7, 9][index], bytes.length, sha256(bytes)]),
    );
  });

  it('take a part by a URL that signs its size and hash', async () => {
    const upload = await at.begin(at.key('presigned'), { ChecksumAlgorithm: 'SHA256' });
    const command = new UploadPartCommand({
      ...upload,
      PartNumber: 1,
      ContentLength: last.length,
      ChecksumSHA256: sha256(last),
    });
    const url = await getSignedUrl(at.s3, command, {
      expiresIn: 60,
      unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    });
    const headers = { 'x-amz-checksum-sha256': sha256(last) };
    const send = (body: Uint8Array, target = url) =>
      answered(fetch(target, { method: 'PUT', body: new Uint8Array(body), headers }));
    expect(await send(randomBytes(1000))).toBe('400 BadDigest');
    expect(await send(last.subarray(1))).toBe('403 SignatureDoesNotMatch');
    expect(await send(last, url.replace('partNumber=1', 'partNumber=2'))).toBe('403 SignatureDoesNotMatch');
    expect((await at.s3.send(new ListPartsCommand(upload))).Parts ?? []).toEqual([]);
    expect(await send(last)).toBe('accepted');
    expect((await at.s3.send(new ListPartsCommand(upload))).Parts?.[0]?.ChecksumSHA256).toBe(sha256(last));
  });

  it('refuse what does not fit together', async () => {
    const key = at.key('misfit');
    const upload = await at.begin(key, { ChecksumAlgorithm: 'SHA256' });
    const small = await at.part(upload, 1, last, { ChecksumAlgorithm: 'SHA256' });
    const two = await at.part(upload, 2, last, { ChecksumAlgorithm: 'SHA256' });
    const wrong = `"${'0'.repeat(32)}"`;
    const other = { ...small, ChecksumSHA256: sha256(first) };
    const unnamed = { PartNumber: 1, ETag: small.ETag };
    expect(await outcome(at.part(upload, 3, last, { ChecksumAlgorithm: 'CRC32' }))).toBe(
      '400 InvalidRequest',
    );
    expect(await outcome(at.part(upload, 0, last))).toBe('400 InvalidArgument');
    expect(await outcome(at.part(upload, 10_001, last))).toBe('400 InvalidArgument');
    expect(await outcome(at.complete(upload, [{ ...small, ETag: wrong }]))).toBe('400 InvalidPart');
    expect(await outcome(at.complete(upload, [{ ...two, PartNumber: 5 }]))).toBe('400 InvalidPart');
    expect(await outcome(at.complete(upload, [other]))).toMatch(/^400 (InvalidPart|BadDigest)$/);
    expect(await outcome(at.complete(upload, [unnamed]))).toBe('400 InvalidRequest');
    expect(await outcome(at.complete(upload, [two, small]))).toBe('400 InvalidPartOrder');
    expect(await outcome(at.complete(upload, [small, two]))).toBe('400 EntityTooSmall');
    expect(await outcome(at.complete(upload, []))).toBe('400 MalformedXML');
    expect(await outcome(at.complete({ ...upload, UploadId: 'none' }, [small]))).toBe('404 NoSuchUpload');
    expect(await outcome(at.complete({ ...upload, Key: 'other' }, [two]))).toBe('404 NoSuchUpload');
    expect(await at.holds(key)).toBe(false);
    expect(await outcome(at.complete(upload, [two]))).toBe('accepted');
    expect((await at.get(key)).bytes.equals(last)).toBe(true);
  });

  it('can be given up, and are listed until then', async () => {
    const home = at.key('pending');
    const [one, two] = [await at.begin(`${home}/甲`), await at.begin(`${home}/乙`)];
    await at.part(one, 1, last);
    const list = async () => {
      const answer = await at.s3.send(new ListMultipartUploadsCommand({ Bucket: at.plain, Prefix: home }));
      return (answer.Uploads ?? []).map(({ UploadId }) => UploadId);
    };
    expect(await list()).toEqual([two.UploadId, one.UploadId]);
    await at.s3.send(new AbortMultipartUploadCommand(one));
    expect(await list()).toEqual([two.UploadId]);
    expect(await outcome(at.s3.send(new ListPartsCommand(one)))).toBe('404 NoSuchUpload');
    expect(await outcome(at.part(one, 2, last))).toBe('404 NoSuchUpload');
  });

  it('are what a client makes of a long stream', async () => {
    const key = at.key('long');
    const Body = Readable.from(
      (function* (): Generator<Buffer> {
        for (let n = 0; n < 12; n += 1) yield Buffer.alloc(2 ** 20, n);
      })(),
    );
    await new Upload({ client: at.s3, params: { Bucket: at.plain, Key: key, Body } }).done();
    const end = await at.get(key, { Range: 'bytes=-1' });
    expect([end.ContentRange, end.bytes[0]]).toEqual([
      `bytes ${12 * 2 ** 20 - 1}-${12 * 2 ** 20 - 1}/${12 * 2 ** 20}`,
      11,
    ]);
  });
});
