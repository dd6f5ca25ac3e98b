// One case as the person concerned, or the chief representative of their department, sees it: what happened and by which
// clause, the notice, and what one may say to it. Decides nothing; offers only what the API says is open.
import '../style/people.css';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import type { View } from '../../shared/views.ts';
import {
  type CaseState,
  caseStandingWords,
  points,
  reviewWords,
  severityWords,
  violationName,
} from '../case-words.ts';
import { read } from '../client.ts';
import { houseNow } from '../clock.ts';
import { useFiling } from '../filing.ts';
import { EvidenceLook } from '../parts/evidence-look.tsx';
import { FilePicker } from '../parts/file-picker.tsx';
import { History } from '../parts/history.tsx';
import { type Choice, LightForm, PickField, RadioField, Told, WordsField } from '../parts/light-form.tsx';
import { Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { type EntryOf, holdsToday, readEntries } from '../roster-read.ts';
import type { ScreenProps } from '../screens.ts';
import { useSender } from '../sending.ts';
import { dateTimeWords } from '../time-words.ts';
import { holds } from '../visitor-here.ts';

type CaseView = View<'case.read'>;

interface Acting {
  view: CaseView;
  done(words: string): void;
}

const at = (id: string): string => `/api/cases/${encodeURIComponent(id)}`;
const nowInstant = (): string => houseNow().toISOString();
/** `2026-11-18T10:05` of the hall's clock, as an instant. */
const instantOf = (local: string): string => new Date(`${local}:00.000+08:00`).toISOString();
const localNow = (): string => new Date(houseNow().getTime() + 8 * 3_600_000).toISOString().slice(0, 16);

const opinions = [
  ['none', '无异议'],
  ['answer', '我要说明情况'],
] as const;

const Answer = ({ view, done }: Acting): ReactElement => {
  const [kind, setKind] = useState<'none' | 'answer'>('none');
  const [words, setWords] = useState('');
  const sender = useSender();
  return (
    <LightForm
      card
      sender={sender}
      submit="提交答复"
      send={async () => {
        const noObjection = kind === 'none';
        const answer = noObjection ? words.trim() || '无异议' : words.trim();
        const sent = await sender.send(`${at(view.id)}/answer`, { noObjection, answer });
        if (sent) done(noObjection ? '已确认无异议,本条即时办结。' : '答复已提交,经办人会看到。');
      }}
    >
      <h2>答复</h2>
      <RadioField label="您的意见" name="kind" value={kind} among={opinions} change={setKind} />
      {kind === 'answer' ? (
        <WordsField label="说明(当时的情况、原因)" value={words} change={setWords} />
      ) : (
        <p className="hint">选择“无异议”后本条即时办结;此后仍可在期限内申请复核。</p>
      )}
    </LightForm>
  );
};

const Appeal = ({ view, done }: Acting): ReactElement => {
  const [open, setOpen] = useState(false);
  const [grounds, setGrounds] = useState('');
  const sender = useSender();
  const until = view.state.notice?.appealBy;
  if (!open)
    return (
      <div className="actions">
        <button type="button" className="button" onClick={() => setOpen(true)}>
          申请复核
        </button>
        <p className="hint">
          由没有参与过此事的负责人复核{until === undefined ? '' : `,${dateTimeWords(until)} 前可申请`}
          ,每件一次。
        </p>
      </div>
    );
  return (
    <LightForm
      card
      sender={sender}
      submit="提交申请"
      cancel={() => setOpen(false)}
      send={async () => {
        if (await sender.send(`${at(view.id)}/appeal`, { grounds: grounds.trim() }))
          done('复核申请已提交,会由没有参与过此事的负责人决定。');
      }}
    >
      <h2>申请复核</h2>
      <WordsField label="理由" value={grounds} change={setGrounds} />
    </LightForm>
  );
};

const ways = {
  representative: ['经首席代表转交', '送达后再过规定的工作日视为本人收到;本人休假的,顺延到返岗'],
  paper: ['纸质送达', '请附本人签收的告知单照片或扫描件'],
  tablet: ['平板上当面签字', '本人在您的手机或平板上看过并签字'],
  refused: ['本人拒收', '须两名见证人,并附现场记录的照片'],
} as const;
type Way = keyof typeof ways;
const wayNames: readonly Way[] = ['representative', 'paper', 'tablet', 'refused'];

/** Who may have stood by: the department's own people first. */
const useColleagues = ({ state }: CaseView, wanted: boolean): Choice[] => {
  const [people, setPeople] = useState<EntryOf<'staff'>[]>([]);
  useEffect(() => {
    if (wanted) void readEntries('staff').then((read) => read.ok && setPeople(read.value));
  }, [wanted]);
  const concerned = state.subject.kind === 'persons' ? state.subject.persons : [];
  return people
    .filter((one) => holdsToday(one) && !concerned.includes(one.id))
    .sort(
      (a, b) =>
        Number(b.department === state.department) - Number(a.department === state.department) ||
        a.name.localeCompare(b.name, 'zh'),
    )
    .map(({ id, name }) => ({ id, name }));
};

/** 送达: for the chief representative, who hands a notice over in one of the ways the rules know. */
const HandOver = ({ view, done }: Acting): ReactElement => {
  const [way, setWay] = useState<Way>('representative');
  const [when, setWhen] = useState(localNow);
  const [witnesses, setWitnesses] = useState<readonly string[]>(['', '']);
  const colleagues = useColleagues(view, way === 'refused');
  const filing = useFiling();
  const [, help] = ways[way];
  return (
    <LightForm
      card
      sender={filing}
      submit="登记送达"
      send={async () => {
        const fields = {
          way,
          deliveredAt: instantOf(when),
          ...(way === 'refused' ? { witnesses } : {}),
        };
        const filed = await filing.file([`${at(view.id)}/notify`, fields], (id) => read('case.read', at(id)));
        if (filed !== undefined) done('送达已登记。');
      }}
    >
      <h2>送达告知单</h2>
      <RadioField
        label="送达方式"
        name="way"
        value={way}
        among={wayNames.map((name) => [name, ways[name][0]] as const)}
        change={setWay}
      />
      <p className="hint">{help}</p>
      <label className="field">
        送达时间
        <input
          type="datetime-local"
          value={when}
          required
          max={localNow()}
          onChange={({ target }) => setWhen(target.value)}
        />
      </label>
      {way === 'refused'
        ? witnesses.map((chosen, nth) => (
            <PickField
              // biome-ignore lint/suspicious/noArrayIndexKey: two places, of which the order never changes
              key={nth}
              label={`见证人${nth === 0 ? '一' : '二'}(不含本人和送达人)`}
              value={chosen}
              among={colleagues.filter(({ id }) => id === chosen || !witnesses.includes(id))}
              change={(id) => setWitnesses(witnesses.with(nth, id))}
            />
          ))
        : null}
      {way === 'paper' || way === 'refused' ? (
        <FilePicker label="签收单照片或扫描件" files={filing.files} change={filing.setFiles} />
      ) : null}
    </LightForm>
  );
};

/** The sealed envelope: opening it is the moment of delivery, so it is one deliberate tap. */
const Envelope = ({ view, done }: Acting): ReactElement => {
  const sender = useSender();
  return (
    <div className="card light-form">
      <h2>您有一份问题告知单</h2>
      <p>
        打开即视为送达,从打开之时起算答复和复核的期限。请先看清内容,再选择“无异议”或说明情况;对结果不服的,可以申请复核。
      </p>
      {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={sender.busy}
          onClick={async () => {
            const sent = await sender.send(`${at(view.id)}/notify`, {
              way: 'opened',
              deliveredAt: nowInstant(),
            });
            if (sent) done('告知单已打开,请阅读后答复。');
          }}
        >
          打开告知单
        </button>
      </div>
    </div>
  );
};

const clauseReason = (view: CaseView): string | undefined => {
  for (const { event } of view.history)
    if (event.type === 'case.confirmed' && typeof event.reason === 'object' && event.reason !== null)
      return 'text' in event.reason ? String(event.reason.text) : undefined;
  return undefined;
};

const Row = ({ name, children }: { name: string; children: ReactNode }): ReactElement | null =>
  children === undefined || children === '' ? null : (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );

/** What the rule book of the month calls the clause. */
const useClauseTitle = (month: string, code: string | undefined): string | undefined => {
  const [title, setTitle] = useState<string>();
  useEffect(() => {
    if (code === undefined) return;
    const ask = async (): Promise<void> => {
      const books = await read('rulebook.list', '/api/rulebooks?limit=200');
      const inForce = books.ok ? books.value.items.findLast((book) => book.from <= month) : undefined;
      const book = inForce && (await read('rulebook.read', `/api/rulebooks/${inForce.id}`));
      if (book?.ok) setTitle(book.value.book.clauses.find((clause) => clause.code === code)?.title);
    };
    void ask();
  }, [month, code]);
  return title;
};

const Facts = ({
  state,
  names,
  view,
}: {
  state: CaseState;
  names: Record<string, string>;
  view: CaseView;
}) => {
  const { verdict, notice } = state;
  const clause = useClauseTitle(state.month, verdict?.clause);
  const called = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : (names[id] ?? id);
  return (
    <dl className="card facts">
      <Row name="编号">{state.number}</Row>
      <Row name="时间">{dateTimeWords(state.happened.from)}</Row>
      <Row name="窗口">{called(state.window)}</Row>
      <Row name="当事人">
        {state.subject.kind === 'persons'
          ? state.subject.persons.map((id) => names[id] ?? id).join('、')
          : '—'}
      </Row>
      <Row name="程度">{severityWords(state)}</Row>
      <Row name="条款">
        {verdict === undefined
          ? undefined
          : `第${verdict.clause}条${clause === undefined ? '' : ` ${clause}`}`}
      </Row>
      <Row name="酌定">
        {verdict?.chosen === undefined
          ? undefined
          : `扣 ${points(verdict.chosen.points)} 分:${verdict.chosen.reason}`}
      </Row>
      <Row name="核实意见">{clauseReason(view)}</Row>
      {/* A term is told while it runs. */}
      <Row name="答复期限">
        {notice === undefined || state.stage !== 'noticed' ? undefined : dateTimeWords(notice.answerBy)}
      </Row>
      <Row name="复核期限">
        {notice === undefined || state.review !== undefined
          ? undefined
          : `${dateTimeWords(notice.appealBy)}${notice.appealBy < nowInstant() ? '(已过)' : ''}`}
      </Row>
      <Row name="复核">{reviewWords(state)}</Row>
    </dl>
  );
};

const OwnCase = ({ me, at: { id = '' } }: ScreenProps): ReactElement => {
  const { outcome, again } = useReading('case.read', at(id));
  const [told, setTold] = useState<string>();
  if (!outcome) return <Waiting />;
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  const view = outcome.value;
  const { state, abilities } = view;
  const done = (words: string): void => {
    setTold(words);
    again();
  };
  const acting = { view, done };
  const staff = holds(me, 'staff') && !holds(me, 'chiefRepresentative');
  const own = state.subject.kind === 'persons' && state.subject.persons.includes(me.person);
  const sealedEnvelope = staff && own && abilities.includes('case.openNotice');
  return (
    <div className="page">
      <div className="line-head">
        <h1>{violationName(state.type)}</h1>
        <span className="mark">{caseStandingWords(state)}</span>
      </div>
      <Told words={told} />
      {sealedEnvelope && !state.hearing?.told.includes(me.person) ? <Envelope {...acting} /> : null}
      <Facts state={state} names={view.names} view={view} />
      {state.evidence.length > 0 ? (
        <section>
          <h2>证据</h2>
          <EvidenceLook record={id} entries={state.evidence} viewer={me.name} reason="查看与本人有关的问题" />
        </section>
      ) : null}
      {abilities.includes('case.notify') ? <HandOver {...acting} /> : null}
      {abilities.includes('case.answer') && (own || !staff) ? <Answer {...acting} /> : null}
      {abilities.includes('case.appeal') ? <Appeal {...acting} /> : null}
      <section>
        <h2>经过</h2>
        <History history={view.history} />
      </section>
    </div>
  );
};
export default OwnCase;
