// Titles of a month: those under way or done, and opening one once the month is frozen.
import { Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { termsIn } from '../../shared/award-term.ts';
import { publicityEnds } from '../../shared/publicity.ts';
import { termWords, titleWords } from '../../shared/term-words.ts';
import type { View } from '../../shared/views.ts';
import { houseNow, today } from '../clock.ts';
import { awardKinds } from '../due-kinds.ts';
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
const stages: Record<Stage, { word: string; tone: Tone }> = {
  open: { word: '推荐中', tone: 'blue' },
  toDraw: { word: '待抽签', tone: 'amber' },
  decided: { word: '已研究,待公示', tone: 'amber' },
  published: { word: '公示中', tone: 'blue' },
  announced: { word: '已公布', tone: 'green' },
};

type Staged = Pick<View<'award.read'>['state'], 'stage' | 'committee' | 'recipients'>;
/**
 * Once the committee sits nobody is put forward any more; while somebody who moved up waits for a publicity of their own,
 * the others' goes on. Who may not see that one is shown no more than before.
 */
export const awardStage = ({ stage, committee, recipients = [] }: Staged): { word: string; tone: Tone } => {
  if (stage === 'open' && committee?.sitting) return { word: '推荐截止,待研究', tone: 'amber' };
  const up = recipients.filter(({ publicity }) => publicity !== undefined);
  if ((stage !== 'decided' && stage !== 'published') || up.length === 0) return stages[stage];
  if (up.length < recipients.length) return { word: '递补待公示', tone: 'amber' };
  const last = publicityEnds(recipients).at(-1);
  if (last === undefined) return stages.announced;
  return last < houseNow().toISOString() ? { word: '公示期满,待公布', tone: 'amber' } : stages.published;
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
      <DueHere title="应办理的评选事项" kinds={awardKinds} />
      {data && may(me, 'award.open') ? (
        <Opening month={month} there={data.items.map(({ id }) => id)} />
      ) : null}
      {data ? (
        <Ledger
          caption={`${monthWords(month)}评选`}
          rows={data.items}
          idOf={(row) => row.id}
          empty="这个月还没有评选。"
          columns={[
            {
              key: 'title',
              title: '名称',
              cell: (row) => <Way to={`/awards/${row.id}`}>{titleWords(row.state)}</Way>,
            },
            {
              key: 'stage',
              title: '进度',
              cell: ({ state }) => <Mark tone={awardStage(state).tone}>{awardStage(state).word}</Mark>,
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
  const [picked, setPicked] = useState<string>();
  const opening = useAsking('answer', ({ id }) => go(`/awards/${id}`));
  const commandId = useMemo(() => crypto.randomUUID(), []);
  const frozen = months.data?.items.some((one) => one.month === month && one.stage === 'frozen') ?? false;
  // A week's title waits for no month, and a month has several weeks.
  const left = (book?.awards ?? []).flatMap((rule) => {
    const weekly = rule.cadence === 'week';
    const terms = termsIn(rule, month)
      .filter(({ id, until }) => !there.includes(id) && (weekly ? until < today() : frozen))
      .toReversed();
    return terms.length === 0 ? [] : [{ rule, weekly, terms }];
  });
  const asked = left.find(({ rule }) => rule.code === code) ?? left[0];
  const waiting = frozen
    ? []
    : (book?.awards ?? []).flatMap((rule) =>
        rule.cadence !== 'week' && termsIn(rule, month).length > 0 ? [rule.title] : [],
      );
  const later =
    waiting.length === 0 ? null : (
      <p className="quiet">
        {monthWords(month)}定稿后可启动:{waiting.join('、')}。
      </p>
    );
  if (!asked) return later;
  const { rule, weekly, terms } = asked;
  const term = terms.find(({ id }) => id === picked) ?? terms[0];
  return (
    <Section title={`启动${monthWords(month)}评选`} className="no-print">
      <div className="filter-bar labelled">
        <div className="field">
          <label htmlFor="award-code">评选项目</label>
          <Select
            id="award-code"
            value={rule.code}
            onChange={setCode}
            style={{ width: 240 }}
            options={left.map((one) => ({ value: one.rule.code, label: one.rule.title }))}
          />
        </div>
        {weekly ? (
          <div className="field">
            <label htmlFor="award-week">哪一周(周一至周日)</label>
            <Select
              id="award-week"
              value={term?.id ?? null}
              onChange={setPicked}
              style={{ width: 260 }}
              options={terms.map((one) => ({ value: one.id, label: termWords({ month, term: one }) }))}
            />
          </div>
        ) : null}
        <button
          type="button"
          className="button"
          disabled={opening.isPending}
          onClick={() =>
            opening.mutate({
              path: '/api/awards',
              fields: { commandId, month, code: rule.code, ...(weekly ? { week: term?.from } : {}) },
            })
          }
        >
          {opening.isPending ? '正在核定资格…' : '启动,算出符合条件的对象'}
        </button>
      </div>
      {later}
      {opening.error ? <Refused refusal={refusalIn(opening.error)} /> : null}
    </Section>
  );
};
