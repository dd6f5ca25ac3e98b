// Where a patrol begins: what was left open, a suggested round, the grids, and the way to everything else. Works from what
// this device was given along.
import { type ReactElement, useEffect, useState } from 'react';
import { firstViews } from '../../shared/first-views.ts';
import { daysBetween, placeByPlace, type Seen, shareOf, suggestRound } from '../../shared/suggested-round.ts';
import { dayOf, plusDays } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { read } from '../client.ts';
import { houseNow, today } from '../clock.ts';
import { whenIdle } from '../idle.ts';
import { type Draft, draftsOf, dropDraft, type LocalRound } from '../outbox-db.ts';
import { Hint } from '../parts/hint.tsx';
import { Icon } from '../parts/icon.tsx';
import { SureButton } from '../parts/sure-button.tsx';
import { Refused, Waiting } from '../parts/words.tsx';
import { followLink, go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords, timeWords } from '../time-words.ts';
import type { Me } from '../visitor-here.ts';
import { keptForms } from './kept-form.ts';
import { ageWords } from './queue-mark.tsx';
import { type Shift, useShift } from './shift-kept.ts';
import { adopt, beginRound, endedHere, roundsHere, saveMarks, seenHere } from './walk.ts';

/** Windows unseen for so many days come for certain; a round sees about a third of them. */
const atLatest = 5;
const sizeOf = (windows: number): number => Math.max(Math.min(windows, 8), Math.ceil(windows / 3));
const stretch = 14;

type Coverage = View<'shift.coverage'>;
const coverageKey = 'mingchuang.coverage';
const keptCoverage = (): Coverage | undefined => {
  const text = localStorage.getItem(coverageKey);
  const kept = text === null ? undefined : firstViews['shift.coverage'].safeParse(JSON.parse(text));
  return kept?.success ? kept.data : undefined;
};

export const useCoverage = (): Coverage | undefined => {
  const [coverage, setCoverage] = useState(keptCoverage);
  useEffect(() => {
    const path = `/api/shift/coverage?from=${plusDays(today(), 1 - stretch)}&to=${today()}`;
    const ask = async (): Promise<void> => {
      const answer = await read('shift.coverage', path);
      if (!answer.ok) return;
      localStorage.setItem(coverageKey, JSON.stringify(answer.value));
      setCoverage(answer.value);
    };
    whenIdle(() => void ask());
  }, []);
  return coverage;
};

/** Days since each window was seen, by the house and by what lies on this device. */
const seenOf = (
  shift: Shift,
  coverage: Coverage | undefined,
  here: ReadonlyMap<string, string> | undefined,
): Seen[] => {
  const last = new Map(coverage?.windows.map((one) => [one.id, one.last]));
  return shift.windows.map(({ id }) => {
    const at = [last.get(id), here?.get(id)]
      .flatMap((one) => one ?? [])
      .sort()
      .at(-1);
    return at === undefined
      ? { window: id }
      : { window: id, daysAgo: Math.max(0, daysBetween(dayOf(at), today())) };
  });
};

/** `10:05`, with the day when it was another one. */
const sinceWords = (instant: string): string =>
  dayOf(instant) === today() ? timeWords(instant) : dateTimeWords(instant);

const Drafts = ({
  drafts,
  person,
  onDropped,
}: {
  drafts: readonly Draft[];
  person: string;
  onDropped(): void;
}): ReactElement | null => {
  const [forms] = useState(() => keptForms(person));
  if (drafts.length + forms.length === 0) return null;
  return (
    <section className="recovered" aria-label="未提交的记录">
      <h2>有 {drafts.length + forms.length} 条没有提交的记录,内容都在</h2>
      <ul>
        {forms.map(({ title, to }) => (
          <li key={to} className="recovered-line">
            <strong>{title}</strong>
            <a className="button primary" href={to} onClick={followLink}>
              继续填写
            </a>
          </li>
        ))}
        {drafts.map((draft) => (
          <li key={draft.id} className="recovered-line">
            <span>
              <strong>{draft.windowTitle}</strong> · {sinceWords(draft.madeAt)} 开始填写
              <span className="quiet">
                {draft.kind === 'deed' ? ' · 好人好事' : ''}
                {draft.files.length > 0 ? ` · ${draft.files.length} 个文件` : ''}
              </span>
            </span>
            <span className="line-tools">
              <SureButton what="删除" sure="确认删除这条" act={() => dropDraft(draft).then(onDropped)} />
              <a className="button primary" href={`/patrol/finding/${draft.id}`} onClick={followLink}>
                继续填写
              </a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const gridNameOf = (shift: Shift, grid: string): string =>
  shift.grids.find(({ id }) => id === grid)?.name ?? '推荐路线';

const OpenRounds = ({
  rounds,
  shift,
}: {
  rounds: readonly LocalRound[];
  shift: Shift;
}): ReactElement | null => {
  if (rounds.length === 0) return null;
  return (
    <ul className="open-rounds">
      {rounds.map((round) => {
        const seen = Object.keys(round.marks).length;
        return (
          <li key={round.id}>
            <a
              className="open-round"
              href={`/patrol/round/${encodeURIComponent(round.id)}`}
              onClick={followLink}
            >
              <Icon name="patrol" />
              <span>
                <strong>{gridNameOf(shift, round.grid)}</strong> 巡查未结束
                <span className="quiet">
                  {' '}
                  · {sinceWords(round.startedAt)} 开始 · 已查 {seen} 个窗口
                </span>
              </span>
              <span className="button primary">继续巡查</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
};

/** Rounds of this device, and those begun on another tablet that the house knows of. */
const useRounds = (me: Me, shift: Shift | undefined): LocalRound[] => {
  const [rounds, setRounds] = useState<LocalRound[]>([]);
  useEffect(() => {
    let open = true;
    void (async () => {
      const here = await roundsHere(me.person);
      const known = new Set(here.map(({ id }) => id));
      for (const found of shift?.rounds ?? [])
        if (!known.has(found.id) && !endedHere(found.id)) await adopt(me, found);
      if (shift) for (const round of here) await saveMarks(me, round, gridNameOf(shift, round.grid));
      const all = await roundsHere(me.person);
      if (open) setRounds(all);
    })();
    return () => {
      open = false;
    };
  }, [me, shift]);
  return rounds;
};

const Home = ({ me }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  const coverage = useCoverage();
  const [drafts, setDrafts] = useState<Draft[]>([]);
  const [seenByMe, setSeenByMe] = useState<ReadonlyMap<string, string>>();
  const rounds = useRounds(me, here?.shift);
  const reread = (): void => void draftsOf(me.person).then(setDrafts);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once when the screen opens
  useEffect(reread, []);
  useEffect(() => void seenHere(me.person).then(setSeenByMe), [me.person]);
  // Asked for before anything is made here; what came of it stands on the screen of the queue.
  useEffect(() => void navigator.storage.persist(), []);
  if (!here) return refusal ? <Refused refusal={refusal} /> : <Waiting what="正在准备巡查资料" />;
  const { shift } = here;
  const seen = seenOf(shift, coverage, seenByMe);
  const share = shareOf(seen);
  const stale = shift.day !== today();
  const suggest = async (): Promise<void> => {
    const chance = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
    const drawn = suggestRound(seen, { size: sizeOf(seen.length), atLatest, chance });
    const gridOf = new Map(shift.windows.map(({ id, grid }) => [id, grid]));
    const hallOf = new Map(shift.grids.map(({ id, hall }) => [id, hall]));
    const placesOf = (window: string): string[] => {
      const grid = gridOf.get(window) ?? '';
      return [`hall ${hallOf.get(grid) ?? ''}`, `grid ${grid}`];
    };
    const route = placeByPlace(drawn, placesOf, chance);
    const round = await beginRound(me, { id: '', name: '推荐路线' }, route);
    go(`/patrol/round/${encodeURIComponent(round.id)}`);
  };
  return (
    <div className="patrol-home">
      <header className="patrol-title">
        <h1>巡查</h1>
        <span className="quiet">
          {stale
            ? `资料为 ${shift.day} 的,在岗人员可能有变,联网后自动更新`
            : `资料${ageWords(shift.now, houseNow())}更新`}
        </span>
      </header>
      <Hint name="patrol">
        没有网络也可以照常巡查:记录、照片先存在平板上,联网后自动上传,顶部会显示“仅在本机”还有几条。收工前看一眼是否都已上传。
      </Hint>
      <Drafts drafts={drafts} person={me.person} onDropped={reread} />
      <OpenRounds rounds={rounds} shift={shift} />
      <section className="suggested">
        <div>
          <h2>推荐路线</h2>
          <p>
            近 {stretch} 天已查 <b>{share.seen}</b>/{share.all} 个窗口
            {share.longest === undefined
              ? share.seen < share.all
                ? `,${share.all - share.seen} 个还没有查过`
                : ''
              : `,最久的一个 ${share.longest} 天没查`}
            。路线随机,久未查的优先。
          </p>
          <meter min={0} max={Math.max(1, share.all)} value={share.seen} aria-label="已查窗口所占比例" />
        </div>
        <button type="button" className="button primary" onClick={() => void suggest()}>
          <Icon name="compass" />
          按推荐路线巡查
        </button>
      </section>
      <h2 className="section-title">按网格巡查</h2>
      <ul className="grid-tiles">
        {shift.grids.map((grid) => {
          const windows = shift.windows.filter((window) => window.grid === grid.id);
          const ids = new Set(windows.map(({ id }) => id));
          const own = shareOf(seen.filter(({ window }) => ids.has(window)));
          return (
            <li key={grid.id} className="grid-tile">
              <a href={`/patrol/round/new?grid=${encodeURIComponent(grid.id)}`} onClick={followLink}>
                <span className="grid-hall">{grid.hall}</span>
                <strong className="grid-name">{grid.name}</strong>
                <span className="quiet">
                  {windows.length} 个窗口 · {stretch} 天内查过 {own.seen}
                </span>
              </a>
              <span className="grid-tools">
                <a
                  className="button bare"
                  href={`/patrol/roll-call/${encodeURIComponent(grid.id)}`}
                  onClick={followLink}
                >
                  <Icon name="clock" />
                  开门查岗
                </a>
                <a
                  className="button bare"
                  href={`/patrol/sheet/${encodeURIComponent(grid.id)}`}
                  onClick={followLink}
                >
                  <Icon name="print" />
                  巡查表
                </a>
              </span>
            </li>
          );
        })}
      </ul>
      <nav className="patrol-ways" aria-label="其他">
        <a className="button" href="/patrol/scan" onClick={followLink}>
          <Icon name="patrol" />
          扫窗口二维码
        </a>
        <a className="button" href="/patrol/codes" onClick={followLink}>
          <Icon name="qr" />
          打印窗口二维码
        </a>
        <a className="button" href="/reports" onClick={followLink}>
          <Icon name="report" />
          我的上报
        </a>
        {me.roles.some(({ role }) => role === 'clerk') ? (
          <a className="button" href="/patrol/entry" onClick={followLink}>
            <Icon name="list" />
            补录巡查表
          </a>
        ) : null}
        <a className="button" href="/queue?end=1" onClick={followLink}>
          <Icon name="flag" />
          收工
        </a>
      </nav>
    </div>
  );
};
export default Home;
