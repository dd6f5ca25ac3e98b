// One figure of one month as a table to fill in: by hand, or from Excel into the cells; what is new, changed and emptied is
// counted and sent apart, since a correction and a withdrawal say why. Every row that is refused says so itself.
import { Button, Form, InputNumber, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { fieldName } from '../../shared/field-names.ts';
import { type FigureRow, figureSourceNames, figureSources } from '../../shared/figure.ts';
import { figuresAsked } from '../../shared/figure-asked.ts';
import { frameNames } from '../../shared/rulebook-terms.ts';
import type { View } from '../../shared/views.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, WordsItem } from './ask.tsx';
import { EvidenceList } from './evidence.tsx';
import {
  type Cells,
  cellsOf,
  columnsOf,
  type FigureColumn,
  fitsCells,
  rowOf,
  sameCells,
} from './figure-cells.ts';
import { useRuleBook } from './hall-register.ts';
import { freeWords, type HistoryWords } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section } from './page.tsx';
import { plainNumber } from './plain-number.ts';
import { History } from './record-history.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';
import { SheetPick } from './sheet-pick.tsx';
import { saveBook } from './sheet-saving.ts';
import { monthWords } from './wall-time.ts';

const FigureEntry = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <Entry me={me} month={at.month ?? ''} id={at.figure ?? ''} />
  </Desk>
);
export default FigureEntry;

type Figure = View<'figure.read'>;
type Asked = View<'figure.list'>['items'][number];

const eventWords: HistoryWords = (event) => {
  const rows = Array.isArray(event.rows) ? event.rows.length : 0;
  switch (event.type) {
    case 'figure.entered':
      return { title: `录入 ${rows} 行` };
    case 'figure.corrected':
      return { title: `更正 ${rows} 行`, quoted: freeWords(event.reason), weighty: true };
    case 'figure.withdrawn':
      return {
        title: `撤回 ${Array.isArray(event.subjects) ? event.subjects.length : 0} 行`,
        quoted: freeWords(event.reason),
        weighty: true,
      };
    default:
      return undefined;
  }
};

const Entry = ({ me, month, id }: { me: Me; month: string; id: string }): ReactElement => {
  const list = useView('figure.list', `/api/months/${month}/figures`);
  const item = list.data?.items.find((one) => one.id === id);
  const figure = useView('figure.read', `/api/figures/${id}`, { enabled: (item?.version ?? 0) > 0 });
  const book = useRuleBook(month);
  const asked = useMemo(
    () =>
      book.data && item
        ? figuresAsked(book.data).find((one) => one.code === item.code && one.of === item.of)
        : undefined,
    [book.data, item],
  );
  if (!list.data) return <NotThere error={list.error} again={list.refetch} />;
  if (!item || (book.data && !asked)) return <p className="empty">这个月的考核办法不需要录入这项指标。</p>;
  if (!asked || (item.version > 0 && !figure.data))
    return <NotThere error={book.error ?? figure.error} again={figure.refetch} />;
  return (
    <Table
      key={figure.data?.version ?? 0}
      me={me}
      month={month}
      item={item}
      columns={columnsOf(asked)}
      figure={figure.data}
    />
  );
};

/** A line of a sheet that was not filled in, and why. */
interface LineFault {
  line: number;
  name: string;
  reason: string;
}

interface TableProps {
  me: Me;
  month: string;
  item: Asked;
  columns: readonly FigureColumn[];
  figure: Figure | undefined;
}
interface Row {
  subject: string;
  name: string;
  /** As it stands; undefined while it is missing. */
  before: Cells | undefined;
  origin: string;
  /** Came in a form that these columns do not hold: shown, not overwritten by accident. */
  strange: boolean;
}

const Table = ({ me, month, item, columns, figure }: TableProps): ReactElement => {
  const rows = useMemo((): Row[] => {
    const known = (figure?.state.rows ?? []).map((one): Row => {
      return {
        subject: one.subject,
        name: figure?.names[one.subject] ?? one.subject,
        before: cellsOf(columns, one),
        origin:
          one.origin === undefined
            ? figureSourceNames[one.source]
            : `${figureSourceNames[one.source]}:${one.origin}`,
        strange: !fitsCells(columns, one),
      };
    });
    const missing = item.missing.map(({ subject, name }): Row => {
      return { subject, name, before: undefined, origin: '', strange: false };
    });
    return [...known, ...missing].sort((a, b) => a.name.localeCompare(b.name, 'zh', { numeric: true }));
  }, [figure, item, columns]);
  const [written, setWritten] = useState<ReadonlyMap<string, Cells>>(new Map());
  const [sending, setSending] = useState<'enter' | 'correct' | 'withdraw'>();
  const [told, setTold] = useState<string>();
  const [faults, setFaults] = useState<readonly LineFault[]>([]);
  const enters = may(me, 'figure.enter');
  const cellsAt = (row: Row): Cells => written.get(row.subject) ?? row.before ?? {};
  const touched = rows.filter((row) => {
    const now = written.get(row.subject);
    return now !== undefined && !sameCells(now, row.before ?? {});
  });
  const sent = (of: readonly Row[]): FigureRow[] =>
    of.flatMap((row) => rowOf(columns, row.subject, cellsAt(row)) ?? []);
  const fresh = sent(touched.filter(({ before }) => before === undefined));
  const changed = sent(touched.filter(({ before }) => before !== undefined));
  const emptied = touched.filter(
    (row) => row.before !== undefined && rowOf(columns, row.subject, cellsAt(row)) === undefined,
  );
  const fill = (subject: string, key: string, value: number | null): void =>
    setWritten((all) => {
      const row = rows.find((one) => one.subject === subject);
      const { [key]: _before, ...others } = all.get(subject) ?? row?.before ?? {};
      return new Map(all).set(subject, value === null ? others : { ...others, [key]: value });
    });
  const who = frameNames[item.of];
  const head = [`${who}编号`, '名称', ...columns.map(({ title }) => title)];
  const take = (sheet: { head: string[]; rows: { line: number; cells: string[] }[] }): string | undefined => {
    const at = (title: string): number =>
      sheet.head.findIndex((one) => one.replace('*', '').trim() === title);
    if (at('名称') < 0 && at(head[0] ?? '') < 0) return `第一张工作表的表头应有:${head.join('、')}`;
    const next = new Map(written);
    const odd: LineFault[] = [];
    let [count, same] = [0, 0];
    for (const { line, cells } of sheet.rows) {
      const [code = '', name = ''] = [cells[at(head[0] ?? '')], cells[at('名称')]];
      const [row, ...others] = rows.filter((one) => (code === '' ? one.name === name : one.subject === code));
      const no = (reason: string): unknown => odd.push({ line, name: name === '' ? code : name, reason });
      if (!row) {
        no(`应录入的${who}中没有${code === '' ? '这个名称' : `编号 ${code}`}`);
        continue;
      }
      if (others.length > 0) {
        no(`有 ${others.length + 1} 个${who}同名,请填写编号`);
        continue;
      }
      const numbers = columns.map(({ key, title }) => ({ key, title, text: cells[at(title)] ?? '' }));
      const wrong = numbers.find(({ text }) => text !== '' && !(Number(text) >= 0));
      if (wrong) {
        no(`${wrong.title}“${wrong.text}”${Number(wrong.text) < 0 ? '小于 0' : '不是数字'}`);
        continue;
      }
      const filled = numbers.flatMap(({ key, text }) => (text === '' ? [] : [[key, Number(text)] as const]));
      if (filled.length === 0) continue;
      const taken = Object.fromEntries(filled);
      if (sameCells(taken, row.before ?? {})) same += 1;
      else count += 1;
      next.set(row.subject, taken);
    }
    setWritten(next);
    setFaults(odd);
    setTold(
      [
        count === 0 ? '没有要录入或更正的' : `从表格填入 ${count} 行,核对后再录入`,
        ...(same > 0 ? [`${same} 行与已录入的相同`] : []),
      ].join(';'),
    );
    return undefined;
  };
  return (
    <DeskPage
      title={`${monthWords(month)}${item.title}`}
      back={{ to: `/months/${month}/figures`, title: `${monthWords(month)}指标` }}
      under={`${item.says} · 已录入 ${item.handedIn} 个,还缺 ${item.missing.length} 个`}
      actions={
        <Button
          onClick={() =>
            void saveBook(`${month} ${item.title}`, [
              {
                name: item.title.slice(0, 30),
                head,
                rows: rows.map((row) => [
                  row.subject,
                  row.name,
                  ...columns.map(({ key }) => cellsAt(row)[key] ?? ''),
                ]),
              },
            ])
          }
        >
          {enters ? '下载表格(可填好再导入)' : '导出 Excel'}
        </Button>
      }
    >
      {enters ? (
        <Section title="从表格填入">
          <SheetPick
            label={`Excel 文件(.xlsx),表头:${head.join('、')}`}
            onChoose={() => {
              setTold(undefined);
              setFaults([]);
            }}
            onRead={([sheet]) => (sheet ? take(sheet) : '文件里没有工作表')}
          />
          {told === undefined ? null : (
            <p className="notice good" role="status">
              {told}。
            </p>
          )}
          {faults.length === 0 ? null : (
            <>
              <p className="notice bad" role="alert">
                有 {faults.length} 行没有填入,请在 Excel 中改好后重新选择文件;其余的不用重填。
              </p>
              <Ledger
                caption="没有填入的行"
                rows={faults}
                idOf={({ line }) => String(line)}
                columns={[
                  { key: 'line', title: '行', number: true, cell: ({ line }) => line },
                  { key: 'name', title: '名称', cell: ({ name }) => name },
                  { key: 'reason', title: '原因', cell: ({ reason }) => reason, long: true },
                ]}
              />
            </>
          )}
        </Section>
      ) : null}
      <Section
        title="逐个录入"
        aside={
          enters ? (
            <div className="desk-actions no-print">
              <Button disabled={touched.length === 0} onClick={() => setWritten(new Map())}>
                放弃改动
              </Button>
              <Button danger disabled={emptied.length === 0} onClick={() => setSending('withdraw')}>
                撤回 {emptied.length} 行
              </Button>
              <Button disabled={changed.length === 0} onClick={() => setSending('correct')}>
                更正 {changed.length} 行
              </Button>
              <Button type="primary" disabled={fresh.length === 0} onClick={() => setSending('enter')}>
                录入 {fresh.length} 行
              </Button>
            </div>
          ) : undefined
        }
      >
        <Ledger
          framed
          caption={item.title}
          rows={rows}
          idOf={({ subject }) => subject}
          rowClass={(row) => (touched.includes(row) ? 'urgent' : undefined)}
          columns={[
            { key: 'name', title: '名称', cell: ({ name }) => name, by: ({ name }) => name },
            ...columns.map(({ key, title, by }) => ({
              key,
              title,
              number: true,
              by: (row: Row) => cellsAt(row)[key] ?? -1,
              cell: (row: Row) =>
                enters && !row.strange ? (
                  <InputNumber
                    size="small"
                    controls={false}
                    aria-label={`${row.name} ${title}`}
                    min={0}
                    precision={by === 100 ? 2 : 0}
                    formatter={plainNumber}
                    value={cellsAt(row)[key] ?? null}
                    onChange={(value) => fill(row.subject, key, value)}
                  />
                ) : (
                  (cellsAt(row)[key] ?? '')
                ),
            })),
            {
              key: 'state',
              title: '状态',
              cell: (row) =>
                row.before === undefined ? (
                  touched.includes(row) ? (
                    <Mark tone="amber">已填写,待录入</Mark>
                  ) : (
                    <Mark>未录入</Mark>
                  )
                ) : (
                  <>
                    {touched.includes(row) ? <Mark tone="amber">改动未保存</Mark> : null}
                    {row.strange ? <Mark>另有署名评价或分项,在此不能改</Mark> : null}
                    <span className="quiet"> {row.origin}</span>
                  </>
                ),
              by: (row) => row.origin,
            },
          ]}
        />
      </Section>
      {figure ? (
        <>
          {figure.state.evidence.length > 0 ? (
            <EvidenceList
              me={me}
              record={figure.id}
              entries={figure.state.evidence}
              history={figure.history}
              title="依据"
            />
          ) : null}
          <History steps={figure.history} names={figure.names} words={eventWords} />
        </>
      ) : null}
      {sending === undefined ? null : (
        <Send
          how={sending}
          item={item}
          month={month}
          rows={sending === 'enter' ? fresh : changed}
          subjects={emptied.map(({ subject }) => subject)}
          named={(subject) => rows.find((one) => one.subject === subject)?.name ?? subject}
          close={() => setSending(undefined)}
        />
      )}
    </DeskPage>
  );
};

interface SendProps {
  how: 'enter' | 'correct' | 'withdraw';
  item: Asked;
  month: string;
  rows: readonly FigureRow[];
  subjects: readonly string[];
  named(subject: string): string;
  close(): void;
}
interface Values {
  source: string;
  origin?: string;
  reason?: string;
  files?: Manifest[];
}
const sendWords = { enter: '录入', correct: '更正', withdraw: '撤回' } as const;

/** Where the figures come from, and for what is changed or taken back, why. */
const Send = ({ how, item, month, rows, subjects, named, close }: SendProps): ReactElement => (
  <Ask<Values>
    open
    title={`${sendWords[how]} ${how === 'withdraw' ? subjects.length : rows.length} 行`}
    okText={sendWords[how]}
    danger={how === 'withdraw'}
    onClose={close}
    path={how === 'enter' ? '/api/figures' : `/api/figures/${item.id}/${how}`}
    carrier="figure"
    initial={{ source: 'system' }}
    place={(path) => {
      const [list, at, ...field] = path.split('.');
      const subject = list === 'rows' ? rows[Number(at)]?.subject : undefined;
      const name = fieldName(field.join('.'));
      if (subject === undefined) return undefined;
      return name === undefined || field[0] === 'subject' ? named(subject) : `${named(subject)} › ${name}`;
    }}
    filesIn={({ files }) => files}
    fields={({ source, origin, reason }, evidence) =>
      how === 'withdraw'
        ? { subjects, reason }
        : {
            ...(how === 'enter' ? { month, figure: item.code, of: item.of } : { reason }),
            ...(origin === undefined || origin.trim() === '' ? {} : { origin: origin.trim() }),
            ...{ source, rows, evidence },
          }
    }
  >
    {how === 'withdraw' ? null : (
      <>
        <Form.Item name="source" label="数据来源" rules={[{ required: true }]}>
          <Select options={figureSources.map((value) => ({ value, label: figureSourceNames[value] }))} />
        </Form.Item>
        <WordsItem
          name="origin"
          label="哪个系统、哪次测评"
          rows={1}
          max={40}
          optional
          placeholder="如:排队叫号系统"
        />
      </>
    )}
    {how === 'enter' ? null : <WordsItem name="reason" label="理由" />}
    {how === 'withdraw' ? null : (
      <Form.Item name="files" label="依据(盖章报表等)的扫描件">
        <ScanField />
      </Form.Item>
    )}
  </Ask>
);
