// 光荣榜: a full screen for the hall's display, open to everybody. Only titles that were published; nothing of a case, a
// score or a candidate. Renews itself, turns its lists by itself, and needs neither mouse nor sign-in.
import '../style/honour.css';
import { type ReactElement, useEffect, useState } from 'react';
import { termWords, titleWords } from '../../shared/term-words.ts';
import type { View } from '../../shared/views.ts';
import { type Outcome, readOpen } from '../client.ts';
import { houseNow } from '../clock.ts';
import { Icon } from '../parts/icon.tsx';
import { Refused, Waiting } from '../parts/words.tsx';
import { followLink } from '../route.ts';
import { signedIn } from '../sign-in.ts';
import { dateTimeWords } from '../time-words.ts';

type Wall = View<'honour.wall'>;
type List = Wall['lists'][number];

const renewEvery = 5 * 60_000;
const turnEvery = 20_000;

const useWall = (): Outcome<Wall> | undefined => {
  const [wall, setWall] = useState<Outcome<Wall>>();
  useEffect(() => {
    const centre = new URLSearchParams(window.location.search).get('centre');
    const at = centre === null ? '/api/honour' : `/api/honour?centre=${encodeURIComponent(centre)}`;
    const ask = async (): Promise<void> => {
      const answer = await readOpen('honour.wall', at);
      // What hangs on the wall stays there while the line is down.
      setWall((before) => (answer.ok || !before?.ok ? answer : before));
    };
    void ask();
    const timer = setInterval(() => void ask(), renewEvery);
    return () => clearInterval(timer);
  }, []);
  return wall;
};

/** Which list is in the middle: turned by time, or by whoever touches its name. */
const useTurn = (count: number): [number, (to: number) => void] => {
  const [at, setAt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a touch begins the time anew
  useEffect(() => {
    if (count < 2) return;
    const timer = setInterval(() => setAt((before) => (before + 1) % count), turnEvery);
    return () => clearInterval(timer);
  }, [count, at]);
  return [Math.min(at, Math.max(0, count - 1)), setAt];
};

const Plate = ({ person }: { person: List['people'][number] }): ReactElement => (
  <li className="plate">
    <Icon name="star" />
    <p className="plate-name">{[...person.name].length === 2 ? [...person.name].join(' ') : person.name}</p>
    <p className="plate-place">
      {person.department}
      {person.window === undefined || person.name.includes(person.window) ? null : (
        <span className="plate-window">{person.window} 窗口</span>
      )}
    </p>
  </li>
);

const listName = (list: List): string => `${titleWords(list)}${list.stage === 'publicity' ? '(公示)' : ''}`;

const Hanging = ({ wall }: { wall: Wall }): ReactElement => {
  const lists = wall.lists.slice(0, 8);
  const [at, turn] = useTurn(lists.length);
  const list = lists[at];
  if (!list)
    return (
      <div className="honour-empty">
        <Icon name="honour" />
        <p>新一期评选结果公布后,将在这里展示。</p>
      </div>
    );
  return (
    <>
      <div className="honour-list" key={at}>
        <p className="honour-month">{termWords(list)}</p>
        <h2>{list.title}</h2>
        {list.until === undefined ? null : (
          <p className="honour-until">
            {list.until < houseNow().toISOString()
              ? '公示期满,待公布'
              : `公示中,${dateTimeWords(list.until)} 前可向中心督查科提出意见`}
          </p>
        )}
        <ul
          className={`plates of-${list.people.length > 10 ? 'many' : list.people.length > 4 ? 'some' : 'few'}`}
        >
          {list.people.map((person) => (
            <Plate key={`${person.name}${person.window ?? ''}${person.department ?? ''}`} person={person} />
          ))}
        </ul>
      </div>
      {lists.length > 1 ? (
        <nav className="honour-turn" aria-label="往期光荣榜">
          {lists.map((one, nth) => (
            <button
              key={`${listName(one)}${one.code}`}
              type="button"
              aria-current={nth === at}
              onClick={() => turn(nth)}
            >
              {listName(one)}
            </button>
          ))}
        </nav>
      ) : null}
    </>
  );
};

const Honour = (): ReactElement => {
  const wall = useWall();
  useEffect(() => {
    document.title = '光荣榜 · 明窗';
  }, []);
  return (
    <main className="honour">
      <header>
        <p className="honour-centre">{wall?.ok ? wall.value.centre.name : ''}</p>
        <h1>光荣榜</h1>
        <p className="honour-rule" aria-hidden="true" />
      </header>
      {wall === undefined ? <Waiting what="正在打开光荣榜" /> : null}
      {wall && !wall.ok ? <Refused refusal={wall.refusal} /> : null}
      {wall?.ok ? <Hanging wall={wall.value} /> : null}
      {signedIn() === undefined ? null : (
        <a className="honour-back no-print" href="/" onClick={followLink}>
          返回
        </a>
      )}
    </main>
  );
};
export default Honour;
