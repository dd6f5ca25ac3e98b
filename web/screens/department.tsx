// 本部门: the chief representative's day on a phone: notices to hand over, leave and cover to file, titles to nominate for.
import '../style/people.css';
import { type ReactElement, useEffect, useState } from 'react';
import { mostOf } from '../../shared/department-limit.ts';
import { titleWords } from '../../shared/term-words.ts';
import type { View } from '../../shared/views.ts';
import type { Refusal } from '../client.ts';
import { read } from '../client.ts';
import { monthNow } from '../clock.ts';
import { useFiling } from '../filing.ts';
import { addressOf } from '../matter-address.ts';
import { monthWords } from '../month-words.ts';
import { DeedsFields, deedsFields, noDeeds } from '../parts/deeds-fields.tsx';
import { FilePicker } from '../parts/file-picker.tsx';
import { Hint } from '../parts/hint.tsx';
import { type Choice, LightForm, PickField } from '../parts/light-form.tsx';
import { MonthSwitch } from '../parts/month-switch.tsx';
import { DepartmentObjections } from '../parts/objection-lines.tsx';
import { ShownTitles, useTitles } from '../parts/shown-titles.tsx';
import { CoverForm, LeaveForm } from '../parts/slip-form.tsx';
import { emptyStretch, filledOf, StretchField, stretchOf } from '../parts/stretch-field.tsx';
import { TakeBack } from '../parts/take-back.tsx';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { type EntryOf, holdsToday, readEntries, windowWords } from '../roster-read.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { useSender } from '../sending.ts';
import { lastEntry, slipKind, slipPerson, standing, stretchWords, type ToldStretch } from '../slip-words.ts';
import { dateTimeWords } from '../time-words.ts';
import { counted, nounOf } from '../title-words.ts';
import type { Me } from '../visitor-here.ts';

interface Own {
  staff: EntryOf<'staff'>[];
  windows: EntryOf<'window'>[];
  departments: Choice[];
}

/** The people and windows of the departments this person speaks for. */
const useOwn = (me: Me): { own: Own | undefined; refusal: Refusal | undefined } => {
  const [own, setOwn] = useState<Own>();
  const [refusal, setRefusal] = useState<Refusal>();
  useEffect(() => {
    const spoken = new Set(
      me.roles.flatMap(({ role, department }) =>
        role === 'chiefRepresentative' && department !== undefined ? [department] : [],
      ),
    );
    void Promise.all([readEntries('staff'), readEntries('window'), readEntries('department')]).then(
      ([staff, windows, departments]) => {
        if (!staff.ok) setRefusal(staff.refusal);
        else if (!windows.ok) setRefusal(windows.refusal);
        else if (!departments.ok) setRefusal(departments.refusal);
        else
          setOwn({
            departments: departments.value
              .filter(({ id }) => spoken.has(id))
              .map(({ id, name }) => ({ id, name })),
            staff: staff.value.filter((one) => spoken.has(one.department) && holdsToday(one)),
            windows: windows.value.filter((one) => spoken.has(one.department) && holdsToday(one)),
          });
      },
    );
  }, [me]);
  return { own, refusal };
};

interface Theirs extends Choice {
  department: string;
}
const asChoices = (own: Own): { people: Theirs[]; windows: Theirs[] } => ({
  people: own.staff
    .filter(({ post }) => post === 'window')
    .map(({ id, name, department }) => ({ id, name, department }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh')),
  windows: own.windows
    .map((one) => ({ id: one.id, department: one.department, name: windowWords(one) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh', { numeric: true })),
});

const amongOf = (own: Own): Among => {
  const { people, windows } = asChoices(own);
  const departments = own.departments.map((one) => ({ ...one, department: one.id }));
  return { person: people, window: windows, department: departments };
};

const Due = (): ReactElement => {
  const { outcome, again } = useReading('obligation.list', '/api/obligations');
  if (!outcome) return <Waiting />;
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  // What the office has still to do about this department is not theirs.
  const items = outcome.value.items.filter(({ roles }) => roles.includes('chiefRepresentative'));
  if (items.length === 0) return <Empty>没有要送达、说明或整改的事项。新的事项会自动出现在这里。</Empty>;
  return (
    <div className="line-list">
      {items.map((due) => (
        <a
          key={due.id}
          className={due.overdue ? 'line-card urgent' : 'line-card'}
          href={addressOf(due.matter) ?? '/department'}
          onClick={followLink}
        >
          <div className="line-head">
            <strong>{due.sentence}</strong>
            {due.due === undefined ? null : (
              <span className={due.overdue ? 'mark red' : 'mark'}>
                {due.overdue ? '已超期 ' : '限 '}
                {dateTimeWords(due.due)}
              </span>
            )}
          </div>
        </a>
      ))}
    </div>
  );
};

interface ChangeProps {
  id: string;
  kind: 'leave' | 'cover';
  /** As it was filed last. */
  filed: ToldStretch | undefined;
  done(words: string): void;
}
/** What was filed is put right (an earlier return, other days) or withdrawn, with the reason. */
const Change = ({ id, kind, filed, done }: ChangeProps): ReactElement => {
  const [way, setWay] = useState<'correct' | 'withdraw'>();
  const [stretch, setStretch] = useState(filed === undefined ? emptyStretch() : filledOf(filed));
  const [reason, setReason] = useState('');
  const sender = useSender();
  if (way === undefined)
    return (
      <div className="actions">
        {filed === undefined ? null : (
          <button type="button" className="button bare small" onClick={() => setWay('correct')}>
            更正时间
          </button>
        )}
        <button type="button" className="button bare small" onClick={() => setWay('withdraw')}>
          撤销
        </button>
      </div>
    );
  const correcting = way === 'correct';
  const at = `/api/${kind === 'leave' ? 'leaves' : 'covers'}/${encodeURIComponent(id)}`;
  return (
    <LightForm
      sender={sender}
      submit={correcting ? '更正登记' : '撤销登记'}
      send={async () => {
        const why = { reason: reason.trim() };
        const sent = correcting
          ? await sender.send(`${at}/correct`, { stretch: stretchOf(stretch), ...why })
          : await sender.send(`${at}/withdraw`, why);
        if (sent) done(correcting ? '登记已更正。' : '登记已撤销。');
      }}
    >
      {correcting ? <StretchField value={stretch} change={setStretch} /> : null}
      <label className="field">
        {correcting ? '更正的原因' : '撤销的原因'}
        <input value={reason} required maxLength={200} onChange={({ target }) => setReason(target.value)} />
      </label>
      <div className="actions">
        <button type="button" className="button bare small" onClick={() => setWay(undefined)}>
          不改了
        </button>
      </div>
    </LightForm>
  );
};

const Slips = ({ own }: { own: Own }): ReactElement => {
  const [month, setMonth] = useState(monthNow);
  const [filing, setFiling] = useState<'leave' | 'cover'>();
  const [told, setTold] = useState<string>();
  const { outcome, again } = useReading('leave.list', `/api/leaves?month=${month}&limit=200`);
  const { people, windows } = asChoices(own);
  const names = new Map([...people, ...windows].map(({ id, name }) => [id, name]));
  const done = (words: string): void => {
    setTold(words);
    setFiling(undefined);
    again();
  };
  const turnTo = (kind: 'leave' | 'cover'): void => {
    setTold(undefined);
    setFiling(filing === kind ? undefined : kind);
  };
  return (
    <section>
      <div className="line-head">
        <h2>请假与顶岗</h2>
        <MonthSwitch month={month} change={setMonth} />
      </div>
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-expanded={filing === 'leave'}
          onClick={() => turnTo('leave')}
        >
          登记请假
        </button>
        <button
          type="button"
          className="button"
          aria-expanded={filing === 'cover'}
          onClick={() => turnTo('cover')}
        >
          登记顶岗
        </button>
      </div>
      {told === undefined ? null : (
        <p className="notice good" role="status">
          {told}
        </p>
      )}
      {filing === 'leave' ? (
        <div className="card">
          <LeaveForm people={people} done={done} />
        </div>
      ) : null}
      {filing === 'cover' ? (
        <div className="card">
          <CoverForm people={people} windows={windows} done={done} />
        </div>
      ) : null}
      {outcome === undefined ? <Waiting /> : null}
      {outcome && !outcome.ok ? <Refused refusal={outcome.refusal} again={again} /> : null}
      {outcome?.ok && outcome.value.items.length === 0 ? (
        <Empty>{monthWords(month)}没有登记。人人在岗就不必填,只登记例外。</Empty>
      ) : null}
      <div className="line-list">
        {(outcome?.ok ? outcome.value.items : []).map((slip) => {
          const entry = lastEntry(slip);
          return (
            <div key={slip.id} className="line-card">
              <div className="line-head">
                <strong>
                  {names.get(slipPerson(slip)) ?? slipPerson(slip)}
                  {slip.kind === 'cover' ? `(${names.get(slip.state.window) ?? slip.state.window})` : ''}
                </strong>
                <span className="mark">{standing(slip) ? slipKind(slip) : `${slipKind(slip)},已撤销`}</span>
              </div>
              <p className="quiet">{entry ? stretchWords(entry.stretch) : ''}</p>
              {standing(slip) ? (
                <Change
                  key={`${slip.id} ${slip.state.filings.length}`}
                  {...{ id: slip.id, kind: slip.kind, filed: entry?.stretch, done }}
                />
              ) : null}
            </div>
          );
        })}
      </div>
    </section>
  );
};

type Award = View<'award.list'>['items'][number];
/** Whom of the department a title may be given to. */
type Among = Record<'person' | 'window' | 'department', readonly Theirs[]>;

interface PutProps {
  award: Award;
  choices: readonly Theirs[];
  again(): void;
}
/** Who was put forward; a wrong one is taken back by whoever made it. */
const Put = ({ award, choices, again }: PutProps): ReactElement | null => {
  const { state } = award;
  if (state.nominated.length === 0) return null;
  return (
    <>
      {state.nominated.map(({ person, self }) => {
        const name = choices.find((one) => one.id === person)?.name ?? person;
        return (
          <div key={person} className="notice good line-head">
            <span role="status">
              {self ? '已自荐' : '已推荐'}:{name}
            </span>
            {self ? null : <TakeBack award={award.id} {...{ person, again }} whose={`对${name}的推荐`} />}
          </div>
        );
      })}
    </>
  );
};

const Nominate = ({ award, among, again }: { award: Award; among: Among; again(): void }): ReactElement => {
  const { state } = award;
  const [whom, setWhom] = useState('');
  const [deeds, setDeeds] = useState(noDeeds);
  const filing = useFiling();
  const choices = among[state.recipient ?? 'person'];
  const put = state.nominated.map(({ person }) => person);
  const fit = choices.filter(({ id }) => state.eligible.includes(id));
  const isFull = (department: string): boolean =>
    choices.filter((one) => one.department === department && put.includes(one.id)).length >=
    (mostOf(state, department) ?? Number.POSITIVE_INFINITY);
  const left = fit.filter(({ id, department }) => !put.includes(id) && !isFull(department));
  const most = new Set(choices.flatMap(({ department }) => mostOf(state, department) ?? []));
  const limit =
    most.size === 1 ? <p className="hint">每个部门最多推荐 {counted(Math.max(...most), state)}。</p> : null;
  const at = `/api/awards/${encodeURIComponent(award.id)}`;
  const title = <h3>{titleWords(state)}</h3>;
  const done = <Put {...{ award, choices, again }} />;
  const unfit =
    fit.length === choices.length ? null : (
      <p className="hint">
        本部门另有 {counted(choices.length - fit.length, state)}
        本期不符合参评条件或暂缓评选,未列入;原因可向督查科询问。
      </p>
    );
  // Nobody to put forward: there is nothing to fill in.
  if (left.length === 0)
    return (
      <div className="card light-form">
        {title}
        {done}
        {put.length === 0 ? <p>本部门本期没有符合参评条件的{nounOf(state)}。</p> : limit}
        {unfit}
      </div>
    );
  return (
    <LightForm
      card
      sender={filing}
      submit="提交推荐"
      send={async () => {
        const fields = { person: whom, ...deedsFields(deeds) };
        const filed = await filing.file([`${at}/nominate`, fields], () => read('award.read', at));
        if (filed === undefined) return;
        setWhom('');
        setDeeds(noDeeds);
        filing.setFiles([]);
        again();
      }}
    >
      {title}
      {done}
      <PickField
        label={state.recipient === undefined ? '推荐谁' : `推荐哪个${nounOf(state)}`}
        value={whom}
        among={left}
        change={setWhom}
      />
      {limit}
      {unfit}
      <DeedsFields asked={state.material} value={deeds} change={setDeeds} />
      <FilePicker label="证明材料(可不附)" files={filing.files} change={filing.setFiles} />
    </LightForm>
  );
};

const Titles = ({ among }: { among: Among }): ReactElement | null => {
  const { awards, again } = useTitles();
  const open = (awards ?? []).filter(({ state }) => state.stage === 'open' && !state.committee?.sitting);
  return (
    <>
      <ShownTitles awards={awards ?? []} />
      <section>
        <h2>评选推荐</h2>
        {awards === undefined ? <Waiting /> : null}
        {awards !== undefined && open.length === 0 ? (
          <Empty>现在没有开放推荐的评选。月度定稿、启动评选后,可以在这里推荐。</Empty>
        ) : null}
        <div className="line-list">
          {open.map((award) => (
            <Nominate key={award.id} {...{ award, among, again }} />
          ))}
        </div>
      </section>
    </>
  );
};

const Department = ({ me }: ScreenProps): ReactElement => {
  const { own, refusal } = useOwn(me);
  return (
    <div className="page">
      <h1>本部门</h1>
      <Hint name="department">
        <ul>
          <li>“要办的事”里是要转交的告知单、要说明的投诉和要完成的整改</li>
          <li>有人请假、顶岗时登记一下,巡查就不会误记空岗;人人在岗不必填</li>
          <li>评选开始后在这里推荐本部门的人员,附事迹材料</li>
        </ul>
      </Hint>
      <section>
        <h2>要办的事</h2>
        <Due />
      </section>
      {refusal ? <Refused refusal={refusal} /> : null}
      {own ? <Slips own={own} /> : null}
      <DepartmentObjections />
      {own ? <Titles among={amongOf(own)} /> : null}
    </div>
  );
};
export default Department;
