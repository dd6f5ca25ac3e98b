// Titles whose names are up (公示): everybody of the hall may read them and object while they are; and those in which the
// reader, or whom they put forward, fell out. Shows no candidate.
import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { publicityEnds } from '../../shared/publicity.ts';
import { titleWords } from '../../shared/term-words.ts';
import type { View } from '../../shared/views.ts';
import { read } from '../client.ts';
import { houseNow } from '../clock.ts';
import { lastMonths } from '../month-words.ts';
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

/** The titles of the last months, as far as they are the reader's to see; undefined until they are there. */
export const useTitles = (): { awards: Award[] | undefined; again(): void } => {
  const [awards, setAwards] = useState<Award[]>();
  const [times, setTimes] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `times` is for
  useEffect(() => {
    const asked = lastMonths(4).map((month) => read('award.list', `/api/awards?month=${month}`));
    void Promise.all(asked).then((answers) =>
      setAwards(answers.flatMap((answer) => (answer.ok ? answer.value.items : []))),
    );
  }, [times]);
  return { awards, again: useCallback(() => setTimes((before) => before + 1), []) };
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
              <strong>{titleWords(award.state)}</strong>
              {mark}
            </div>
            <p className="quiet">{words}</p>
          </a>
        ))}
      </div>
    </section>
  );
};
