// 督查记录: the rounds of a day, whoever made them (patrol, video supervision, third party, imported), and beginning one that
// is made at a desk: video supervision, a round of the third party's contract.
import { Button, Input } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import type { InspectionKind } from '../../shared/inspection.ts';
import { plusDays } from '../../shared/time.ts';
import type { View } from '../../shared/views.ts';
import { houseNow, today } from '../clock.ts';
import { followLink, go, useAsked } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { timeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, PickItem, WhenItem, WordsItem } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Way } from './page.tsx';

const Inspections = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default Inspections;

type Row = View<'inspection.list'>['items'][number];

export const inspectionWords: Record<InspectionKind, string> = {
  patrol: '巡查',
  video: '视频督查',
  thirdParty: '第三方测评',
  imported: '导入',
};

const seenWords = ({ state: { counts, planned, kind } }: Row): string => {
  const looks = counts.fine + counts.finding + counts.notSeen;
  const parts = [
    looks > 0 || kind === 'patrol' ? `看窗口 ${looks} 次(应看 ${planned} 个)` : '',
    counts.views > 0 ? `看视频 ${counts.views} 段` : '',
    counts.items > 0 ? `评分 ${counts.items} 项` : '',
    counts.rows > 0 ? `${counts.rows} 行` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ') || '尚无记录';
};

const Room = ({ me }: { me: Me }): ReactElement => {
  const asked = useAsked().get('day');
  const day = /^\d{4}-\d\d-\d\d$/.test(asked ?? '') && asked !== null ? asked : today();
  const { data, error, refetch } = useView('inspection.list', `/api/inspections?day=${day}&limit=200`);
  const { data: staff } = useRegistry('staff', { enabled: may(me, 'registry.read') });
  const { data: grids } = useRegistry('grid', { enabled: may(me, 'registry.read') });
  const [opening, setOpening] = useState<'video' | 'thirdParty'>();
  const names = useMemo(
    () => new Map([...(staff ?? []), ...(grids ?? [])].map(({ id, name }) => [id, name])),
    [staff, grids],
  );
  const called = (id: string | undefined): string => (id === undefined ? '' : (names.get(id) ?? id));
  return (
    <DeskPage
      title="督查记录"
      under={
        may(me, 'month.read')
          ? '巡查、视频督查和第三方测评,按日期查看'
          : '您自己登记的各轮,按日期查看;别人的记录和得分这里看不到'
      }
      actions={
        <>
          <a className="button small" href={`/inspections?day=${plusDays(day, -1)}`} onClick={followLink}>
            前一天
          </a>
          <Input
            type="date"
            aria-label="日期"
            value={day}
            max={today()}
            style={{ width: 160 }}
            onChange={({ target }) => {
              if (target.value !== '') go(`/inspections?day=${target.value}`, { replace: true });
            }}
          />
          {day < today() ? (
            <a className="button small" href={`/inspections?day=${plusDays(day, 1)}`} onClick={followLink}>
              后一天
            </a>
          ) : null}
          {may(me, 'inspection.openVideo') ? (
            <Button type="primary" onClick={() => setOpening('video')}>
              开始视频督查
            </Button>
          ) : null}
          {may(me, 'inspection.openThirdParty') ? (
            <Button
              {...(may(me, 'inspection.openVideo') ? {} : ({ type: 'primary' } as const))}
              onClick={() => setOpening('thirdParty')}
            >
              登记第三方测评
            </Button>
          ) : null}
          <PrintButton />
        </>
      }
    >
      {data ? (
        <Ledger
          framed
          caption={`${day} 的督查记录`}
          rows={data.items}
          idOf={({ id }) => id}
          sorted="from"
          empty={
            may(me, 'inspection.openThirdParty') && !may(me, 'month.read')
              ? day === today()
                ? '今天还没有您登记的测评。开始一轮时点“登记第三方测评”,填合同里的轮次;评分、录音录像和发现的问题都记在那一轮里,结束后交中心核实。'
                : '这一天没有您登记的测评。可以翻到前面的日期。'
              : '这一天没有督查记录。'
          }
          columns={[
            {
              key: 'kind',
              title: '种类',
              cell: ({ id, state }) => (
                <Way to={`/inspections/${id}`}>
                  {inspectionWords[state.kind]}
                  {state.round === undefined ? '' : ` ${state.round}`}
                </Way>
              ),
              by: ({ state }) => state.kind,
            },
            {
              key: 'who',
              title: '由谁',
              cell: ({ state }) =>
                state.walkedBy === undefined || state.walkedBy === state.openedBy.person
                  ? called(state.openedBy.person)
                  : `${called(state.walkedBy)}(${called(state.openedBy.person)}补录)`,
              by: ({ state }) => called(state.walkedBy ?? state.openedBy.person),
            },
            { key: 'grid', title: '网格', cell: ({ state }) => called(state.grid) || '全中心', wide: true },
            {
              key: 'from',
              title: '时间',
              cell: ({ state }) =>
                `${timeWords(state.startedAt)}${state.endedAt === undefined ? ' 起' : `–${timeWords(state.endedAt)}`}`,
              by: ({ state }) => state.startedAt,
            },
            { key: 'seen', title: '记录', cell: seenWords, wide: true },
            {
              key: 'found',
              title: '发现问题',
              number: true,
              cell: ({ state }) => (state.counts.finding === 0 ? '' : state.counts.finding),
              by: ({ state }) => state.counts.finding,
            },
            {
              key: 'stage',
              title: '状态',
              cell: ({ state }) =>
                state.stage === 'open' ? <Mark tone="blue">进行中</Mark> : <Mark tone="green">已结束</Mark>,
              by: ({ state }) => state.stage,
            },
          ]}
        />
      ) : (
        <NotThere error={error} again={refetch} />
      )}
      {opening ? <Opening kind={opening} close={() => setOpening(undefined)} /> : null}
    </DeskPage>
  );
};

interface Values {
  startedAt: string;
  grid?: string;
  round?: string;
}
const Opening = ({ kind, close }: { kind: 'video' | 'thirdParty'; close(): void }): ReactElement => {
  const { data: grids = [] } = useRegistry('grid');
  return (
    <Ask<Values>
      open
      title={kind === 'video' ? '开始视频督查' : '登记第三方测评'}
      okText="开始"
      onClose={close}
      path="/api/inspections"
      initial={{ startedAt: houseNow().toISOString() }}
      fields={({ startedAt, grid, round }) => ({
        kind,
        startedAt,
        ...(grid === undefined ? {} : { grid }),
        ...(kind === 'thirdParty' ? { round: round?.trim() } : {}),
      })}
      after={({ id }) => go(`/inspections/${id}`)}
    >
      <WhenItem name="startedAt" label="开始时间" />
      {kind === 'thirdParty' ? (
        <WordsItem name="round" label="第几轮" rows={1} max={20} placeholder="按合同编号,如 2026-11-1" />
      ) : null}
      <PickItem
        name="grid"
        label="网格"
        optional
        placeholder="不选即全中心"
        choices={grids.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Ask>
  );
};
