// 表扬登记: the good deeds of a month, how the house learnt of them, what was recognised, which entries may be one deed.
import '../style/office.css';
import { Button, Form, Input, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { bonusStageTitles, praiseWays } from '../../shared/bonus.ts';
import { bonusType, bonusTypes } from '../../shared/catalog.ts';
import type { View } from '../../shared/views.ts';
import { monthNow, today } from '../clock.ts';
import { dayWords, monthWords } from '../month-words.ts';
import { MonthSwitch } from '../parts/month-switch.tsx';
import { holdsToday } from '../roster-read.ts';
import type { ScreenProps } from '../screens.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, PickItem, WordsItem } from './ask.tsx';
import { bonusTones, praiseWayWords } from './bonus-words.ts';
import { useRegistry } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { type Column, Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, PrintButton, Section, Way } from './page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

type Deed = View<'bonus.list'>['items'][number];

const Praise = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default Praise;

const Room = ({ me }: { me: Me }): ReactElement => {
  const [month, setMonth] = useState(monthNow);
  const [entering, setEntering] = useState(false);
  const { data, error, refetch } = useView('bonus.list', `/api/bonuses?month=${month}&limit=200`);
  const staff = useRegistry('staff');
  const names = useMemo(() => new Map((staff.data ?? []).map(({ id, name }) => [id, name])), [staff.data]);
  const called = (ids: readonly string[]): string => ids.map((id) => names.get(id) ?? id).join('、');
  const columns: Column<Deed>[] = [
    { key: 'day', title: '日期', cell: ({ state }) => dayWords(state.day), by: ({ state }) => state.day },
    {
      key: 'who',
      title: '人员',
      cell: ({ state }) => called(state.persons),
      by: ({ state }) => called(state.persons),
    },
    {
      key: 'what',
      title: '事项',
      cell: ({ state }) => bonusType(state.type)?.name ?? state.type,
      by: ({ state }) => state.type,
    },
    {
      key: 'way',
      title: '来源',
      cell: ({ state }) => (state.way === undefined ? '' : praiseWayWords[state.way]),
      wide: true,
    },
    { key: 'object', title: '实物编号', cell: ({ state }) => state.object ?? '', wide: true },
    {
      key: 'stage',
      title: '状态',
      cell: ({ state, same }) => (
        <>
          <Mark tone={bonusTones[state.stage]}>{bonusStageTitles[state.stage]}</Mark>
          {same.length > 0 ? <Mark tone="red">可能重复</Mark> : null}
        </>
      ),
      by: ({ state }) => state.stage,
    },
    {
      key: 'do',
      title: '',
      cell: ({ id, state }) => (
        <Way to={`/bonuses/${id}`}>
          {state.stage === 'reported' && may(me, 'bonus.confirm') ? '去认定' : '查看'}
          <span className="unseen">{called(state.persons)}</span>
        </Way>
      ),
    },
  ];
  return (
    <DeskPage
      title="表扬登记"
      under="表扬须有原件或文件为凭;同一件事登记两次的会提示合并"
      actions={
        <>
          <MonthSwitch month={month} change={setMonth} />
          {may(me, 'bonus.report') ? (
            <Button type="primary" onClick={() => setEntering(true)}>
              登记表扬
            </Button>
          ) : null}
          <PrintButton />
        </>
      }
    >
      <Section title={`${monthWords(month)}好人好事登记簿`}>
        {data ? (
          <Ledger
            framed
            caption="好人好事登记簿"
            rows={data.items}
            columns={columns}
            idOf={({ id }) => id}
            sorted="-day"
            empty="这个月还没有登记。表扬信、锦旗、热线和好差评的表扬,以及巡查中看到的好人好事都记在这里。"
          />
        ) : (
          <NotThere error={error} again={refetch} />
        )}
      </Section>
      {entering ? <Enter close={() => setEntering(false)} /> : null}
    </DeskPage>
  );
};

interface Entered {
  type: string;
  day: string;
  persons: string[];
  way?: string;
  object?: string;
  sender?: string;
  description: string;
  files?: Manifest[];
}

const Enter = ({ close }: { close(): void }): ReactElement => {
  const staff = useRegistry('staff');
  const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
  return (
    <Ask<Entered>
      open
      title="登记表扬"
      okText="登记"
      onClose={close}
      path="/api/bonuses"
      carrier="bonus"
      filesIn={({ files }) => files}
      initial={{ day: today() }}
      fields={({ type, day, persons, way, object, sender, description }, evidence) => ({
        ...{ type, day, persons, description, evidence },
        ...(filled(way) ? { way } : {}),
        ...(filled(object) ? { object: object.trim() } : {}),
        ...(filled(sender) ? { sender: sender.trim() } : {}),
      })}
    >
      <PickItem
        name="type"
        label="事项"
        choices={bonusTypes.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <PickItem
        name="persons"
        label="人员(同一部门的可多选)"
        many
        choices={(staff.data ?? [])
          .filter((one) => one.post === 'window' && holdsToday(one))
          .map(({ id, name }) => ({ value: id, label: `${name}(${id})` }))}
      />
      <Form.Item name="day" label="日期" rules={[{ required: true, message: '请填写日期' }]}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Form.Item name="way" label="来源">
        <Select
          allowClear
          options={praiseWays.map((value) => ({ value, label: praiseWayWords[value] }))}
          placeholder="请选择"
        />
      </Form.Item>
      <WordsItem name="object" label="原件存放编号" optional rows={1} max={40} />
      <WordsItem name="sender" label="表扬人(仅督查科可见)" optional rows={1} max={80} />
      <WordsItem name="description" label="事迹" rows={4} max={2000} />
      <Form.Item name="files" label="照片或扫描件">
        <ScanField scan={false} />
      </Form.Item>
    </Ask>
  );
};
