// Titles whose names are up (公示): everybody of the hall may read them and object while they are; and those in which the
// reader, or whom they put forward, fell out. Shows no candidate.
import type { ReactElement } from 'react';
import { publicityEnds } from '../../shared/publicity.ts';
import { termWords } from '../../shared/term-words.ts';
import type { View } from '../../shared/views.ts';
import { houseNow } from '../clock.ts';
import { followLink } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';

type Award = View<'award.list'>['items'][number];

interface Line {
  award: Award;
  mark: ReactElement;
  words: string;
}

const linesOf = (awards: readonly Award[]): Line[] => {
  const now = houseNow().toISOString();
  return awards.flatMap((award) => {
    const until = publicityEnds(award.state.recipients).at(-1);
    return [
      ...((award.state.withdrawn ?? []).length === 0
        ? []
        : [{ award, mark: <span className="mark amber">人选已撤销</span>, words: '点开查看理由' }]),
      ...(until === undefined || until < now
        ? []
        : [
            {
              award,
              mark: <span className="mark blue">公示中</span>,
              words: `${dateTimeWords(until)} 前可以提出异议,点开查看名单`,
            },
          ]),
    ];
  });
};

/** Nothing while no names are up and nobody of the reader's fell out. */
export const ShownTitles = ({ awards }: { awards: readonly Award[] }): ReactElement | null => {
  const shown = linesOf(awards);
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>评选公示</h2>
      <div className="line-list">
        {shown.map(({ award, mark, words }) => (
          <a
            key={`${award.id} ${words}`}
            className="line-card"
            href={`/awards/${award.id}`}
            onClick={followLink}
          >
            <div className="line-head">
              <strong>
                {termWords(award.state)}
                {award.state.title}
              </strong>
              {mark}
            </div>
            <p className="quiet">{words}</p>
          </a>
        ))}
      </div>
    </section>
  );
};
