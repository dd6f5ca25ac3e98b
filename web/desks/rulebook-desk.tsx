// 考核办法: the versions and from when they hold; a draft as text over the schema, checked with every mistake at its path,
// rehearsed on past months as who gains and who loses, then enacted from a month on. Nothing of a draft is written.
import '../style/office.css';
import { Button, Form, Input, Select } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { plusMonths } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { monthNow, monthWords } from '../month-words.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask } from './ask.tsx';
import { Desk, refusalIn, useAsking, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';
import { pointsWords } from './wall-time.ts';

const RuleBookDesk = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default RuleBookDesk;

type Check = View<'rulebook.check'>;
type Mistake = Check['errors'][number];

const Room = ({ me }: { me: Me }): ReactElement => {
  const { data, error, refetch } = useView('rulebook.list', '/api/rulebooks?limit=200');
  const [shown, setShown] = useState<string>();
  if (!data) return <NotThere error={error} again={refetch} />;
  const books = [...data.items].sort((a, b) => (a.from < b.from ? 1 : -1));
  const id = shown ?? books[0]?.id;
  return (
    <DeskPage
      title="考核办法"
      back={{ to: '/settings', title: '大厅设置' }}
      under="每一版从某月起施行;已定稿的月份始终按当时的版本"
    >
      <Section title="各版本">
        <Ledger
          caption="考核办法各版本"
          rows={books}
          idOf={(one) => one.id}
          empty="还没有考核办法。可以把下面的文本改成本中心的,检查、试算之后施行。"
          columns={[
            { key: 'title', title: '名称', cell: ({ title }) => title },
            { key: 'from', title: '施行', cell: ({ from }) => `自 ${monthWords(from)}起` },
            { key: 'at', title: '登记时间', cell: ({ enactedAt }) => dateTimeWords(enactedAt) },
            { key: 'version', title: '修订', cell: ({ version }) => version, number: true },
            {
              key: 'do',
              title: '',
              cell: (one) =>
                one.id === id ? (
                  <Mark tone="blue">正在看</Mark>
                ) : (
                  <Button size="small" type="text" onClick={() => setShown(one.id)}>
                    以此为底稿<span className="unseen">{one.title}</span>
                  </Button>
                ),
            },
          ]}
        />
      </Section>
      {id === undefined ? null : <Draft key={id} id={id} me={me} />}
    </DeskPage>
  );
};

/** Where a path of the check lies in the text: the line of its last named member. */
const lineOf = (text: string, path: string): number | undefined => {
  const parts = path.split('.').filter(Boolean);
  const lines = text.split('\n');
  let at = 0;
  for (const part of parts) {
    if (/^\d+$/.test(part)) {
      // The nth element of a pretty-printed list begins with an opening line two spaces deeper.
      const indent = (/^ */.exec(lines[at] ?? '')?.[0].length ?? 0) + 2;
      let left = Number(part);
      for (at += 1; at < lines.length; at += 1) {
        const line = lines[at] ?? '';
        const begins = (/^ */.exec(line)?.[0].length ?? 0) === indent && !/^\s*[\]}]/.test(line);
        if (begins && left === 0) break;
        if (begins) left -= 1;
      }
    } else {
      const found = lines.findIndex((line, nth) => nth >= at && line.trimStart().startsWith(`"${part}"`));
      if (found < 0) return at === 0 ? undefined : at + 1;
      at = found;
    }
  }
  return at + 1;
};

const Draft = ({ id, me }: { id: string; me: Me }): ReactElement => {
  const { data, error, refetch } = useView('rulebook.read', `/api/rulebooks/${id}`);
  const [text, setText] = useState<string>();
  const [broken, setBroken] = useState<string>();
  const [checked, setChecked] = useState<Check>();
  const [rehearsed, setRehearsed] = useState<View<'rulebook.rehearse'>>();
  const [months, setMonths] = useState(3);
  const [enacting, setEnacting] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const check = useAsking('rulebook.check', setChecked);
  const rehearse = useAsking('rulebook.rehearse', setRehearsed);
  useEffect(() => {
    if (data && text === undefined) setText(JSON.stringify(data.book, null, 2));
  }, [data, text]);
  if (!data || text === undefined) return <NotThere error={error} again={refetch} />;
  const parsed = (): unknown => {
    try {
      setBroken(undefined);
      return JSON.parse(text);
    } catch (fault) {
      setBroken(fault instanceof Error ? fault.message : '不是有效的 JSON');
      return undefined;
    }
  };
  const toLine = (path: string): void => {
    const line = lineOf(text, path);
    const field = area.current?.querySelector('textarea');
    if (line === undefined || !field) return;
    const start =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    field.focus();
    field.setSelectionRange(start, text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start));
    field.scrollTop = Math.max(0, (line - 6) * 21);
  };
  const mistakes = (title: string, of: readonly Mistake[], tone: 'bad' | ''): ReactElement | null =>
    of.length === 0 ? null : (
      <div className={`notice ${tone}`}>
        <strong>
          {title} {of.length} 处
        </strong>
        <ul>
          {of.map(({ path, reason, mend }) => (
            <li key={`${path}${reason}`}>
              <button type="button" className="button bare small" onClick={() => toLine(path)}>
                {lineOf(text, path) === undefined ? '' : `第 ${lineOf(text, path)} 行 `}
                {path || '全文'}
              </button>
              {reason}
              <span className="quiet"> {mend}</span>
            </li>
          ))}
        </ul>
      </div>
    );
  const draftError = check.error ?? rehearse.error;
  return (
    <>
      <Section
        title="底稿"
        aside={
          <div className="desk-actions no-print">
            <Button
              loading={check.isPending}
              onClick={() => {
                const book = parsed();
                setChecked(undefined);
                if (book !== undefined) check.mutate({ path: '/api/rulebooks/check', fields: { book } });
              }}
            >
              检查
            </Button>
            {may(me, 'rulebook.rehearse') ? (
              <>
                <Select
                  aria-label="试算几个月"
                  value={months}
                  onChange={setMonths}
                  options={[1, 3, 6, 12].map((value) => ({ value, label: `前 ${value} 个月` }))}
                />
                <Button
                  loading={rehearse.isPending}
                  onClick={() => {
                    const book = parsed();
                    setRehearsed(undefined);
                    if (book !== undefined)
                      rehearse.mutate({ path: '/api/rulebooks/rehearse', fields: { book, months } });
                  }}
                >
                  试算
                </Button>
              </>
            ) : null}
            {may(me, 'rulebook.enact') ? (
              <Button
                type="primary"
                disabled={checked?.ok !== true}
                title={checked?.ok === true ? undefined : '先检查,没有错误才能施行'}
                onClick={() => setEnacting(true)}
              >
                施行
              </Button>
            ) : null}
          </div>
        }
      >
        <p className="quiet">
          分值以百分之一分为单位(1 分写作
          100)。改动之后先“检查”,再“试算”看看前几个月谁的得分会变;施行之前什么都不会写入。
        </p>
        <div ref={area} className="book-text">
          <Input.TextArea
            aria-label="考核办法文本"
            value={text}
            rows={24}
            spellCheck={false}
            onChange={({ target }) => {
              setText(target.value);
              setChecked(undefined);
            }}
          />
        </div>
        {broken === undefined ? null : (
          <p className="notice bad" role="alert">
            文本不是有效的 JSON:{broken}
          </p>
        )}
        {draftError ? <Refused refusal={refusalIn(draftError)} /> : null}
        {checked?.ok === true ? (
          <p className="notice good" role="status">
            没有错误,可以试算和施行。
          </p>
        ) : null}
        {checked ? mistakes('错误', checked.errors, 'bad') : null}
        {checked ? mistakes('请再看看', checked.warnings, '') : null}
      </Section>
      {rehearsed ? <Rehearsed of={rehearsed} /> : null}
      {enacting ? (
        <Ask<{ from: string }>
          open
          title="施行考核办法"
          okText="施行"
          onClose={() => setEnacting(false)}
          path="/api/rulebooks"
          initial={{ from: plusMonths(monthNow(), 1) }}
          fields={({ from }) => ({ from, book: JSON.parse(text) })}
        >
          <p>从下面选定的月份起按这一版计分;已定稿的月份不变。</p>
          <EnactMonth />
        </Ask>
      ) : null}
    </>
  );
};

const EnactMonth = (): ReactElement => (
  <Form.Item name="from" label="从哪个月起" rules={[{ required: true, message: '请选择月份' }]}>
    <Input type="month" />
  </Form.Item>
);

const Rehearsed = ({ of }: { of: View<'rulebook.rehearse'> }): ReactElement => {
  const named = (id: string): string => of.names[id] ?? id;
  const rows = of.months.flatMap(({ month, scores }) => scores.map((score) => ({ month, ...score })));
  return (
    <Section title="试算结果">
      <div className="figure-row">
        <div>
          <span className="quiet">得分增加</span>
          <strong className="plus">{of.gaining}</strong>
          <span className="quiet">人月</span>
        </div>
        <div>
          <span className="quiet">得分减少</span>
          <strong className="minus">{of.losing}</strong>
          <span className="quiet">人月</span>
        </div>
        <div>
          <span className="quiet">等级变化</span>
          <strong>{of.regraded}</strong>
          <span className="quiet">人月</span>
        </div>
        <div>
          <span className="quiet">措施变化</span>
          <strong>{of.measures}</strong>
          <span className="quiet">其中函告 {of.letters} 件</span>
        </div>
      </div>
      <Ledger
        framed
        caption="得分有变化的人"
        rows={rows}
        idOf={({ month, person }) => `${month}${person}`}
        empty="与现行办法相比,谁的得分都没有变化"
        columns={[
          { key: 'month', title: '月份', cell: ({ month }) => monthWords(month), by: ({ month }) => month },
          {
            key: 'who',
            title: '人员',
            cell: ({ person }) => named(person),
            by: ({ person }) => named(person),
          },
          {
            key: 'before',
            title: '原得分',
            cell: ({ before }) => pointsWords(before),
            by: (one) => one.before,
            number: true,
          },
          {
            key: 'after',
            title: '新得分',
            cell: ({ after }) => pointsWords(after),
            by: (one) => one.after,
            number: true,
          },
          {
            key: 'change',
            title: '变化',
            cell: ({ before, after }) => (
              <span className={after > before ? 'plus' : 'minus'}>
                {pointsWords(after - before, { signed: true })}
              </span>
            ),
            by: ({ before, after }) => after - before,
            number: true,
          },
          {
            key: 'grade',
            title: '等级',
            cell: ({ gradeBefore, gradeAfter }) =>
              gradeBefore === gradeAfter
                ? (gradeAfter ?? '')
                : `${gradeBefore ?? '—'} → ${gradeAfter ?? '—'}`,
          },
          {
            key: 'why',
            title: '原因',
            cell: ({ gone, added }) => (
              <>
                {gone.map(({ note }) => (
                  <del key={note}>{note} </del>
                ))}
                {added.map(({ note }) => (
                  <span key={note}>{note} </span>
                ))}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
};
