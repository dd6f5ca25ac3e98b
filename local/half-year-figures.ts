// What the platform says of the half-year when asked: everything read back through the API, as the auditor sees it.
// Counts nothing from the plan.
import { createHash } from 'node:crypto';
import { casesOfBulletin, letterKindTitles } from '../shared/letter.ts';
import { fen } from '../shared/price.ts';
import { type Day, daysFrom, firstDayOf, lastDayOf, type Month } from '../shared/time.ts';
import { type View, views } from '../shared/views.ts';
import { months } from './half-year-facts.ts';
import type { Doors } from './half-year-stage.ts';

type Letter = View<'letter.list'>['items'][number]['state'];
type Talk = View<'talk.read'>['state'];

export interface Figures {
  /** Person-times the six bulletins publish: confirmed, heard, and not overturned when their month was cut. */
  violations: number;
  /** Published without a person (起). */
  incidents: number;
  /** The cases behind the bulletins, each in exactly one. */
  published: Map<Month, string[]>;
  /** Departments that got a letter for violations, with or without audio and video. */
  writtenTo: string[];
  letters: Map<Letter['kind'], number>;
  /** First and last number of each word. */
  numbers: { letters: [first: string, last: string]; bulletins: [first: string, last: string] };
  urged: number;
  stars: Map<Month, string[]>;
  talks: { section: number; director: number; refused: number; withdrawn: number };
  appeals: { upheld: number; reduced: number; overturned: number };
  /** Person-months by total, hundredths. */
  scores: Map<number, number>;
  inspections: Map<string, number>;
  findings: Map<string, number>;
}

const reader = 'ji';

/** Reads everything back. Throws when a case stands in two bulletins or a bulletin's list is not the board's. */
export const readFigures = async (doors: Doors): Promise<Figures> => {
  const boards = await Promise.all(
    months.map((month) => doors.read(reader, views['month.board'], `/api/months/${month}/board`)),
  );
  const letters = (await Promise.all(months.map((month) => lettersOf(doors, month)))).flat();
  const issued = letters.filter((one) => one.stage === 'issued' || one.stage === 'closed');
  const bulletins = issued.filter((one) => one.kind === 'bulletin');
  const published = new Map(
    boards.map(({ month, published }) => [
      month,
      [...(published?.own ?? []), ...(published?.late ?? [])].sort(),
    ]),
  );
  const all = [...published.values()].flat();
  if (new Set(all).size !== all.length) throw new Error('a case stands in two bulletins');
  for (const bulletin of bulletins) {
    const list = casesOfBulletin(published.get(bulletin.month) ?? []);
    const digest = createHash('sha256').update(list.text).digest('hex');
    if (bulletin.list?.digest !== digest)
      throw new Error(`${bulletin.documentNumber} publishes another list`);
  }
  const cases = boards.flatMap((board) => board.cases);
  const fallen = cases.filter((one) => one.review === 'overturned').flatMap((one) => one.persons);
  const talks = await talksOf(doors, [...new Set(fallen)]);
  const awards = await Promise.all(
    months.map((month) => doors.read(reader, views['award.read'], `/api/awards/award-${month}-star`)),
  );
  const reviewed = (outcome: 'upheld' | 'reduced' | 'overturned'): number =>
    cases.filter((one) => one.review === outcome).length;
  const standing = (kind: Talk['kind']): number =>
    talks.filter((talk) => talk.kind === kind && talk.stage !== 'withdrawn').length;
  return {
    violations: bulletins.reduce((sum, one) => sum + one.facts.total.personTimes, 0),
    incidents: bulletins.reduce((sum, one) => sum + one.facts.total.incidents, 0),
    published,
    writtenTo: [
      ...new Set(
        issued.flatMap((one) =>
          one.kind === 'violation' || one.kind === 'evidence' ? (one.department ?? []) : [],
        ),
      ),
    ].sort(),
    letters: countBy(issued, (one) => one.kind),
    numbers: { letters: numbersOf(issued, false), bulletins: numbersOf(issued, true) },
    urged: issued.filter((one) => (one.delivery?.urged ?? 0) > 0).length,
    stars: new Map(
      awards.map(({ state }) => [
        state.month,
        (state.recipients ?? []).flatMap((one) => (one.announcedAt === undefined ? [] : [one.person])),
      ]),
    ),
    talks: {
      section: standing('section'),
      director: standing('director'),
      refused: talks.filter((talk) => talk.end?.how === 'refused').length,
      withdrawn: talks.filter((talk) => talk.stage === 'withdrawn').length,
    },
    appeals: {
      upheld: reviewed('upheld'),
      reduced: reviewed('reduced'),
      overturned: reviewed('overturned'),
    },
    scores: countBy(
      boards.flatMap((board) => board.people),
      (one) => one.total,
    ),
    inspections: await inspectionsOf(doors),
    findings: countBy(cases, (one) => one.stage),
  };
};

const countBy = <T, K>(list: readonly T[], by: (one: T) => K): Map<K, number> => {
  const counts = new Map<K, number>();
  for (const one of list) counts.set(by(one), (counts.get(by(one)) ?? 0) + 1);
  return counts;
};

const lettersOf = async (doors: Doors, month: Month): Promise<Letter[]> => {
  const letters: Letter[] = [];
  let after: string | null = '';
  while (after !== null) {
    const asked: string = after === '' ? '' : `&after=${after}`;
    const page: View<'letter.list'> = await doors.read(
      reader,
      views['letter.list'],
      `/api/letters?month=${month}&limit=100${asked}`,
    );
    letters.push(...page.items.map((one) => one.state));
    after = page.next;
  }
  return letters;
};

const numbersOf = (issued: readonly Letter[], bulletins: boolean): [string, string] => {
  const sorted = issued
    .filter((one) => (one.kind === 'bulletin') === bulletins)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return [sorted[0]?.documentNumber ?? '', sorted.at(-1)?.documentNumber ?? ''];
};

/** Standing talks by the measures they answer; those withdrawn from the records of people whose case was overturned. */
const talksOf = async (doors: Doors, fallen: readonly string[]): Promise<Talk[]> => {
  const found: Talk[] = [];
  for (const month of months) {
    const { measures } = await doors.read(reader, views['month.measures'], `/api/months/${month}/measures`);
    for (const { doneBy } of measures)
      if (doneBy?.startsWith('talk-'))
        found.push((await doors.read(reader, views['talk.read'], `/api/talks/${doneBy}`)).state);
  }
  for (const person of fallen)
    for (const after of ['2026-07', '2026-04']) {
      const path = `/api/people/${person}/record?after=${after}`;
      const page = await doors.read(reader, views['person.record'], path);
      for (const item of page.items)
        if (item.kind === 'talk' && item.state.stage === 'withdrawn') found.push(item.state);
    }
  return found;
};

const inspectionsOf = async (doors: Doors): Promise<Map<string, number>> => {
  const kinds: string[] = [];
  const first = months[0] ?? '2026-01';
  const last = months.at(-1) ?? first;
  const days: Day[] = daysFrom(firstDayOf(first), lastDayOf(last));
  for (const day of days) {
    const page = await doors.read(reader, views['inspection.list'], `/api/inspections?day=${day}&limit=200`);
    kinds.push(...page.items.map((one) => one.state.kind));
  }
  return countBy(kinds, (kind) => kind);
};

/** `name: value`, one a line. */
export const linesOf = (figures: Figures): string[] => [
  `violations: ${figures.violations}`,
  `incidents without a person: ${figures.incidents}`,
  `departments written to: ${figures.writtenTo.length}`,
  `stars: ${months.map((month) => figures.stars.get(month)?.length ?? 0).join(' ')}`,
  `talks section: ${figures.talks.section}`,
  `talks director: ${figures.talks.director}`,
  `talks refused: ${figures.talks.refused}`,
  `talks withdrawn: ${figures.talks.withdrawn}`,
  `appeals upheld: ${figures.appeals.upheld}`,
  `appeals reduced: ${figures.appeals.reduced}`,
  `appeals overturned: ${figures.appeals.overturned}`,
  ...[...figures.scores]
    .sort(([a], [b]) => b - a)
    .map(([total, people]) => `score ${fen(total).replace('分', '')}: ${people}`),
  ...[...figures.letters].map(([kind, number]) => `letters ${kind} (${letterKindTitles[kind]}): ${number}`),
  `letters urged: ${figures.urged}`,
  `document numbers: ${figures.numbers.letters.join(' .. ')}, ${figures.numbers.bulletins.join(' .. ')}`,
  ...[...figures.inspections].sort().map(([kind, number]) => `inspections ${kind}: ${number}`),
  ...[...figures.findings].sort().map(([stage, number]) => `findings ${stage}: ${number}`),
];
