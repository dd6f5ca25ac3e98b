// A small S3-compatible server for development and tests: it refuses what S3 refuses, so that what passes here passes
// there. This file is its door: requests, buckets, listings, CORS. Path-style addresses only; one pair of credentials.
// Knows nothing of this house; what S3 offers and is not written here is refused as NotImplemented, never guessed.
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Bucket,
  type BucketSettings,
  type CorsRule,
  Disk,
  inUtf8Order,
  type Step,
  type Version,
} from './object-store-disk.ts';
import {
  type Answer,
  type Ask,
  abortUpload,
  completeUpload,
  createUpload,
  decoded,
  deleteObject,
  deleteObjects,
  deleteTagging,
  documentOf,
  getAttributes,
  getLegalHold,
  getObject,
  getRetention,
  getTagging,
  headObject,
  listParts,
  listUploads,
  putLegalHold,
  putObject,
  putRetention,
  putTagging,
  quoted,
  uploadPart,
} from './object-store-objects.ts';
import {
  type Claimed,
  type Credentials,
  childOf,
  childrenOf,
  element,
  encode,
  type Headers,
  leaf,
  promisedBy,
  prove,
  provePolicy,
  Refusal,
  readForm,
  textOf,
} from './object-store-wire.ts';

// ---- buckets

const save = async (ask: Ask, settings: BucketSettings, status = 200): Promise<Answer> => {
  await ask.disk.commit([{ did: 'bucket', bucket: settings }]);
  return { status };
};

/** S3 gives a new bucket no CORS rules. This one lets every page in until rules are put or deleted, because a page
 * under development has a new port every day. */
const welcoming: CorsRule[] = [
  {
    origins: ['*'],
    methods: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
    headers: ['*'],
    exposed: [
      'ETag',
      'x-amz-version-id',
      'x-amz-checksum-sha256',
      'x-amz-checksum-crc32',
      'x-amz-checksum-type',
    ],
    maxAge: 3000,
  },
];

const createBucket = async (ask: Ask): Promise<Answer | Refusal> => {
  const { name } = ask.bucket.settings;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..'))
    return new Refusal('InvalidBucketName');
  if (ask.disk.buckets.has(name)) return new Refusal('BucketAlreadyOwnedByYou');
  const locked = ask.headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true';
  const settings: BucketSettings = { name, at: ask.now.toISOString(), cors: welcoming };
  return save(ask, locked ? { ...settings, versioning: 'Enabled', lock: {} } : settings);
};

const deleteBucket = async (ask: Ask): Promise<Answer | Refusal> => {
  if (ask.bucket.versions.size > 0) return new Refusal('BucketNotEmpty');
  const bucket = ask.bucket.settings.name;
  const uploads = [...ask.bucket.uploads.keys()].map(
    (upload): Step => ({ did: 'uploadGone', bucket, upload }),
  );
  await ask.disk.commit([...uploads, { did: 'bucketGone', bucket }]);
  return { status: 204 };
};

const headBucket = async (): Promise<Answer> => ({
  status: 200,
  headers: { 'x-amz-bucket-region': 'us-east-1' },
});
const getLocation = async (): Promise<Answer> => ({ status: 200, xml: element('LocationConstraint') });

const listBuckets = async ({ disk }: Ask): Promise<Answer> => {
  const all = [...disk.buckets.values()].map(({ settings }) =>
    element('Bucket', leaf('Name', settings.name), leaf('CreationDate', settings.at)),
  );
  return { status: 200, xml: element('ListAllMyBucketsResult', element('Buckets', ...all.sort())) };
};

const getVersioning = async ({ bucket }: Ask): Promise<Answer> => ({
  status: 200,
  xml: element('VersioningConfiguration', leaf('Status', bucket.settings.versioning)),
});
const putVersioning = async (ask: Ask): Promise<Answer | Refusal> => {
  const document = await documentOf(ask, 'VersioningConfiguration');
  if (document instanceof Refusal) return document;
  const status = textOf(document, 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') return new Refusal('MalformedXML');
  if (status === 'Suspended' && ask.bucket.settings.lock)
    return new Refusal('InvalidBucketState', 'An Object Lock configuration is present on this bucket.');
  return save(ask, { ...ask.bucket.settings, versioning: status });
};

const getLock = async ({ bucket }: Ask): Promise<Answer | Refusal> => {
  const { lock } = bucket.settings;
  if (!lock) return new Refusal('ObjectLockConfigurationNotFoundError');
  const kept = leaf('Mode', lock.mode) + leaf('Days', lock.days) + leaf('Years', lock.years);
  const rule = lock.mode ? element('Rule', element('DefaultRetention', kept)) : '';
  return { status: 200, xml: element('ObjectLockConfiguration', leaf('ObjectLockEnabled', 'Enabled'), rule) };
};
const putLock = async (ask: Ask): Promise<Answer | Refusal> => {
  const document = await documentOf(ask, 'ObjectLockConfiguration');
  if (document instanceof Refusal) return document;
  const { settings } = ask.bucket;
  if (settings.versioning !== 'Enabled')
    return new Refusal(
      'InvalidBucketState',
      'Versioning must be Enabled on the bucket to apply an Object Lock configuration',
    );
  if (textOf(document, 'ObjectLockEnabled') !== 'Enabled') return new Refusal('MalformedXML');
  const rule = childOf(childOf(document, 'Rule'), 'DefaultRetention');
  if (!rule) return save(ask, { ...settings, lock: {} });
  const [mode, days, years] = [textOf(rule, 'Mode'), textOf(rule, 'Days'), textOf(rule, 'Years')];
  const term = Number(days ?? years);
  const one = (days === undefined) !== (years === undefined);
  if ((mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') || !one || !(Number.isInteger(term) && term > 0))
    return new Refusal('MalformedXML');
  return save(ask, {
    ...settings,
    lock: { mode, ...(days === undefined ? { years: term } : { days: term }) },
  });
};

// ---- CORS

const getCors = async ({ bucket }: Ask): Promise<Answer | Refusal> => {
  const { cors } = bucket.settings;
  if (!cors) return new Refusal('NoSuchCORSConfiguration');
  const rules = cors.map((rule) =>
    element(
      'CORSRule',
      ...rule.origins.map((origin) => leaf('AllowedOrigin', origin)),
      ...rule.methods.map((method) => leaf('AllowedMethod', method)),
      ...rule.headers.map((header) => leaf('AllowedHeader', header)),
      ...rule.exposed.map((header) => leaf('ExposeHeader', header)),
      leaf('MaxAgeSeconds', rule.maxAge),
    ),
  );
  return { status: 200, xml: element('CORSConfiguration', ...rules) };
};
const putCors = async (ask: Ask): Promise<Answer | Refusal> => {
  const document = await documentOf(ask, 'CORSConfiguration');
  if (document instanceof Refusal) return document;
  const cors = childrenOf(document, 'CORSRule').map((rule): CorsRule => {
    const texts = (name: string): string[] => childrenOf(rule, name).map(({ text }) => text.trim());
    const maxAge = Number(textOf(rule, 'MaxAgeSeconds') ?? Number.NaN);
    return {
      origins: texts('AllowedOrigin'),
      methods: texts('AllowedMethod'),
      headers: texts('AllowedHeader'),
      exposed: texts('ExposeHeader'),
      ...(Number.isInteger(maxAge) && { maxAge }),
    };
  });
  const whole = cors.every(({ origins, methods }) => origins.length > 0 && methods.length > 0);
  return whole && cors.length > 0 ? save(ask, { ...ask.bucket.settings, cors }) : new Refusal('MalformedXML');
};
const deleteCors = async (ask: Ask): Promise<Answer> => {
  const { cors: _, ...settings } = ask.bucket.settings;
  return save(ask, settings, 204);
};

/** Does a pattern with at most one `*` fit? */
const fits = (pattern: string, text: string): boolean => {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
};
const corsHeaders = (bucket: Bucket | undefined, headers: Headers, method: string): Headers | undefined => {
  const { origin } = headers;
  const wanted = (headers['access-control-request-headers'] ?? '')
    .toLowerCase()
    .split(/\s*,\s*/)
    .filter(Boolean);
  const rule = bucket?.settings.cors?.find(
    (one) =>
      one.origins.some((pattern) => fits(pattern, origin ?? '')) &&
      one.methods.includes(method) &&
      wanted.every((name) => one.headers.some((pattern) => fits(pattern.toLowerCase(), name))),
  );
  if (!rule || origin === undefined) return undefined;
  const anybody = rule.origins.includes('*');
  return {
    'access-control-allow-origin': anybody ? '*' : origin,
    'access-control-allow-credentials': anybody ? undefined : 'true',
    'access-control-allow-methods': rule.methods.join(', '),
    'access-control-allow-headers': wanted.join(', ') || undefined,
    'access-control-expose-headers': rule.exposed.join(', ') || undefined,
    'access-control-max-age': rule.maxAge === undefined ? undefined : String(rule.maxAge),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
};

// ---- listings

interface Listing {
  versions: { version: Version; newest: boolean }[];
  prefixes: string[];
  limit: number;
  /** Where to go on; undefined at the end. */
  next?: { key: string; id?: string };
}

/** Walks the keys in order, `pick`ing versions of each, from behind a marker up to the limit. A key that has the
 * delimiter behind the prefix stands for its whole group. */
const walk = (
  { bucket, query }: Ask,
  marker: { key: string; id?: string | undefined },
  pick: (all: Version[]) => Version[],
): Listing => {
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const asked = Number(query.get('max-keys') || 1000);
  const limit = Number.isInteger(asked) && asked >= 0 ? Math.min(1000, asked) : 1000;
  const listing: Listing = { versions: [], prefixes: [], limit };
  const groupOf = (key: string): string | undefined => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    return end < 0 ? undefined : key.slice(0, end + delimiter.length);
  };
  const keys = bucket.keys();
  let last: { key: string; id?: string } | undefined;
  let group = marker.key.startsWith(prefix) && groupOf(marker.key) === marker.key ? marker.key : undefined;
  for (
    let at = bucket.indexOf(inUtf8Order(marker.key, prefix) > 0 ? marker.key : prefix);
    at < keys.length;
    at += 1
  ) {
    const key = keys[at] ?? '';
    if (!key.startsWith(prefix)) break;
    if (group !== undefined && key.startsWith(group)) continue;
    const all = bucket.of(key);
    const from =
      key !== marker.key ? 0 : marker.id ? all.findIndex(({ id }) => id === marker.id) + 1 : all.length;
    const picked = pick(all).filter((version) => all.indexOf(version) >= from);
    if (picked.length === 0) continue;
    group = groupOf(key);
    for (const version of group === undefined ? picked : picked.slice(0, 1)) {
      if (listing.versions.length + listing.prefixes.length >= limit)
        return last && limit > 0 ? { ...listing, next: last } : listing;
      if (group === undefined) listing.versions.push({ version, newest: version === all[0] });
      else listing.prefixes.push(group);
      last = group === undefined ? { key, id: version.id } : { key: group };
    }
  }
  return listing;
};

/** Keys as asked for: plain, or percent-encoded for those XML cannot carry. */
const keyWriter = (query: Map<string, string>): ((text: string) => string) =>
  query.get('encoding-type') === 'url' ? encode : (text) => text;
const owner = (name: string): string => element(name, leaf('ID', 'local'), leaf('DisplayName', 'local'));
const common = (ask: Ask, listing: Listing): string => {
  const write = keyWriter(ask.query);
  const delimiter = ask.query.get('delimiter');
  return [
    leaf('Name', ask.bucket.settings.name),
    leaf('Prefix', write(ask.query.get('prefix') ?? '')),
    leaf('Delimiter', delimiter && write(delimiter)),
    leaf('MaxKeys', listing.limit),
    leaf('EncodingType', ask.query.get('encoding-type')),
    leaf('IsTruncated', listing.next !== undefined),
    ...listing.prefixes.map((prefix) => element('CommonPrefixes', leaf('Prefix', write(prefix)))),
  ].join('');
};
const entry = (ask: Ask, name: string, { version, newest }: Listing['versions'][number]): string => {
  const versioned = name === 'Contents' ? '' : leaf('VersionId', version.id) + leaf('IsLatest', newest);
  const content = [
    leaf('ETag', quoted(version.etag)),
    leaf('ChecksumAlgorithm', version.checksum?.algorithm),
    leaf('ChecksumType', version.checksumType),
    leaf('Size', version.size),
    leaf('StorageClass', 'STANDARD'),
  ];
  return element(
    name,
    leaf('Key', keyWriter(ask.query)(version.key)),
    versioned,
    leaf('LastModified', version.at),
    ...(version.deleted ? [] : content),
    name === 'Contents' && ask.query.get('fetch-owner') !== 'true' ? '' : owner('Owner'),
  );
};

const listObjects = async (ask: Ask): Promise<Answer | Refusal> => {
  if (ask.query.get('list-type') !== '2')
    return new Refusal('NotImplemented', 'Only ListObjectsV2 is implemented.');
  const [token, start] = [ask.query.get('continuation-token'), ask.query.get('start-after')];
  const marker = token === undefined ? (start ?? '') : Buffer.from(token, 'base64url').toString();
  const listing = walk(ask, { key: marker }, ([newest]) => (newest && !newest.deleted ? [newest] : []));
  const xml = element(
    'ListBucketResult',
    common(ask, listing),
    leaf('KeyCount', listing.versions.length + listing.prefixes.length),
    leaf('StartAfter', start && keyWriter(ask.query)(start)),
    leaf('ContinuationToken', token),
    leaf('NextContinuationToken', listing.next && Buffer.from(listing.next.key).toString('base64url')),
    ...listing.versions.map((version) => entry(ask, 'Contents', version)),
  );
  return { status: 200, xml };
};

const listVersions = async (ask: Ask): Promise<Answer> => {
  const [key, id] = [ask.query.get('key-marker') ?? '', ask.query.get('version-id-marker')];
  const listing = walk(ask, { key, id }, (all) => all);
  const write = keyWriter(ask.query);
  const xml = element(
    'ListVersionsResult',
    common(ask, listing),
    leaf('KeyMarker', write(key)),
    leaf('VersionIdMarker', id ?? ''),
    leaf('NextKeyMarker', listing.next && write(listing.next.key)),
    leaf('NextVersionIdMarker', listing.next?.id),
    ...listing.versions.map((one) => entry(ask, one.version.deleted ? 'DeleteMarker' : 'Version', one)),
  );
  return { status: 200, xml };
};

// ---- the table of operations

type Level = 'service' | 'bucket' | 'object';
interface Operation {
  run: (ask: Ask) => Promise<Answer | Refusal>;
  /** Query names without which it is another operation, and those that may be there. */
  needs: string[];
  may: string[];
}
const operation = (run: Operation['run'], needs: string[] = [], may: string[] = []): Operation => ({
  run,
  needs,
  may,
});
const paged = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const overrides = ['type', 'language', 'disposition', 'encoding'].map((name) => `response-content-${name}`);
const ofContent = ['versionId', 'response-expires', 'response-cache-control', ...overrides];

/** The first that has what it needs is meant; one with a query name nobody knows is refused rather than taken for
 * something else (a PUT of an access list is no PUT of an object). */
const operations: Record<Level, Record<string, Operation[]>> = {
  service: { GET: [operation(listBuckets)] },
  bucket: {
    GET: [
      operation(getLocation, ['location']),
      operation(getVersioning, ['versioning']),
      operation(getCors, ['cors']),
      operation(getLock, ['object-lock']),
      operation(listVersions, ['versions'], [...paged, 'key-marker', 'version-id-marker']),
      operation(listUploads, ['uploads'], ['prefix', 'max-uploads', 'key-marker', 'upload-id-marker']),
      operation(listObjects, ['list-type'], [...paged, 'continuation-token', 'start-after', 'fetch-owner']),
    ],
    PUT: [
      operation(putVersioning, ['versioning']),
      operation(putCors, ['cors']),
      operation(putLock, ['object-lock']),
      operation(createBucket),
    ],
    HEAD: [operation(headBucket)],
    DELETE: [operation(deleteCors, ['cors']), operation(deleteBucket)],
    POST: [operation(deleteObjects, ['delete'])],
  },
  object: {
    GET: [
      operation(getTagging, ['tagging'], ['versionId']),
      operation(getLegalHold, ['legal-hold'], ['versionId']),
      operation(getRetention, ['retention'], ['versionId']),
      operation(getAttributes, ['attributes'], ['versionId']),
      operation(listParts, ['uploadId'], ['part-number-marker', 'max-parts']),
      operation(getObject, [], ofContent),
    ],
    HEAD: [operation(headObject, [], ofContent)],
    PUT: [
      operation(putTagging, ['tagging'], ['versionId']),
      operation(putLegalHold, ['legal-hold'], ['versionId']),
      operation(putRetention, ['retention'], ['versionId']),
      operation(uploadPart, ['uploadId', 'partNumber']),
      operation(putObject),
    ],
    POST: [operation(createUpload, ['uploads']), operation(completeUpload, ['uploadId'])],
    DELETE: [
      operation(abortUpload, ['uploadId']),
      operation(deleteTagging, ['tagging'], ['versionId']),
      operation(deleteObject, [], ['versionId']),
    ],
  },
};

const operationOf = (level: Level, method: string, names: string[]): Operation | Refusal => {
  const ofMethod = operations[level][method];
  if (!ofMethod) return new Refusal('MethodNotAllowed');
  const meant = ofMethod.find(({ needs }) => needs.every((name) => names.includes(name)));
  const strange = names.find((name) => !meant?.needs.includes(name) && !meant?.may.includes(name));
  return meant && strange === undefined
    ? meant
    : new Refusal('NotImplemented', `Not implemented: ${method} ${strange ?? level}`);
};

/** Headers that ask for something; one that is not here would be promised and not done. */
const understood =
  /^x-amz-(date|content-sha256|security-token|user-agent|trailer|decoded-content-length|sdk-checksum-algorithm|checksum-\w+|meta-.+|tagging(-directive)?|metadata-directive|copy-source|object-lock-.+|bucket-object-lock-enabled|bypass-governance-retention|object-attributes|max-parts|part-number-marker|mp-object-size|expected-bucket-owner)$/;
const notUnderstood = (headers: Headers): Refusal | undefined => {
  const strange = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !understood.test(name));
  return strange === undefined
    ? undefined
    : new Refusal('NotImplemented', `A header is not implemented: ${strange}`);
};

/** Query names and form fields that stand in for headers; those of the signature and of checksums do not. */
const standIn = (pairs: Iterable<[string, string]>, names: RegExp): Headers | Refusal => {
  const headers: Headers = {};
  for (const [name, value] of pairs) {
    if (!names.test(name)) continue;
    if (/[^\P{Cc}\t]/u.test(value))
      return new Refusal('InvalidArgument', `${name} holds a control character.`);
    headers[name.toLowerCase()] = Buffer.from(value).toString('latin1');
  }
  return headers;
};
const hoisted =
  /^(response-|x-amz-(?!(algorithm|credential|date|signedheaders|signature|expires|content-sha256|sdk-checksum-algorithm|checksum-(crc|sha).*)$))/i;
const fieldsOfForm =
  /^(content-(type|encoding|language|disposition)|cache-control|expires|x-amz-(meta-.+|object-lock-.+|checksum-.+))$/;

// ---- the door

/** `bucket/key` of a path: a URL parser would resolve `..`, which is an honest part of a key. */
const claimedBy = (req: IncomingMessage): Claimed | Refusal => {
  const [rawPath = '', ...rawQuery] = (req.url ?? '/').split('?');
  const path = decoded(rawPath);
  if (path instanceof Refusal || !path.startsWith('/')) return new Refusal('InvalidURI');
  const query: Claimed['query'] = [];
  for (const pair of rawQuery.join('?').split('&').filter(Boolean)) {
    const [name, value] = [decoded(pair.split('=', 1)[0] ?? ''), decoded(pair.split('=').slice(1).join('='))];
    if (name instanceof Refusal || value instanceof Refusal) return new Refusal('InvalidURI');
    query.push([name, value]);
  }
  const headers: Headers = {};
  for (const [name, value] of Object.entries(req.headers))
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  return { method: req.method ?? 'GET', path, query, headers };
};
const placeOf = (path: string): { name: string; key: string } => {
  const slash = path.indexOf('/', 1);
  return slash < 0
    ? { name: path.slice(1), key: '' }
    : { name: path.slice(1, slash), key: path.slice(slash + 1) };
};

interface Store {
  /** Takes lines of the access log; see `ObjectStoreOptions`. */
  note?: (line: string) => void;
  disk: Disk;
  credentials: Credentials;
  clock: () => Date;
}
type Begun = Pick<Ask, 'disk' | 'bucket' | 'body' | 'now' | 'origin'>;

/** A browser form (POST object): its fields prove who asks and stand in for headers. */
const postForm = async (
  begun: Begun,
  contentType: string,
  credentials: Credentials,
): Promise<Answer | Refusal> => {
  const form = await readForm(begun.body, contentType);
  if (form instanceof Refusal) return form;
  const { fields, fileName, file, complete } = form;
  const name = begun.bucket.settings.name;
  const size = provePolicy(fields, name, credentials, begun.now);
  if (size instanceof Refusal) return size;
  if (fields.has('acl') || fields.has('tagging')) return new Refusal('NotImplemented');
  const headers = standIn(fields, fieldsOfForm);
  if (headers instanceof Refusal) return headers;
  const promised = promisedBy(headers, { payload: 'UNSIGNED-PAYLOAD', signature: '', signChunk: () => '' });
  if (promised instanceof Refusal) return promised;
  const key = (fields.get('key') ?? '').replace(/\$\{filename\}/g, () => fileName);
  if (key === '') return new Refusal('InvalidArgument', 'Bucket POST must contain a field named "key".');
  const { length: _, ...unbounded } = promised;
  const ask: Ask = {
    ...begun,
    key,
    query: new Map(),
    headers,
    promised: { ...unbounded, ...size },
    body: file,
  };
  const answer = tooLong(key) ?? (await putObject(ask, complete));
  if (answer instanceof Refusal) return answer;
  const location = `${begun.origin}/${name}/${encode(key)}`;
  const etag = String(answer.headers?.etag);
  const redirect = fields.get('success_action_redirect');
  if (redirect && URL.canParse(redirect)) {
    const to = new URL(redirect);
    for (const [field, value] of Object.entries({ bucket: name, key, etag }))
      to.searchParams.set(field, value);
    return { status: 303, headers: { ...answer.headers, location: to.href } };
  }
  const status = Number(/^20[01]$/.exec(fields.get('success_action_status') ?? '')?.[0] ?? 204);
  const about = [leaf('Location', location), leaf('Bucket', name), leaf('Key', key), leaf('ETag', etag)];
  return {
    status,
    headers: { ...answer.headers, location },
    ...(status === 201 && { xml: element('PostResponse', ...about) }),
  };
};

const tooLong = (key: string): Refusal | undefined =>
  Buffer.byteLength(key) > 1024 ? new Refusal('KeyTooLongError') : undefined;

const answerTo = async (store: Store, claimed: Claimed, req: IncomingMessage): Promise<Answer | Refusal> => {
  const { disk, credentials } = store;
  const { method, headers } = claimed;
  const { name, key } = placeOf(claimed.path);
  const level: Level = name === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const known = disk.buckets.get(name);
  if (method === 'OPTIONS') {
    const allowed = corsHeaders(known, headers, headers['access-control-request-method'] ?? '');
    return allowed ? { status: 200, headers: allowed } : new Refusal('AccessForbidden');
  }
  const now = store.clock();
  const bucket = known ?? new Bucket({ name, at: now.toISOString() });
  const origin = `${'encrypted' in req.socket ? 'https' : 'http'}://${headers.host}`;
  // A body that is left early stays readable, so that its rest can flow away when the refusal has been sent.
  const begun: Begun = { disk, bucket, body: req.iterator({ destroyOnReturn: false }), now, origin };
  const contentType = headers['content-type'] ?? '';
  if (level === 'bucket' && method === 'POST' && contentType.startsWith('multipart/form-data'))
    return known ? postForm(begun, contentType, credentials) : new Refusal('NoSuchBucket');

  const proof = prove(claimed, credentials, now);
  if (proof instanceof Refusal) return proof;
  // Names that begin with x- say nothing to S3; they are signed, and kept in the access log.
  const query = new Map(claimed.query.filter(([one]) => !/^x-/i.test(one)));
  const fromQuery = standIn(claimed.query, hoisted);
  if (fromQuery instanceof Refusal) return fromQuery;
  const wanted = operationOf(level, method, [...query.keys()]);
  if (wanted instanceof Refusal) return wanted;
  if (!known && level !== 'service' && wanted.run !== createBucket) return new Refusal('NoSuchBucket');
  const refusal = tooLong(key) ?? notUnderstood({ ...fromQuery, ...headers });
  if (refusal) return refusal;
  const promised = promisedBy(headers, proof);
  if (promised instanceof Refusal) return promised;
  return wanted.run({ ...begun, key, query, headers: { ...fromQuery, ...headers }, promised });
};

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const send = async (
  store: Store,
  res: ServerResponse,
  claimed: Claimed | undefined,
  answer: Answer | Refusal,
): Promise<void> => {
  const id = randomBytes(8).toString('hex').toUpperCase();
  const { name } = placeOf(claimed?.path ?? '/');
  const cors =
    claimed &&
    claimed.method !== 'OPTIONS' &&
    corsHeaders(store.disk.buckets.get(name), claimed.headers, claimed.method);
  const headers = { ...cors, ...answer.headers, 'x-amz-request-id': id, server: 'object-store' };
  res.statusCode = answer.status;
  for (const [header, value] of Object.entries(headers))
    if (value !== undefined) res.setHeader(header, value);
  const xml =
    answer instanceof Refusal
      ? element(
          'Error',
          leaf('Code', answer.code),
          leaf('Message', answer.sentence),
          leaf('Resource', claimed?.path),
          leaf('RequestId', id),
        )
      : answer.xml;
  if (!(answer instanceof Refusal) && answer.content) {
    const { segments, from, to, silent } = answer.content;
    if (!silent) return pipeline(Readable.from(store.disk.read(segments, from, to)), res);
    res.end();
    return finished(res);
  }
  const body = xml === undefined || claimed?.method === 'HEAD' ? '' : declaration + xml;
  if (body !== '') res.setHeader('content-type', 'application/xml');
  if (claimed?.method !== 'HEAD' && answer.status !== 204 && answer.status !== 304)
    res.setHeader('content-length', Buffer.byteLength(body));
  res.end(body);
  return finished(res);
};

/** A line of S3's server access log, with a dash for what is not known here. */
const logLine = (store: Store, req: IncomingMessage, { path }: Claimed, status: number): string => {
  const { name, key } = placeOf(path);
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(store.clock().toUTCString()) ?? [];
  const begin = `- ${name} [${day}/${month}/${year}:${time} +0000] ${req.socket.remoteAddress ?? '-'} -`;
  const asked = `REST.GET.OBJECT ${encode(key)} "GET ${req.url ?? '/'} HTTP/${req.httpVersion}" ${status} -`;
  return `${begin} ${randomBytes(8).toString('hex').toUpperCase()} ${asked} - - - - "-" "-" - - SigV4 - QueryString - - -\n`;
};

/** Answers one request of any http or https server. The promise is kept when the answer is out; it never breaks. */
const handleWith =
  (store: Store) =>
  async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const claimed = claimedBy(req);
    const whole = claimed instanceof Refusal ? undefined : claimed;
    try {
      const answer = claimed instanceof Refusal ? claimed : await answerTo(store, claimed, req);
      const signed = whole?.query.some(([name]) => name === 'X-Amz-Signature') === true;
      if (signed && whole.method === 'GET' && answer.status < 300)
        store.note?.(logLine(store, req, whole, answer.status));
      await send(store, res, whole, answer);
    } catch (failure) {
      // A client that went away is no failure of ours, and nobody is left to be told.
      if (req.errored || res.destroyed) return;
      console.error('object store:', failure);
      if (res.headersSent) res.destroy();
      else await send(store, res, whole, new Refusal('InternalError')).catch(() => res.destroy());
    } finally {
      // What is left of a refused body must flow away, or the next request on this connection waits behind it for ever.
      req.removeAllListeners('readable');
      req.resume();
    }
  };

/** Milliseconds that requests under way are given when the store closes. */
const patience = 5000;

export interface ObjectStore {
  /** To be mounted on a server of one's own under `/<bucket>`, without taking the prefix off: signatures hold for the
   * path and the Host the client sent. */
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** Resolves when what was begun is on the disk or, after five seconds, given up. */
  close: () => Promise<void>;
}
export interface ObjectStoreOptions {
  /** Made if it is not there; belongs to one process at a time. */
  folder: string;
  credentials: Credentials;
  /** For signatures, retention and times of objects; the system's unless given. */
  clock?: () => Date;
  /** A file that gets a line, in the form of S3's server access log, for everything that is read by a signed address. */
  accessLog?: string;
  /** On 127.0.0.1; 0 takes a free one. Without it nothing listens and only `handle` is there. */
  port?: number;
}

/** Opens the folder and, if there is a port, listens. What was answered with success survives SIGKILL and a power cut,
 * unfinished uploads in parts included. */
export function startObjectStore(
  options: ObjectStoreOptions & { port: number },
): Promise<ObjectStore & { url: string }>;
export function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore & { url?: string }>;
export async function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore & { url?: string }> {
  const disk = await Disk.open(options.folder);
  const { accessLog } = options;
  if (accessLog !== undefined) appendFileSync(accessLog, '');
  const handle = handleWith({
    disk,
    ...(accessLog !== undefined && { note: (line: string) => appendFileSync(accessLog, line) }),
    credentials: options.credentials,
    clock: options.clock ?? (() => new Date()),
  });
  if (options.port === undefined) return { handle, close: () => disk.close() };
  // A clip over a slow line may take longer than the five minutes Node gives a request.
  const running = new Set<Promise<void>>();
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (req, res) => {
    const answered = handle(req, res).finally(() => running.delete(answered));
    running.add(answered);
  });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, '127.0.0.1', () => resolve(portOf(server.address())));
    });
    const close = async (): Promise<void> => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.race([Promise.all(running), pause(patience, undefined, { ref: false })]);
      // Clients keep connections open for a next request that will not be answered any more.
      server.closeAllConnections();
      await Promise.all([closed, ...running]);
      await disk.close();
    };
    return { url: `http://127.0.0.1:${port}`, handle, close };
  } catch (failure) {
    await disk.close();
    throw failure;
  }
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address ? address.port : 0;
