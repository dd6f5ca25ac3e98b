// 发文登记簿: every number of a year in order, month by month, voided ones and those given elsewhere included, and the way to
// note another that was given elsewhere (外部占用).
import '../style/office.css';
import { Form, InputNumber, Radio } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { followLink, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, WordsItem } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger, worded } from './ledger.tsx';
import { useYear, YearTurner } from './month-turner.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Way } from './page.tsx';
import { SavesFile } from './papers.tsx';
import { dayWords } from './wall-time.ts';

type Row = View<'letter.register'>['items'][number];

const LetterRegister = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Register me={me} />
  </Desk>
);
export default LetterRegister;

const dayOrNone = (day: string | undefined): string => (day === undefined ? '' : dayWords(day));

const toneOf = ({ id, standing }: Row) => {
  if (id === undefined) return 'plain' as const;
  if (standing === '已作废' || standing === '已撤回') return 'red' as const;
  return 'green' as const;
};

/** Each number with the month it was signed in; one without a day of its own stands with the number before it. */
const byMonth = (items: readonly Row[]): { row: Row; month: string }[] => {
  const last = new Map<Row['word'], string>();
  return items.map((row) => {
    const month = row.signed?.slice(0, 7) ?? last.get(row.word) ?? '';
    last.set(row.word, month);
    return { row, month };
  });
};

const Register = ({ me }: { me: Me }): ReactElement => {
  const year = useYear();
  const [noting, setNoting] = useState(false);
  const { data, error, refetch } = useView('letter.register', `/api/letter-registers/${year}`);
  const rows = useMemo(() => byMonth(data?.items ?? []), [data]);
  const months = [...new Set(rows.map((row) => row.month))].filter((one) => one !== '').toSorted();
  const asked = useAsked().get('month') ?? '';
  // The latest month first: of a whole year one looks something up, in this month one works.
  const month = asked === 'all' || months.includes(asked) ? asked : (months.at(-1) ?? 'all');
  const count = (of: (row: Row) => boolean): number => data?.items.filter(of).length ?? 0;
  return (
    <DeskPage
      back={{ to: '/letters', title: '函告与通报' }}
      title="发文登记簿"
      under={
        data
          ? `${year}年共 ${data.items.length} 个文号,其中作废 ${count(({ standing }) => standing === '已作废')} 个,外部占用 ${count(({ id }) => id === undefined)} 个。作废的文号不再使用。`
          : undefined
      }
      actions={
        <>
          <YearTurner base="/letters/register" year={year} />
          {may(me, 'registry.noteNumber') ? (
            <button type="button" className="button small" onClick={() => setNoting(true)}>
              登记外部占用
            </button>
          ) : null}
          <SavesFile
            title="导出发文登记簿"
            path={`/api/letter-registers/${year}/spreadsheet`}
            name={`${year}年发文登记簿.xlsx`}
          />
          <PrintButton />
        </>
      }
    >
      {data && months.length > 1 ? (
        <nav className="tab-row no-print" aria-label="签发月份">
          {['all', ...months].map((one) => (
            <a
              key={one}
              href={`/letters/register?year=${year}&month=${one}`}
              aria-current={one === month ? 'page' : undefined}
              onClick={followLink}
            >
              {one === 'all' ? '全年' : `${Number(one.slice(5))}月`}
            </a>
          ))}
        </nav>
      ) : null}
      {data ? (
        <Ledger
          caption={`${year}年发文登记簿`}
          rows={rows.filter((row) => month === 'all' || row.month === month).map(({ row }) => row)}
          idOf={(row) => `${row.word}${row.number}`}
          empty="这一年还没有编过文号。"
          rowClass={({ standing }) => (standing === '已作废' ? 'struck' : undefined)}
          columns={[
            {
              key: 'number',
              title: '发文字号、校验值',
              cell: ({ documentNumber, sha256 }) => (
                <>
                  <span className="one-line">{documentNumber}</span>
                  {sha256 === undefined ? null : (
                    <code className="check-value" title={`校验值 ${sha256}`}>
                      {sha256.slice(0, 12)}
                    </code>
                  )}
                </>
              ),
              by: ({ word, number }) => `${word}${String(number).padStart(5, '0')}`,
            },
            {
              key: 'title',
              title: '标题',
              cell: ({ id, title }) => (id === undefined ? title : <Way to={`/letters/${id}`}>{title}</Way>),
              by: ({ title }) => title,
              long: true,
            },
            worded<Row>('kind', '类别', ({ kind }) => kind ?? '', { wide: true }),
            worded<Row>('to', '主送', ({ to }) => to),
            worded<Row>('signed', '签发', ({ signed }) => dayOrNone(signed), { wide: true }),
            worded<Row>('issued', '印发', ({ issued }) => dayOrNone(issued), { wide: true }),
            {
              key: 'standing',
              title: '状态',
              cell: (row) => <Mark tone={toneOf(row)}>{row.standing}</Mark>,
              by: ({ standing }) => standing,
            },
          ]}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
      <NoteElsewhere year={year} open={noting} rows={data?.items ?? []} onClose={() => setNoting(false)} />
    </DeskPage>
  );
};

interface NoteProps {
  year: number;
  open: boolean;
  rows: readonly Row[];
  onClose(): void;
}
const NoteElsewhere = ({ year, open, rows, onClose }: NoteProps): ReactElement => {
  const { data: centres = [] } = useRegistry('centre', { enabled: open });
  const centre = centres[0]?.id ?? '';
  return (
    <Ask<{ word: '函' | '通报'; number: number; note: string }>
      title="登记外部占用的文号"
      open={open}
      onClose={onClose}
      path={`/api/registry/${encodeURIComponent(`centre:${centre}`)}/note-number`}
      initial={{ word: '函' }}
      fields={({ word, number, note }) => ({ word, year, number, note })}
      okText="登记"
    >
      <p>由 OA 或纸上编用的文号,登记后本平台不再给出,并列入登记簿。登记后不能取消。</p>
      <Form.Item name="word" label="文种">
        <Radio.Group options={['函', '通报']} />
      </Form.Item>
      <Form.Item
        name="number"
        label={`${year}年第几号`}
        dependencies={['word']}
        rules={[
          { required: true, message: '请填写' },
          ({ getFieldValue }) => ({
            validator: (_rule, number: unknown) =>
              rows.some(
                (row) => row.id !== undefined && row.word === getFieldValue('word') && row.number === number,
              )
                ? Promise.reject(new Error('这个文号已由本平台的函件使用'))
                : Promise.resolve(),
          }),
        ]}
      >
        <InputNumber min={1} max={99_999} precision={0} />
      </Form.Item>
      <WordsItem name="note" label="用于什么" rows={1} max={60} placeholder="如:办公室纸质发文" />
    </Ask>
  );
};
