// The meeting's decision: the proposed list stands ready, the meeting may move people between list and reserve; where
// equals stand at the border of the quota and the rule book says so, they are drawn.
import { Form, Input } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { Refused } from '../parts/words.tsx';
import { counted, whose } from '../title-words.ts';
import { useStep, WordsItem } from './ask.tsx';
import { type Award, criterionWords, outcomes, type Proposal, whyWords } from './award-words.ts';
import { named } from './history-words.ts';
import { refusalIn } from './kit.tsx';
import { type Column, Ledger } from './ledger.tsx';
import { Mark, Section } from './page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

type Standing = Proposal['standings'][number];
const fates = ['list', 'reserve', 'draw', 'none'] as const;
type Fate = (typeof fates)[number];
const fateWords: Record<Fate, string> = { list: '入选', reserve: '递补', draw: '抽签', none: '不列入' };

interface Values {
  minutes: string;
  source?: string;
  files?: Manifest[];
}

interface DecideProps {
  award: Award;
  proposal: Proposal;
  names: Record<string, string>;
}

const inPlace = (a: Standing, b: Standing): number => (a.place ?? 9999) - (b.place ?? 9999);

export const AwardDecide = ({ award, proposal, names }: DecideProps): ReactElement => {
  const { state } = award;
  const step = useStep();
  const may = useMemo(
    () =>
      new Set(
        state.eligible.filter(
          (id) => !state.mustBeNominated || state.nominated.some(({ person }) => person === id),
        ),
      ),
    [state],
  );
  const drawn = useMemo(
    () => new Set(proposal.ties.filter(({ by }) => by === 'draw').flatMap(({ candidates }) => candidates)),
    [proposal],
  );
  const [moved, setMoved] = useState<Record<string, Fate>>({});
  const fateOf = (one: Standing): Fate =>
    moved[one.candidate] ??
    (!may.has(one.candidate)
      ? 'none'
      : drawn.has(one.candidate)
        ? 'draw'
        : proposal.chosen.includes(one.candidate)
          ? 'list'
          : one.place === undefined
            ? 'none'
            : 'reserve');
  const rows = [...proposal.standings].sort(inPlace);
  const of = (fate: Fate): Standing[] => rows.filter((one) => fateOf(one) === fate);
  const list = of('list');
  const draw = of('draw');
  const places = Math.max(0, Math.min(draw.length - 1, state.quota - list.length));
  const drawing = draw.length > 1 && places > 0;
  const criterion = (one: Standing): string =>
    (one.decided ? criterionWords(one.decided.criterion) : (one.why[0] ?? '按排序')).slice(0, 200);
  const send = ({ minutes, source, files }: Values): void =>
    void step.take(
      `/api/awards/${award.id}/decide`,
      (said) => ({
        list: list.map((one) => ({ person: one.candidate, criterion: criterion(one) })),
        reserve: of('reserve').map((one) => ({ person: one.candidate, criterion: criterion(one) })),
        ...(drawing ? { draw: { persons: draw.map((one) => one.candidate), places, source } } : {}),
        minutes,
        evidence: said,
      }),
      files ?? [],
      'award',
    );
  // Where nobody is decided on who was not put forward, the whole hall would only be in the way.
  const put = new Set(state.nominated.map(({ person }) => person));
  const shown = state.mustBeNominated ? rows.filter(({ candidate }) => put.has(candidate)) : rows;
  const columns: Column<Standing>[] = [
    { key: 'place', title: '名次', number: true, cell: (row) => row.place ?? '' },
    {
      key: 'name',
      title: whose(state),
      cell: (row) => <span className="one-line">{named(row.candidate, names)}</span>,
    },
    {
      key: 'fate',
      title: '会议决定',
      cell: (row) =>
        may.has(row.candidate) ? (
          <select
            className="plain-select"
            aria-label={`${named(row.candidate, names)}的会议决定`}
            value={fateOf(row)}
            onChange={(event) => {
              const fate = fates.find((one) => one === event.target.value) ?? 'none';
              setMoved((before) => ({ ...before, [row.candidate]: fate }));
            }}
          >
            {fates
              .filter((fate) => fate !== 'draw' || drawn.size > 0)
              .map((fate) => (
                <option key={fate} value={fate}>
                  {fateWords[fate]}
                </option>
              ))}
          </select>
        ) : (
          <span className="quiet">
            {state.heldBack.includes(row.candidate)
              ? '暂缓评选'
              : state.eligible.includes(row.candidate)
                ? '未获推荐'
                : '不符合条件'}
          </span>
        ),
    },
    {
      key: 'outcome',
      title: '排序',
      cell: (row) => <Mark tone={outcomes[row.outcome].tone}>{outcomes[row.outcome].word}</Mark>,
    },
    { key: 'why', title: '依据', cell: (row) => whyWords(row, names), long: true },
  ];
  return (
    <Section
      title="会议研究"
      className="task"
      aside={
        <Mark tone={list.length + places > state.quota ? 'red' : 'plain'}>
          入选 {list.length}
          {draw.length > 1 ? ` + 抽签 ${places}` : ''} / 名额 {state.quota}
        </Mark>
      }
    >
      <Ledger
        caption="候选人与会议决定"
        rows={shown}
        idOf={(row) => row.candidate}
        columns={columns}
        framed
        empty="还没有推荐。由首席代表在“本部门”页推荐后,再研究确定。"
      />
      <Form<Values> layout="vertical" requiredMark="optional" onFinish={send} className="no-print">
        {draw.length > 1 ? (
          <Form.Item
            name="source"
            label="抽签所依据的公共号码(事先公告)"
            rules={[{ required: true, message: '请写明以哪一个公共号码为准' }]}
          >
            <Input maxLength={100} placeholder="例:福彩双色球第 2026135 期开奖号码" />
          </Form.Item>
        ) : null}
        <WordsItem name="minutes" label="会议纪要" rows={4} max={4000} />
        <Form.Item name="files" label="纪要扫描件">
          <ScanField />
        </Form.Item>
        {step.error === undefined ? null : <Refused refusal={refusalIn(step.error)} />}
        <button
          type="submit"
          className="button primary"
          disabled={step.busy || list.length + (draw.length > 1 ? places : 0) === 0}
        >
          {step.busy
            ? '正在提交…'
            : drawing && list.length === 0
              ? `确定抽签名单,抽 ${counted(places, state)}`
              : `确定名单 ${counted(list.length, state)}${drawing ? `,另抽签 ${counted(places, state)}` : ''}`}
        </button>
      </Form>
    </Section>
  );
};
