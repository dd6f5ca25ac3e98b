// Life for the demonstration centre: the registry, the default rule book, the month before (closed) and the running one.
// Every change goes through `run` as the person who would do it, on a clock that moves through those weeks; ids derive
// from what is done, so a seeding that was broken off is taken up again.
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { derivedCommandId } from '../functions/derived-id.ts';
import { completeUpload, uploadPlan } from '../functions/evidence.ts';
import { createHouse, type House } from '../functions/house.ts';
import { freezeMonth, sumMonth } from '../functions/month.ts';
import { draftMonthLetter } from '../functions/month-letters.ts';
import { nightOf } from '../functions/night.ts';
import { run } from '../functions/run.ts';
import { sealAll } from '../functions/seals.ts';
import { type Actor, system } from '../shared/access.ts';
import { nextWorkdayOnOrAfter, workdaysOf } from '../shared/calendar.ts';
import { type ViolationCode, violationType } from '../shared/catalog.ts';
import { commandNamed } from '../shared/commands.ts';
import { roleTitles } from '../shared/people.ts';
import type { Result } from '../shared/problems.ts';
import { clausesFor, type RuleBook } from '../shared/rulebook.ts';
import { referenceHall } from '../shared/rulebooks/reference-hall.ts';
import {
  type Day,
  dayOf,
  firstDayOf,
  type Instant,
  instantAt,
  lastDayOf,
  type Month,
  monthOf,
  plusDays,
  plusMinutes,
  plusMonths,
} from '../shared/time.ts';
import { demoCentre, numbersFrom } from './demo-centre.ts';
import { type DeskStep, deskCommandId, deskOfPastMonth, deskOfRunningMonth } from './demo-desk.ts';
import { demoFile } from './demo-files.ts';
import { paintedPhoto } from './demo-photo.ts';
import type { Account } from './issuer.ts';

const centre = 'demo';

/** The cast's accounts, office first, as the sign-in page shows them. */
export const demoAccountList = (): Account[] => {
  const { entries } = demoCentre('-');
  const names = new Map(entries.flatMap((one) => (one.kind === 'staff' ? [[one.id, one.name]] : [])));
  const departments = new Map(
    entries.flatMap((one) => (one.kind === 'department' ? [[one.id, one.name]] : [])),
  );
  const grants = entries.flatMap((one) => (one.kind === 'grant' ? [one] : []));
  return entries
    .flatMap((one) => (one.kind === 'account' ? [one] : []))
    .map(({ subject, person }) => ({
      subject,
      name: names.get(person) ?? person,
      title: grants
        .filter((one) => one.person === person)
        .map((one) => [departments.get(one.department ?? ''), roleTitles[one.role]].filter(Boolean).join(' '))
        .join('、'),
    }))
    .sort((a, b) => rank(a.subject) - rank(b.subject) || (a.subject < b.subject ? -1 : 1));
};
const rank = (subject: string): number =>
  /^(shou|lian)-/.test(subject) ? 1 : subject.startsWith('chuang-') ? 2 : 0;
export const demoAccounts = async (): Promise<Account[]> => demoAccountList();

/** Fills a new data folder, or takes up a filling that was broken off; a filled one is left alone. */
export const seedDemo = async (house: House, url: string, folder: string): Promise<void> => {
  const issuerUrl = `${url}/oidc`;
  const mark = join(folder, 'seeded');
  if (!existsSync(mark)) {
    console.log('正在建立示范中心,约需一分钟 … · seeding the demonstration centre, about a minute …');
    // The hall is older than its first patrol: what looks through the journal begins on the day a centre was founded.
    const founded = instantAt(firstDayOf(plusMonths(monthOf(house.clock()), -2)), '07:00');
    await enterRegistry(
      createHouse({ store: house.store, files: house.files, clock: () => founded }),
      issuerUrl,
    );
    await playWeeks(house);
    await sealAll(house);
    writeFileSync(mark, house.clock());
  }
  await moveAccounts(house, issuerUrl);
};

const must = async <T>(what: string, doing: Promise<Result<T>>): Promise<T> => {
  const done = await doing;
  if (!done.ok)
    throw new Error(
      `${what}: ${done.problem.code} ${done.problem.detail ?? ''} ${JSON.stringify(done.problem.fields ?? [])}`,
    );
  return done.value;
};

const enterRegistry = async (house: House, issuerUrl: string): Promise<void> => {
  const { founding, batches } = demoCentre(issuerUrl);
  const known = await house.store.registryVersion(centre);
  if (known === 0)
    await must(
      'found',
      run(house, centre, system, commandNamed('centre.found'), {
        commandId: derivedCommandId('demo', 'found'),
        fields: founding,
      }),
    );
  // The administrator enters all of it: until the clerks are entered nobody else is there.
  const admin = await actorOf(house, 'guan');
  for (const entries of batches)
    await must(
      'enter',
      run(house, centre, admin, commandNamed('registry.enter'), {
        commandId: derivedCommandId('demo', JSON.stringify(entries)),
        fields: { entries },
      }),
    );
};

/** The built-in issuer is named by the address; when that changed, the accounts follow. */
const moveAccounts = async (house: House, issuerUrl: string): Promise<void> => {
  const { registry } = await house.desk(centre);
  const moved = [...registry.of.account.values()]
    .filter((one) => one.issuer !== issuerUrl && one.issuer.endsWith('/oidc'))
    .map((one) => ({ ...one, issuer: issuerUrl }));
  const admin = await actorOf(house, 'guan');
  for (let start = 0; start < moved.length; start += 30) {
    const entries = moved.slice(start, start + 30);
    await must(
      'accounts',
      run(house, centre, admin, commandNamed('registry.enter'), {
        commandId: derivedCommandId('accounts', JSON.stringify(entries), String(registry.version)),
        fields: { entries },
      }),
    );
  }
};

const actorOf = async (house: House, person: string): Promise<Actor> => {
  const { registry } = await house.desk(centre);
  return { person, grants: registry.grantsByPerson.get(person) ?? [], system: false };
};

const leaders: Record<string, string> = {
  'grid-a': 'ge-1',
  'grid-b': 'ge-2',
  'grid-c': 'ge-3',
  'grid-d': 'ge-4',
};
const usual: readonly ViolationCode[] = [
  'DIS-LATE',
  'DIS-PHONE',
  'DIS-OFFPOST',
  'DIS-IDLE',
  'APP-BADGE',
  'APP-DRESS',
  'ATT-RUDE',
  'ENV-CLEAN',
  'BIZ-ENTRY',
  'ATT-ONEGO',
];

/** The desk clock of the seeding, and the house that runs on it. */
interface Weeks {
  house: House;
  at(instant: Instant): void;
  book: RuleBook;
  number: (below: number) => number;
}

/** Up to now, at most up to the last year whose calendar is entered. */
const weeksOf = async (real: House): Promise<Weeks & { until: Instant }> => {
  const desk = await real.desk(centre);
  const lastYear = Math.max(...desk.calendar.years.map((year) => year.year));
  const horizon = instantAt(`${lastYear}-12-30`, '18:00');
  const until = [real.clock(), horizon].sort()[0] ?? horizon;
  let clock = until;
  const house = createHouse({ store: real.store, files: real.files, clock: () => clock });
  const weeks: Weeks = {
    house,
    at: (instant) => {
      // Never past the real present: nothing may be recorded in the future.
      clock = [instant, until].sort()[0] ?? until;
    },
    book: referenceHall,
    number: numbersFrom(20_261),
  };
  return { ...weeks, until };
};

/**
 * The month before last, closed; the last one, summed and waiting for the director to freeze it; the running one up to
 * now.
 */
const playWeeks = async (real: House): Promise<void> => {
  const weeks = await weeksOf(real);
  const { house, until } = weeks;
  const running = monthOf(until);
  const last = plusMonths(running, -1);
  const before = plusMonths(running, -2);
  weeks.at(instantAt(firstDayOf(before), '08:30'));
  await must(
    'rule book',
    run(house, centre, await actorOf(house, 'ban'), commandNamed('rulebook.enact'), {
      commandId: derivedCommandId('demo', 'rulebook'),
      fields: { from: before, book: referenceHall },
    }),
  );
  await playMonth(weeks, before, instantAt(lastDayOf(before), '17:00'));
  await closeMonth(weeks, before, until);
  await playMonth(weeks, last, instantAt(lastDayOf(last), '17:00'));
  await playPastDesk(weeks, last, until);
  await sum(weeks, last, until);
  await playMonth(weeks, running, until);
  const { registry } = await weeks.house.desk(centre);
  const days = (await daysOf(weeks, running)).filter((one) => instantAt(one, '10:00') < until);
  await playDesk(weeks, deskOfRunningMonth(registry, running, days), until);
};

/** A hall that was left alone goes on: the patrols of every working day after one, up to now. */
export const playOn = async (house: House, after: Day): Promise<void> => {
  const weeks = await weeksOf(house);
  for (
    let month = monthOf(instantAt(after, '12:00'));
    month <= monthOf(weeks.until);
    month = plusMonths(month, 1)
  )
    await playMonth(weeks, month, weeks.until, after);
};

/** Complaints and praise of a month that is over; the finding a complaint led to is followed like any other. */
const playPastDesk = async (weeks: Weeks, month: Month, until: Instant): Promise<void> => {
  const { registry } = await weeks.house.desk(centre);
  const { steps, finding } = deskOfPastMonth(registry, month, await daysOf(weeks, month));
  await playDesk(weeks, steps, until);
  if (finding) await follow(weeks, { ...finding, type: 'ATT-RUDE', nth: 1, files: 0 }, until);
};

const playDesk = async (weeks: Weeks, steps: readonly DeskStep[], until: Instant): Promise<void> => {
  const { house } = weeks;
  const inTime = steps.filter((step) => step.at <= until).sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { who, type, at, key, target, fields } of inTime) {
    weeks.at(at);
    await must(
      `${type} ${key}`,
      run(house, centre, await actorOf(house, who), commandNamed(type), {
        commandId: deskCommandId(key),
        ...(target === undefined ? {} : { target }),
        fields,
      }),
    );
  }
};

const daysOf = async ({ house }: Weeks, month: Month): Promise<Day[]> =>
  must('calendar', Promise.resolve(workdaysOf((await house.desk(centre)).calendar, month)));

interface Seen {
  id: string;
  at: Instant;
  grid: string;
  person: string;
  type: ViolationCode;
  nth: number;
  /** How many files came with the report. */
  files: number;
}

/** Minutes from the beginning of a round until it is closed. */
const roundMinutes = 50;
/** When the round of a month's `nth` working day begins, every third after noon; undefined while it is not over. */
export const roundOn = (day: Day, nth: number, until: Instant): Instant | undefined => {
  const start = instantAt(day, nth % 3 === 0 ? '14:20' : '09:40');
  return plusMinutes(start, roundMinutes) <= until ? start : undefined;
};

/** Patrols of every working day, and what they found; each finding is followed as far as its days allow. */
const playMonth = async (weeks: Weeks, month: Month, until: Instant, after?: Day): Promise<void> => {
  for (const [nth, day] of (await daysOf(weeks, month)).entries()) {
    const start = roundOn(day, nth, until);
    if (day <= (after ?? '') || start === undefined) continue;
    const seen = await patrol(weeks, day, nth, start);
    for (const one of seen) await follow(weeks, one, until);
  }
};

const patrol = async (weeks: Weeks, day: Day, nth: number, start: Instant): Promise<Seen[]> => {
  const { house, number } = weeks;
  const { registry } = await house.desk(centre);
  const inspector = await actorOf(house, nth % 2 === 0 ? 'xun' : 'xun-2');
  const grid = `grid-${'abcd'[nth % 4]}`;
  weeks.at(start);
  const round = await must(
    'round',
    run(house, centre, inspector, commandNamed('inspection.open'), {
      commandId: derivedCommandId('demo', 'round', day),
      fields: { kind: 'patrol', grid, startedAt: start },
    }),
  );
  const windows = [...registry.of.window.values()].filter((one) => one.grid === grid);
  const found = windows.filter(() => number(24) === 0).slice(0, 3);
  weeks.at(plusMinutes(start, 40));
  await must(
    'results',
    run(house, centre, inspector, commandNamed('inspection.record'), {
      commandId: derivedCommandId('demo', 'results', day),
      target: round.id,
      fields: {
        looks: windows.slice(0, 40).map((window, index) => ({
          window: window.id,
          at: plusMinutes(start, Math.floor(index / 2)),
          result: found.includes(window) ? 'finding' : 'fine',
        })),
      },
    }),
  );
  const seen: Seen[] = [];
  for (const [index, window] of found.entries()) {
    const person = registry.assignmentsByWindow
      .get(window.id)
      ?.find((one) => one.from <= day && (one.until ?? day) >= day)?.staff;
    const type = usual[number(usual.length)] ?? 'DIS-LATE';
    if (person === undefined) continue;
    const at = plusMinutes(start, 10 + index * 7);
    const photo = number(3) === 0 ? paintedPhoto(number(1000)) : undefined;
    const report = await must(
      'report',
      run(house, centre, inspector, commandNamed('case.report'), {
        commandId: derivedCommandId('demo', 'finding', day, window.id),
        fields: {
          violation: type,
          source: 'patrol',
          happened: { from: at, to: plusMinutes(at, 5), doubtSeconds: 5 },
          window: window.id,
          subject: { kind: 'persons', persons: [person] },
          inspection: round.id,
          description: `巡查至${window.number}窗口,${violationType(type)?.name ?? ''}`,
          evidence: photo === undefined ? [] : [manifestOf(photo, at)],
        },
      }),
    );
    if (photo !== undefined) await send(house, inspector, report.id, 1, photo);
    const files = photo === undefined ? 0 : 1;
    seen.push({ id: report.id, at, grid, person, type, nth: nth * 3 + index, files });
  }
  weeks.at(plusMinutes(start, roundMinutes));
  await must(
    'close',
    run(house, centre, inspector, commandNamed('inspection.close'), {
      commandId: derivedCommandId('demo', 'close', day),
      target: round.id,
      fields: { endedAt: plusMinutes(start, 48) },
    }),
  );
  return seen;
};

const manifestOf = (photo: Buffer, at: Instant) => ({
  name: '现场照片.png',
  kind: 'photo',
  mediaType: 'image/png',
  size: photo.length,
  sha256: createHash('sha256').update(photo).digest('hex'),
  takenAt: at,
});

const send = async (house: House, by: Actor, record: string, n: number, bytes: Uint8Array): Promise<void> => {
  const plan = await must('upload', uploadPlan(house, centre, by, { record, n }));
  if (plan.state !== 'put') return;
  const sent = await fetch(plan.put.url, {
    method: 'PUT',
    headers: plan.put.headers,
    body: Buffer.from(bytes),
  });
  if (!sent.ok && sent.status !== 412) throw new Error(`upload: ${sent.status} ${await sent.text()}`);
  await must('complete', completeUpload(house, centre, by, { record, n }));
};

/** Verified the same day, notified the next, answered or silent after it; what has no time yet stays open. */
const follow = async (weeks: Weeks, seen: Seen, until: Instant): Promise<void> => {
  const { house, book } = weeks;
  const leader = await actorOf(house, leaders[seen.grid] ?? 'ge-1');
  const say = async (who: Actor, type: string, at: Instant, fields: object): Promise<boolean> => {
    if (at > until) return false;
    weeks.at(at);
    await must(
      type,
      run(house, centre, who, commandNamed(type), {
        commandId: derivedCommandId('demo', type, seen.id),
        target: seen.id,
        fields,
      }),
    );
    return true;
  };
  const clause = clausesFor(book, seen.type)[0];
  if (!clause) return;
  const verified = plusMinutes(seen.at, 180);
  if (clause.severity === 'minor' && seen.nth % 2 === 0) {
    await say(leader, 'case.settleOnSpot', verified, { clause: clause.code, said: '已当场提醒,立即改正' });
    return;
  }
  if (seen.nth % 9 === 4) {
    await say(leader, 'case.dismiss', verified, { reason: '经核对,当时在后台取件,不属实' });
    return;
  }
  const chosen =
    clause.price.kind === 'range' ? { chosen: { points: clause.price.from, reason: '首次,从轻' } } : {};
  const confirmed = await say(leader, 'case.confirm', verified, {
    severity: clause.severity,
    clause: clause.code,
    ...(clause.price.kind === 'bands' ? { minutes: 20 } : {}),
    ...chosen,
    reason: '现场情况清楚,照片可以印证',
  });
  if (!confirmed) return;
  const delivered = instantAt(plusDays(dayOf(seen.at), 1), '09:30');
  const notice = demoFile('scan', `notice-${seen.id}`, delivered);
  const told = { way: 'paper', deliveredAt: delivered, evidence: [notice.entry] };
  if (!(await say(leader, 'case.notify', delivered, told))) return;
  await send(house, leader, seen.id, seen.files + 1, notice.bytes);
  if (seen.nth % 3 === 0) return;
  // Taken down from the signed reply slip: who confirmed it may not also write the answer.
  const clerk = await actorOf(house, 'ban');
  const answeredAt = plusMinutes(delivered, 90);
  const slip = demoFile('scan', `answer-${seen.id}`, answeredAt);
  const answered = await say(clerk, 'case.answer', answeredAt, {
    noObjection: true,
    answer: '无异议,今后注意',
    paper: { signedAt: answeredAt, evidence: [slip.entry] },
  });
  if (answered) await send(house, clerk, seen.id, seen.files + 2, slip.bytes);
};

/** A working day of the month after: dates on non-working days move on (顺延). */
const dayAfter = async ({ house }: Weeks, month: Month, days: number): Promise<Day> => {
  const { calendar } = await house.desk(centre);
  const day = plusDays(firstDayOf(plusMonths(month, 1)), days);
  return must('calendar', Promise.resolve(nextWorkdayOnOrAfter(calendar, day)));
};

/** Silences settled, and summed on the 5th. */
const sum = async (weeks: Weeks, month: Month, until: Instant): Promise<void> => {
  const { house } = weeks;
  const summing = await dayAfter(weeks, month, 4);
  weeks.at(instantAt(summing, '08:00'));
  await nightOf(house, centre);
  if (instantAt(summing, '10:00') > until) return;
  weeks.at(instantAt(summing, '10:00'));
  await must(
    'sum',
    sumMonth(house, centre, await actorOf(house, 'ban'), {
      commandId: derivedCommandId('demo', 'sum', month),
      month,
    }),
  );
};

/** Summed, frozen three days later, the bulletin drafted and signed. */
const closeMonth = async (weeks: Weeks, month: Month, until: Instant): Promise<void> => {
  const { house } = weeks;
  await sum(weeks, month, until);
  const freezing = await dayAfter(weeks, month, 7);
  if (instantAt(freezing, '16:00') > until) return;
  const clerk = await actorOf(house, 'ban');
  const director = await actorOf(house, 'chu');
  weeks.at(instantAt(freezing, '15:00'));
  await must(
    'freeze',
    freezeMonth(house, centre, director, { commandId: derivedCommandId('demo', 'freeze', month), month }),
  );
  weeks.at(instantAt(freezing, '15:30'));
  const bulletin = await must(
    'bulletin',
    draftMonthLetter(house, centre, clerk, {
      commandId: derivedCommandId('demo', 'bulletin', month),
      kind: 'bulletin',
      month,
    }),
  );
  const steps: readonly (readonly [who: string, type: string, fields: object])[] = [
    ['ke', 'letter.check', {}],
    ['chu', 'letter.sign', {}],
  ];
  for (const [who, type, fields] of steps)
    await must(
      type,
      run(house, centre, await actorOf(house, who), commandNamed(type), {
        commandId: derivedCommandId('demo', type, month),
        target: bulletin.id,
        fields,
      }),
    );
};
