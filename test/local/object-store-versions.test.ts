// Versions that stay, and locks that keep them.
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { answered, md5, openBuckets, outcome, photo, soon } from './s3-contract.ts';

const at = openBuckets();

describe('versions', () => {
  const versionsOf = async (Bucket: string, Prefix: string) => {
    const all = await at.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    return { kept: all.Versions ?? [], marks: all.DeleteMarkers ?? [] };
  };

  it('keep what was overwritten and what was deleted', async () => {
    const where = { Bucket: at.locked, Key: at.key('versions') };
    const put = (Body: string) => at.s3.send(new PutObjectCommand({ ...where, Body }));
    const [one, two] = [await put('first'), await put('second')];
    expect(one.VersionId).not.toBe(two.VersionId);
    const mark = await at.s3.send(new DeleteObjectCommand(where));
    expect(mark.DeleteMarker).toBe(true);
    expect(await outcome(at.s3.send(new GetObjectCommand(where)))).toBe('404 NoSuchKey');
    expect((await at.get(where.Key, { ...where, VersionId: one.VersionId })).bytes.toString()).toBe('first');
    const marked = new GetObjectCommand({ ...where, VersionId: mark.VersionId });
    expect(await outcome(at.s3.send(marked))).toBe('405 MethodNotAllowed');
    const { kept, marks } = await versionsOf(at.locked, where.Key);
    expect(kept.map(({ VersionId, IsLatest, Size }) => [VersionId, IsLatest, Size])).toEqual([
      [two.VersionId, false, 6],
      [one.VersionId, false, 5],
    ]);
    expect(marks.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([[mark.VersionId, true]]);

    const unmark = await at.s3.send(new DeleteObjectCommand({ ...where, VersionId: mark.VersionId }));
    expect(unmark.DeleteMarker).toBe(true);
    expect((await at.get(where.Key, where)).bytes.toString()).toBe('second');
    await at.s3.send(new DeleteObjectCommand({ ...where, VersionId: two.VersionId }));
    expect((await at.get(where.Key, where)).bytes.toString()).toBe('first');
    expect(await outcome(at.get(where.Key, { ...where, VersionId: two.VersionId }))).toBe(
      '404 NoSuchVersion',
    );
  });

  it('let a create-only put follow a deletion', async () => {
    const where = { Bucket: at.locked, Key: at.key('again') };
    await at.s3.send(new PutObjectCommand({ ...where, Body: '1' }));
    await at.s3.send(new DeleteObjectCommand(where));
    const again = () => outcome(at.s3.send(new PutObjectCommand({ ...where, Body: '2', IfNoneMatch: '*' })));
    expect([await again(), await again()]).toEqual(['accepted', '412 PreconditionFailed']);
  });

  it('are listed in pages that may end within a key', async () => {
    const home = at.key('paged');
    for (const key of ['a', 'b', 'b', 'b', 'c'])
      await at.s3.send(new PutObjectCommand({ Bucket: at.locked, Key: `${home}/${key}`, Body: key }));
    const seen: (string | undefined)[] = [];
    let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (next) {
      const page: Awaited<ReturnType<typeof list>> = await list(next);
      for (const { Key, VersionId } of page.Versions ?? []) seen.push(`${Key} ${VersionId}`);
      const { NextKeyMarker, NextVersionIdMarker } = page;
      next = page.IsTruncated
        ? {
            ...(NextKeyMarker && { KeyMarker: NextKeyMarker }),
            ...(NextVersionIdMarker && { VersionIdMarker: NextVersionIdMarker }),
          }
        : undefined;
    }
    function list(from: { KeyMarker?: string; VersionIdMarker?: string }) {
      return at.s3.send(
        new ListObjectVersionsCommand({ Bucket: at.locked, Prefix: home, MaxKeys: 2, ...from }),
      );
    }
    const { kept } = await versionsOf(at.locked, home);
    expect(seen).toEqual(kept.map(({ Key, VersionId }) => `${Key} ${VersionId}`));
    expect(seen).toHaveLength(5);
  });

  it('may begin later and be suspended', async () => {
    const bucket = `${at.plain}-later`;
    await at.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const set = (Status: 'Enabled' | 'Suspended') =>
      at.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }));
    const put = (Body: string) => at.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body }));
    expect((await put('before')).VersionId).toBeUndefined();
    await set('Enabled');
    await put('during');
    await set('Suspended');
    await put('after');
    const { kept } = await versionsOf(bucket, 'k');
    expect(kept.map(({ VersionId, Size }) => [VersionId === 'null', Size])).toEqual([
      [true, 5],
      [false, 6],
    ]);
    await at.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
    expect((await versionsOf(bucket, 'k')).kept.map(({ Size }) => Size)).toEqual([6]);
  });
});

describe('locks', () => {
  const kept = async (more: Partial<PutObjectCommandInput>) => {
    const where = { Bucket: at.locked, Key: at.key('lock') };
    const put = await at.s3.send(
      new PutObjectCommand({ ...where, Body: '证据', ChecksumAlgorithm: 'SHA256', ...more }),
    );
    return { ...where, VersionId: put.VersionId };
  };
  type Where = Awaited<ReturnType<typeof kept>>;
  const remove = (where: Where, BypassGovernanceRetention = false) =>
    outcome(at.s3.send(new DeleteObjectCommand({ ...where, BypassGovernanceRetention })));
  const retain = (
    where: Where,
    Mode: 'GOVERNANCE' | 'COMPLIANCE',
    RetainUntilDate: Date,
    BypassGovernanceRetention = false,
  ) =>
    outcome(
      at.s3.send(
        new PutObjectRetentionCommand({
          ...where,
          Retention: { Mode, RetainUntilDate },
          BypassGovernanceRetention,
        }),
      ),
    );

  it('of governance give way to the bypass only', async () => {
    const until = soon(3600);
    const where = await kept({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until });
    const head = await at.s3.send(new HeadObjectCommand(where));
    expect(head).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until });
    expect(await remove(where)).toBe('403 AccessDenied');
    expect(await retain(where, 'GOVERNANCE', soon(60))).toBe('403 AccessDenied');
    expect(await retain(where, 'GOVERNANCE', soon(7200))).toBe('accepted');
    expect(await retain(where, 'GOVERNANCE', soon(60), true)).toBe('accepted');
    const Objects = [{ Key: where.Key, VersionId: where.VersionId }];
    const many = await at.s3.send(new DeleteObjectsCommand({ Bucket: at.locked, Delete: { Objects } }));
    expect(many.Errors?.map(({ Code }) => Code)).toEqual(['AccessDenied']);
    expect(await remove(where, true)).toBe('accepted');
    expect(await outcome(at.s3.send(new GetObjectCommand(where)))).toBe('404 NoSuchVersion');
  });

  it('of compliance give way to nothing before their day', async () => {
    const until = soon(120);
    const where = await kept({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until });
    expect(await remove(where, true)).toBe('403 AccessDenied');
    expect(await retain(where, 'COMPLIANCE', soon(60), true)).toBe('403 AccessDenied');
    expect(await retain(where, 'GOVERNANCE', soon(3600), true)).toBe('403 AccessDenied');
    expect(await retain(where, 'COMPLIANCE', soon(180))).toBe('accepted');
    const mark = await at.s3.send(new DeleteObjectCommand({ Bucket: at.locked, Key: where.Key }));
    expect(mark.DeleteMarker).toBe(true);
    expect((await at.get(where.Key, where)).bytes.toString()).toBe('证据');
    expect(await remove(where, true)).toBe('403 AccessDenied');
  });

  it('hold without a term until the hold is lifted', async () => {
    const where = await kept({ ObjectLockLegalHoldStatus: 'ON' });
    const hold = (Status: 'ON' | 'OFF') =>
      at.s3.send(new PutObjectLegalHoldCommand({ ...where, LegalHold: { Status } }));
    const read = async () => (await at.s3.send(new GetObjectLegalHoldCommand(where))).LegalHold?.Status;
    expect([await read(), await remove(where, true)]).toEqual(['ON', '403 AccessDenied']);
    await hold('OFF');
    expect((await at.get(where.Key, where)).bytes.toString()).toBe('证据');
    expect([await read(), await remove(where)]).toEqual(['OFF', 'accepted']);
  });

  it('want a day to come, a mode, and a content that can be checked', async () => {
    const where = await kept({});
    expect(await outcome(at.s3.send(new GetObjectRetentionCommand(where)))).toBe(
      '404 NoSuchObjectLockConfiguration',
    );
    expect(await retain(where, 'GOVERNANCE', soon(-60))).toBe('400 InvalidArgument');
    await at.put('unlockable', 'x');
    const unlockable = { Bucket: at.plain, Key: 'unlockable', VersionId: 'null' };
    expect(await retain(unlockable, 'GOVERNANCE', soon(60))).toBe('400 InvalidRequest');
    const lock = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: soon(60) } as const;
    expect(await outcome(kept({ ObjectLockMode: 'GOVERNANCE' }))).toBe('400 InvalidArgument');
    expect(await outcome(at.put(at.key('lock'), 'x', { ...lock, ChecksumAlgorithm: 'SHA256' }))).toBe(
      '400 InvalidRequest',
    );
    const Key = at.key('lock');
    const command = new PutObjectCommand({ Bucket: at.locked, Key, ...lock });
    const url = await getSignedUrl(at.s3, command, { expiresIn: 60 });
    expect(await answered(fetch(url, { method: 'PUT', body: 'x' }))).toBe('400 InvalidRequest');
    expect(await at.holds(Key, at.locked)).toBe(false);
    const digest = { 'content-md5': md5(Buffer.from('x')).toString('base64') };
    expect(await answered(fetch(url, { method: 'PUT', body: 'x', headers: digest }))).toBe('accepted');
    expect((await at.s3.send(new GetObjectRetentionCommand({ Bucket: at.locked, Key }))).Retention).toEqual({
      Mode: 'GOVERNANCE',
      RetainUntilDate: lock.ObjectLockRetainUntilDate,
    });
  });

  it('may be the rule of a bucket, for uploads in parts as well', async () => {
    const Bucket = `${at.plain}-rule`;
    await at.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2 } } as const;
    const read = () => at.s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect((await read()).ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
    await at.s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    expect((await read()).ObjectLockConfiguration).toEqual(ObjectLockConfiguration);
    const upload = { ...(await at.begin('clip', { Bucket, ChecksumAlgorithm: 'SHA256' })), Bucket };
    const part = await at.part(upload, 1, photo, { ChecksumAlgorithm: 'SHA256' });
    const done = await at.complete(upload, [part]);
    const put = await at.s3.send(
      new PutObjectCommand({ Bucket, Key: 'photo', Body: photo, ChecksumAlgorithm: 'SHA256' }),
    );
    for (const [Key, VersionId] of [
      ['clip', done.VersionId],
      ['photo', put.VersionId],
    ] as const) {
      const where = { Bucket, Key, VersionId };
      const { Retention } = await at.s3.send(new GetObjectRetentionCommand(where));
      const days = ((Retention?.RetainUntilDate?.getTime() ?? 0) - Date.now()) / 86_400_000;
      expect([Retention?.Mode, Math.round(days)]).toEqual(['GOVERNANCE', 2]);
      expect([await remove(where), await remove(where, true)]).toEqual(['403 AccessDenied', 'accepted']);
    }
    expect(
      await outcome(
        at.s3.send(
          new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
        ),
      ),
    ).toBe('409 InvalidBucketState');
    expect(await outcome(at.s3.send(new GetObjectLockConfigurationCommand({ Bucket: at.plain })))).toBe(
      '404 ObjectLockConfigurationNotFoundError',
    );
  });
});
