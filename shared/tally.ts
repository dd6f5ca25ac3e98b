// Counts of one month for each person, department and window: written when a month freezes, so that boards and ladders
// over longer periods read open months plus the last tallies. Knows no measure and no score.
import { type Severity, severities } from './catalog.ts';
import type { RuleBook } from './rulebook.ts';
import { byDay, type CountedCase, departmentsIn, severitiesOf, stands } from './score.ts';
import type { Month } from './time.ts';

export type Subject = { person: string } | { department: string } | { window: string };

/** `person:staff-0101`: a subject as a key. */
export const subjectKey = (subject: Subject): string =>
  'person' in subject
    ? `person:${subject.person}`
    : 'department' in subject
      ? `department:${subject.department}`
      : `window:${subject.window}`;

/** 人次 by severity: person × case. */
export type BySeverity = Record<Severity, number>;

export interface Tally extends BySeverity {
  subject: Subject;
  month: Month;
  /** minor + evident + serious. For a person these are their cases. */
  personTimes: number;
  /** Cases without a person (起). */
  incidents: number;
  /** Letters the month asked for, and titles won. */
  letters: number;
  titles: number;
  /** The same person-times by clause, for rungs that count one clause, category or family; sorted by clause. */
  clauses: ({ clause: string; campaign?: true } & BySeverity)[];
  /** The cases once each (起), for rungs that count incidents; absent in tallies written before they were kept. */
  cases?: TalliedCases[];
}

/** So many cases alike: one case counts once, whoever and however many it names. */
export interface TalliedCases {
  clause: string;
  campaign?: true;
  /** Every severity that the case has for somebody it names; more than one where minor ones became evident for some. */
  severities: Severity[];
  times: number;
}

/** Person × case (人次), or a case without a person, with the severity it has in the end. */
export interface Unit {
  one: CountedCase;
  person?: string;
  severity: Severity;
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every person-time and every person-less incident that stands, by day, case and person. */
export const unitsOf = (book: RuleBook, cases: readonly CountedCase[]): Unit[] => {
  const units: Unit[] = [];
  const mine = new Map<string, { person: string; cases: CountedCase[] }>();
  for (const one of cases.toSorted(byDay)) {
    if (one.persons.length === 0 && stands(one)) units.push({ one, severity: one.severity });
    for (const person of new Set(one.persons)) {
      const key = `${person}/${one.month}`;
      const found = mine.get(key);
      if (found) found.cases.push(one);
      else mine.set(key, { person, cases: [one] });
    }
  }
  for (const { person, cases: own } of mine.values()) {
    const severities = severitiesOf(book, own);
    own.forEach((one, at) => {
      if (stands(one)) units.push({ one, person, severity: severities[at] ?? one.severity });
    });
  }
  return units.sort((a, b) => byDay(a.one, b.one) || inOrder(a.person ?? '', b.person ?? ''));
};

const subjectsOf = ({ one, person }: Unit): Subject[] => [
  ...(person === undefined ? [] : [{ person }]),
  ...departmentsIn(one).map((department) => ({ department })),
  ...(one.window === undefined ? [] : [{ window: one.window }]),
];

const inCampaign = ({ campaign }: CountedCase): { campaign?: true } =>
  campaign === undefined ? {} : { campaign: true };

const addUnit = (tally: Tally, { one, person, severity }: Unit): void => {
  if (person === undefined) {
    tally.incidents += 1;
    return;
  }
  tally[severity] += 1;
  tally.personTimes += 1;
  const during = inCampaign(one);
  const part = tally.clauses.find(
    ({ clause, campaign }) => clause === one.clause && campaign === during.campaign,
  );
  if (part) part[severity] += 1;
  else tally.clauses.push({ clause: one.clause, ...during, minor: 0, evident: 0, serious: 0, [severity]: 1 });
};

/** What is counted once: each case of a subject with every severity it has in it. */
const addCases = (tally: Tally, units: readonly Unit[]): void => {
  const alike = new Map<string, TalliedCases>();
  for (const [one, severities] of severitiesByCase(units)) {
    const during = inCampaign(one);
    const key = `${one.clause} ${during.campaign === true} ${severities.join()}`;
    const found = alike.get(key) ?? { clause: one.clause, ...during, severities, times: 0 };
    alike.set(key, { ...found, times: found.times + 1 });
  }
  tally.cases = [...alike].sort(([a], [b]) => inOrder(a, b)).map(([, cases]) => cases);
};

const severitiesByCase = (units: readonly Unit[]): Map<CountedCase, Severity[]> => {
  const found = new Map<CountedCase, Set<Severity>>();
  for (const { one, severity } of units) found.set(one, (found.get(one) ?? new Set()).add(severity));
  return new Map([...found].map(([one, own]) => [one, severities.filter((severity) => own.has(severity))]));
};

/**
 * One tally for each subject that had anything in the month, sorted by subject. `letters` names the department once for
 * each letter the month asked for, `titles` the winner once for each title.
 */
export const talliesOf = (
  book: RuleBook,
  month: Month,
  cases: readonly CountedCase[],
  letters: readonly Subject[],
  titles: readonly Subject[],
): Tally[] => {
  const tallies = new Map<string, Tally>();
  const tallyOf = (subject: Subject): Tally => {
    const none = { minor: 0, evident: 0, serious: 0, personTimes: 0, incidents: 0, letters: 0, titles: 0 };
    const found = tallies.get(subjectKey(subject)) ?? { subject, month, ...none, clauses: [] };
    tallies.set(subjectKey(subject), found);
    return found;
  };
  const unitsIn = new Map<Tally, Unit[]>();
  for (const unit of unitsOf(
    book,
    cases.filter((one) => one.month === month),
  ))
    for (const subject of subjectsOf(unit)) {
      const tally = tallyOf(subject);
      addUnit(tally, unit);
      unitsIn.set(tally, [...(unitsIn.get(tally) ?? []), unit]);
    }
  for (const [tally, units] of unitsIn) addCases(tally, units);
  for (const subject of letters) tallyOf(subject).letters += 1;
  for (const subject of titles) tallyOf(subject).titles += 1;
  for (const tally of tallies.values())
    tally.clauses.sort(
      (a, b) => inOrder(a.clause, b.clause) || Number(a.campaign ?? false) - Number(b.campaign ?? false),
    );
  return [...tallies.values()].sort((a, b) => inOrder(subjectKey(a.subject), subjectKey(b.subject)));
};
