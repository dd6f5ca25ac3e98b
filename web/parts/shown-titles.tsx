// Titles whose names are up (公示): everybody of the hall may read them and object while they are. Shows no candidate.
import type { ReactElement } from 'react';
import type { View } from '../../shared/views.ts';
import { termWords } from '../month-words.ts';
import { followLink } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';

type Award = View<'award.list'>['items'][number];

const lastDayOf = ({ state }: Award): string | undefined =>
  (state.recipients ?? [])
    .flatMap(({ publicity, announcedAt }) =>
      announcedAt === undefined && publicity ? [publicity.until] : [],
    )
    .sort()
    .at(-1);

/** Nothing while no names are up. */
export const ShownTitles = ({ awards }: { awards: readonly Award[] }): ReactElement | null => {
  const shown = awards.flatMap((award) => {
    const until = lastDayOf(award);
    return until === undefined ? [] : [{ award, until }];
  });
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>正在公示</h2>
      <div className="line-list">
        {shown.map(({ award, until }) => (
          <a key={award.id} className="line-card" href={`/awards/${award.id}`} onClick={followLink}>
            <div className="line-head">
              <strong>
                {termWords(award.state)}
                {award.state.title}
              </strong>
              <span className="mark blue">公示中</span>
            </div>
            <p className="quiet">{dateTimeWords(until)} 前可以提出异议,点开查看名单</p>
          </a>
        ))}
      </div>
    </section>
  );
};
