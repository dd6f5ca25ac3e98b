// What travels between an S3 client and our object store, and whether to believe it: refusals, XML, Signature
// Version 4, checksums, the aws-chunked framing, browser forms. Knows neither buckets nor disks.
// Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Every refusal the store gives: HTTP status and sentence, under the code that S3 clients know. */
const refusals = {
  AccessDenied: [403, 'Access Denied'],
  AccessForbidden: [403, 'CORSResponse: This CORS request is not allowed.'],
  AuthorizationHeaderMalformed: [400, 'The authorization header you provided is invalid.'],
  AuthorizationQueryParametersError: [
    400,
    'The query parameters of the signature are incomplete or invalid.',
  ],
  BadDigest: [400, 'The digest or checksum you specified did not match what we received.'],
  BucketAlreadyOwnedByYou: [409, 'The bucket you tried to create already exists, and you own it.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty.'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size.'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size.'],
  IncompleteBody: [400, 'You did not provide the number of bytes that was announced.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The access key you provided does not exist in our records.'],
  InvalidArgument: [400, 'Invalid argument.'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidBucketState: [409, 'The request is not valid for the current state of the bucket.'],
  InvalidDigest: [400, 'The Content-MD5 you specified is not valid.'],
  InvalidPart: [400, 'One or more of the specified parts could not be found or did not match.'],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order.'],
  InvalidPolicyDocument: [
    400,
    'The content of the form does not meet the conditions of the policy document.',
  ],
  InvalidRange: [416, 'The requested range is not satisfiable.'],
  InvalidRequest: [400, 'Invalid request.'],
  InvalidTag: [400, 'The tag provided was not a valid tag.'],
  InvalidURI: [400, 'Could not parse the specified URI.'],
  KeyTooLongError: [400, 'Your key is too long.'],
  MalformedPOSTRequest: [400, 'The body of your POST request is not well-formed multipart/form-data.'],
  MalformedTrailerError: [400, 'The request contained trailing data that was not well-formed.'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate.'],
  MetadataTooLarge: [400, 'Your metadata headers exceed the maximum allowed metadata size.'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
  NoSuchBucket: [404, 'The specified bucket does not exist.'],
  NoSuchCORSConfiguration: [404, 'The CORS configuration does not exist.'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchObjectLockConfiguration: [404, 'The specified object does not have an object lock configuration.'],
  NoSuchUpload: [
    404,
    'The specified multipart upload does not exist; it may have been aborted or completed.',
  ],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NotImplemented: [501, 'What you asked for is not implemented.'],
  ObjectLockConfigurationNotFoundError: [404, 'Object Lock configuration does not exist for this bucket.'],
  PreconditionFailed: [412, 'At least one of the preconditions you specified did not hold.'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the server time is too large.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided.',
  ],
  XAmzContentSHA256Mismatch: [
    400,
    'The provided x-amz-content-sha256 header does not match what was computed.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

/** An expected no, as a value. `sentence` replaces the usual one where this case has more to tell. */
export class Refusal {
  readonly code: keyof typeof refusals;
  readonly status: number;
  readonly sentence: string;
  readonly headers: Record<string, string>;
  constructor(code: keyof typeof refusals, sentence?: string, headers: Record<string, string> = {}) {
    this.code = code;
    this.status = refusals[code][0];
    this.sentence = sentence ?? refusals[code][1];
    this.headers = headers;
  }
}

// ---- XML

/** An element of a request body: text of its own, and its child elements in order. */
export interface Element {
  name: string;
  text: string;
  children: Element[];
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[String(name).toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

/** Reads elements and text; attributes are passed over, a document type is refused (nothing is ever fetched). */
export const readXml = (source: string): Element | Refusal => {
  const top: Element = { name: '', text: '', children: [] };
  const open = [top];
  let at = 0;
  for (const tag of source.matchAll(/<(?:\?[^>]*\?|!--[\s\S]*?--|(\/?)([\w.:-]+)((?:\s[^<>]*?)?)(\/?))>/g)) {
    const inside = open.at(-1) ?? top;
    const text = source.slice(at, tag.index);
    if (text.includes('<')) return new Refusal('MalformedXML');
    inside.text += plain(text);
    at = tag.index + tag[0].length;
    const name = tag[2]?.replace(/^.*:/, '');
    if (name === undefined) continue;
    if (tag[1]) {
      if (open.length < 2 || open.pop()?.name !== name) return new Refusal('MalformedXML');
      continue;
    }
    const element: Element = { name, text: '', children: [] };
    inside.children.push(element);
    if (!tag[4]) open.push(element);
  }
  const root = top.children[0];
  const whole = open.length === 1 && top.children.length === 1 && source.slice(at).trim() === '';
  return whole && root ? root : new Refusal('MalformedXML');
};

export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? [];
export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  childrenOf(element, name)[0];
export const textOf = (element: Element | undefined, name: string): string | undefined =>
  childOf(element, name)?.text.trim();

const escapes: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
/** Control characters go out as references, as S3 sends them, though XML 1.0 allows only some of them. */
const escaped = (text: string): string =>
  text.replace(/[<>&"\p{Cc}]/gu, (c) => escapes[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);

/** An element around elements already written. */
export const element = (name: string, ...inner: string[]): string => `<${name}>${inner.join('')}</${name}>`;
/** An element around text; nothing at all when there is none to say. */
export const leaf = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : `<${name}>${escaped(String(value))}</${name}>`;

// ---- who asks

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}
/** Lower-case names; several values of one name are joined as they came. */
export type Headers = Record<string, string | undefined>;
/** A request before it is believed: path and query decoded once, the query in the order sent. */
export interface Claimed {
  method: string;
  path: string;
  query: [name: string, value: string][];
  headers: Headers;
}
/** What a good signature says of the body: its SHA-256 in hex, or the word of S3 that stands for it. */
export interface Proof {
  payload: string;
  signChunk: (previous: string, content: string, kind: 'PAYLOAD' | 'TRAILER') => string;
  signature: string;
}

const fifteenMinutes = 15 * 60_000;
const sevenDays = 7 * 86_400;
const nothing = createHash('sha256').digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const same = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

/** Percent-encoding of RFC 3986, which is stricter than that of JavaScript. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
export const encodePath = (path: string): string => path.split('/').map(encode).join('/');

/** `20261122T021500Z` as milliseconds, or not a number. */
const instantOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

interface Signer {
  scope: string;
  sign: (text: string) => string;
}
/** The signing key lives one day, in one region, for one service; any region is welcome here. */
const signerOf = (credential: string, stamp: string, credentials: Credentials): Signer | Refusal => {
  const [id, day, region, service, end, ...more] = credential.split('/');
  if (
    !day ||
    !region ||
    service !== 's3' ||
    end !== 'aws4_request' ||
    more.length > 0 ||
    !stamp.startsWith(`${day}T`)
  )
    return new Refusal('AuthorizationHeaderMalformed');
  if (id !== credentials.accessKeyId) return new Refusal('InvalidAccessKeyId');
  const key = hmac(hmac(hmac(hmac(`AWS4${credentials.secretAccessKey}`, day), region), service), end);
  return { scope: `${day}/${region}/${service}/${end}`, sign: (text) => hmac(key, text).toString('hex') };
};

interface Presented {
  credential: string;
  stamp: string;
  names: string[];
  signature: string;
  payload: string;
  /** Seconds; undefined for a request signed in its headers. */
  expires?: number;
}

const presentedInQuery = (query: Map<string, string>, headers: Headers): Presented | Refusal => {
  const [credential, stamp, names, signature, expires] = [
    'Credential',
    'Date',
    'SignedHeaders',
    'Signature',
    'Expires',
  ].map((name) => query.get(`X-Amz-${name}`));
  const seconds = /^\d{1,6}$/.test(expires ?? '') ? Number(expires) : 0;
  if (!credential || !stamp || !names || !signature || query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256')
    return new Refusal('AuthorizationQueryParametersError');
  if (seconds < 1 || seconds > sevenDays)
    return new Refusal(
      'AuthorizationQueryParametersError',
      'X-Amz-Expires must be between 1 and 604800 seconds',
    );
  const payload = headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  return { credential, stamp, names: names.split(';'), signature, payload, expires: seconds };
};

const presentedInHeader = (authorization: string, headers: Headers): Presented | Refusal => {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]+)$/.exec(
      authorization,
    );
  const [, credential, names, signature] = found ?? [];
  if (!credential || !names || !signature) return new Refusal('AuthorizationHeaderMalformed');
  const [stamp, payload] = [headers['x-amz-date'], headers['x-amz-content-sha256']];
  if (!stamp) return new Refusal('AccessDenied', 'AWS authentication requires a valid x-amz-date header');
  if (!payload)
    return new Refusal('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  return { credential, stamp, names: names.split(';'), signature, payload };
};

const early = (stamp: string, now: Date): boolean => !(instantOf(stamp) <= now.getTime() + fifteenMinutes);

/** Believes a request or says why not. The Host header is taken as the client sent it, so that one store may be
 * reached under several names; a signature holds for the name it was made for. */
export const prove = (claimed: Claimed, credentials: Credentials, now: Date): Proof | Refusal => {
  const { headers } = claimed;
  const query = new Map(claimed.query);
  const presigned = [...query.keys()].some((name) => /^X-Amz-(Algorithm|Credential|Signature)$/.test(name));
  if (presigned && headers.authorization)
    return new Refusal('InvalidArgument', 'Only one auth mechanism allowed');
  if (!presigned && !headers.authorization) return new Refusal('AccessDenied');
  const shown = presigned
    ? presentedInQuery(query, headers)
    : presentedInHeader(headers.authorization ?? '', headers);
  if (shown instanceof Refusal) return shown;
  const signer = signerOf(shown.credential, shown.stamp, credentials);
  if (signer instanceof Refusal) return signer;
  const age = now.getTime() - instantOf(shown.stamp);
  if (shown.expires === undefined && !(Math.abs(age) <= fifteenMinutes))
    return new Refusal('RequestTimeTooSkewed');
  if (shown.expires !== undefined && early(shown.stamp, now))
    return new Refusal('AccessDenied', 'Request is not yet valid');
  if (shown.expires !== undefined && age > shown.expires * 1000)
    return new Refusal('AccessDenied', 'Request has expired');
  const unsigned = Object.keys(headers).filter(
    (name) => name.startsWith('x-amz-') && !shown.names.includes(name),
  );
  if (unsigned.length > 0 || !shown.names.includes('host'))
    return new Refusal(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${unsigned.join(', ') || 'host'}`,
    );

  // A header travels as bytes that Node shows as Latin-1; a signer meant them as UTF-8.
  const signedValue = (name: string): string =>
    Buffer.from(headers[name] ?? '', 'latin1')
      .toString()
      .trim()
      .replace(/ +/g, ' ');
  const canonicalQuery = claimed.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const canonical = [
    claimed.method,
    encodePath(claimed.path),
    canonicalQuery.join('&'),
    ...shown.names.map((name) => `${name}:${signedValue(name)}`),
    '',
    shown.names.join(';'),
    shown.payload,
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    shown.stamp,
    signer.scope,
    createHash('sha256').update(canonical).digest('hex'),
  ];
  if (!same(signer.sign(toSign.join('\n')), shown.signature)) return new Refusal('SignatureDoesNotMatch');
  return {
    payload: shown.payload,
    signature: shown.signature,
    signChunk: (previous, content, kind) =>
      signer.sign(
        [
          `AWS4-HMAC-SHA256-${kind}`,
          shown.stamp,
          signer.scope,
          previous,
          ...(kind === 'PAYLOAD' ? [nothing] : []),
          content,
        ].join('\n'),
      ),
  };
};

/** How long the file of a form may be, in bytes, both ends included. */
interface SizeRange {
  least: number;
  most: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const readPolicy = (encoded: string): { expiration: number; conditions: unknown[] } | Refusal => {
  try {
    const policy: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString());
    if (isRecord(policy) && Array.isArray(policy.conditions) && typeof policy.expiration === 'string')
      return { expiration: Date.parse(policy.expiration), conditions: policy.conditions };
  } catch {}
  return new Refusal('InvalidPolicyDocument');
};

/** Believes a browser form (POST policy) or says why not. `fields` have lower-case names.
 * Source: Amazon S3 API Reference, "POST Policy". */
export const provePolicy = (
  fields: Map<string, string>,
  bucket: string,
  credentials: Credentials,
  now: Date,
): SizeRange | Refusal => {
  const of = (name: string): string => fields.get(name) ?? '';
  const stamp = of('x-amz-date');
  if (!fields.has('policy') || !fields.has('x-amz-signature')) return new Refusal('AccessDenied');
  if (of('x-amz-algorithm') !== 'AWS4-HMAC-SHA256' || early(stamp, now)) return new Refusal('AccessDenied');
  const signer = signerOf(of('x-amz-credential'), stamp, credentials);
  if (signer instanceof Refusal) return signer;
  if (!same(signer.sign(of('policy')), of('x-amz-signature'))) return new Refusal('SignatureDoesNotMatch');
  const policy = readPolicy(of('policy'));
  if (policy instanceof Refusal) return policy;
  const no = (why: string): Refusal => new Refusal('AccessDenied', `Invalid according to Policy: ${why}`);
  if (!(now.getTime() <= policy.expiration)) return no('Policy expired.');

  const size: SizeRange = { least: 0, most: largestPut };
  const covered = new Set(['policy', 'x-amz-signature']);
  const holds = (operator: string, field: string, expected: string): boolean => {
    const name = field.toLowerCase();
    const actual = name === 'bucket' ? bucket : of(name);
    covered.add(name);
    return operator === 'starts-with' ? actual.startsWith(expected) : actual === expected;
  };
  for (const condition of policy.conditions) {
    if (Array.isArray(condition)) {
      const [operator, field, expected]: unknown[] = condition;
      if (
        operator === 'content-length-range' &&
        Number.isInteger(Number(field)) &&
        Number.isInteger(Number(expected))
      )
        Object.assign(size, { least: Number(field), most: Math.min(Number(expected), largestPut) });
      else if (
        (operator !== 'eq' && operator !== 'starts-with') ||
        typeof field !== 'string' ||
        !field.startsWith('$')
      )
        return new Refusal('InvalidPolicyDocument');
      else if (!holds(operator, field.slice(1), String(expected)))
        return no(`Policy Condition failed: ${JSON.stringify(condition)}`);
    } else if (isRecord(condition)) {
      for (const [field, expected] of Object.entries(condition))
        if (!holds('eq', field, String(expected)))
          return no(`Policy Condition failed: ${JSON.stringify(condition)}`);
    } else return new Refusal('InvalidPolicyDocument');
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !name.startsWith('x-ignore-'));
  return extra.length > 0 ? no(`Extra input fields: ${extra.join(', ')}`) : size;
};

// ---- what arrives

/** The largest body of one request, in bytes: 5 GiB, as in S3. */
const largestPut = 5 * 2 ** 30;

interface Digester {
  update: (piece: Buffer) => void;
  base64: () => string;
}
const hashed = (name: string): Digester => {
  const hash = createHash(name);
  return { update: (piece) => void hash.update(piece), base64: () => hash.digest('base64') };
};
const checksums = {
  CRC32: {
    bytes: 4,
    start: (): Digester => {
      let value = 0;
      return {
        update: (piece) => {
          value = crc32(piece, value);
        },
        base64: () => {
          const bytes = Buffer.alloc(4);
          bytes.writeUInt32BE(value);
          return bytes.toString('base64');
        },
      };
    },
  },
  SHA1: { bytes: 20, start: (): Digester => hashed('sha1') },
  SHA256: { bytes: 32, start: (): Digester => hashed('sha256') },
} as const;

export type Algorithm = keyof typeof checksums;
export interface Checksum {
  algorithm: Algorithm;
  /** Base64; of a multipart object with `-<number of parts>` behind it. */
  value: string;
}
export const startDigest = (algorithm: Algorithm): Digester => checksums[algorithm].start();
export const checksumHeader = (algorithm: Algorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;
export const algorithmNamed = (name: string): Algorithm | Refusal => {
  const upper = name.toUpperCase();
  return upper === 'CRC32' || upper === 'SHA1' || upper === 'SHA256'
    ? upper
    : new Refusal('NotImplemented', `The checksum algorithm ${name} is not implemented.`);
};
/** The checksum of a multipart object: that of its parts' checksums, one after the other. */
export const compositeOf = (algorithm: Algorithm, parts: string[]): string => {
  const digest = startDigest(algorithm);
  for (const part of parts) digest.update(Buffer.from(part, 'base64'));
  return `${digest.base64()}-${parts.length}`;
};

/** What a request promises about its body before the body has come. */
export interface Promised {
  /** Bytes of the content itself; undefined when only the end will tell (browser forms). */
  length?: number;
  least?: number;
  most?: number;
  sha256?: string;
  md5?: string;
  algorithm?: Algorithm;
  /** Undefined when it follows in the trailer. */
  checksum?: string;
  chunks?: { proof: Proof; signed: boolean; trailer: string | undefined };
}

/** Reads the promises out of the headers. Checksums that were moved into the query of a presigned URL do not count:
 * clients put the checksum of an empty body there (aws-sdk-js-v3 #6994). */
export const promisedBy = (headers: Headers, proof: Proof): Promised | Refusal => {
  const { payload } = proof;
  const promised: Promised = {};
  if (/^[0-9a-f]{64}$/.test(payload)) promised.sha256 = payload;
  else if (/^STREAMING-(UNSIGNED-PAYLOAD-TRAILER|AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?)$/.test(payload))
    promised.chunks = {
      proof,
      signed: payload.includes('HMAC'),
      trailer: headers['x-amz-trailer']?.toLowerCase().trim(),
    };
  else if (payload !== 'UNSIGNED-PAYLOAD')
    return new Refusal('InvalidArgument', 'x-amz-content-sha256 is not valid.');

  const length = promised.chunks ? headers['x-amz-decoded-content-length'] : headers['content-length'];
  if (length === undefined && (promised.chunks || headers['transfer-encoding']))
    return new Refusal('MissingContentLength');
  if (!/^\d+$/.test(length ?? '0'))
    return new Refusal('InvalidArgument', 'The length is not a number of bytes.');
  promised.length = Number(length ?? 0);
  if (promised.length > largestPut) return new Refusal('EntityTooLarge');

  const md5 = headers['content-md5'];
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) return new Refusal('InvalidDigest');
  if (md5 !== undefined) promised.md5 = md5;
  const isChecksum = (name: string): boolean => /^x-amz-checksum-(?!mode$|type$|algorithm$)/.test(name);
  const trailer = promised.chunks?.trailer;
  const given = [...Object.keys(headers), ...(trailer ? [trailer] : [])].filter(isChecksum);
  const [name] = given;
  if (given.length > 1) return new Refusal('InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  if (name === undefined) return promised;
  const algorithm = algorithmNamed(name.slice('x-amz-checksum-'.length));
  if (algorithm instanceof Refusal) return algorithm;
  promised.algorithm = algorithm;
  const value = headers[name];
  if (value === undefined) return promised;
  if (Buffer.from(value.replace(/-\d+$/, ''), 'base64').length !== checksums[algorithm].bytes)
    return new Refusal('InvalidRequest', `Value for ${name} header is invalid.`);
  return { ...promised, checksum: value };
};

/** Takes the aws-chunked framing off a body, checking the signature of each chunk and of the trailer. */
class Unframer {
  readonly trailers: Headers = {};
  private readonly chunks: NonNullable<Promised['chunks']>;
  private held = Buffer.alloc(0);
  private awaiting: 'size' | 'content' | 'gap' | 'trailer' | 'end' = 'size';
  private left = 0;
  private signature = '';
  private previous: string;
  private hash = createHash('sha256');

  constructor(chunks: NonNullable<Promised['chunks']>) {
    this.chunks = chunks;
    this.previous = chunks.proof.signature;
  }

  get ended(): boolean {
    return this.awaiting === 'end';
  }

  push(input: Buffer, take: (content: Buffer) => void): Refusal | undefined {
    let rest = this.held.length > 0 ? Buffer.concat([this.held, input]) : input;
    while (rest.length > 0 && this.awaiting !== 'end') {
      if (this.awaiting === 'content') {
        const content = rest.subarray(0, this.left);
        if (this.chunks.signed) this.hash.update(content);
        take(content);
        this.left -= content.length;
        rest = rest.subarray(content.length);
        if (this.left === 0) this.awaiting = 'gap';
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end < 0) break;
      const refusal = this.line(rest.toString('latin1', 0, end));
      if (refusal) return refusal;
      rest = rest.subarray(end + 2);
    }
    this.held = Buffer.from(this.awaiting === 'end' ? '' : rest);
    return this.held.length > 16_384
      ? new Refusal('IncompleteBody', 'A chunk has no readable header.')
      : undefined;
  }

  private line(text: string): Refusal | undefined {
    if (this.awaiting === 'size') {
      const [, size, signature] = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(text) ?? [];
      if (size === undefined) return new Refusal('IncompleteBody', 'A chunk has no readable header.');
      this.left = Number.parseInt(size, 16);
      this.signature = signature ?? '';
      this.awaiting = this.left > 0 ? 'content' : 'trailer';
      return this.left > 0 ? undefined : this.seal();
    }
    if (this.awaiting === 'gap') {
      this.awaiting = 'size';
      return text === '' ? this.seal() : new Refusal('IncompleteBody');
    }
    if (text === '') {
      this.awaiting = 'end';
      return this.sealTrailer();
    }
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(text) ?? [];
    if (name === undefined) return new Refusal('MalformedTrailerError');
    this.trailers[name.toLowerCase()] = value?.trim();
    return undefined;
  }

  private seal(): Refusal | undefined {
    if (!this.chunks.signed) return undefined;
    const expected = this.chunks.proof.signChunk(this.previous, this.hash.digest('hex'), 'PAYLOAD');
    this.hash = createHash('sha256');
    this.previous = expected;
    return same(expected, this.signature) ? undefined : new Refusal('SignatureDoesNotMatch');
  }

  private sealTrailer(): Refusal | undefined {
    if (!this.chunks.signed || this.chunks.trailer === undefined) return undefined;
    const text = `${this.chunks.trailer}:${this.trailers[this.chunks.trailer] ?? ''}\n`;
    const expected = this.chunks.proof.signChunk(
      this.previous,
      createHash('sha256').update(text).digest('hex'),
      'TRAILER',
    );
    return same(expected, this.trailers['x-amz-trailer-signature'] ?? '')
      ? undefined
      : new Refusal('SignatureDoesNotMatch');
  }
}

/** What came: bytes, MD5 in hex (the ETag of S3), and the checksum that was given and found right. */
export interface Arrived {
  size: number;
  md5: string;
  checksum?: Checksum;
}

const gathered = 256 * 1024;

/** Hands the content of a body to `write` in pieces of some 256 kB and compares it with what was promised. Nothing
 * is held back longer than that, so memory does not depend on the size. `fallback` is computed when the client chose
 * no checksum. On a refusal the caller throws away what was written. */
export const receive = async (
  body: AsyncIterable<Buffer>,
  promised: Promised,
  write: (pieces: Buffer[]) => Promise<void>,
  fallback?: Algorithm,
): Promise<Arrived | Refusal> => {
  const algorithm = promised.algorithm ?? fallback;
  const [md5, whole] = [createHash('md5'), promised.sha256 === undefined ? undefined : createHash('sha256')];
  const digest = algorithm && startDigest(algorithm);
  const unframer = promised.chunks && new Unframer(promised.chunks);
  const most = Math.min(promised.length ?? largestPut, promised.most ?? largestPut);
  let [size, waiting, pieces]: [number, number, Buffer[]] = [0, 0, []];
  const take = (piece: Buffer): void => {
    size += piece.length;
    waiting += piece.length;
    md5.update(piece);
    whole?.update(piece);
    digest?.update(piece);
    pieces.push(piece);
  };
  for await (const chunk of body) {
    const refusal = unframer ? unframer.push(chunk, take) : take(chunk);
    if (refusal) return refusal;
    if (size > most) return new Refusal(promised.length === undefined ? 'EntityTooLarge' : 'IncompleteBody');
    if (waiting >= gathered) {
      await write(pieces);
      [waiting, pieces] = [0, []];
    }
  }
  if (pieces.length > 0) await write(pieces);
  if (promised.length !== undefined && size !== promised.length) return new Refusal('IncompleteBody');
  if (unframer && !unframer.ended) return new Refusal('IncompleteBody');
  if (size < (promised.least ?? 0)) return new Refusal('EntityTooSmall');
  if (whole && whole.digest('hex') !== promised.sha256) return new Refusal('XAmzContentSHA256Mismatch');
  const hash = md5.digest();
  if (promised.md5 !== undefined && hash.toString('base64') !== promised.md5) return new Refusal('BadDigest');
  const arrived: Arrived = { size, md5: hash.toString('hex') };
  if (!algorithm || !digest) return arrived;
  const value = digest.base64();
  const expected = promised.checksum ?? (promised.algorithm && unframer?.trailers[checksumHeader(algorithm)]);
  if (promised.algorithm && expected === undefined) return new Refusal('MalformedTrailerError');
  if (expected !== undefined && expected !== value)
    return new Refusal('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  return { ...arrived, checksum: { algorithm, value } };
};

const largestText = 4 * 2 ** 20;
/** Receives a body that is a document for ourselves, of at most 4 MB. */
export const receiveText = async (
  body: AsyncIterable<Buffer>,
  promised: Promised,
): Promise<string | Refusal> => {
  if ((promised.length ?? 0) > largestText) return new Refusal('MalformedXML', 'The document is too long.');
  const kept: Buffer[] = [];
  const arrived = await receive(body, promised, async (pieces) => void kept.push(...pieces));
  return arrived instanceof Refusal ? arrived : Buffer.concat(kept).toString();
};

/** A browser form up to its file: the fields before it (lower-case names; fields behind the file are not read), and
 * the file's content. `complete` may be asked once the file has been read: was the form closed? */
interface Form {
  fields: Map<string, string>;
  fileName: string;
  file: AsyncIterable<Buffer>;
  complete: () => boolean;
}

const longestFields = 64 * 1024;

/** Reads multipart/form-data (RFC 7578) without holding the file. */
export const readForm = async (body: AsyncIterable<Buffer>, contentType: string): Promise<Form | Refusal> => {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return new Refusal('MalformedPOSTRequest');
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const source = body[Symbol.asyncIterator]();
  let held = Buffer.from('\r\n');
  const more = async (): Promise<boolean> => {
    const next = await source.next();
    if (!next.done) held = Buffer.concat([held, next.value]);
    return !next.done;
  };
  let closed = false;
  async function* content(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = held.indexOf(delimiter);
      const safe = end >= 0 ? end : Math.max(0, held.length - delimiter.length);
      if (safe > 0) yield held.subarray(0, safe);
      held = held.subarray(safe);
      if (end >= 0) {
        closed = true;
        while (!(await source.next()).done);
        return;
      }
      if (!(await more())) return;
    }
  }
  const fields = new Map<string, string>();
  let [read, file] = [0, false];
  for (;;) {
    let end = held.indexOf(delimiter);
    const head = end < 0 ? -1 : held.indexOf('\r\n\r\n', end + delimiter.length);
    const next = head < 0 ? -1 : held.indexOf(delimiter, head + 4);
    const description = head < 0 ? '' : held.toString('utf8', end + delimiter.length, head);
    const fileName = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(description)?.[1];
    const name = /;\s*name="([^"]*)"/i.exec(description)?.[1]?.toLowerCase();
    file = head >= 0 && (name === 'file' || fileName !== undefined);
    if (file) {
      held = held.subarray(head + 4);
      return { fields, fileName: fileName ?? '', file: content(), complete: () => closed };
    }
    if (next < 0) {
      end = held.length;
      if (read + end > longestFields || !(await more())) return new Refusal('MalformedPOSTRequest');
      continue;
    }
    if (name !== undefined) fields.set(name, held.toString('utf8', head + 4, next));
    read += next;
    held = held.subarray(next);
  }
};
