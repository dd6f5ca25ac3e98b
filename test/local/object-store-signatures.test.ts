// Who may ask: signatures in headers, in URLs and over chunks, and everything that breaks them.
import { createHash, createHmac } from 'node:crypto';
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { answered, clientOf, type Endpoint, openBuckets, outcome, photo, sha256 } from './s3-contract.ts';

const at = openBuckets();

/** Requests signed by hand, after "Signature Calculations for the Authorization Header: Transferring Payload in
 * Multiple Chunks" of the S3 API Reference; no client of today sends signed chunks any more. */
const chunked = (endpoint: Endpoint, path: string) => {
  const hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const begin = (payload: string, more: Record<string, string>, unsigned?: string) => {
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const day = stamp.slice(0, 8);
    const scope = `${day}/${endpoint.region}/s3/aws4_request`;
    const key = [day, endpoint.region, 's3', 'aws4_request'].reduce(
      hmac,
      `AWS4${endpoint.secretAccessKey}` satisfies string | Buffer,
    );
    const sign = (...lines: string[]): string => hmac(key, lines.join('\n')).toString('hex');
    const headers = {
      host: new URL(endpoint.url).host,
      'x-amz-content-sha256': payload,
      'x-amz-date': stamp,
      ...more,
    };
    const names = Object.keys(headers)
      .filter((name) => name !== unsigned)
      .sort();
    const lines = names.map((name) => `${name}:${new Map(Object.entries(headers)).get(name)}`);
    const canonical = ['PUT', path, '', ...lines, '', names.join(';'), payload].join('\n');
    const signature = sign('AWS4-HMAC-SHA256', stamp, scope, hex(canonical));
    const authorization = `AWS4-HMAC-SHA256 Credential=${endpoint.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
    const signChunk = (previous: string, piece: Uint8Array): string =>
      sign('AWS4-HMAC-SHA256-PAYLOAD', stamp, scope, previous, hex(''), hex(piece));
    return { headers: { ...headers, authorization }, signature, signChunk };
  };
  const send = (headers: Record<string, string>, body: Uint8Array): Promise<string> =>
    answered(fetch(endpoint.url + path, { method: 'PUT', headers, body: new Uint8Array(body) }));
  return {
    plain: (body: Uint8Array, payload: string, unsigned?: string): Promise<string> =>
      send(begin(payload, { 'x-amz-meta-window': '3-01' }, unsigned).headers, body),
    framed: (
      pieces: Uint8Array[],
      fault: { forge?: number; announced?: number; cut?: boolean } = {},
    ): Promise<string> => {
      const announced = fault.announced ?? pieces.reduce((sum, { length }) => sum + length, 0);
      const begun = begin('STREAMING-AWS4-HMAC-SHA256-PAYLOAD', {
        'x-amz-decoded-content-length': String(announced),
      });
      let previous = begun.signature;
      const frames = [...pieces, Buffer.alloc(0)].map((piece, index) => {
        previous = begun.signChunk(previous, piece);
        const shown = fault.forge === index ? '0'.repeat(64) : previous;
        return Buffer.concat([
          Buffer.from(`${piece.length.toString(16)};chunk-signature=${shown}\r\n`),
          piece,
          Buffer.from('\r\n'),
        ]);
      });
      return send(begun.headers, Buffer.concat(fault.cut ? frames.slice(0, -1) : frames));
    },
  };
};

describe('who asks', () => {
  const shown = (
    Key: string,
    more: Partial<GetObjectCommandInput> = {},
    options: { signingDate?: Date; expiresIn?: number } = {},
  ) =>
    getSignedUrl(at.s3, new GetObjectCommand({ Bucket: at.plain, Key, ...more }), {
      expiresIn: 60,
      ...options,
    });

  it('must be known', async () => {
    const key = at.key('known');
    await at.put(key, photo);
    const as = (more: Partial<Endpoint>) =>
      outcome(
        clientOf({ ...at.endpoint, ...more }).send(new GetObjectCommand({ Bucket: at.plain, Key: key })),
      );
    expect(await answered(fetch(`${at.endpoint.url}/${at.plain}/${key}`))).toBe('403 AccessDenied');
    expect(await answered(fetch(`${at.endpoint.url}/${at.plain}/${key}`, { method: 'PUT', body: 'x' }))).toBe(
      '403 AccessDenied',
    );
    expect(await as({ accessKeyId: 'AKIDNOBODY' })).toBe('403 InvalidAccessKeyId');
    expect(await as({ secretAccessKey: 'guessed' })).toBe('403 SignatureDoesNotMatch');
    expect((await at.get(key)).bytes.equals(photo)).toBe(true);
  });

  it('must not be an hour off', async () => {
    for (const systemClockOffset of [3_600_000, -3_600_000]) {
      const late = clientOf(at.endpoint, { systemClockOffset });
      expect(await outcome(late.send(new ListObjectsV2Command({ Bucket: at.plain })))).toBe(
        '403 RequestTimeTooSkewed',
      );
    }
  });

  it('may hand on a URL that lasts for its time', async () => {
    const key = at.key('视图');
    await at.put(key, photo);
    const disposition = "attachment; filename*=UTF-8''%E8%AF%81.jpg";
    const answer = await fetch(
      await shown(key, { ResponseContentDisposition: disposition, ResponseContentType: 'image/x' }),
      {
        headers: { range: 'bytes=0-9' },
      },
    );
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-disposition')).toBe(disposition);
    expect(answer.headers.get('content-type')).toBe('image/x');
    expect(Buffer.from(await answer.arrayBuffer()).equals(photo.subarray(0, 10))).toBe(true);
    const past = (seconds: number) => new Date(Date.now() - seconds * 1000);
    expect(await answered(fetch(await shown(key, {}, { signingDate: past(50) })))).toBe('accepted');
    expect(await answered(fetch(await shown(key, {}, { signingDate: past(62) })))).toBe('403 AccessDenied');
    expect(await answered(fetch(await shown(key, {}, { signingDate: past(-3600) })))).toBe(
      '403 AccessDenied',
    );
  });

  it('cannot alter anything of a URL', async () => {
    const [key, other] = [at.key('a'), at.key('b')];
    await at.put(key, photo);
    await at.put(other, photo);
    const url = await shown(key, { VersionId: 'null', ResponseContentType: 'image/x' });
    expect(await answered(fetch(url))).toBe('accepted');
    const altered = (name: string, value: string): string => {
      const changed = new URL(url);
      changed.searchParams.set(name, value);
      return changed.href;
    };
    const forged = [
      url.replace(key, other),
      altered('X-Amz-Expires', '3600'),
      altered('X-Amz-Date', new Date(Date.now() - 5000).toISOString().replace(/[-:]|\.\d+/g, '')),
      altered('X-Amz-Signature', '0'.repeat(64)),
      altered('response-content-type', 'text/html'),
      altered('versionId', 'x'),
      `${url}&response-content-disposition=attachment`,
    ];
    for (const one of forged) expect(await answered(fetch(one)), one).toBe('403 SignatureDoesNotMatch');
    expect(await answered(fetch(url, { method: 'DELETE' }))).toBe('403 SignatureDoesNotMatch');
    expect(await answered(fetch(url, { headers: { 'x-amz-meta-extra': '1' } }))).toBe('403 AccessDenied');
    expect(await answered(fetch(altered('X-Amz-Expires', '604801')))).toBe(
      '400 AuthorizationQueryParametersError',
    );
    expect(await answered(fetch(url, { headers: { authorization: 'AWS4-HMAC-SHA256 x' } }))).toBe(
      '400 InvalidArgument',
    );
    expect(await answered(fetch(url.replaceAll('X-Amz-', 'Y-Amz-')))).toBe('403 AccessDenied');
  });

  it('puts exactly what was agreed: size and hash are signed', async () => {
    const key = at.key('agreed');
    const headers = {
      'content-length': '200000',
      'x-amz-checksum-sha256': sha256(photo),
      'if-none-match': '*',
    };
    const url = await at.signedPut(key, headers, {
      ContentLength: 200_000,
      ChecksumSHA256: sha256(photo),
      IfNoneMatch: '*',
    });
    const put = (body: Uint8Array<ArrayBuffer>, sent: Record<string, string> = headers) => {
      const { 'content-length': _, ...rest } = sent;
      return answered(
        fetch(url, { method: 'PUT', body, headers: { 'content-type': 'image/jpeg', ...rest } }),
      );
    };
    const bytes = new Uint8Array(photo);
    const forged = bytes.with(7, (bytes[7] ?? 0) ^ 1);
    expect(await put(forged)).toBe('400 BadDigest');
    expect(await put(forged, { ...headers, 'x-amz-checksum-sha256': sha256(forged) })).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await put(bytes.slice(1))).toBe('403 SignatureDoesNotMatch');
    expect(await put(bytes, { 'x-amz-checksum-sha256': sha256(photo) })).toBe('403 SignatureDoesNotMatch');
    expect(await put(bytes, { 'if-none-match': '*' })).toBe('403 SignatureDoesNotMatch');
    const unsized = await getSignedUrl(at.s3, new PutObjectCommand({ Bucket: at.plain, Key: key }), {
      expiresIn: 60,
    });
    const streamed: RequestInit & { duplex: 'half' } = {
      method: 'PUT',
      body: new Blob([bytes]).stream(),
      duplex: 'half',
    };
    expect(await answered(fetch(unsized, streamed))).toBe('411 MissingContentLength');
    expect(await at.holds(key)).toBe(false);
    expect(await put(bytes)).toBe('accepted');
    expect(await put(bytes)).toBe('412 PreconditionFailed');
    const head = await at.s3.send(
      new HeadObjectCommand({ Bucket: at.plain, Key: key, ChecksumMode: 'ENABLED' }),
    );
    expect(head).toMatchObject({
      ContentType: 'image/jpeg',
      ChecksumSHA256: sha256(photo),
      ContentLength: 200_000,
    });
  });

  it('may promise the hash of the body in the signature itself', async () => {
    const key = at.key('promised');
    const send = chunked(at.endpoint, `/${at.plain}/${key}`);
    const hash = createHash('sha256').update(photo).digest('hex');
    expect(await send.plain(photo.subarray(1), hash)).toBe('400 XAmzContentSHA256Mismatch');
    for (const name of ['host', 'x-amz-meta-window', 'x-amz-content-sha256'])
      expect(await send.plain(photo, hash, name), name).toBe('403 AccessDenied');
    expect(await at.holds(key)).toBe(false);
    expect(await send.plain(photo, hash)).toBe('accepted');
  });

  it('may send signed chunks, each of which is checked', async () => {
    const key = at.key('chunks');
    const send = chunked(at.endpoint, `/${at.plain}/${key}`);
    const pieces = [photo.subarray(0, 65_536), photo.subarray(65_536, 131_072), photo.subarray(131_072)];
    const long = Array.from({ length: 8 }, () => Buffer.alloc(2 ** 21));
    expect(await send.framed(long, { forge: 0 })).toBe('403 SignatureDoesNotMatch');
    expect(await send.framed(pieces, { forge: 1 })).toBe('403 SignatureDoesNotMatch');
    expect(await send.framed(pieces, { forge: 3 })).toBe('403 SignatureDoesNotMatch');
    expect(await send.framed(pieces, { announced: photo.length + 1 })).toBe('400 IncompleteBody');
    expect(await send.framed(pieces, { cut: true })).toBe('400 IncompleteBody');
    expect(await at.holds(key)).toBe(false);
    expect(await send.framed(pieces)).toBe('accepted');
    expect((await at.get(key)).bytes.equals(photo)).toBe(true);
  });
});
