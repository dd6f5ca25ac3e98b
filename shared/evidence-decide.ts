// What may be done with evidence, whatever record carries it: it was uploaded, it is received or rejected once checked,
// it is purged when its time is over, and every look at it is entered in its own register.
import * as z from 'zod';
import { type About, type Action, about } from './access.ts';
import { aboutAward } from './award-decide.ts';
import { aboutBonus } from './bonus-decide.ts';
import { aboutCase } from './case-facts.ts';
import { type Command, type CommandSpec, command, happened as done, existing } from './command.ts';
import { aboutComplaint } from './complaint-facts.ts';
import { aboutEnforcement } from './enforcement-decide.ts';
import type { EvidenceEntry } from './evidence.ts';
import { evidenceRecord } from './evidence-record.ts';
import { aboutFigure } from './figure-decide.ts';
import { freeText } from './free-text.ts';
import { dayOfId, instant, monthlyId, monthOfId } from './ids.ts';
import { aboutInspection } from './inspection-decide.ts';
import { aboutLeave } from './leave-decide.ts';
import { aboutLetter } from './letter-decide.ts';
import { aboutObjection } from './objection-decide.ts';
import { ok, type Result, refuse } from './problems.ts';
import { aboutRectification } from './rectification-decide.ts';
import type { States } from './states.ts';
import { aboutTalk } from './talk-decide.ts';
import { type Day, dayOf, lastDayOf, type Month, plusDays, plusMinutes } from './time.ts';

/** Kinds of records that carry evidence. */
export const evidenceKinds = [
  'case',
  'complaint',
  'bonus',
  'talk',
  'letter',
  'award',
  'inspection',
  'rectification',
  'figure',
  'leave',
  'enforcement',
  'objection',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

const abouts: { [K in EvidenceKind]: (state: States[K]) => About } = {
  case: aboutCase,
  complaint: aboutComplaint,
  bonus: aboutBonus,
  talk: aboutTalk,
  rectification: aboutRectification,
  letter: aboutLetter,
  award: aboutAward,
  inspection: aboutInspection,
  figure: aboutFigure,
  leave: aboutLeave,
  enforcement: aboutEnforcement,
  objection: aboutObjection,
};
/** Facts of any record that carries evidence, for the permission. */
export const aboutRecord = <K extends EvidenceKind>(kind: K, state: States[K]): About => abouts[kind](state);

/** Three years, as PIPL art. 56 keeps its own papers: used where no rule book says otherwise. */
const defaultKeepDays = 3 * 365 + 1;

/**
 * The last day on which a file may be kept (PIPL art. 19: no longer than the purpose needs; decree 799 art. 17: never
 * under 30 days). `recordDay` is the last day its record may belong to, `keepDays` the rule book's setting.
 */
export const keepUntil = (recordDay: Day, keepDays = defaultKeepDays): Day => plusDays(recordDay, keepDays);

const isInspection = (id: string): boolean => id.startsWith('inspection-');
/** An inspection belongs to its day, everything else to its month and so counts from the month's end. */
const recordDay = (id: string): Day => (isInspection(id) ? dayOfId(id) : lastDayOf(monthOfId(id)));
const recordMonth = (id: string): Month => recordDay(id).slice(0, 7);

const entryOf = (entries: readonly EvidenceEntry[], n: number): Result<EvidenceEntry> => {
  const entry = entries.find((one) => one.n === n);
  return entry ? ok(entry) : refuse('evidence.unknown', `第 ${n} 份`);
};

/** A file on its way: neither received nor purged. A rejected one may be sent again. */
const underWay = (entries: readonly EvidenceEntry[], n: number): Result<EvidenceEntry> => {
  const entry = entryOf(entries, n);
  if (!entry.ok) return entry;
  switch (entry.value.state) {
    case 'received':
      return refuse('evidence.already-received');
    case 'purged':
      return refuse('evidence.already-purged');
    case 'announced':
    case 'uploaded':
    case 'rejected':
      return entry;
  }
};

const n = z.int().min(1).max(100);
const stored = z.strictObject({ n, storedVersion: z.string().min(1).max(1024) });
type Stored = z.infer<typeof stored>;

/** The commands on the files of one kind of record; all are the house's own. */
const evidenceOf = <K extends EvidenceKind>(kind: K, aboutOf: (state: States[K]) => About): Command[] => {
  const checked = (
    verb: string,
    summary: string,
    decide: CommandSpec<K, Stored>['decide'],
  ): CommandSpec<K, Stored> => ({
    type: `${kind}.${verb}Evidence`,
    action: 'evidence.receive',
    summary,
    on: kind,
    fields: stored,
    months: (_fields, state) => [recordMonth(existing(state).id)],
    about: (state) => aboutOf(existing(state)),
    decide,
  });

  const upload = checked('upload', '证据分片已齐,等待校验(仅由系统执行)', (state, fields) => {
    const entry = underWay(existing(state).evidence, fields.n);
    if (!entry.ok) return entry;
    if (entry.value.state === 'uploaded' && entry.value.storedVersion === fields.storedVersion) return done();
    return done({ type: 'evidence.uploaded', v: 1, n: fields.n, storedVersion: fields.storedVersion });
  });

  const receive = checked(
    'receive',
    '证据已收妥:大小与校验值相符(仅由系统执行)',
    (state, fields, context) => {
      const record = existing(state);
      const entry = underWay(record.evidence, fields.n);
      if (!entry.ok) return entry;
      const book = context.ruleBook(recordMonth(record.id));
      return done({
        type: 'evidence.received',
        v: 1,
        n: fields.n,
        storedVersion: fields.storedVersion,
        keepUntil: keepUntil(
          recordDay(record.id),
          book.ok ? book.value.settings.evidenceKeepDays : defaultKeepDays,
        ),
      });
    },
  );

  const reject = checked('reject', '证据校验值不符,未予保存(仅由系统执行)', (state, fields) => {
    const entry = underWay(existing(state).evidence, fields.n);
    if (!entry.ok) return entry;
    if (entry.value.state === 'rejected') return done();
    return done({ type: 'evidence.rejected', v: 1, n: fields.n, storedVersion: fields.storedVersion });
  });

  const purge: CommandSpec<K, { n: number }> = {
    type: `${kind}.purgeEvidence`,
    action: 'evidence.purge',
    summary: '保存期限届满,清除证据并留下记录(仅由系统执行)',
    on: kind,
    fields: z.strictObject({ n }),
    about: (state) => aboutOf(existing(state)),
    decide: (state, fields, context) => {
      const entry = entryOf(existing(state).evidence, fields.n);
      if (!entry.ok) return entry;
      if (entry.value.state === 'purged') return refuse('evidence.already-purged');
      const until = entry.value.keepUntil;
      if (entry.value.state !== 'received' || until === undefined) return refuse('evidence.not-received');
      if (dayOf(context.now) <= until) return refuse('evidence.kept', `保存至 ${until}`);
      return done({ type: 'evidence.purged', v: 1, n: fields.n, keptUntil: until });
    },
  };

  return [command(upload), command(receive), command(reject), command(purge)];
};

/** The record a piece of evidence belongs to, and its number: the parts of `<record id>~<n>`. */
export const recordOfEvidence = (evidence: string): { kind: EvidenceKind; id: string; n: number } => {
  const [id = '', number = ''] = evidence.split('~');
  const kind = evidenceKinds.find((one) => id.startsWith(`${one}-`));
  if (kind === undefined) throw new Error(`no record carries ${evidence}`);
  return { kind, id, n: Number(number) };
};

const evidenceName = z.string().refine((text) => {
  const [id, number, more] = text.split('~');
  return more === undefined && /^[1-9]\d{0,2}$/.test(number ?? '') && evidenceRecord.safeParse(id).success;
}, '证据编号写作 记录编号~序号');

/** Looking at a file needs the right to read its record; of cases and good deeds the department's liaison sees more. */
const viewActions: Record<EvidenceKind, Action> = {
  case: 'evidence.view',
  complaint: 'complaint.viewEvidence',
  bonus: 'evidence.view',
  talk: 'talk.read',
  rectification: 'rectification.read',
  letter: 'letter.read',
  award: 'award.readProposal',
  inspection: 'inspection.read',
  figure: 'figure.read',
  leave: 'leave.read',
  enforcement: 'enforcement.read',
  objection: 'objection.read',
};

/** Minutes a view may last at most; a longer look is entered again. */
const longestView = 60;

const view: Command = command({
  type: 'lookup.view',
  action: (fields) => viewActions[recordOfEvidence(fields.evidence).kind],
  summary: '调阅一份证据:登记事由,取得限时查看',
  on: 'lookup',
  fields: z.strictObject({ evidence: evidenceName, reason: freeText(200), expires: instant }),
  creates: (fields) => fields.evidence,
  also: (fields) => {
    const { kind, id } = recordOfEvidence(fields.evidence);
    return [{ kind, id }];
  },
  about: (_state, fields, context) => {
    const { kind, id } = recordOfEvidence(fields.evidence);
    const record = context.other(kind, id);
    // Of a record that is not there nobody may learn that it is not.
    return record === undefined ? about({ sealed: true }) : aboutRecord(kind, record);
  },
  decide: (_state, fields, context) => {
    const { kind, id, n: number } = recordOfEvidence(fields.evidence);
    const record = context.other(kind, id);
    if (record === undefined) return refuse('thing.not-found', id);
    const entry = entryOf(record.evidence, number);
    if (!entry.ok) return entry;
    if (entry.value.state === 'purged') return refuse('evidence.already-purged');
    if (entry.value.state !== 'received') return refuse('evidence.not-received');
    if (fields.expires <= context.now || fields.expires > plusMinutes(context.now, longestView))
      return refuse('evidence.view-too-long');
    return done({
      type: 'evidence.viewed',
      v: 1,
      n: number,
      reason: { text: fields.reason },
      expires: fields.expires,
    });
  },
});

/** By kind of record, each: upload, receive, reject, purge. */
export const evidenceCommands: Record<EvidenceKind, Command[]> = {
  case: evidenceOf('case', aboutCase),
  complaint: evidenceOf('complaint', aboutComplaint),
  bonus: evidenceOf('bonus', aboutBonus),
  talk: evidenceOf('talk', aboutTalk),
  rectification: evidenceOf('rectification', aboutRectification),
  letter: evidenceOf('letter', aboutLetter),
  award: evidenceOf('award', aboutAward),
  inspection: evidenceOf('inspection', aboutInspection),
  figure: evidenceOf('figure', aboutFigure),
  leave: evidenceOf('leave', aboutLeave),
  enforcement: evidenceOf('enforcement', aboutEnforcement),
  objection: evidenceOf('objection', aboutObjection),
};
/** The register of a letter's prints, beside those of its files. */
export const printRegister = (letter: string): string => `${letter}~paper`;

const print: Command = command({
  type: 'lookup.print',
  action: 'letter.read',
  summary: '打印存档公文:登记打印人、时间和所打印文件的校验值',
  on: 'lookup',
  fields: z.strictObject({
    letter: monthlyId('letter'),
    copy: z.enum(['set', 'sealed', 'scan']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  creates: (fields) => printRegister(fields.letter),
  also: (fields) => [{ kind: 'letter', id: fields.letter }],
  about: (_state, fields, context) => {
    const letter = context.other('letter', fields.letter);
    return letter === undefined ? about({ sealed: true }) : aboutLetter(letter);
  },
  decide: (_state, fields) => done({ type: 'paper.printed', v: 1, copy: fields.copy, sha256: fields.sha256 }),
});

export const lookupCommands: Command[] = [view, print];
