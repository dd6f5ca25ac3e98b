import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { system } from '../../shared/access.ts';
import {
  announce,
  type EvidenceEntry,
  foldEvidence,
  manifest,
  manifestEntry,
  missingFiles,
  nextPurge,
  partSize,
} from '../../shared/evidence.ts';
import { keepUntil, recordOfEvidence } from '../../shared/evidence-decide.ts';
import { refuse } from '../../shared/problems.ts';
import { plusMinutes } from '../../shared/time.ts';
import {
  Ban,
  Chuang,
  Er,
  Ge,
  Gong,
  Guan,
  Ji,
  Ke,
  Lian,
  San,
  Shi,
  Shou,
  Wai,
  wednesday,
  Xun,
} from '../cast.ts';
import { given, givenIn, smallHall } from '../given.ts';

const at = (minutes: number) => plusMinutes(wednesday, minutes);
const photo = {
  name: 'a01.jpg',
  kind: 'photo',
  mediaType: 'image/jpeg',
  size: 200_000,
  sha256: 'a'.repeat(64),
  takenAt: at(-5),
} as const;
const film = {
  ...photo,
  name: 'a01.mp4',
  kind: 'video',
  mediaType: 'video/mp4',
  size: 2 * partSize + 1,
  parts: ['b', 'c', 'd'].map((hex) => hex.repeat(64)),
} as const;

const onPhone = {
  violation: 'DIS-PHONE',
  source: 'patrol',
  happened: { from: at(-10), to: at(-9), doubtSeconds: 10 },
  window: 'window-a01',
  subject: { kind: 'persons', persons: ['chuang'] },
  description: '上班时间看手机',
  evidence: [photo, film],
};
const pennant = {
  type: 'BON-PRAISE',
  day: '2026-11-17',
  persons: ['chuang'],
  description: '锦旗',
  evidence: [photo],
};
const stored = { n: 1, storedVersion: 'version-1' };
const reported = (scene = smallHall) => givenIn(scene).after('case.report', onPhone, Xun, at(0));
const received = () => reported().after('case.receiveEvidence', stored, system, at(1));

describe('what a device announces', () => {
  it('fits its kind, and large files name the hash of each part of 8 MiB', () => {
    expect(manifestEntry.safeParse(photo).success).toBe(true);
    expect(manifestEntry.safeParse(film).success).toBe(true);
    for (const wrong of [
      { mediaType: 'image/svg+xml' },
      { size: 0 },
      { size: 501 * 1024 * 1024 },
      { sha256: 'A'.repeat(64) },
      { parts: ['b'.repeat(64)] },
      { kind: 'video' },
    ])
      expect(manifestEntry.safeParse({ ...photo, ...wrong }).success).toBe(false);
    expect(manifestEntry.safeParse({ ...film, parts: film.parts.slice(1) }).success).toBe(false);
    expect(manifest.safeParse(Array.from({ length: 13 }, () => photo)).success).toBe(false);
  });
});

describe('a file on its way', () => {
  it('is received with the version that was checked, and kept as long as the rule book says', () => {
    reported()
      .when('case.receiveEvidence', stored, system, at(1))
      .then({ type: 'evidence.received', n: 1, storedVersion: 'version-1', keepUntil: '2027-11-30' });
  });

  it('is kept three years where no rule book says otherwise', () => {
    reported({ ...smallHall, ruleBook: (month) => refuse('rulebook.none', month) })
      .when('case.receiveEvidence', stored, system, at(1))
      .then({ type: 'evidence.received', keepUntil: '2029-11-30' });
  });

  it('large ones are uploaded first and then received; what was exchanged on the way is rejected and may come again', () => {
    const told = reported().after('case.uploadEvidence', { n: 2, storedVersion: 'v1' }, system, at(1));
    told.when('case.uploadEvidence', { n: 2, storedVersion: 'v1' }, system, at(2)).quiet();
    told
      .when('case.rejectEvidence', { n: 2, storedVersion: 'v1' }, system, at(3))
      .then({ type: 'evidence.rejected' });
    told.when('case.rejectEvidence', { n: 2, storedVersion: 'v1' }, system, at(3)).quiet();
    told
      .when('case.uploadEvidence', { n: 2, storedVersion: 'v2' }, system, at(4))
      .then({ type: 'evidence.uploaded' });
    told
      .when('case.receiveEvidence', { n: 2, storedVersion: 'v2' }, system, at(5))
      .then({ type: 'evidence.received' });
  });

  it('is received once: nothing takes the place of what was seen', () => {
    for (const verb of ['receive', 'upload', 'reject'])
      received()
        .when(`case.${verb}Evidence`, { n: 1, storedVersion: 'version-2' }, system, at(2))
        .refused('evidence.already-received');
  });

  it('must have been announced', () => {
    reported()
      .when('case.receiveEvidence', { ...stored, n: 3 }, system, at(1))
      .refused('evidence.unknown');
    reported().when('case.purgeEvidence', { n: 3 }, system, at(1)).refused('evidence.unknown');
  });

  it('is nobody’s word but the house’s own', () => {
    for (const actor of [Xun, Ge, Ke, Ban, Guan]) {
      reported().when('case.receiveEvidence', stored, actor, at(1)).refused('access.denied');
      received().when('case.purgeEvidence', { n: 1 }, actor, at(1)).refused('access.denied');
    }
  });

  it('belongs to any kind of record', () => {
    given()
      .after('bonus.report', pennant, Xun, at(0))
      .when('bonus.receiveEvidence', stored, system, at(1))
      .then({ type: 'evidence.received', keepUntil: '2027-11-30' });
    given()
      .after('inspection.open', { kind: 'patrol', startedAt: at(0) }, Xun, at(0))
      .after('inspection.record', { evidence: [photo] }, Xun, at(1))
      .when('inspection.receiveEvidence', stored, system, at(2))
      .then({ type: 'evidence.received', keepUntil: '2027-11-18' });
  });

  it('of a sealed lead arrives as well', () => {
    const bribe = { ...onPhone, violation: 'INT-BRIBE' };
    given()
      .after('case.report', bribe, Xun, at(0))
      .after('case.transfer', { reason: '移送' }, Ke, at(1))
      .when('case.receiveEvidence', stored, system, at(2))
      .then({ type: 'evidence.received' });
  });
});

describe('the purge', () => {
  it('comes the day after the last day, once, and says how long it was kept', () => {
    const told = received();
    told.when('case.purgeEvidence', { n: 1 }, system, '2027-11-30T15:59:59.999Z').refused('evidence.kept');
    told
      .when('case.purgeEvidence', { n: 1 }, system, '2027-11-30T16:00:00.000Z')
      .then({ type: 'evidence.purged', n: 1, keptUntil: '2027-11-30' });
    told
      .when('case.purgeEvidence', { n: 1 }, system, '2027-12-01T16:00:00.000Z')
      .refused('evidence.already-purged');
    told
      .when('case.receiveEvidence', stored, system, '2027-12-01T16:00:00.000Z')
      .refused('evidence.already-purged');
    expect(told.house.head('case', told.id)?.evidence[0]).not.toHaveProperty('storedVersion');
  });

  it('has nothing to purge of what never arrived', () => {
    reported()
      .when('case.purgeEvidence', { n: 2 }, system, '2030-01-01T00:00:00.000Z')
      .refused('evidence.not-received');
  });

  it('is due after whole days, whatever the month', () => {
    expect(keepUntil('2026-11-30', 30)).toBe('2026-12-30');
    expect(keepUntil('2024-02-29')).toBe('2027-03-01');
  });
});

describe('looking', () => {
  const look = (id: string, change: object = {}) => ({
    evidence: `${id}~1`,
    reason: '核实问题',
    expires: at(30),
    ...change,
  });

  it('is entered in a register of its own and never changes the case', () => {
    const told = received();
    told
      .when('lookup.view', look(told.id), Ge, at(10))
      .then({ type: 'evidence.viewed', n: 1, reason: { text: '核实问题' }, expires: at(30) });
    told.when('lookup.view', look(told.id), Chuang, at(12)).then({ type: 'evidence.viewed' });
    expect(told.house.head('lookup', `${told.id}~1`)).toEqual({
      evidence: `${told.id}~1`,
      views: 2,
      last: at(12),
    });
    expect(told.house.journal.filter(({ ref }) => ref.kind === 'case')).toHaveLength(2);
  });

  it('needs a reason and ends within the hour', () => {
    const told = received();
    told.when('lookup.view', look(told.id, { reason: ' ' }), Ge, at(10)).refused('request.invalid');
    for (const expires of [at(10), at(9), at(71)])
      told.when('lookup.view', look(told.id, { expires }), Ge, at(10)).refused('evidence.view-too-long');
    told
      .when('lookup.view', look(told.id, { expires: at(70) }), Ge, at(10))
      .then({ type: 'evidence.viewed' });
  });

  it('shows nothing that has not arrived, was purged, or was never announced', () => {
    const told = received();
    told
      .when('lookup.view', look(told.id, { evidence: `${told.id}~2` }), Ge, at(10))
      .refused('evidence.not-received');
    told
      .when('lookup.view', look(told.id, { evidence: `${told.id}~3` }), Ge, at(10))
      .refused('evidence.unknown');
    const late = '2027-12-01T02:00:00.000Z';
    told.after('case.purgeEvidence', { n: 1 }, system, late);
    told
      .when('lookup.view', look(told.id, { expires: plusMinutes(late, 5) }), Ke, late)
      .refused('evidence.already-purged');
  });

  it('is for those who may read the record', () => {
    const told = received();
    const may = [Xun, Shi, San, Ge, Gong, Ke, Shou, Lian, Chuang, Er, Ji, Ban, Guan, Wai].filter(
      (actor) => told.when('lookup.view', look(told.id), actor, at(10)).result.ok,
    );
    expect(may.map(({ person }) => person)).toEqual([
      'xun',
      'ge',
      'ke',
      'shou',
      'lian',
      'chuang',
      'ji',
      'ban',
    ]);
  });

  it('at a sealed lead is for the auditor alone; for the others it is not there', () => {
    const bribe = { ...onPhone, violation: 'INT-BRIBE' };
    const told = given()
      .after('case.report', bribe, Xun, at(0))
      .after('case.receiveEvidence', stored, system, at(1));
    for (const actor of [Xun, Ge, Ke, Ban, Lian])
      told.when('lookup.view', look(told.id), actor, at(10)).refused('thing.not-found');
    told.when('lookup.view', look(told.id), Ji, at(10)).then({ type: 'evidence.viewed' });
  });

  it('at a record that is not there tells nobody so', () => {
    const nowhere = 'case-2026-11-00000000-0000-4000-8000-0000000000ff';
    for (const actor of [Ge, Ke, Ji, Wai])
      given().when('lookup.view', look(nowhere), actor, at(10)).refused('thing.not-found');
  });

  it('names one piece of one record', () => {
    const told = received();
    for (const evidence of [
      told.id,
      `${told.id}~0`,
      `${told.id}~x`,
      `${told.id}~1~2`,
      'month-2026-11~1',
      '~1',
    ])
      told.when('lookup.view', look(told.id, { evidence }), Ge, at(10)).refused('request.invalid');
    expect(recordOfEvidence('talk-2026-11-section-staff-0101-1~3')).toEqual({
      kind: 'talk',
      id: 'talk-2026-11-section-staff-0101-1',
      n: 3,
    });
    expect(() => recordOfEvidence('month-2026-11~1')).toThrow();
  });
});

describe('the fold of files', () => {
  const files = announce([], [photo, film, photo], 1);

  it('numbers on, changes only the file that is meant, and never goes back', () => {
    const event = fc.record({
      type: fc.constantFrom('uploaded' as const, 'received' as const, 'rejected' as const, 'purged' as const),
      n: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        let entries: EvidenceEntry[] = files;
        for (const { type, n } of events) {
          const before = entries;
          switch (type) {
            case 'uploaded':
            case 'rejected':
              entries = foldEvidence(entries, { type: `evidence.${type}`, v: 1, n, storedVersion: 'v' });
              break;
            case 'received':
              entries = foldEvidence(entries, {
                type: 'evidence.received',
                v: 1,
                n,
                storedVersion: 'v',
                keepUntil: '2027-01-01',
              });
              break;
            case 'purged':
              entries = foldEvidence(entries, { type: 'evidence.purged', v: 1, n, keptUntil: '2027-01-01' });
              break;
          }
          expect(entries.map((entry) => entry.n)).toEqual([1, 2, 3]);
          for (const [index, entry] of entries.entries()) {
            expect(entry.sha256).toBe(files[index]?.sha256);
            if (entry.n === n) expect(entry.state).toBe(type);
            else expect(entry).toEqual(before[index]);
            if (entry.state === 'purged' || entry.state === 'rejected')
              expect(entry).not.toHaveProperty('storedVersion');
          }
        }
        expect(missingFiles(entries) <= 3).toBe(true);
        expect(nextPurge(entries) === undefined).toBe(!entries.some((entry) => entry.state === 'received'));
      }),
    );
  });

  it('says how many are still missing', () => {
    expect(missingFiles(files)).toBe(3);
    const one = foldEvidence(files, { type: 'evidence.uploaded', v: 1, n: 1, storedVersion: 'v' });
    expect(missingFiles(one)).toBe(3);
    expect(
      missingFiles(
        foldEvidence(one, {
          type: 'evidence.received',
          v: 1,
          n: 1,
          storedVersion: 'v',
          keepUntil: '2027-01-01',
        }),
      ),
    ).toBe(2);
  });
});
