// 待办: what is due for this person, as the API derives it, kind by kind with the most pressing first. Each line leads to
// the matter it is about, or to the form that does it. Light: phones and tablets open it too.
import { type ReactElement, useMemo, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { awardKinds, talkKinds } from '../due-kinds.ts';
import { addressOf } from '../matter-address.ts';
import { Empty, Refused, Waiting } from '../parts/words.tsx';
import { useReading } from '../reading.ts';
import { followLink } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { may } from '../visitor-here.ts';

type Due = View<'obligation.list'>['items'][number];

/** In the order of a day's work; what is not named comes last under 其他. */
const groups: readonly { title: string; kinds: readonly string[] }[] = [
  { title: '待核实的问题', kinds: ['verify', 'identify', 'transfer'] },
  { title: '复核', kinds: ['decideReview'] },
  { title: '告知与听取意见', kinds: ['notify', 'settle'] },
  { title: '加分与好人好事', kinds: ['verifyBonus'] },
  { title: '谈话', kinds: talkKinds },
  {
    title: '函告与通报',
    kinds: [
      'letter',
      'check',
      'revise',
      'sign',
      'seal',
      'issue',
      'acknowledge',
      'answerLetter',
      'urge',
      'closeLetter',
    ],
  },
  { title: '落实措施', kinds: ['enforce', 'answerMeasure', 'withdrawMeasure'] },
  { title: '整改单', kinds: ['rectify', 'recheck', 'strikeOff', 'urgeRectification'] },
  {
    title: '投诉受理',
    kinds: [
      'acceptComplaint',
      'explainComplaint',
      'investigateComplaint',
      'decideComplaint',
      'answerComplaint',
      'revisitComplaint',
      'archiveComplaint',
      'urgeComplaint',
    ],
  },
  { title: '评选', kinds: awardKinds },
  { title: '月度得分', kinds: ['answerSumObjection'] },
  { title: '待补传的证据', kinds: ['missingEvidence'] },
];
const titleOf = (kind: string): string =>
  groups.find(({ kinds }) => kinds.includes(kind))?.title ?? '其他事项';

/** What this person may do themselves, apart from what they only watch over. */
const ownOf = (items: readonly Due[], roles: readonly string[]): Due[] =>
  items.filter((due) => due.roles.some((role) => roles.includes(role)));

interface Group {
  title: string;
  items: Due[];
}
const grouped = (items: readonly Due[]): Group[] => {
  const found = new Map<string, Due[]>();
  for (const due of items) found.set(titleOf(due.kind), [...(found.get(titleOf(due.kind)) ?? []), due]);
  // A group stands where its most pressing matter would.
  return [...found].map(([title, all]) => ({ title, items: all }));
};

const Line = ({ due }: { due: Due }): ReactElement => {
  const to = addressOf(due.matter);
  const words = (
    <>
      <span>{due.sentence}</span>
      {due.due === undefined ? null : (
        <span className={due.overdue ? 'mark red' : 'mark'}>
          {due.overdue ? '已超期 ' : '限 '}
          {dateTimeWords(due.due)}
        </span>
      )}
    </>
  );
  return (
    <li>
      {to === undefined ? (
        <div className="due-line">{words}</div>
      ) : (
        <a className="due-line" href={to} onClick={followLink}>
          {words}
        </a>
      )}
    </li>
  );
};

const first = 8;
const GroupOf = ({ group, batch }: { group: Group; batch: boolean }): ReactElement => {
  const [whole, setWhole] = useState(false);
  const shown = whole ? group.items : group.items.slice(0, first);
  const left = group.items.length - shown.length;
  return (
    <section className="due-group">
      <div className="due-head">
        <h2>
          {group.title} <span className="mark">{group.items.length}</span>
        </h2>
        {batch ? (
          <a className="button small" href="/cases/batch" onClick={followLink}>
            批量核实轻微问题
          </a>
        ) : null}
      </div>
      <ul className="due-list">
        {shown.map((due) => (
          <Line key={due.id} due={due} />
        ))}
      </ul>
      {left > 0 ? (
        <button type="button" className="button bare" onClick={() => setWhole(true)}>
          再显示 {left} 件
        </button>
      ) : null}
    </section>
  );
};

/** Where a hall that has only just begun is told what it still lacks. */
const Begin = (): ReactElement => (
  <p>
    <a href="/settings/start" onClick={followLink}>
      刚启用的中心,请从“启用向导”开始
    </a>
  </p>
);

const Todo = ({ me }: ScreenProps): ReactElement => {
  const { outcome, again } = useReading('obligation.list', '/api/obligations');
  const [all, setAll] = useState(false);
  const roles = useMemo(() => me.roles.map(({ role }) => String(role)), [me]);
  if (!outcome) return <Waiting />;
  if (!outcome.ok && outcome.refusal.code === 'access.denied')
    return <Empty>您的工作没有待办清单。请从左侧选择。</Empty>;
  if (!outcome.ok && outcome.refusal.code === 'rulebook.none' && may(me, 'registry.enter'))
    return (
      <Empty>
        还没有生效的考核办法,待办从施行之后开始。
        <Begin />
      </Empty>
    );
  if (!outcome.ok) return <Refused refusal={outcome.refusal} again={again} />;
  const { items } = outcome.value;
  const own = ownOf(items, roles);
  const shown = all ? items : own;
  const late = shown.filter(({ overdue }) => overdue).length;
  return (
    <div className="due-page">
      <div className="due-head">
        <h1>待办</h1>
        <span className="quiet">
          {shown.length} 件{late > 0 ? `,其中 ${late} 件已超期` : ''}
        </span>
        <span className="shell-room" />
        {items.length > own.length ? (
          <fieldset className="segments" aria-label="范围">
            <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
              由我办理 {own.length}
            </button>
            <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
              全部 {items.length}
            </button>
          </fieldset>
        ) : null}
      </div>
      {shown.length === 0 ? (
        <Empty>
          没有待办事项。新的事项会自动出现在这里。
          {may(me, 'registry.enter') ? <Begin /> : null}
        </Empty>
      ) : (
        grouped(shown).map((group) => (
          <GroupOf
            key={group.title}
            group={group}
            batch={may(me, 'case.confirm') && group.items.filter(({ kind }) => kind === 'verify').length > 1}
          />
        ))
      )}
    </div>
  );
};
export default Todo;
