// Titles of a month: those under way or done, and opening one once the month is frozen.
import { Input, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { termWords } from '../month-words.ts';
import { Refused } from '../parts/words.tsx';
import { followLink, go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { DueHere } from './due-here.tsx';
import { useRuleBook } from './hall-register.ts';
import { Desk, refusalIn, useAsking, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { MonthTurner, useMonth } from './month-turner.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Section, type Tone, Way } from './page.tsx';
import { monthWords } from './wall-time.ts';

type Stage = View<'award.read'>['state']['stage'];
export const awardStages: Record<Stage, { word: string; tone: Tone }> = {
  open: { word: '推荐中', tone: 'blue' },
  toDraw: { word: '待抽签', tone: 'amber' },
  decided: { word: '已研究,待公示', tone: 'amber' },
  published: { word: '公示中', tone: 'blue' },
  announced: { word: '已公布', tone: 'green' },
};

const Awards = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <List me={me} />
  </Desk>
);
export default Awards;

type Award = View<'award.list'>['items'][number];

const List = ({ me }: { me: Me }): ReactElement => {
  const month = useMonth(1);
  const { data, error, refetch } = useView('award.list', `/api/awards?month=${month}&limit=200`);
  return (
    <DeskPage
      title="评选"
      under="资格由定稿得分算出;首席代表推荐,会议研究确定,公示期满公布。"
      actions={
        <>
          <MonthTurner base="/awards" month={month} />
          <a className="button small" href="/honour" onClick={followLink}>
            光荣榜
          </a>
          <PrintButton />
        </>
      }
    >
      <DueHere
        title="应办理的评选事项"
        kinds={['decideAward', 'drawAward', 'publishAward', 'answerObjection', 'announceAward']}
      />
      {data && may(me, 'award.open') ? (
        <Opening month={month} there={data.items.map(({ state }) => state.code)} />
      ) : null}
      {data ? (
        <Ledger
          caption={`${monthWords(month)}评选`}
          rows={data.items}
          idOf={(row) => row.id}
          empty="这个月还没有评选。月度定稿后由内勤启动。"
          columns={[
            {
              key: 'title',
              title: '名称',
              cell: (row) => (
                <Way to={`/awards/${row.id}`}>
                  {row.state.term === undefined ? '' : termWords(row.state)}
                  {row.state.title}
                </Way>
              ),
            },
            {
              key: 'stage',
              title: '进度',
              cell: ({ state }) => (
                <Mark tone={awardStages[state.stage].tone}>{awardStages[state.stage].word}</Mark>
              ),
            },
            { key: 'quota', title: '名额', number: true, cell: ({ state }) => state.quota },
            // Who may not see the candidates is not told a number that looks like theirs.
            ...(may(me, 'award.readProposal')
              ? [
                  {
                    key: 'eligible',
                    title: '符合条件',
                    number: true,
                    cell: ({ state }: Award) => state.eligible.length,
                    wide: true,
                  },
                  {
                    key: 'nominated',
                    title: '已推荐',
                    number: true,
                    cell: ({ state }: Award) => state.nominated.length,
                    wide: true,
                  },
                ]
              : []),
            { key: 'won', title: '人选', number: true, cell: ({ state }) => state.recipients?.length ?? '' },
            { key: 'opened', title: '启动', cell: ({ state }) => dateTimeWords(state.openedAt), wide: true },
          ]}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
    </DeskPage>
  );
};

const Opening = ({ month, there }: { month: string; there: readonly string[] }): ReactElement | null => {
  const months = useView('month.list', '/api/months');
  const { data: book } = useRuleBook(month);
  const [code, setCode] = useState<string>();
  const [week, setWeek] = useState('');
  const opening = useAsking('answer', ({ id }) => go(`/awards/${id}`));
  const id = useMemo(() => crypto.randomUUID(), []);
  const frozen = months.data?.items.some((one) => one.month === month && one.stage === 'frozen') ?? false;
  // A week's title waits for no month, and a month has several weeks.
  const left =
    book?.awards.filter(({ code, cadence }) => cadence === 'week' || (frozen && !there.includes(code))) ?? [];
  if (left.length === 0) return null;
  const asked = code ?? left[0]?.code;
  const weekly = left.find((one) => one.code === asked)?.cadence === 'week';
  return (
    <Section title={`启动${monthWords(month)}评选`} className="no-print">
      <div className="filter-bar">
        <Select
          aria-label="评选项目"
          value={asked}
          onChange={setCode}
          style={{ width: 240 }}
          options={left.map((one) => ({ value: one.code, label: one.title }))}
        />
        {weekly ? (
          <Input
            type="date"
            aria-label="哪一周(周一)"
            value={week}
            style={{ width: 170 }}
            onChange={({ target }) => setWeek(target.value)}
          />
        ) : null}
        <button
          type="button"
          className="button"
          disabled={opening.isPending || (weekly && week === '')}
          onClick={() =>
            opening.mutate({
              path: '/api/awards',
              fields: { commandId: id, month, code: asked, ...(weekly ? { week } : {}) },
            })
          }
        >
          {opening.isPending ? '正在核定资格…' : '启动,算出符合条件的人员'}
        </button>
      </div>
      {opening.error ? <Refused refusal={refusalIn(opening.error)} /> : null}
    </Section>
  );
};
