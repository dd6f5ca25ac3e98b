// What travels, apart from any server: the worked examples Amazon prints for its signatures, and bodies that arrive in
// whatever pieces the network makes of them.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Claimed,
  childOf,
  element,
  leaf,
  type Proof,
  promisedBy,
  prove,
  Refusal,
  readForm,
  readXml,
  receive,
} from '../../local/object-store-wire.ts';

// "Examples: Signature Calculations" and "Transferring Payload in Multiple Chunks", Amazon S3 API Reference.
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const then = new Date('2013-05-24T00:00:00Z');
const nothing = createHash('sha256').digest('hex');
const authorized = (names: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${signature}`;

const getRange: Claimed = {
  method: 'GET',
  path: '/test.txt',
  query: [],
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': nothing,
    'x-amz-date': '20130524T000000Z',
    authorization: authorized(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
  },
};
const putDollar: Claimed = {
  method: 'PUT',
  path: '/test$file.text',
  query: [],
  headers: {
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    authorization: authorized(
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ),
  },
};
const getList: Claimed = {
  method: 'GET',
  path: '/',
  query: [
    ['max-keys', '2'],
    ['prefix', 'J'],
  ],
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': nothing,
    'x-amz-date': '20130524T000000Z',
    authorization: authorized(
      'host;x-amz-content-sha256;x-amz-date',
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ),
  },
};
const presigned: Claimed = {
  method: 'GET',
  path: '/test.txt',
  query: [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'],
    ['X-Amz-Date', '20130524T000000Z'],
    ['X-Amz-Expires', '86400'],
    ['X-Amz-SignedHeaders', 'host'],
    ['X-Amz-Signature', 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'],
  ],
  headers: { host: 'examplebucket.s3.amazonaws.com' },
};
const putChunks: Claimed = {
  method: 'PUT',
  path: '/examplebucket/chunkObject.txt',
  query: [],
  headers: {
    host: 's3.amazonaws.com',
    'content-encoding': 'aws-chunked',
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-date': '20130524T000000Z',
    'x-amz-decoded-content-length': '66560',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    authorization: authorized(
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
      '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    ),
  },
};

const code = (value: unknown): string => (value instanceof Refusal ? value.code : 'believed');

describe('the examples of Amazon', () => {
  it('are believed, and nothing else with their signatures', () => {
    for (const claimed of [getRange, putDollar, getList, presigned, putChunks]) {
      expect(code(prove(claimed, credentials, then))).toBe('believed');
      expect(code(prove({ ...claimed, method: 'POST' }, credentials, then))).toBe('SignatureDoesNotMatch');
      expect(code(prove({ ...claimed, path: `${claimed.path}x` }, credentials, then))).toBe(
        'SignatureDoesNotMatch',
      );
      const elsewhere = { ...claimed.headers, host: 'elsewhere' };
      expect(code(prove({ ...claimed, headers: elsewhere }, credentials, then))).toBe(
        'SignatureDoesNotMatch',
      );
    }
  });

  it('hold for their time', () => {
    const at = (seconds: number): Date => new Date(then.getTime() + seconds * 1000);
    expect([900, 901, -900, -901].map((s) => code(prove(getRange, credentials, at(s))))).toEqual([
      'believed',
      'RequestTimeTooSkewed',
      'believed',
      'RequestTimeTooSkewed',
    ]);
    expect([86_400, 86_401, -900, -901].map((s) => code(prove(presigned, credentials, at(s))))).toEqual([
      'believed',
      'AccessDenied',
      'believed',
      'AccessDenied',
    ]);
  });
});

/** A body as the network may cut it. */
const inPieces = (body: Buffer, cuts: number[]) =>
  (async function* (): AsyncGenerator<Buffer> {
    const ends = [...new Set(cuts.map((cut) => cut % (body.length + 1)))].sort((a, b) => a - b);
    let from = 0;
    for (const end of [...ends, body.length]) {
      if (end > from) yield body.subarray(from, end);
      from = end;
    }
  })();
const cuts = fc.array(fc.nat(70_000), { maxLength: 12 });

const taken = async (body: AsyncIterable<Buffer>, headers: Claimed['headers'], proof: Proof) => {
  const promised = promisedBy(headers, proof);
  if (promised instanceof Refusal) return promised.code;
  const got: Buffer[] = [];
  const arrived = await receive(body, promised, async (pieces) => void got.push(...pieces));
  return arrived instanceof Refusal ? arrived.code : Buffer.concat(got);
};

describe('bodies', () => {
  const chunk = (bytes: Buffer, signature: string): Buffer =>
    Buffer.concat([
      Buffer.from(`${bytes.length.toString(16)};chunk-signature=${signature}\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]);
  const letters = Buffer.alloc(66_560, 'a');
  const signed = Buffer.concat([
    chunk(letters.subarray(0, 65_536), 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
    chunk(letters.subarray(65_536), '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
    chunk(Buffer.alloc(0), 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
  ]);
  const proof = prove(putChunks, credentials, then);
  const believed: Proof =
    proof instanceof Refusal ? { payload: '', signature: '', signChunk: () => '' } : proof;

  it('of signed chunks are those of the example, however they are cut', async () => {
    expect(signed.length).toBe(66_824);
    await fc.assert(
      fc.asyncProperty(cuts, async (where) => {
        const got = await taken(inPieces(signed, where), putChunks.headers, believed);
        expect(typeof got !== 'string' && got.equals(letters)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('of signed chunks with one bit altered, or cut off anywhere, are refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length - 1), fc.boolean(), cuts, async (at, cutOff, where) => {
        const forged = Buffer.from(signed);
        forged[at] = (forged[at] ?? 0) ^ 1;
        const body = cutOff ? signed.subarray(0, at) : forged;
        expect(typeof (await taken(inPieces(body, where), putChunks.headers, believed))).toBe('string');
      }),
      { numRuns: 60 },
    );
  });

  it('with a checksum behind them are held to it', async () => {
    const unsigned: Proof = { ...believed, payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 500 }),
        fc.integer({ min: 1, max: 99 }),
        cuts,
        async (bytes, step, where) => {
          const content = Buffer.from(bytes);
          const sum = createHash('sha256').update(content).digest('base64');
          const framed = (trailer: string): Buffer => {
            const frames: Buffer[] = [];
            for (let from = 0; from < content.length; from += step) {
              const piece = content.subarray(from, from + step);
              frames.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
            }
            return Buffer.concat([...frames, Buffer.from(`0\r\n${trailer}\r\n`)]);
          };
          const headers = {
            'x-amz-decoded-content-length': String(content.length),
            'x-amz-trailer': 'x-amz-checksum-sha256',
          };
          const end = (trailer: string) => taken(inPieces(framed(trailer), where), headers, unsigned);
          expect(await end(`x-amz-checksum-sha256:${sum}\r\n`)).toEqual(content);
          expect(await end(`x-amz-checksum-sha256:${Buffer.alloc(32).toString('base64')}\r\n`)).toBe(
            'BadDigest',
          );
          expect(await end('')).toBe('MalformedTrailerError');
          expect(await end('no trailer\r\n')).toBe('MalformedTrailerError');
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of a form are its fields and its file, however they are cut', async () => {
    const boundary = '----窗';
    const part = (head: string, content: Buffer | string): Buffer =>
      Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]);
    const read = async (body: AsyncIterable<Buffer>) => {
      const form = await readForm(body, `multipart/form-data; boundary="${boundary}"`);
      if (form instanceof Refusal) return form.code;
      const file: Buffer[] = [];
      for await (const piece of form.file) file.push(Buffer.from(piece));
      return {
        fields: [...form.fields],
        name: form.fileName,
        file: Buffer.concat(file),
        complete: form.complete(),
      };
    };
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(20), cuts, async (bytes, dashes, where) => {
        const file = Buffer.concat([
          Buffer.from(bytes),
          Buffer.from(`\r\n--${boundary}`.slice(0, -1)),
          Buffer.alloc(dashes, '-'),
        ]);
        const fields = [part('name="Key"', '证据/a'), part('name="empty"', '')];
        const opening = Buffer.concat([
          ...fields,
          part('name="file"; filename="照片.jpg"\r\nContent-Type: image/jpeg', file),
        ]);
        const body = Buffer.concat([opening, Buffer.from(`--${boundary}--\r\n`)]);
        expect(await read(inPieces(body, where))).toEqual({
          fields: [
            ['key', '证据/a'],
            ['empty', ''],
          ],
          name: '照片.jpg',
          file,
          complete: true,
        });
        expect(await read(inPieces(opening, where))).toMatchObject({ complete: false });
        expect(await read(inPieces(fields[0] ?? body, where))).toBe('MalformedPOSTRequest');
      }),
      { numRuns: 60 },
    );
  });
});

describe('promises', () => {
  it('are at most 5 GiB long, and whole numbers', () => {
    const proof: Proof = { payload: 'UNSIGNED-PAYLOAD', signature: '', signChunk: () => '' };
    const of = (length: string) => code(promisedBy({ 'content-length': length }, proof));
    expect(['5368709120', '5368709121', '1.5', '-1', 'x', '1e3'].map(of)).toEqual([
      'believed',
      'EntityTooLarge',
      'InvalidArgument',
      'InvalidArgument',
      'InvalidArgument',
      'InvalidArgument',
    ]);
  });
});

describe('documents', () => {
  it('say what was written, whatever characters it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }), (one, two) => {
        const root = readXml(
          `<?xml version="1.0"?>\n<!-- a note -->${element('Root', leaf('One', one), leaf('Two', two))}`,
        );
        const text = (name: string) => (root instanceof Refusal ? root.code : childOf(root, name)?.text);
        expect([text('One'), text('Two')]).toEqual([one, two]);
      }),
    );
  });

  it('must be whole', () => {
    for (const source of [
      '',
      'text',
      '<a>',
      '<a></b>',
      '<a></a><b></b>',
      '<a></a>tail',
      '</a>',
      '<!DOCTYPE a><a/>',
      '<a><b</a>',
      '<a>1 < 2</a>',
    ])
      expect(code(readXml(source)), source).toBe('MalformedXML');
    for (const source of ['<a/>', '<a x="1">&lt;&#x7a97;&#31383;</a>', ' <n:a xmlns:n="x"><n:b/></n:a> '])
      expect(code(readXml(source)), source).toBe('believed');
  });
});
