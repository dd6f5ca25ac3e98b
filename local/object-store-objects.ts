// What S3 does with objects: versions, conditions, locks, tags, copies, uploads in parts. Each operation takes a
// request whose signature was believed, and gives an answer or a refusal. Knows neither sockets nor signatures.
// Source: Amazon S3 API Reference and "Locking objects with Object Lock" of the user guide.
import { createHash, randomBytes } from 'node:crypto';
import {
  type Bucket,
  type Description,
  type Disk,
  inUtf8Order,
  type Part,
  type Retention,
  type Segment,
  type Step,
  type Upload,
  type Version,
} from './object-store-disk.ts';
import {
  type Algorithm,
  type Arrived,
  algorithmNamed,
  type Checksum,
  checksumHeader,
  childOf,
  childrenOf,
  compositeOf,
  type Element,
  element,
  encodePath,
  type Headers,
  leaf,
  type Promised,
  Refusal,
  readXml,
  receive,
  receiveText,
  startDigest,
  textOf,
} from './object-store-wire.ts';

/** A request that may be answered. Header values as on the wire (Latin-1), query values decoded. */
export interface Ask {
  disk: Disk;
  bucket: Bucket;
  key: string;
  query: Map<string, string>;
  headers: Headers;
  promised: Promised;
  body: AsyncIterable<Buffer>;
  now: Date;
  /** `http://host:port`, as the client reached us. */
  origin: string;
}
export interface Answer {
  status: number;
  headers?: Record<string, string | number | undefined>;
  xml?: string;
  /** Content to send, from byte to byte, both included; `silent` when only its headers are wanted. */
  content?: { segments: Segment[]; from: number; to: number; silent: boolean };
}

const smallestPart = 5 * 2 ** 20;
const newId = (): string => randomBytes(24).toString('base64url');
export const quoted = (etag: string): string => `"${etag}"`;

/** The document in the body, if its outermost element has this name. */
export const documentOf = async (ask: Ask, name: string): Promise<Element | Refusal> => {
  const text = await receiveText(ask.body, ask.promised);
  if (text instanceof Refusal) return text;
  const root = readXml(text);
  return root instanceof Refusal || root.name === name ? root : new Refusal('MalformedXML');
};

// ---- finding

const checksumFields = (checksum: Checksum | undefined): string =>
  checksum ? leaf(`Checksum${checksum.algorithm}`, checksum.value) : '';
const checksumHeaders = (
  of: Pick<Version, 'checksum' | 'checksumType'>,
): Record<string, string | undefined> =>
  of.checksum
    ? { [checksumHeader(of.checksum.algorithm)]: of.checksum.value, 'x-amz-checksum-type': of.checksumType }
    : {};
const versionHeader = (bucket: Bucket, id: string): Record<string, string | undefined> => ({
  'x-amz-version-id': bucket.settings.versioning ? id : undefined,
});

/** The version asked for, or the newest; a delete mark is a refusal that says so. */
const find = ({ bucket, key }: Pick<Ask, 'bucket' | 'key'>, id: string | undefined): Version | Refusal => {
  const versions = bucket.of(key);
  const found = id === undefined ? versions[0] : versions.find((version) => version.id === id);
  if (found?.deleted) {
    const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.id };
    return new Refusal(id === undefined ? 'NoSuchKey' : 'MethodNotAllowed', undefined, headers);
  }
  return found ?? new Refusal(id === undefined ? 'NoSuchKey' : 'NoSuchVersion');
};
const found = (ask: Ask): Version | Refusal => find(ask, ask.query.get('versionId'));

const named = (list: string | undefined, etag: string): boolean =>
  list?.split(',').some((one) => one.trim() === '*' || one.trim().replaceAll('"', '') === etag) === true;

/** Conditions of a read: 412, or 304 for what the client already has. */
const unwanted = (headers: Headers, version: Version): Answer | Refusal | undefined => {
  const at = Math.floor(Date.parse(version.at) / 1000) * 1000;
  if (
    headers['if-match']
      ? !named(headers['if-match'], version.etag)
      : at > Date.parse(headers['if-unmodified-since'] ?? '')
  )
    return new Refusal('PreconditionFailed');
  const known = headers['if-none-match']
    ? named(headers['if-none-match'], version.etag)
    : at <= Date.parse(headers['if-modified-since'] ?? '');
  return known ? { status: 304, headers: { etag: quoted(version.etag) } } : undefined;
};

/** Conditions of a write. Asked once before the body is taken, and once more in the turn in which it is committed:
 * that is how of two at the same time exactly one wins. */
const unwelcome = ({ bucket, key, headers }: Ask): Refusal | undefined => {
  const current = bucket.of(key).find((_, at) => at === 0);
  const there = current && !current.deleted;
  const [none, match] = [headers['if-none-match'], headers['if-match']];
  if (none !== undefined && none !== '*')
    return new Refusal('NotImplemented', 'If-None-Match of a write must be *');
  if (none === '*' && there) return new Refusal('PreconditionFailed');
  if (match !== undefined && !there) return new Refusal('NoSuchKey');
  return match !== undefined && !named(match, current?.etag ?? '')
    ? new Refusal('PreconditionFailed')
    : undefined;
};

// ---- what a write says of its object

const kept = [
  'content-type',
  'content-encoding',
  'content-language',
  'content-disposition',
  'cache-control',
  'expires',
];
const headersOf = (headers: Headers): Record<string, string> | Refusal => {
  const stored: Record<string, string> = {};
  let metadata = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (name.startsWith('x-amz-meta-')) metadata += name.length - 'x-amz-meta-'.length + value.length;
    if (name.startsWith('x-amz-meta-') || kept.includes(name)) stored[name] = value;
  }
  const encoding = stored['content-encoding']
    ?.split(',')
    .filter((one) => one.trim() !== 'aws-chunked')
    .join(',');
  delete stored['content-encoding'];
  if (encoding) stored['content-encoding'] = encoding;
  stored['content-type'] ??= 'binary/octet-stream';
  return metadata > 2048 ? new Refusal('MetadataTooLarge') : stored;
};

type Tags = Description['tags'];
const checkedTags = (tags: Tags): Tags | Refusal => {
  const names = new Set(tags.map(([name]) => name));
  const fits = tags.every(([name, value]) => name.length >= 1 && name.length <= 128 && value.length <= 256);
  return fits && names.size === tags.length && tags.length <= 10 ? tags : new Refusal('InvalidTag');
};
const tagsOf = (set: Element | undefined): Tags | Refusal =>
  checkedTags(
    childrenOf(set, 'Tag').map((tag) => [childOf(tag, 'Key')?.text ?? '', childOf(tag, 'Value')?.text ?? '']),
  );

/** S3 wants a lock configuration for this; here a bucket with versions is enough. */
const lockable = (bucket: Bucket): Refusal | undefined =>
  bucket.settings.versioning === 'Enabled' || bucket.settings.lock
    ? undefined
    : new Refusal('InvalidRequest', 'Bucket is missing Object Lock Configuration');

const retentionOf = (mode: string | undefined, until: string | undefined, now: Date): Retention | Refusal => {
  if ((mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') || Number.isNaN(Date.parse(until ?? '')))
    return new Refusal('MalformedXML', 'A retention has a mode and a date to retain until.');
  const retention: Retention = { mode, until: new Date(until ?? '').toISOString() };
  return Date.parse(retention.until) > now.getTime()
    ? retention
    : new Refusal('InvalidArgument', 'The retain until date must be in the future!');
};

const defaultRetention = ({ settings }: Bucket, now: Date): Retention | undefined => {
  const { mode, days, years } = settings.lock ?? {};
  if (!mode) return undefined;
  const until = new Date(now);
  if (years) until.setUTCFullYear(until.getUTCFullYear() + years);
  else until.setUTCDate(until.getUTCDate() + (days ?? 0));
  return { mode, until: until.toISOString() };
};

const descriptionOf = ({ bucket, headers, now }: Ask): Description | Refusal => {
  const stored = headersOf(headers);
  if (stored instanceof Refusal) return stored;
  const tags = checkedTags([...new URLSearchParams(headers['x-amz-tagging'])]);
  if (tags instanceof Refusal) return tags;
  const [mode, until] = [headers['x-amz-object-lock-mode'], headers['x-amz-object-lock-retain-until-date']];
  const hold = headers['x-amz-object-lock-legal-hold'];
  const refusal = mode || until || hold ? lockable(bucket) : undefined;
  if (refusal) return refusal;
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') return new Refusal('InvalidArgument');
  const retention = mode || until ? retentionOf(mode, until, now) : defaultRetention(bucket, now);
  if (retention instanceof Refusal) return new Refusal('InvalidArgument', retention.sentence);
  return { headers: stored, tags, legalHold: hold === 'ON', ...(retention && { retention }) };
};

/** S3 takes no object under retention whose arrival cannot be checked. */
const unchecked = (promised: Promised, { retention }: Description): Refusal | undefined =>
  retention && promised.md5 === undefined && promised.algorithm === undefined
    ? new Refusal(
        'InvalidRequest',
        'Content-MD5 OR x-amz-checksum- HTTP header is required with Object Lock parameters',
      )
    : undefined;

// ---- locks and removal

const protects = (version: Version | undefined, now: Date, bypass: boolean): boolean =>
  version?.legalHold === true ||
  (version?.retention !== undefined &&
    Date.parse(version.retention.until) > now.getTime() &&
    !(version.retention.mode === 'GOVERNANCE' && bypass));
const isProtected = 'Access Denied because object protected by object lock.';
const bypasses = (headers: Headers): boolean => headers['x-amz-bypass-governance-retention'] === 'true';

/** The steps that make `version` the newest; without versions the one that was there goes. */
const putting = ({ bucket, now }: Ask, version: Version): Step[] | Refusal => {
  const name = bucket.settings.name;
  const step: Step = { did: 'version', bucket: name, version };
  const before = bucket.of(version.key).find(({ id }) => id === version.id);
  if (protects(before, now, false)) return new Refusal('AccessDenied', isProtected);
  return before ? [{ did: 'versionGone', bucket: name, key: version.key, id: before.id }, step] : [step];
};
const nextId = (bucket: Bucket): string => (bucket.settings.versioning === 'Enabled' ? newId() : 'null');

interface Removal {
  steps: Step[];
  /** The version that went or the mark that was set. */
  id?: string;
  marked: boolean;
}
const removing = (ask: Ask, key: string, id: string | undefined): Removal | Refusal => {
  const { bucket, now } = ask;
  const name = bucket.settings.name;
  if (id === undefined && bucket.settings.versioning) {
    const mark: Version = {
      key,
      id: nextId(bucket),
      deleted: true,
      etag: '',
      size: 0,
      at: now.toISOString(),
      segments: [],
      headers: {},
      tags: [],
      legalHold: false,
    };
    const steps = putting(ask, mark);
    return steps instanceof Refusal ? steps : { steps, id: mark.id, marked: true };
  }
  const gone = bucket.of(key).find((version) => version.id === (id ?? 'null'));
  if (protects(gone, now, bypasses(ask.headers))) return new Refusal('AccessDenied', isProtected);
  const steps: Step[] = gone ? [{ did: 'versionGone', bucket: name, key, id: gone.id }] : [];
  return { steps, marked: gone?.deleted === true, ...(id !== undefined && { id }) };
};

export const deleteObject = async (ask: Ask): Promise<Answer | Refusal> => {
  const removal = removing(ask, ask.key, ask.query.get('versionId'));
  if (removal instanceof Refusal) return removal;
  await ask.disk.commit(removal.steps);
  const { id, marked } = removal;
  return {
    status: 204,
    headers: { 'x-amz-version-id': id, 'x-amz-delete-marker': marked ? 'true' : undefined },
  };
};

export const deleteObjects = async (ask: Ask): Promise<Answer | Refusal> => {
  if (!ask.promised.md5 && !ask.promised.algorithm)
    return new Refusal('InvalidRequest', 'Missing required header for this request: Content-MD5');
  const document = await documentOf(ask, 'Delete');
  if (document instanceof Refusal) return document;
  const wanted = childrenOf(document, 'Object');
  if (wanted.length < 1 || wanted.length > 1000) return new Refusal('MalformedXML');
  const quiet = textOf(document, 'Quiet') === 'true';
  const done = wanted.map(async (object): Promise<string> => {
    const [key, version] = [childOf(object, 'Key')?.text ?? '', textOf(object, 'VersionId')];
    const removal = removing(ask, key, version);
    const which = leaf('Key', key) + leaf('VersionId', version);
    if (removal instanceof Refusal)
      return element('Error', which, leaf('Code', removal.code), leaf('Message', removal.sentence));
    await ask.disk.commit(removal.steps);
    const mark = leaf('DeleteMarker', true) + leaf('DeleteMarkerVersionId', removal.id);
    return quiet ? '' : element('Deleted', which, removal.marked ? mark : '');
  });
  return { status: 200, xml: element('DeleteResult', ...(await Promise.all(done))) };
};

// ---- putting

interface Stored extends Arrived {
  file: string;
}
const storeBody = async (ask: Ask, fallback?: Algorithm): Promise<Stored | Refusal> => {
  const incoming = await ask.disk.incoming();
  let file: string | undefined;
  try {
    const arrived = await receive(ask.body, ask.promised, incoming.write, fallback);
    if (arrived instanceof Refusal) return arrived;
    file = await incoming.keep();
    return { ...arrived, file };
  } finally {
    if (file === undefined) await incoming.drop();
  }
};

/** A bucket may have been deleted while a body was on its way. */
const vanished = ({ disk, bucket }: Ask): Refusal | undefined =>
  disk.buckets.get(bucket.settings.name) === bucket ? undefined : new Refusal('NoSuchBucket');

const putVersion = async (ask: Ask, version: Version): Promise<Answer | Refusal> => {
  const refusal = vanished(ask) ?? unwelcome(ask);
  const steps = refusal ?? putting(ask, version);
  if (steps instanceof Refusal) return steps;
  await ask.disk.commit(steps);
  const headers = {
    etag: quoted(version.etag),
    ...checksumHeaders(version),
    ...versionHeader(ask.bucket, version.id),
  };
  return { status: 200, headers };
};

/** Also takes the file of a browser form, once the form's fields stand in for headers. `complete` may still say that
 * the body broke off. */
export const putObject = async (ask: Ask, complete = (): boolean => true): Promise<Answer | Refusal> => {
  if (ask.headers['x-amz-copy-source'] !== undefined) return copyObject(ask);
  const description = descriptionOf(ask);
  if (description instanceof Refusal) return description;
  const early = unwelcome(ask) ?? unchecked(ask.promised, description);
  if (early) return early;
  const stored = await storeBody(ask);
  if (stored instanceof Refusal) return stored;
  const { file, size, md5, checksum } = stored;
  const answer = complete()
    ? await putVersion(ask, {
        ...description,
        key: ask.key,
        id: nextId(ask.bucket),
        deleted: false,
        etag: md5,
        size,
        at: ask.now.toISOString(),
        segments: [{ file, size }],
        ...(checksum && { checksum, checksumType: 'FULL_OBJECT' }),
      })
    : new Refusal('MalformedPOSTRequest');
  if (answer instanceof Refusal) await ask.disk.forget(file);
  return answer;
};

/** MD5 in hex and a checksum of content that is already here. */
const digestOf = async (
  disk: Disk,
  segments: Segment[],
  algorithm: Algorithm,
): Promise<{ md5: string; checksum: Checksum }> => {
  const [md5, digest] = [createHash('md5'), startDigest(algorithm)];
  for await (const piece of disk.read(segments, 0, Number.MAX_SAFE_INTEGER)) {
    md5.update(piece);
    digest.update(piece);
  }
  return { md5: md5.digest('hex'), checksum: { algorithm, value: digest.base64() } };
};

/** A copy shares the content of its source: contents never change, and go when nothing names them any more. */
const copyObject = async (ask: Ask): Promise<Answer | Refusal> => {
  const [, name, path, versionId] =
    /^\/?([^/]+)\/(.+?)(?:\?versionId=(.+))?$/s.exec(ask.headers['x-amz-copy-source'] ?? '') ?? [];
  const bucket = ask.disk.buckets.get(name ?? '');
  if (!bucket || path === undefined) return new Refusal('NoSuchBucket');
  const key = decoded(path);
  const source = key instanceof Refusal ? key : find({ bucket, key }, versionId);
  if (source instanceof Refusal) return source;
  const description = descriptionOf(ask);
  if (description instanceof Refusal) return description;
  const replaceHeaders = ask.headers['x-amz-metadata-directive'] === 'REPLACE';
  const replaceTags = ask.headers['x-amz-tagging-directive'] === 'REPLACE';
  if (bucket === ask.bucket && source.key === ask.key && versionId === undefined && !replaceHeaders)
    return new Refusal('InvalidRequest', 'This copy request is illegal because it would change nothing.');
  const algorithm = algorithmNamed(
    ask.headers['x-amz-checksum-algorithm'] ?? source.checksum?.algorithm ?? 'CRC32',
  );
  if (algorithm instanceof Refusal) return algorithm;
  const usable = !source.parts && source.checksum?.algorithm === algorithm;
  const { md5, checksum } = usable
    ? { md5: source.etag, checksum: source.checksum }
    : await digestOf(ask.disk, source.segments, algorithm);
  if (!bucket.of(source.key).some(({ segments }) => segments === source.segments))
    return new Refusal('NoSuchKey');
  const version: Version = {
    ...description,
    headers: replaceHeaders ? description.headers : source.headers,
    tags: replaceTags ? description.tags : source.tags,
    key: ask.key,
    id: nextId(ask.bucket),
    deleted: false,
    etag: md5,
    size: source.size,
    at: ask.now.toISOString(),
    segments: source.segments,
    ...(checksum && { checksum, checksumType: 'FULL_OBJECT' }),
  };
  const answer = await putVersion(ask, version);
  if (answer instanceof Refusal) return answer;
  const headers = {
    ...versionHeader(ask.bucket, version.id),
    'x-amz-copy-source-version-id': bucket.settings.versioning ? source.id : undefined,
  };
  const about = leaf('LastModified', version.at) + leaf('ETag', quoted(md5)) + checksumFields(checksum);
  return { status: 200, headers, xml: element('CopyObjectResult', about) };
};

export const decoded = (text: string): string | Refusal => {
  try {
    return decodeURIComponent(text);
  } catch {
    return new Refusal('InvalidURI');
  }
};

// ---- getting

/** `bytes=a-b`, `bytes=a-`, `bytes=-n`; anything else, several ranges among it, means the whole, as in S3. */
const rangeOf = (
  range: string | undefined,
  size: number,
): { from: number; to: number } | Refusal | undefined => {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from > to
    ? new Refusal('InvalidRange', undefined, { 'content-range': `bytes */${size}` })
    : { from, to };
};

const reading = (ask: Ask, silent: boolean): Answer | Refusal => {
  const version = found(ask);
  if (version instanceof Refusal) return version;
  const other = unwanted(ask.headers, version);
  if (other) return other;
  const ifRange = ask.headers['if-range'];
  const asked = ifRange === undefined || named(ifRange, version.etag) ? ask.headers.range : undefined;
  const range = rangeOf(asked, version.size);
  if (range instanceof Refusal) return range;
  const { from, to } = range ?? { from: 0, to: version.size - 1 };
  const headers: Record<string, string | number | undefined> = {
    ...version.headers,
    'content-length': to - from + 1,
    'content-range': range && `bytes ${from}-${to}/${version.size}`,
    'accept-ranges': 'bytes',
    etag: quoted(version.etag),
    'last-modified': new Date(version.at).toUTCString(),
    ...versionHeader(ask.bucket, version.id),
    'x-amz-object-lock-mode': version.retention?.mode,
    'x-amz-object-lock-retain-until-date': version.retention?.until,
    'x-amz-object-lock-legal-hold': version.legalHold ? 'ON' : undefined,
    'x-amz-tagging-count': version.tags.length || undefined,
    // A checksum is that of the whole: beside a range a client would compare it with the wrong bytes.
    ...(ask.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' &&
      !range &&
      checksumHeaders(version)),
  };
  for (const [name, value] of ask.query)
    if (name.startsWith('response-'))
      headers[name.slice('response-'.length)] = Buffer.from(value).toString('latin1');
  return { status: range ? 206 : 200, headers, content: { segments: version.segments, from, to, silent } };
};
export const getObject = async (ask: Ask): Promise<Answer | Refusal> => reading(ask, false);
export const headObject = async (ask: Ask): Promise<Answer | Refusal> => reading(ask, true);

/** The part of a list that was asked for, after a marker and up to a limit. */
const page = <T extends { number: number }>(
  all: T[],
  after: string | undefined,
  most: string | undefined,
) => {
  const limit = Math.min(1000, Number(most ?? 1000) || 0);
  const rest = all.filter(({ number }) => number > Number(after ?? 0));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1)?.number ?? 0;
  const marks =
    leaf('PartNumberMarker', Number(after ?? 0)) +
    leaf('NextPartNumberMarker', last) +
    leaf('MaxParts', limit) +
    leaf('IsTruncated', rest.length > shown.length);
  return { shown, marks };
};

export const getAttributes = async (ask: Ask): Promise<Answer | Refusal> => {
  const version = found(ask);
  if (version instanceof Refusal) return version;
  const wanted = new Set(ask.headers['x-amz-object-attributes']?.split(',').map((name) => name.trim()));
  if (wanted.size === 0) return new Refusal('InvalidArgument', 'No attribute was asked for.');
  const { checksum, checksumType, parts } = version;
  const { shown, marks } = page(
    parts ?? [],
    ask.headers['x-amz-part-number-marker'],
    ask.headers['x-amz-max-parts'],
  );
  const partOf = (part: Omit<Part, 'file'>): string =>
    element('Part', leaf('PartNumber', part.number), leaf('Size', part.size), checksumFields(part.checksum));
  const xml = element(
    'GetObjectAttributesResponse',
    wanted.has('ETag') ? leaf('ETag', version.etag) : '',
    wanted.has('Checksum') && checksum
      ? element('Checksum', checksumFields(checksum), leaf('ChecksumType', checksumType))
      : '',
    wanted.has('ObjectParts') && parts
      ? element('ObjectParts', leaf('PartsCount', parts.length), marks, ...shown.map(partOf))
      : '',
    wanted.has('StorageClass') ? leaf('StorageClass', 'STANDARD') : '',
    wanted.has('ObjectSize') ? leaf('ObjectSize', version.size) : '',
  );
  const headers = {
    ...versionHeader(ask.bucket, version.id),
    'last-modified': new Date(version.at).toUTCString(),
  };
  return { status: 200, headers, xml };
};

// ---- what may be changed of a version: tags, hold, retention

const change = async (ask: Ask, version: Version, status: number): Promise<Answer> => {
  await ask.disk.commit([{ did: 'version', bucket: ask.bucket.settings.name, version }]);
  return { status, headers: versionHeader(ask.bucket, version.id) };
};

export const getTagging = async (ask: Ask): Promise<Answer | Refusal> => {
  const version = found(ask);
  if (version instanceof Refusal) return version;
  const tags = version.tags.map(([name, value]) => element('Tag', leaf('Key', name), leaf('Value', value)));
  return {
    status: 200,
    headers: versionHeader(ask.bucket, version.id),
    xml: element('Tagging', element('TagSet', ...tags)),
  };
};
export const putTagging = async (ask: Ask): Promise<Answer | Refusal> => {
  const document = await documentOf(ask, 'Tagging');
  if (document instanceof Refusal) return document;
  const tags = tagsOf(childOf(document, 'TagSet'));
  if (tags instanceof Refusal) return tags;
  const version = found(ask);
  return version instanceof Refusal ? version : change(ask, { ...version, tags }, 200);
};
export const deleteTagging = async (ask: Ask): Promise<Answer | Refusal> => {
  const version = found(ask);
  return version instanceof Refusal ? version : change(ask, { ...version, tags: [] }, 204);
};

export const getLegalHold = async (ask: Ask): Promise<Answer | Refusal> => {
  const version = lockable(ask.bucket) ?? found(ask);
  if (version instanceof Refusal) return version;
  return { status: 200, xml: element('LegalHold', leaf('Status', version.legalHold ? 'ON' : 'OFF')) };
};
export const putLegalHold = async (ask: Ask): Promise<Answer | Refusal> => {
  const document = await documentOf(ask, 'LegalHold');
  if (document instanceof Refusal) return document;
  const status = textOf(document, 'Status');
  if (status !== 'ON' && status !== 'OFF') return new Refusal('MalformedXML');
  const version = lockable(ask.bucket) ?? found(ask);
  return version instanceof Refusal ? version : change(ask, { ...version, legalHold: status === 'ON' }, 200);
};

export const getRetention = async (ask: Ask): Promise<Answer | Refusal> => {
  const version = lockable(ask.bucket) ?? found(ask);
  if (version instanceof Refusal) return version;
  const { retention } = version;
  if (!retention) return new Refusal('NoSuchObjectLockConfiguration');
  const xml = element('Retention', leaf('Mode', retention.mode), leaf('RetainUntilDate', retention.until));
  return { status: 200, xml };
};
/** A retention that runs may be lengthened by anyone; anything else needs the bypass, and under COMPLIANCE nothing
 * helps. An empty document takes the retention away. */
export const putRetention = async (ask: Ask): Promise<Answer | Refusal> => {
  const document = await documentOf(ask, 'Retention');
  if (document instanceof Refusal) return document;
  const version = lockable(ask.bucket) ?? found(ask);
  if (version instanceof Refusal) return version;
  const { retention: before, ...rest } = version;
  const after =
    document.children.length === 0
      ? undefined
      : retentionOf(textOf(document, 'Mode'), textOf(document, 'RetainUntilDate'), ask.now);
  if (after instanceof Refusal) return after;
  const longer = after && before?.mode === after.mode && Date.parse(after.until) >= Date.parse(before.until);
  if (!longer && protects({ ...version, legalHold: false }, ask.now, bypasses(ask.headers)))
    return new Refusal('AccessDenied', isProtected);
  return change(ask, { ...rest, ...(after && { retention: after }) }, 200);
};

// ---- uploads in parts

const pending = (ask: Ask): { upload: Upload; parts: Map<number, Part> } | Refusal => {
  const known = ask.bucket.uploads.get(ask.query.get('uploadId') ?? '');
  return known?.upload.key === ask.key ? known : new Refusal('NoSuchUpload');
};
const uploadFields = ({ algorithm, checksumType }: Upload): string =>
  leaf('ChecksumAlgorithm', algorithm) + leaf('ChecksumType', checksumType);

export const createUpload = async (ask: Ask): Promise<Answer | Refusal> => {
  const description = descriptionOf(ask);
  if (description instanceof Refusal) return description;
  const chosen = ask.headers['x-amz-checksum-algorithm'];
  const algorithm = chosen === undefined ? undefined : algorithmNamed(chosen);
  if (algorithm instanceof Refusal) return algorithm;
  const checksumType = ask.headers['x-amz-checksum-type'] ?? (algorithm && 'COMPOSITE');
  const possible = checksumType === 'COMPOSITE' || (checksumType === 'FULL_OBJECT' && algorithm === 'CRC32');
  if (checksumType !== undefined && !(possible && algorithm))
    return new Refusal(
      'InvalidRequest',
      `The ${checksumType} checksum type cannot be used with ${algorithm ?? 'no algorithm'}.`,
    );
  const upload: Upload = {
    ...description,
    id: newId(),
    key: ask.key,
    at: ask.now.toISOString(),
    ...(algorithm && {
      algorithm,
      checksumType: checksumType === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE',
    }),
  };
  const name = ask.bucket.settings.name;
  await ask.disk.commit([{ did: 'upload', bucket: name, upload }]);
  const xml = element(
    'InitiateMultipartUploadResult',
    leaf('Bucket', name),
    leaf('Key', ask.key),
    leaf('UploadId', upload.id),
  );
  const headers = { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': upload.checksumType };
  return { status: 200, headers, xml };
};

/** Clients ask for CRC32 of their own accord when they start an upload, yet their presigned URLs for its parts carry
 * none; so it is computed here and not demanded. Whoever chose another algorithm is held to it. */
const demanded = (upload: Upload): boolean => upload.algorithm !== undefined && upload.algorithm !== 'CRC32';
const mismatch = (expected: string | undefined, actual: string | undefined): Refusal =>
  new Refusal(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${expected?.toLowerCase() ?? 'null'}, actual checksum Type: ${actual?.toLowerCase() ?? 'null'}`,
  );

export const uploadPart = async (ask: Ask): Promise<Answer | Refusal> => {
  const number = Number(ask.query.get('partNumber'));
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000))
    return new Refusal('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  if (ask.headers['x-amz-copy-source'] !== undefined) return new Refusal('NotImplemented');
  const known = pending(ask);
  if (known instanceof Refusal) return known;
  const { upload } = known;
  const { algorithm } = ask.promised;
  if (upload.algorithm && (algorithm ? algorithm !== upload.algorithm : demanded(upload)))
    return mismatch(upload.algorithm, algorithm);
  const early = unchecked(ask.promised, upload);
  if (early) return early;
  const stored = await storeBody(ask, upload.algorithm);
  if (stored instanceof Refusal) return stored;
  const { file, size, md5: etag, checksum } = stored;
  // The upload may have been completed or given up meanwhile.
  const still = vanished(ask) ?? pending(ask);
  if (still instanceof Refusal) {
    await ask.disk.forget(file);
    return still;
  }
  const part: Part = { number, file, size, etag, at: ask.now.toISOString(), ...(checksum && { checksum }) };
  await ask.disk.commit([{ did: 'part', bucket: ask.bucket.settings.name, upload: upload.id, part }]);
  return { status: 200, headers: { etag: quoted(etag), ...checksumHeaders(part) } };
};

const inOrder = (parts: Map<number, Part>): Part[] => [...parts.values()].sort((a, b) => a.number - b.number);

export const listParts = async (ask: Ask): Promise<Answer | Refusal> => {
  const known = pending(ask);
  if (known instanceof Refusal) return known;
  const { upload, parts } = known;
  const { shown, marks } = page(
    inOrder(parts),
    ask.query.get('part-number-marker'),
    ask.query.get('max-parts'),
  );
  const xml = element(
    'ListPartsResult',
    leaf('Bucket', ask.bucket.settings.name),
    leaf('Key', ask.key),
    leaf('UploadId', upload.id),
    uploadFields(upload),
    marks,
    ...shown.map((part) =>
      element(
        'Part',
        leaf('PartNumber', part.number),
        leaf('LastModified', part.at),
        leaf('ETag', quoted(part.etag)),
        leaf('Size', part.size),
        checksumFields(part.checksum),
      ),
    ),
  );
  return { status: 200, xml };
};

export const listUploads = async (ask: Ask): Promise<Answer | Refusal> => {
  const prefix = ask.query.get('prefix') ?? '';
  const [keyMarker, idMarker] = [ask.query.get('key-marker') ?? '', ask.query.get('upload-id-marker') ?? ''];
  const limit = Math.min(1000, Number(ask.query.get('max-uploads') ?? 1000) || 0);
  const inListOrder = (a: Upload, b: Upload): number => inUtf8Order(a.key, b.key) || inUtf8Order(a.id, b.id);
  const rest = [...ask.bucket.uploads.values()]
    .map(({ upload }) => upload)
    .filter(({ key, id }) => {
      const order = inUtf8Order(key, keyMarker);
      return (
        key.startsWith(prefix) &&
        (order > 0 || (order === 0 && idMarker !== '' && inUtf8Order(id, idMarker) > 0))
      );
    })
    .sort(inListOrder);
  const shown = rest.slice(0, limit);
  const more = rest.length > shown.length;
  const xml = element(
    'ListMultipartUploadsResult',
    leaf('Bucket', ask.bucket.settings.name),
    leaf('Prefix', prefix),
    leaf('KeyMarker', keyMarker),
    leaf('UploadIdMarker', idMarker),
    leaf('NextKeyMarker', more ? shown.at(-1)?.key : undefined),
    leaf('NextUploadIdMarker', more ? shown.at(-1)?.id : undefined),
    leaf('MaxUploads', limit),
    leaf('IsTruncated', more),
    ...shown.map((upload) =>
      element(
        'Upload',
        leaf('Key', upload.key),
        leaf('UploadId', upload.id),
        leaf('Initiated', upload.at),
        leaf('StorageClass', 'STANDARD'),
        uploadFields(upload),
      ),
    ),
  );
  return { status: 200, xml };
};

export const abortUpload = async (ask: Ask): Promise<Answer | Refusal> => {
  const known = pending(ask);
  if (known instanceof Refusal) return known;
  await ask.disk.commit([{ did: 'uploadGone', bucket: ask.bucket.settings.name, upload: known.upload.id }]);
  return { status: 204 };
};

/** The parts a completion names, each compared with what is here; all but the last of at least 5 MiB. */
const chosenParts = (document: Element, upload: Upload, parts: Map<number, Part>): Part[] | Refusal => {
  const chosen: Part[] = [];
  for (const wanted of childrenOf(document, 'Part')) {
    const number = Number(textOf(wanted, 'PartNumber'));
    if (number <= (chosen.at(-1)?.number ?? 0)) return new Refusal('InvalidPartOrder');
    const part = parts.get(number);
    if (!part || textOf(wanted, 'ETag')?.replaceAll('"', '') !== part.etag) return new Refusal('InvalidPart');
    const given = wanted.children.find(({ name }) => name.startsWith('Checksum'));
    if (!given && demanded(upload))
      return new Refusal(
        'InvalidRequest',
        `The upload was created using a ${upload.algorithm?.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    if (given && given.name !== `Checksum${part.checksum?.algorithm}`)
      return mismatch(part.checksum?.algorithm, given.name.slice('Checksum'.length));
    if (given && given.text.trim() !== part.checksum?.value) return new Refusal('InvalidPart');
    chosen.push(part);
  }
  if (chosen.length === 0) return new Refusal('MalformedXML');
  return chosen.slice(0, -1).some(({ size }) => size < smallestPart) ? new Refusal('EntityTooSmall') : chosen;
};

const checksumOfParts = async (disk: Disk, upload: Upload, parts: Part[]): Promise<Checksum | undefined> => {
  const { algorithm } = upload;
  if (!algorithm) return undefined;
  if (upload.checksumType === 'FULL_OBJECT') return (await digestOf(disk, parts, algorithm)).checksum;
  return {
    algorithm,
    value: compositeOf(
      algorithm,
      parts.map(({ checksum }) => checksum?.value ?? ''),
    ),
  };
};

export const completeUpload = async (ask: Ask): Promise<Answer | Refusal> => {
  // Of this request the body is a document; a checksum in its headers speaks of the object.
  const { algorithm: _, checksum: expected, ...promised } = ask.promised;
  const document = await documentOf({ ...ask, promised }, 'CompleteMultipartUpload');
  if (document instanceof Refusal) return document;
  const known = pending(ask);
  if (known instanceof Refusal) return known;
  const { upload } = known;
  const chosen = unwelcome(ask) ?? chosenParts(document, upload, known.parts);
  if (chosen instanceof Refusal) return chosen;
  const size = chosen.reduce((sum, part) => sum + part.size, 0);
  if (Number(ask.headers['x-amz-mp-object-size'] ?? size) !== size)
    return new Refusal(
      'InvalidRequest',
      'The provided x-amz-mp-object-size does not match the size of the object.',
    );
  const checksum = await checksumOfParts(ask.disk, upload, chosen);
  if (expected !== undefined && expected !== checksum?.value.replace(/-\d+$/, ''))
    return new Refusal('BadDigest');
  // Parts may have been replaced while they were read.
  const still = pending(ask);
  if (still instanceof Refusal) return still;
  if (chosen.some((part) => still.parts.get(part.number) !== part)) return new Refusal('InvalidPart');
  const md5 = createHash('md5');
  for (const part of chosen) md5.update(Buffer.from(part.etag, 'hex'));
  const { headers, tags, legalHold, retention } = upload;
  const version: Version = {
    key: ask.key,
    id: nextId(ask.bucket),
    deleted: false,
    etag: `${md5.digest('hex')}-${chosen.length}`,
    size,
    at: ask.now.toISOString(),
    segments: chosen.map(({ file, size }) => ({ file, size })),
    parts: chosen.map(({ file: _file, ...part }) => part),
    headers,
    tags,
    legalHold,
    ...(retention && { retention }),
    ...(checksum && upload.checksumType && { checksum, checksumType: upload.checksumType }),
  };
  const name = ask.bucket.settings.name;
  const steps = vanished(ask) ?? unwelcome(ask) ?? putting(ask, version);
  if (steps instanceof Refusal) return steps;
  await ask.disk.commit([...steps, { did: 'uploadGone', bucket: name, upload: upload.id }]);
  const xml = element(
    'CompleteMultipartUploadResult',
    leaf('Location', `${ask.origin}/${name}/${encodePath(ask.key)}`),
    leaf('Bucket', name),
    leaf('Key', ask.key),
    leaf('ETag', quoted(version.etag)),
    checksumFields(checksum),
    leaf('ChecksumType', version.checksumType),
  );
  return { status: 200, headers: versionHeader(ask.bucket, version.id), xml };
};
