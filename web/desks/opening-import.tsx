// Old ledgers (期初台账) taken in: every row is read and judged here first and shown as what it will become or why it cannot
// be; nothing is written before it was confirmed. The server judges again and writes all that was wanted, or nothing.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { monthOfFact, type OpeningFact } from '../../shared/opening.ts';
import { checkedOpening } from '../../shared/opening-decide.ts';
import { openingKey, openingRow, readOpeningRow, referenceOf, twinWatch } from '../../shared/opening-file.ts';
import { type Registry, registryOf } from '../../shared/people.ts';
import { ok, refuse, whyOf } from '../../shared/problems.ts';
import type { RuleBook } from '../../shared/rulebook.ts';
import type { View } from '../../shared/views.ts';
import { post, type Refusal, readAll } from '../client.ts';
import { houseNow, monthNow } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import { useRuleBook } from './hall-register.ts';
import { useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { kindWords, openingWords } from './opening-words.ts';
import { Mark, NotThere, Section } from './page.tsx';
import type { SheetRead } from './sheet.ts';
import { SheetPick } from './sheet-pick.tsx';
import { saveBook } from './sheet-saving.ts';
import { useWholeRegistry } from './whole-registry.ts';

const columns = [
  ['种类', 'kind'],
  ['日期', 'day'],
  ['人员', 'persons'],
  ['部门', 'department'],
  ['窗口', 'window'],
  ['违纪类型', 'violation'],
  ['条款', 'clause'],
  ['程度', 'severity'],
  ['扣分', 'points'],
  ['措施', 'measure'],
  ['称号', 'award'],
  ['原台账编号', 'reference'],
  ['备注', 'note'],
] as const;
const heads = columns.map(([title]) => title);
/** As many rows as one request takes. */
const atOnce = 500;

interface Line {
  line: number;
  row: Record<string, unknown>;
  /** As it stands in the file. */
  text: string;
}

const linesOf = ({ head, rows }: SheetRead): Line[] =>
  rows.map(({ line, cells }) => ({
    line,
    text: cells.filter((cell) => cell !== '').join(' · '),
    row: {
      line,
      ...Object.fromEntries(
        columns.flatMap(([title, key]) => {
          const text = cells[head.findIndex((one) => one.replace('*', '').trim() === title)] ?? '';
          return text === '' ? [] : [[key, key === 'points' ? Number(text) : text]];
        }),
      ),
    },
  }));

interface Judged extends Line {
  fact?: OpeningFact;
  /** What tells it from others, where it can be entered. */
  key?: string;
  reason?: string;
}

/** `from`: the first month with a rule book of ours; months before it are the ledgers'. */
const judge = (lines: readonly Line[], registry: Registry, book: RuleBook, from: string): Judged[] => {
  const at = houseNow().toISOString();
  const inForce = ok(book);
  const twinOf = twinWatch();
  return lines.map((one): Judged => {
    const row = openingRow.safeParse(one.row);
    if (!row.success) return { ...one, reason: '种类、日期必须填写,扣分须是数字' };
    const read = readOpeningRow(registry, book, row.data);
    if (!read.ok) return { ...one, reason: read.reason };
    const month = monthOfFact(read.fact);
    const own = month >= from ? inForce : refuse('rulebook.none', month);
    const checked = checkedOpening(read.fact, { registry, own, inForce, at });
    if (!checked.ok) return { ...one, reason: whyOf(checked.problem) };
    const twin = twinOf(one.line, read.fact, row.data);
    const key = openingKey(checked.value.fact, referenceOf(row.data));
    return { ...one, fact: read.fact, ...(twin === undefined ? { key } : { reason: twin }) };
  });
};

/** What an earlier import of these months entered, by key; empty until it is known. */
const useEntered = (judged: readonly Judged[]): ReadonlyMap<string, 'standing' | 'struckOut'> => {
  const months = [...new Set(judged.flatMap(({ fact }) => (fact ? [monthOfFact(fact)] : [])))].sort();
  const { data = new Map() } = useQuery({
    queryKey: ['openings', months],
    enabled: months.length > 0,
    queryFn: async () => {
      const lists = await Promise.all(
        months.map((month) => readAll('opening.list', `/api/openings?month=${month}`)),
      );
      return new Map(
        lists
          .flatMap((list) => (list.ok ? list.value : []))
          .map(({ state }) => [openingKey(state.fact, state.reference ?? ''), state.stage] as const),
      );
    },
  });
  return data;
};

const earlier = (stage: 'standing' | 'struckOut' | undefined): string =>
  stage === undefined ? '' : stage === 'standing' ? '此前已导入,不再登记' : '此前已导入,后已作废';

type Answer = View<'opening.import'>;

export const OpeningImport = (): ReactElement => {
  const { data, error, refetch } = useWholeRegistry();
  const { data: book } = useRuleBook(monthNow());
  const books = useView('rulebook.list', '/api/rulebooks?limit=200');
  const first = (books.data?.items ?? []).map(({ from }) => from).sort()[0] ?? monthNow();
  const client = useQueryClient();
  const [lines, setLines] = useState<Line[]>();
  const [leaving, setLeaving] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const registry = useMemo(() => (data ? registryOf(0, data) : undefined), [data]);
  const judged = useMemo(
    () => (lines && registry && book ? judge(lines, registry, book, first) : []),
    [lines, registry, book, first],
  );
  const entered = useEntered(judged);
  if (!data || !registry) return <NotThere error={error} again={refetch} />;
  if (book === null) return <p className="notice">请先施行考核办法:台账里的条款、称号和措施按它来认。</p>;
  // What the server refused is told at its row as if it had been seen here.
  const told = new Map(
    (answer?.rows ?? []).flatMap(({ line, outcome, reason }) =>
      outcome === 'refused' ? [[line, reason ?? '不能登记'] as const] : [],
    ),
  );
  const reasonOf = (one: Judged): string | undefined => one.reason ?? told.get(one.line);
  const beforeOf = ({ key = '' }: Judged) => entered.get(key);
  const fit = judged.filter((one) => reasonOf(one) === undefined);
  const good = fit.filter((one) => beforeOf(one) === undefined);
  const bad = judged.filter((one) => reasonOf(one) !== undefined);
  const done = answer !== undefined && answer.refused === 0;
  const write = async (): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    const rows = judged.filter((one) => openingRow.safeParse(one.row).success);
    const wanted = await post('opening.import', '/api/openings/import', {
      rows: rows.map(({ row }) => row),
      leaveOut: rows.filter((one) => !good.includes(one)).map(({ line }) => line),
    });
    setBusy(false);
    if (!wanted.ok) setRefusal(wanted.refusal);
    else {
      // Left out for being in the book already: said as that.
      const known = fit.length - good.length;
      const { before, leftOut } = wanted.value;
      setAnswer({ ...wanted.value, before: before + known, leftOut: leftOut - known });
    }
    await client.invalidateQueries();
  };
  return (
    <Section
      title="期初台账"
      aside={
        <Button
          onClick={() =>
            void saveBook('期初台账模板', [
              {
                name: '台账',
                head: heads,
                rows: [
                  [
                    '问题',
                    '2026-03-12',
                    '张三',
                    '',
                    'A01',
                    '违规使用手机',
                    '',
                    '轻微',
                    0,
                    '提醒',
                    '',
                    '',
                    '',
                  ],
                  ['措施', '2026-04-02', '张三', '', '', '', '', '', '', '科室负责人谈话', '', '', ''],
                  ['称号', '2026-05', '李四', '', '', '', '', '', '', '', '服务之星', '', ''],
                ],
              },
            ])
          }
        >
          下载模板
        </Button>
      }
    >
      <SheetPick
        label="Excel 文件(.xlsx),每行一件:问题、措施或称号"
        onChoose={() => {
          setLines(undefined);
          setAnswer(undefined);
          setRefusal(undefined);
          setLeaving(false);
        }}
        onRead={([sheet]) => {
          if (!sheet?.head.includes('种类') || !sheet.head.includes('日期'))
            return `第一张工作表的表头应有:${heads.join('、')}`;
          if (sheet.rows.length > atOnce) return `一次最多 ${atOnce} 行,请分几个文件导入`;
          setLines(linesOf(sheet));
          return undefined;
        }}
      />
      {refusal ? <Refused refusal={refusal} /> : null}
      {done ? (
        <p className="notice good" role="status">
          登记 {answer.entered} 条,此前已登记 {answer.before} 条,略去 {answer.leftOut} 条。
        </p>
      ) : null}
      {lines === undefined || done ? null : (
        <>
          {bad.length > 0 ? (
            <p className="notice bad" role="alert">
              有 {bad.length} 行不能登记,一行也没有写入。请在 Excel 中改正后重新选择,或略去这些行。
            </p>
          ) : null}
          {fit.length > 0 && good.length === 0 ? (
            <p className="notice">这 {fit.length} 行此前都已登记,不必再登记。</p>
          ) : null}
          {/* What must be mended stands first. */}
          <Ledger
            framed
            caption="台账逐行预览"
            rows={[...bad, ...fit]}
            idOf={({ line }) => String(line)}
            rowClass={(one) => (reasonOf(one) === undefined ? undefined : 'urgent')}
            columns={[
              { key: 'line', title: '行', cell: ({ line }) => line, number: true, by: ({ line }) => line },
              {
                key: 'state',
                title: '处理',
                cell: (one) =>
                  reasonOf(one) !== undefined ? (
                    <Mark tone="red">有误</Mark>
                  ) : beforeOf(one) === undefined ? (
                    <Mark tone="green">登记</Mark>
                  ) : (
                    <Mark>已登记</Mark>
                  ),
                by: (one) => (reasonOf(one) !== undefined ? 0 : beforeOf(one) === undefined ? 1 : 2),
              },
              { key: 'kind', title: '种类', cell: ({ fact }) => (fact ? kindWords[fact.kind] : '') },
              {
                key: 'words',
                title: '内容',
                cell: ({ fact, text }) => (fact ? openingWords(fact, registry, book) : text),
                long: true,
              },
              {
                key: 'why',
                title: '原因',
                cell: (one) => reasonOf(one) ?? earlier(beforeOf(one)),
                long: true,
              },
            ]}
          />
          {bad.length > 0 && good.length > 0 ? (
            <Checkbox checked={leaving} onChange={({ target }) => setLeaving(target.checked)}>
              略去有误的 {bad.length} 行,只登记其余 {good.length} 行
            </Checkbox>
          ) : null}
          <div className="desk-actions">
            <Button
              type="primary"
              loading={busy}
              disabled={good.length === 0 || (bad.length > 0 && !leaving)}
              onClick={() => void write()}
            >
              确认登记 {good.length} 行
            </Button>
            <Button onClick={() => setLines(undefined)}>放弃</Button>
          </div>
        </>
      )}
    </Section>
  );
};
