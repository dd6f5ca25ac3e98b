// The round: windows as tiles with who sits there now. A tap on a tile says fine; beside it finding, praise, not to be
// seen; who sits there is changed by one tap on a name. What nobody marked stays 未查.
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { LookResult } from '../../shared/inspection.ts';
import { database, isFull, type LocalRound, type Mark } from '../outbox-db.ts';
import { Hint } from '../parts/hint.tsx';
import { Icon } from '../parts/icon.tsx';
import { Empty, NoRoom, Waiting } from '../parts/words.tsx';
import { followLink, go, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { timeWords } from '../time-words.ts';
import type { Me } from '../visitor-here.ts';
import { beginDraft } from './draft.ts';
import {
  colleaguesOf,
  departmentName,
  personName,
  type Shift,
  type ShiftWindow,
  seatedNow,
  useShift,
  windowTitle,
} from './shift-kept.ts';
import { beginRound, endRound, mark, rememberEnded, roundsHere, saveMarks, takeBack } from './walk.ts';

const resultWords: Record<LookResult, string> = { fine: '正常', finding: '有问题', notSeen: '看不清' };

/** Marks that nobody changed for so long are handed to the queue. Milliseconds. */
const quietTime = 15_000;

interface TileProps {
  shift: Shift;
  window: ShiftWindow;
  mark: Mark | undefined;
  /** Its place on a suggested way. */
  place: number | undefined;
  /** Somebody came straight here, by the window's code. */
  here: boolean;
  seen: readonly string[];
  onSeen(persons: string[]): void;
  onMark(result: LookResult): void;
  onForm(kind: 'finding' | 'deed'): void;
}

const Tile = ({
  shift,
  window,
  mark: marked,
  place,
  here: arrivedHere,
  seen,
  onSeen,
  onMark,
  onForm,
}: TileProps): ReactElement => {
  const [choosing, setChoosing] = useState(false);
  const tile = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (arrivedHere) tile.current?.scrollIntoView({ block: 'center' });
  }, [arrivedHere]);
  const seated = seatedNow(window);
  const state = marked?.result ?? (seated.open ? 'waiting-look' : 'closed');
  const names = [...new Set([...seated.here, ...seen])];
  const others = colleaguesOf(shift, window).filter(({ id }) => !names.includes(id));
  const toggle = (person: string): void =>
    onSeen(seen.includes(person) ? seen.filter((one) => one !== person) : [...seen, person]);
  return (
    <li ref={tile} className={`window-tile ${state}${arrivedHere ? ' here' : ''}`}>
      <button
        type="button"
        className="tile-face"
        aria-pressed={marked?.result === 'fine'}
        aria-label={`${windowTitle(window)} 正常`}
        onClick={() => onMark('fine')}
      >
        <span className="tile-number">
          {place === undefined ? null : <span className="tile-place">{place}</span>}
          {window.number}
        </span>
        <span className="tile-state">
          {marked?.result === 'fine' ? <Icon name="check" /> : null}
          {marked ? resultWords[marked.result] : seated.open ? '未查' : (seated.notice ?? '暂停服务')}
          {marked ? <small> {timeWords(marked.at)}</small> : null}
        </span>
        <span className="tile-department">{departmentName(shift, window.department)}</span>
      </button>
      <div className="tile-people">
        {names.map((id) => (
          <button
            key={id}
            type="button"
            className="person"
            aria-pressed={seen.length === 0 ? seated.here.length === 1 : seen.includes(id)}
            onClick={() => toggle(id)}
          >
            {personName(shift, id)}
          </button>
        ))}
        {seated.away.map(({ person, why }) => (
          <span key={person} className="person away">
            {personName(shift, person)} {why === 'leave' ? '请假' : '顶岗'}
          </span>
        ))}
        <button
          type="button"
          className="icon-button"
          aria-expanded={choosing}
          aria-label={`${window.number} 换人`}
          onClick={() => setChoosing(!choosing)}
        >
          <Icon name="person-switch" />
        </button>
      </div>
      {choosing ? (
        <div className="tile-others">
          {others.length === 0 ? <span className="quiet">本部门没有其他窗口人员</span> : null}
          {others.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="person"
              onClick={() => {
                onSeen([id]);
                setChoosing(false);
              }}
            >
              {name}
            </button>
          ))}
        </div>
      ) : null}
      <div className="tile-tools">
        <button type="button" className="tile-tool bad" onClick={() => onForm('finding')}>
          <Icon name="alert" />
          问题
        </button>
        <button
          type="button"
          className="tile-tool"
          onClick={() => onForm('deed')}
          aria-label={`${window.number} 好人好事`}
        >
          <Icon name="praise" />
          好事
        </button>
        <button
          type="button"
          className="tile-tool"
          aria-pressed={marked?.result === 'notSeen'}
          aria-label={`${window.number} 看不清`}
          onClick={() => onMark('notSeen')}
        >
          <Icon name="blurred" />
          看不清
        </button>
      </div>
    </li>
  );
};

interface Walking {
  round: LocalRound | undefined;
  /** Begins the round when there is none. */
  change(work: (round: LocalRound) => Promise<LocalRound>): Promise<LocalRound | undefined>;
  /** Only when there is one; whoever gives none back has ended it. */
  finish(work: (round: LocalRound) => Promise<LocalRound | undefined>): Promise<void>;
  /** Does what the device must have room for; says so when it has none. */
  within(work: () => Promise<void>): void;
  full: boolean;
}

/** The round of the address, or none yet; every change goes through here, one after the other. */
const useRound = (
  me: Me,
  id: string,
  grid: { id: string; name: string } | undefined,
): Walking & { known: boolean } => {
  const [full, setFull] = useState(false);
  const [round, setRound] = useState<LocalRound>();
  const [known, setKnown] = useState(false);
  const latest = useRef<LocalRound | undefined>(undefined);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    void database().then(async (db) => {
      const mine = await roundsHere(me.person);
      const found = id === 'new' ? mine.find((one) => one.grid === grid?.id) : await db.get('rounds', id);
      latest.current = found;
      setRound(found);
      setKnown(true);
    });
  }, [id, me.person, grid?.id]);
  const inLine = <T,>(work: () => Promise<T>): Promise<T> => {
    const next = line.current.then(work);
    // One mark that could not be kept must not hold up all that follow.
    line.current = next.catch(() => undefined);
    return next;
  };
  const change: Walking['change'] = (work) =>
    inLine(async () => {
      const from = latest.current ?? (grid ? await beginRound(me, grid, []) : undefined);
      if (!from) return undefined;
      latest.current = await work(from);
      setRound(latest.current);
      return latest.current;
    });
  const finish: Walking['finish'] = (work) =>
    inLine(async () => {
      if (!latest.current) return;
      latest.current = await work(latest.current);
      setRound(latest.current);
    });
  const within: Walking['within'] = (work) =>
    void work().then(
      () => setFull(false),
      (error: unknown) => {
        if (!isFull(error)) throw error;
        setFull(true);
      },
    );
  return { round, change, finish, within, full, known };
};

const Walk = ({
  me,
  shift,
  id,
  grid,
  at,
}: {
  me: Me;
  shift: Shift;
  id: string;
  grid: { id: string; name: string } | undefined;
  /** The window somebody came for. */
  at: string | undefined;
}): ReactElement => {
  const { round, change, finish, within, full, known } = useRound(me, id, grid);
  const [seen, setSeen] = useState<Record<string, string[]>>({});
  const [ending, setEnding] = useState(false);
  /** What 其余正常 marked last, to be taken back. */
  const [rest, setRest] = useState<string[]>([]);
  const gridName = grid?.name ?? shift.grids.find((one) => one.id === round?.grid)?.name ?? '推荐路线';

  // What stands for a while is handed over, or when the tablet is put away; the first screen does it too.
  const unsaved = round?.unsaved.length ?? 0;
  const save = (): void => within(() => finish((from) => saveMarks(me, from, gridName)));
  const saving = useRef(save);
  saving.current = save;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every further mark begins the quiet time anew
  useEffect(() => {
    if (unsaved === 0) return;
    const soon = setTimeout(() => saving.current(), quietTime);
    return () => clearTimeout(soon);
  }, [unsaved, round?.marks]);
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') saving.current();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => document.removeEventListener('visibilitychange', hidden);
  }, []);

  if (!known) return <Waiting what="正在打开巡查" />;
  if (!round && !grid) return <Empty>这次巡查已经结束,或在另一台设备上。请从“巡查”重新开始。</Empty>;
  const inGrid = shift.windows.filter((window) => window.grid === (round?.grid ?? grid?.id));
  const windows =
    round && round.route.length > 0
      ? round.route.flatMap((one) => shift.windows.find((window) => window.id === one) ?? [])
      : inGrid;
  const marks = round?.marks ?? {};
  const staffOf = (window: ShiftWindow): string[] => {
    const chosen = seen[window.id] ?? marks[window.id]?.staffSeen;
    if (chosen) return chosen;
    const { here } = seatedNow(window);
    return here.length === 1 ? here : [];
  };
  const set = (window: ShiftWindow, result: LookResult): void =>
    within(async () => {
      await change((from) =>
        mark(from, [{ window: window.id, result, staffSeen: staffOf(window) }], { takeBack: true }),
      );
    });
  const left = windows.filter((window) => marks[window.id] === undefined);
  const openLeft = left.filter((window) => seatedNow(window).open);
  const undoable = rest.filter((one) => round?.unsaved.includes(one));
  const count = (result: LookResult): number =>
    windows.filter((window) => marks[window.id]?.result === result).length;
  const form = async (window: ShiftWindow, kind: 'finding' | 'deed'): Promise<void> => {
    const walked = await change(async (from) => from);
    const draft = await beginDraft(me, kind, window, seen[window.id] ?? [], walked?.id);
    go(`/patrol/finding/${draft.id}`);
  };
  const end = async (): Promise<void> => {
    await finish(async (last) => {
      rememberEnded(last.id);
      await endRound(me, last, gridName);
      return undefined;
    });
    go('/patrol', { replace: true });
  };
  return (
    <div className="round">
      <header className="round-head">
        <a className="button bare" href="/patrol" onClick={followLink} aria-label="返回巡查首页">
          <Icon name="back" />
        </a>
        <h1>{gridName}</h1>
        <p className="round-counts" role="status">
          <span className="mark green">正常 {count('fine')}</span>
          <span className="mark red">问题 {count('finding')}</span>
          {count('notSeen') > 0 ? <span className="mark amber">看不清 {count('notSeen')}</span> : null}
          <span className="mark">未查 {left.length}</span>
        </p>
        <div className="round-acts">
          <button
            type="button"
            className="button"
            disabled={openLeft.length === 0}
            onClick={() => {
              setRest(openLeft.map((window) => window.id));
              within(async () => {
                await change((from) =>
                  mark(
                    from,
                    openLeft.map((window) => ({
                      window: window.id,
                      result: 'fine',
                      staffSeen: staffOf(window),
                    })),
                  ),
                );
              });
            }}
          >
            <Icon name="check" />
            其余正常
          </button>
          <button type="button" className="button primary" disabled={!round} onClick={() => setEnding(true)}>
            结束巡查
          </button>
        </div>
        {ending ? (
          <div className="notice" role="alertdialog" aria-label="结束巡查">
            <p>
              {left.length === 0
                ? '全部窗口都已查看。'
                : `${left.length} 个窗口没有查看,将记为“未查”:${left.map(({ number }) => number).join('、')}`}
            </p>
            <p className="line-tools">
              <button type="button" className="button" onClick={() => setEnding(false)}>
                继续巡查
              </button>
              <button type="button" className="button primary" onClick={() => within(end)}>
                结束本次巡查
              </button>
            </p>
          </div>
        ) : null}
        {undoable.length > 0 ? (
          <div className="notice undo" role="status">
            <span>已把其余 {undoable.length} 个窗口记为“正常”。</span>
            <button
              type="button"
              className="button"
              onClick={() => {
                setRest([]);
                within(async () => void (await change((from) => takeBack(from, undoable))));
              }}
            >
              <Icon name="undo" />
              撤销
            </button>
          </div>
        ) : null}
        {full ? <NoRoom what="最后一次点击没有保存" /> : null}
      </header>
      <Hint name="round">
        点窗口即为“正常”,再点一次撤销;有问题点“问题”,好人好事点“好事”。没有点到的窗口记为“未查”,不会当作正常。
      </Hint>
      <ul className="window-tiles">
        {windows.map((window, index) => (
          <Tile
            key={window.id}
            shift={shift}
            window={window}
            mark={marks[window.id]}
            place={round && round.route.length > 0 ? index + 1 : undefined}
            here={window.id === at}
            seen={staffOf(window)}
            onSeen={(persons) => setSeen({ ...seen, [window.id]: persons })}
            onMark={(result) => set(window, result)}
            onForm={(kind) => within(() => form(window, kind))}
          />
        ))}
      </ul>
    </div>
  );
};

const Round = ({ me, at }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  const asked = useAsked();
  if (!here) return refusal ? <Empty>{refusal.detail}</Empty> : <Waiting />;
  const grid = here.shift.grids.find(({ id }) => id === asked.get('grid'));
  return (
    <Walk
      me={me}
      shift={here.shift}
      id={at.round ?? 'new'}
      grid={grid}
      at={asked.get('window') ?? undefined}
    />
  );
};
export default Round;
