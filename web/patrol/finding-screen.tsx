// A finding or a good deed: what it is, who it was, what shows it. Filled in as far as the house can know, so that a tap on
// the clause and one on 提交 are enough; the severity is the clause's own, a figure only where the clause leaves a choice.
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { severityNames } from '../../shared/catalog.ts';
import { clauseLabel } from '../../shared/rulebook.ts';
import { type Draft, isFull } from '../outbox-db.ts';
import { Hint } from '../parts/hint.tsx';
import { Icon } from '../parts/icon.tsx';
import { Empty, NoRoom, Waiting } from '../parts/words.tsx';
import { followLink, go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { timeWords } from '../time-words.ts';
import type { Me } from '../visitor-here.ts';
import { handIn, missingIn, plainWords, useDraft, withType } from './draft.ts';
import { deeds, type Findable, findables, type InitialsOf, inOrder, searched, usedNow } from './findable.ts';
import { colleaguesOf, personName, type Shift, seatedNow, useShift } from './shift-kept.ts';
import { Takings } from './takings.tsx';
import { mark, roundsHere } from './walk.ts';

const recentKey = 'mingchuang.recent';
const recentTypes = (): string[] => (localStorage.getItem(recentKey) ?? '').split(',').filter(Boolean);

/** How many are shown before somebody searches: as many as fit beside the camera without scrolling. */
const shownFirst = 12;

const severityMarks = { minor: 'mark blue', evident: 'mark amber', serious: 'mark red' } as const;

/** `第3条`; with the clause's title only where it says more than the name that stands above it. */
const clauseBeside = (clause: Findable['clauses'][number], name: string): string =>
  clauseLabel(clause.title === name ? { ...clause, title: '' } : clause).trim();

const Kinds = ({
  shift,
  chosen,
  onChoose,
}: {
  shift: Shift;
  chosen: string | undefined;
  onChoose(one: Findable): void;
}): ReactElement => {
  const [asked, setAsked] = useState('');
  const [initials, setInitials] = useState<InitialsOf>();
  const [whole, setWhole] = useState(false);
  const [recent] = useState(recentTypes);
  const ordered = useMemo(
    () => inOrder(findables(shift.rules?.clauses ?? [], initials), recent, shift.frequent),
    [shift, initials, recent],
  );
  const found = asked.trim() === '' ? ordered : searched(ordered, asked);
  const shown = whole || asked.trim() !== '' ? found : found.slice(0, shownFirst);
  const picked = ordered.find(({ type }) => type === chosen);
  const all = picked && !shown.includes(picked) ? [picked, ...shown] : shown;
  return (
    <section aria-label="发现的问题">
      <div className="clause-search">
        <Icon name="search" />
        <input
          type="search"
          value={asked}
          placeholder="搜条款:汉字或拼音首字母,如 wgsysj"
          aria-label="搜索条款"
          onFocus={() => {
            if (!initials)
              void import('./initials.ts').then(({ initialsOf }) => setInitials(() => initialsOf));
          }}
          onChange={(event) => setAsked(event.target.value)}
        />
      </div>
      <div className="clauses">
        {all.map((one) => (
          <button
            key={one.type}
            type="button"
            className="clause"
            aria-pressed={one.type === chosen}
            onClick={() => onChoose(one)}
          >
            <strong>{one.name}</strong>
            <small>
              <span className={severityMarks[one.severity]}>{severityNames[one.severity]}</span>{' '}
              {one.clauses[0] ? clauseBeside(one.clauses[0], one.name) : '办法未列条款'}
              {recent.includes(one.type) ? ' · 最近用过' : ''}
            </small>
          </button>
        ))}
      </div>
      {all.length === 0 ? <p className="quiet">没有找到。可换一个词,或用拼音首字母。</p> : null}
      {asked.trim() === '' && !whole && found.length > shownFirst ? (
        <button type="button" className="button bare" onClick={() => setWhole(true)}>
          显示全部 {found.length} 项
        </button>
      ) : null}
    </section>
  );
};

const Deeds = ({
  chosen,
  onChoose,
}: {
  chosen: string | undefined;
  onChoose(type: string): void;
}): ReactElement => (
  <section className="clauses" aria-label="好人好事类型">
    {deeds.map((one) => (
      <button
        key={one.code}
        type="button"
        className="clause"
        aria-pressed={one.code === chosen}
        onClick={() => onChoose(one.code)}
      >
        <strong>{one.name}</strong>
        <small>证明:{one.proof}</small>
      </button>
    ))}
  </section>
);

interface FormProps {
  draft: Draft;
  shift: Shift;
  change(next: (draft: Draft) => Draft): void;
}

const Who = ({ draft, shift, change }: FormProps): ReactElement => {
  const [more, setMore] = useState(false);
  const { fields } = draft;
  const window = shift.windows.find(({ id }) => id === draft.window);
  const here = window ? seatedNow(window, draft.madeAt).here : [];
  const names = [...new Set([...here, ...fields.persons])];
  const others = (
    window ? colleaguesOf(shift, window) : shift.staff.filter(({ post }) => post === 'window')
  ).filter(({ id }) => !names.includes(id));
  const contractors = shift.departments.filter(({ contractor }) => contractor);
  const toggle = (person: string): void =>
    change((before) => {
      const persons = before.fields.persons.includes(person)
        ? before.fields.persons.filter((one) => one !== person)
        : [...before.fields.persons, person];
      const subject = persons.length > 0 || before.kind === 'deed' ? 'persons' : 'unidentified';
      return { ...before, fields: { ...before.fields, persons, subject } };
    });
  const subject = (to: Draft['fields']['subject']): void =>
    change((before) => ({ ...before, fields: { ...before.fields, subject: to, settled: false } }));
  return (
    <section className="who" aria-label="涉及人员">
      {names.map((id) => (
        <button
          key={id}
          type="button"
          className="person"
          aria-pressed={fields.subject === 'persons' && fields.persons.includes(id)}
          onClick={() => toggle(id)}
        >
          {personName(shift, id)}
        </button>
      ))}
      <button type="button" className="person plain" aria-expanded={more} onClick={() => setMore(!more)}>
        <Icon name="person-switch" />
        其他人
      </button>
      {draft.kind === 'finding' ? (
        <>
          <button
            type="button"
            className="person plain"
            aria-pressed={fields.subject === 'unidentified'}
            onClick={() => subject('unidentified')}
          >
            人员待核
          </button>
          {draft.window === undefined ? null : (
            <button
              type="button"
              className="person plain"
              aria-pressed={fields.subject === 'window'}
              onClick={() => subject('window')}
            >
              只涉及窗口
            </button>
          )}
          {contractors
            .filter(({ id }) => more || (fields.subject === 'contractor' && fields.contractor === id))
            .map(({ id, name }) => (
              <button
                key={id}
                type="button"
                className="person plain"
                aria-pressed={fields.subject === 'contractor' && fields.contractor === id}
                onClick={() =>
                  change((before) => ({
                    ...before,
                    fields: { ...before.fields, subject: 'contractor', contractor: id, settled: false },
                  }))
                }
              >
                {name}
              </button>
            ))}
        </>
      ) : null}
      {more ? (
        <div className="tile-others">
          {others.slice(0, 60).map(({ id, name }) => (
            <button key={id} type="button" className="person" onClick={() => toggle(id)}>
              {name}
            </button>
          ))}
        </div>
      ) : null}
    </section>
  );
};

/** Which clause, how grave, how much where there is a choice, and whether it ended on the spot. */
const Judgement = ({
  draft,
  chosen,
  change,
}: Omit<FormProps, 'shift'> & { chosen: Findable }): ReactElement => {
  const { fields } = draft;
  const clause = chosen.clauses.find(({ code }) => code === fields.clause) ?? chosen.clauses[0];
  const set = (more: Partial<Draft['fields']>): void =>
    change((before) => ({ ...before, fields: { ...before.fields, ...more } }));
  return (
    <section className="judgement" aria-label="条款">
      {chosen.clauses.length > 1 ? (
        <div className="who">
          {chosen.clauses.map((one) => (
            <button
              key={one.code}
              type="button"
              className="person"
              aria-pressed={one === clause}
              onClick={() => set({ clause: one.code, settled: false })}
            >
              {clauseLabel(one)}
            </button>
          ))}
        </div>
      ) : null}
      {clause?.range ? (
        <label className="range">
          <span>
            酌情 {clause.range.from / 100}–{clause.range.to / 100} 分,建议{' '}
            {fields.points === undefined ? '由核实人定' : `${fields.points / 100} 分`}
          </span>
          <input
            type="range"
            min={clause.range.from}
            max={clause.range.to}
            step={50}
            value={fields.points ?? clause.range.from}
            onChange={(event) => set({ points: Number(event.target.value) })}
          />
        </label>
      ) : null}
      {clause?.severity === 'minor' && fields.subject !== 'unidentified' ? (
        <label className="check">
          <input
            type="checkbox"
            checked={fields.settled}
            onChange={(event) => set({ settled: event.target.checked })}
          />
          当场提醒,已改正(不扣分)
        </label>
      ) : null}
    </section>
  );
};

const Form = ({ me, id, shift }: { me: Me; id: string; shift: Shift }): ReactElement => {
  const { draft, change, full, settled } = useDraft(id);
  const [handing, setHanding] = useState(false);
  /** The device had no room for the record; the draft is kept. */
  const [refused, setRefused] = useState(false);
  const [recording, setRecording] = useState(false);
  /** What the camera still makes ready. */
  const working = useRef<Promise<unknown>>(Promise.resolve());
  const all = useMemo(() => findables(shift.rules?.clauses ?? []), [shift]);
  useEffect(() => setHanding(false), []);
  if (draft === undefined) return <Waiting what="正在打开" />;
  if (draft === 'gone')
    return (
      <Empty>
        这条记录已经提交,或已删除。
        <a href="/patrol" onClick={followLink}>
          返回巡查
        </a>
      </Empty>
    );
  const chosen = all.find(({ type }) => type === draft.fields.type);
  const missing = recording ? '正在录制,请先点“结束”' : missingIn(draft);
  const window = shift.windows.find((one) => one.id === draft.window);
  const closed = window && !seatedNow(window, draft.madeAt).open;
  const back = draft.inspection ? `/patrol/round/${encodeURIComponent(draft.inspection)}` : '/patrol';

  const submit = async (): Promise<void> => {
    setHanding(true);
    // A photo taken a moment ago belongs to it.
    await working.current;
    const whole = (await settled()) ?? draft;
    const round = (await roundsHere(me.person)).find((one) => one.id === draft.inspection);
    try {
      await handIn(me, whole, chosen);
    } catch (error) {
      if (!isFull(error)) throw error;
      setHanding(false);
      setRefused(true);
      return;
    }
    if (draft.kind === 'finding' && draft.fields.type !== undefined)
      localStorage.setItem(recentKey, usedNow(recentTypes(), draft.fields.type).join(','));
    if (round && draft.window !== undefined && draft.kind === 'finding')
      await mark(round, [{ window: draft.window, result: 'finding', staffSeen: draft.fields.persons }]);
    go(back, { replace: true });
  };
  return (
    <form
      className="finding-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined && !handing) void submit();
      }}
    >
      <header className="finding-head">
        <a className="button bare" href={back} onClick={followLink} aria-label="返回,内容已保存">
          <Icon name="back" />
        </a>
        <h1>{draft.windowTitle}</h1>
        <span className="quiet">
          {draft.kind === 'deed' ? '好人好事' : '问题'} · {timeWords(draft.madeAt)}
        </span>
      </header>
      {closed && draft.kind === 'finding' ? (
        <p className="notice">该窗口此时不在服务时间(或暂停服务),空岗不是违规。</p>
      ) : null}
      <Takings
        form={draft.id}
        files={draft.files}
        album={shift.centre.photosFromAlbum}
        onRecording={setRecording}
        onWork={(work) => {
          working.current = Promise.all([working.current, work]);
        }}
        onTaken={(file) => change((before) => ({ ...before, files: [...before.files, file] }))}
        onDropped={(file) =>
          change((before) => ({ ...before, files: before.files.filter((one) => one.id !== file.id) }))
        }
      />
      <div className="finding-main">
        <Hint name="finding">
          先拍照,再点一条问题,点“提交”就完成,其余都可不填。常用的排在前面;找不到的,用汉字或拼音首字母搜。
        </Hint>
        <Who draft={draft} shift={shift} change={change} />
        {draft.kind === 'finding' ? (
          <Kinds
            shift={shift}
            chosen={draft.fields.type}
            onChoose={(one) => change((before) => withType(before, one))}
          />
        ) : (
          <Deeds
            chosen={draft.fields.type}
            onChoose={(type) => change((before) => ({ ...before, fields: { ...before.fields, type } }))}
          />
        )}
      </div>
      <label className="words finding-words">
        <span>说明</span>
        <textarea
          rows={3}
          maxLength={2000}
          value={draft.fields.description ?? ''}
          placeholder={draft.fields.type === undefined ? '可不填' : plainWords(draft)}
          onChange={(event) => {
            const description = event.target.value;
            change((before) => ({ ...before, fields: { ...before.fields, description } }));
          }}
        />
      </label>
      <footer className="finding-foot">
        {chosen ? <Judgement draft={draft} chosen={chosen} change={change} /> : null}
        {full || refused ? (
          <NoRoom what={full ? '最后的改动没有保存' : '还没有提交,已填的内容都在'} />
        ) : (
          <span className="quiet foot-words">{missing ?? '已保存在本机,提交后自动上传'}</span>
        )}
        <button type="submit" className="button primary" disabled={missing !== undefined || handing}>
          提交
        </button>
      </footer>
    </form>
  );
};

const Finding = ({ me, at }: ScreenProps): ReactElement => {
  const { here, refusal } = useShift(me);
  if (!here) return refusal ? <Empty>{refusal.detail}</Empty> : <Waiting />;
  return <Form me={me} id={at.draft ?? ''} shift={here.shift} />;
};
export default Finding;
