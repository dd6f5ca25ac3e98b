// Every key of the one table, spelled once. docs/table.md is written from `tableRows`; the wiring test holds the
// synthesised template against `tableShape`.
import { createHash } from 'node:crypto';
import { monthOfNumber } from '../shared/case-number.ts';
import { dayOfId, monthOfId, type StreamRef } from '../shared/ids.ts';
import type { Day, Instant, Month } from '../shared/time.ts';

export const tableShape = {
  pk: 'pk',
  sk: 'sk',
  ttl: 'expires',
  indexes: {
    journal: { name: 'gsi1', pk: 'gsi1pk', sk: 'gsi1sk' },
    subject: { name: 'gsi2', pk: 'gsi2pk', sk: 'gsi2sk' },
    next: { name: 'gsi3', pk: 'gsi3pk', sk: 'gsi3sk' },
  },
} as const;

export interface Key {
  pk: string;
  sk: string;
}

/** Where the head of a stream lies. An id tells its partition, so this needs nothing but the id. */
export const headKey = (centre: string, ref: StreamRef): Key => {
  switch (ref.kind) {
    case 'case':
    case 'bonus':
    case 'talk':
    case 'award':
    case 'rectification':
    case 'enforcement':
    case 'objection':
      return { pk: monthPartition(centre, monthOfId(ref.id)), sk: `${ref.kind.toUpperCase()}#${ref.id}` };
    case 'leave':
    case 'cover':
      return { pk: rosterPartition(centre, monthOfId(ref.id)), sk: ref.id };
    case 'opening':
      return { pk: openingPartition(centre), sk: ref.id };
    case 'complaint':
      return { pk: complaintPartition(centre, monthOfId(ref.id)), sk: ref.id };
    case 'inspection':
      return { pk: inspectionPartition(centre, dayOfId(ref.id)), sk: ref.id };
    case 'letter':
      return { pk: letterPartition(centre, monthOfId(ref.id)), sk: ref.id };
    case 'figure':
      return { pk: figurePartition(centre, monthOfId(ref.id)), sk: ref.id };
    case 'month':
      return { pk: monthsPartition(centre), sk: ref.id };
    case 'rulebook':
      return { pk: ruleBookPartition(centre), sk: ref.id };
    case 'lookup':
      return { pk: `${centre}#LOOKUP#${ref.id}`, sk: '-' };
    case 'registry':
      return { pk: registryPartition(centre), sk: ref.id };
  }
};

/** One stream a first month: `rulebook-2026-07`; enacting again before that month is frozen is its next version. */
export const ruleBookPartition = (centre: string): string => `${centre}#RULEBOOK`;
export const monthsPartition = (centre: string): string => `${centre}#MONTHS`;
export const monthPartition = (centre: string, month: Month): string => `${centre}#${month}`;
export const inspectionPartition = (centre: string, day: Day): string => `${centre}#INSPECTION#${day}`;
/** Exceptions to the roster that touch a month: its leave and cover in one Query, apart from the board. */
export const rosterPartition = (centre: string, month: Month): string => `${centre}#ROSTER#${month}`;
/** What old ledgers brought in, by month: a span of months is one Query. */
export const openingPartition = (centre: string): string => `${centre}#OPENING`;
export const letterPartition = (centre: string, month: Month): string => `${centre}#LETTER#${month}`;
/** Complaints lie apart from the month's board: not everybody who reads the board may know of them. */
export const complaintPartition = (centre: string, month: Month): string => `${centre}#COMPLAINT#${month}`;
/** Figures handed in for a month, one head a figure. */
export const figurePartition = (centre: string, month: Month): string => `${centre}#FIGURE#${month}`;
export const registryPartition = (centre: string): string => `${centre}#REG`;
/** Capital letters sort before every entry, so a query reads the version no later than the entries. */
export const registryVersionKey = (centre: string): Key => ({ pk: registryPartition(centre), sk: 'VERSION' });

const digits = (version: number): string => String(version).padStart(8, '0');
export const eventPartition = (centre: string, ref: StreamRef): string => `${centre}#E#${ref.kind}#${ref.id}`;
export const eventKey = (centre: string, ref: StreamRef, version: number): Key => ({
  pk: eventPartition(centre, ref),
  sk: digits(version),
});
/** The stream and version behind an event's key, as the journal and the stream consumer meet it. */
export const eventOfKey = (key: Key): { centre: string; ref: StreamRef; version: number } | undefined => {
  const found = /^([a-z0-9-]+)#E#([a-z]+)#(.+)$/.exec(key.pk);
  const [, centre, kind, id] = found ?? [];
  if (centre === undefined || kind === undefined || id === undefined) return undefined;
  const ref = refOf(kind, id);
  return ref === undefined ? undefined : { centre, ref, version: Number(key.sk) };
};
const refOf = (kind: string, id: string): StreamRef | undefined => {
  switch (kind) {
    case 'case':
    case 'bonus':
    case 'talk':
    case 'rectification':
    case 'enforcement':
    case 'objection':
    case 'award':
    case 'leave':
    case 'cover':
    case 'opening':
    case 'complaint':
    case 'inspection':
    case 'letter':
    case 'figure':
    case 'month':
    case 'rulebook':
    case 'lookup':
    case 'registry':
      return { kind, id };
    default:
      return undefined;
  }
};

export const receiptKey = (centre: string, command: string): Key => ({
  pk: `${centre}#R#${command}`,
  sk: '-',
});
export const counterKey = (centre: string, counter: string): Key => ({
  pk: `${centre}#COUNTER`,
  sk: counter,
});
/** One item a number: two reports meet only where they drew the same one. */
export const caseNumberKey = (centre: string, number: string): Key => ({
  pk: `${centre}#NUMBER#${monthOfNumber(number)}`,
  sk: number,
});
export const accountKey = (issuer: string, subject: string, centre: string): Key => ({
  pk: accountPartition(issuer, subject),
  sk: centre,
});
export const accountPartition = (issuer: string, subject: string): string => `ACCOUNT#${issuer}#${subject}`;
export const centreKey = (centre: string): Key => ({ pk: 'CENTRES', sk: centre });

/** A cut lies under the hash of its bytes: another cut is another partition. */
export const cutPartition = (centre: string, month: Month, digest: string): string =>
  `${centre}#CUT#${month}#${digest}`;
export const cutKey = (centre: string, month: Month, digest: string, chunk: number): Key => ({
  pk: cutPartition(centre, month, digest),
  sk: String(chunk).padStart(4, '0'),
});
export const scoreKey = (centre: string, month: Month, person: string): Key => ({
  pk: monthPartition(centre, month),
  sk: `SCORE#${person}`,
});
/** A frozen score of a window or department. */
export const unitScoreKey = (centre: string, month: Month, of: string, id: string): Key => ({
  pk: monthPartition(centre, month),
  sk: `UNITSCORE#${of}#${id}`,
});
export const tallyKey = (centre: string, month: Month, subject: string): Key => ({
  pk: monthPartition(centre, month),
  sk: `TALLY#${subject}`,
});
/** Says which cut a frozen month's scores and tallies were written from. */
export const projectedKey = (centre: string, month: Month): Key => ({ pk: `${centre}#PROJECTED`, sk: month });
/** What later months have already carried of a frozen month, one item for each carrying month. */
export const carryPartition = (centre: string, from: Month): string => `${centre}#CARRY#${from}`;
export const carryKey = (centre: string, from: Month, into: Month): Key => ({
  pk: carryPartition(centre, from),
  sk: into,
});
/** Completion mark of a follow-up, by the day the event was recorded. */
export const markPartition = (centre: string, day: Day): string => `${centre}#F#${day}`;
export const markKey = (centre: string, day: Day, event: string, followUp: string): Key => ({
  pk: markPartition(centre, day),
  sk: `${event}#${followUp}`,
});
/** One item a sealed day, and `ALARM` after the last: what stays without a seal. */
export const sealPartition = (centre: string): string => `${centre}#SEALS`;
export const sealKey = (centre: string, day: Day): Key => ({ pk: sealPartition(centre), sk: day });
export const sealAlarmKey = (centre: string): Key => ({ pk: sealPartition(centre), sk: 'ALARM' });
/** Where a seal and the chunks of its list lie in the bucket of papers. */
export const sealObject = (centre: string, day: Day): string => `${centre}/seals/${day}/seal`;
export const sealChunkObject = (centre: string, day: Day, digest: string): string =>
  `${centre}/seals/${day}/${digest}`;
/** A month's file for whoever checks it elsewhere, under the hash of its bytes. */
export const exportObject = (centre: string, month: Month, digest: string): string =>
  `${centre}/exports/${month}-${digest}.json`;
/** Where a centre's messages go, with their secrets: read by the follow-ups, by no door. */
export const channelPartition = (centre: string): string => `${centre}#CHANNELS`;
export const channelKey = (centre: string, name: string): Key => ({ pk: channelPartition(centre), sk: name });
/** A province's overview: one row a centre for each frozen month, apart from the centres' own partitions. */
export const provincePartition = (month: Month): string => `PROVINCE#${month}`;
export const provinceKey = (month: Month, centre: string): Key => ({
  pk: provincePartition(month),
  sk: centre,
});
/** What this store calls a version of evidence that an archive brought in; records name it as it was elsewhere. */
export const movedKey = (centre: string, object: string): Key => ({ pk: `${centre}#MOVED`, sk: object });
/** Which centres are the office of a province: the operator's word. */
export const overseerKey = (centre: string): Key => ({ pk: 'OVERSEERS', sk: centre });
/** What the built-in sign-in keeps: P passwords, T tickets, C codes, S sign-ins. No centre's, and in no archive. */
export const signInKey = (what: 'P' | 'T' | 'C' | 'S', name: string): Key => ({
  pk: `SIGNIN#${what}#${name}`,
  sk: '-',
});
export const parkedPartition = (centre: string): string => `${centre}#PARKED`;
/** What was typeset and stored, by the record it is of and which of its papers it is. */
export const paperPartition = (centre: string): string => `${centre}#PAPER`;
export const paperKey = (centre: string, record: string, of: string): Key => ({
  pk: paperPartition(centre),
  sk: `${record}#${of}`,
});
/** From the code on a paper to its entry; whoever checks a paper knows no centre. */
export const checkKey = (code: string): Key => ({ pk: `CHECK#${code}`, sk: '-' });
export const uploadKey = (centre: string, evidence: string): Key => ({
  pk: `${centre}#UPLOAD#${evidence}`,
  sk: '-',
});

export const journalKeys = (centre: string, at: Instant, day: Day, ref: StreamRef, version: number) => ({
  gsi1pk: `${centre}#${day}`,
  gsi1sk: `${at}#${ref.kind}#${ref.id}#${digits(version)}`,
});
export const subjectKeys = (centre: string, subject: string, month: Month, ref: StreamRef) => ({
  gsi2pk: `${centre}#${subject}`,
  gsi2sk: `${month}#${ref.kind}#${ref.id}`,
});
export const nextKeys = (centre: string, next: Instant, ref: StreamRef) => ({
  gsi3pk: centre,
  gsi3sk: `${next}#${ref.kind}#${ref.id}`,
});

/** The stream behind a sort key of the index of subjects or of what is next. */
export const refInIndex = (sortKey: string | undefined): StreamRef | undefined => {
  const [, kind, id] = sortKey?.split('#') ?? [];
  return kind === undefined || id === undefined ? undefined : refOf(kind, id);
};

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

export interface TableRow {
  /** What lies there. */
  item: string;
  pk: string;
  sk: string;
  /** What it is read for, and how. */
  readFor: string;
}

/** Every kind of item, spelled by the functions above from names in angle brackets. For docs/table.md alone. */
export const tableRows = (): TableRow[] => {
  const centre = '<centre>';
  const month = '<yyyy-mm>';
  const row = (item: string, key: Key, readFor: string): TableRow => ({ item, ...key, readFor });
  const under = (pk: string, sk: string): Key => ({ pk, sk });
  const inMonth = (sk: string): Key => under(monthPartition(centre, month), sk);
  return [
    row(
      'head of a case, bonus, talk, award, rectification order, enforced measure or of objections to a sum',
      inMonth(
        'CASE#<id>, BONUS#<id>, TALK#<id>, AWARD#<id>, RECTIFICATION#<id>, ENFORCEMENT#<id>, OBJECTION#<id>',
      ),
      "a command's load (GetItem), the month's board (one Query)",
    ),
    row('score of a frozen month', scoreKey(centre, month, '<person>'), 'the same Query'),
    row(
      'score of a window or department in a frozen month',
      unitScoreKey(centre, month, '<kind>', '<id>'),
      'its own lines; consequences of scores, by prefix',
    ),
    row('tally of a frozen month', tallyKey(centre, month, '<kind>:<id>'), 'longer periods, by prefix'),
    row(
      'head of an inspection',
      under(inspectionPartition(centre, '<yyyy-mm-dd>'), '<id>'),
      'the rounds of a day',
    ),
    row(
      'head of a leave or cover',
      under(rosterPartition(centre, month), '<id>'),
      "a month's exceptions to the roster (one Query); one copy in each month it touches",
    ),
    row(
      'head of an opening fact',
      under(openingPartition(centre), '<id>'),
      'what old ledgers say of a span of months (one Query)',
    ),
    row(
      'head of a complaint',
      under(complaintPartition(centre, month), '<id>'),
      'the complaints that came in in a month',
    ),
    row('head of a letter', under(letterPartition(centre, month), '<id>'), 'the letters drafted in a month'),
    row(
      'head of a figure handed in',
      under(figurePartition(centre, month), '<id>'),
      "what a month's scores and titles rest on besides cases (one Query)",
    ),
    row('head of a month', headKey(centre, { kind: 'month', id: month }), 'its stage and its cut'),
    row(
      'head of a rule book',
      headKey(centre, { kind: 'rulebook', id: 'rulebook-<yyyy-mm>' }),
      'the last one not later than a month (Query backwards, one item)',
    ),
    row(
      'head of a registry entry',
      headKey(centre, { kind: 'registry', id: '<kind>:<id>' }),
      'the whole registry (one Query), kept by its version',
    ),
    row('version of registry and rule books', registryVersionKey(centre), 'before each command'),
    row(
      'register of looks at a piece of evidence',
      headKey(centre, { kind: 'lookup', id: '<record>~<n>' }),
      'who looked',
    ),
    row(
      'event',
      under(`${centre}#E#<kind>#<id>`, digits(1)),
      'the history of one stream (Query); versions count from one, eight digits',
    ),
    row(
      'receipt of a command',
      receiptKey(centre, '<command id>'),
      'the same answer to the same command; expires',
    ),
    row('counter', counterKey(centre, '<name>'), 'the next number of a document'),
    row(
      'number of a case',
      under(`${centre}#NUMBER#${month}`, '<yy-mm-dddd>'),
      'claiming it; from a number to the case',
    ),
    row('account', accountKey('<issuer>', '<subject>', centre), 'from a token to its centres'),
    row('centre', centreKey(centre), "night's and month's work, one centre after the other"),
    row('chunk of a cut', cutKey(centre, month, '<sha-256>', 0), 'what a summed or frozen month rests on'),
    row(
      'what a later month carried',
      carryKey(centre, '<from yyyy-mm>', '<into yyyy-mm>'),
      'carrying it once only',
    ),
    row(
      'mark of a projection',
      projectedKey(centre, month),
      'which cut the scores of a frozen month were written from',
    ),
    row(
      'completion mark of a follow-up',
      markKey(centre, '<yyyy-mm-dd>', '<kind>#<id>#<version>', '<follow-up>'),
      'doing it once; the nightly sweep',
    ),
    row(
      'parked follow-up',
      under(parkedPartition(centre), '<kind>#<id>#<version>#<follow-up>'),
      'what failed, to be shown',
    ),
    row(
      'seal of a day',
      sealKey(centre, '<yyyy-mm-dd>'),
      'the chain of seals; the object lies locked in the bucket',
    ),
    row('what stayed without a seal', sealAlarmKey(centre), 'the alarm of the night'),
    row(
      'stored paper',
      paperKey(centre, '<record>', '<paper>'),
      'reprints that are the same bytes; the register',
    ),
    row('code of a paper', checkKey('<code>'), 'checking a paper without signing in'),
    row('channel of messages', channelKey(centre, '<name>'), 'telling those who are waited for'),
    row(
      "centre's row of a frozen month",
      provinceKey('<yyyy-mm>', centre),
      "a province's overview (one Query), without touching a centre",
    ),
    row(
      'evidence that came in with an archive',
      movedKey(centre, '<object>'),
      'the version of it that lies here',
    ),
    row('office of a province', overseerKey(centre), 'whether a centre may see the overview'),
    row(
      'password, ticket, code or sign-in of a built-in account',
      signInKey('P', '<subject or digest>'),
      'where people sign in with a password; all but passwords expire',
    ),
    row('upload in parts', uploadKey(centre, '<record>~<n>'), 'taking up a broken upload'),
  ];
};
