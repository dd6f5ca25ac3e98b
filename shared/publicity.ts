// 公示: until when the names of a title are up. One place for the screens, the duties and the wall; knows no clock.
import type { Instant } from './time.ts';

interface Shown {
  publicity?: { until: Instant } | undefined;
  announcedAt?: Instant | undefined;
}

/** Whose names are up at that moment, and may be objected to. */
export const inPublicity = <One extends Shown>(recipients: readonly One[], now: Instant): One[] =>
  recipients.filter(({ publicity }) => publicity !== undefined && now <= publicity.until);

/**
 * When the publicity ends of those whose title is not announced yet, the earliest first: from the first on somebody may be
 * announced, until the last one may be objected to.
 */
export const publicityEnds = (recipients: readonly Shown[] = []): Instant[] =>
  recipients
    .flatMap(({ publicity, announcedAt }) =>
      announcedAt === undefined && publicity ? [publicity.until] : [],
    )
    .sort();
