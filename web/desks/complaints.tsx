// 投诉受理: the month's complaints with their deadlines, taking one in, and the month's figures. Who complained does not
// stand here.
import '../style/office.css';
import { Button, Form, Input, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { violationTypes } from '../../shared/catalog.ts';
import { complaintSources } from '../../shared/complaint.ts';
import { houseNow, monthNow } from '../clock.ts';
import { monthWords } from '../month-words.ts';
import { MonthSwitch } from '../parts/month-switch.tsx';
import { holdsToday, windowWords } from '../roster-read.ts';
import { go } from '../route.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, PickItem, WhenField, WhenItem, WordsItem } from './ask.tsx';
import {
  type Complaint,
  complaintSourceTitles,
  complaintStageTitles,
  dueOf,
  outcomeTitles,
  stageTones,
} from './complaint-words.ts';
import { useRegistry } from './hall-register.ts';
import { Desk, useView } from './kit.tsx';
import { type Column, Ledger } from './ledger.tsx';
import { DeskPage, Mark, NotThere, Section, Way } from './page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

const Complaints = ({ me }: ScreenProps): ReactElement => (
  <Desk>
    <Room me={me} />
  </Desk>
);
export default Complaints;

const Room = ({ me }: { me: Me }): ReactElement => {
  const [month, setMonth] = useState(monthNow);
  const [taking, setTaking] = useState(false);
  const { data, error, refetch } = useView('complaint.list', `/api/complaints?month=${month}&limit=200`);
  const windows = useRegistry('window', { enabled: may(me, 'registry.read') });
  const departments = useRegistry('department', { enabled: may(me, 'registry.read') });
  const names = useMemo(
    () =>
      new Map([
        ...(windows.data ?? []).map(({ id, number }): [string, string] => [id, number]),
        ...(departments.data ?? []).map(({ id, name }): [string, string] => [id, name]),
      ]),
    [windows.data, departments.data],
  );
  const now = houseNow().toISOString();
  const columns: Column<Complaint>[] = [
    {
      key: 'at',
      title: '收到',
      cell: ({ id, state }) => <Way to={`/complaints/${id}`}>{dateTimeWords(state.receivedAt)}</Way>,
      by: ({ state }) => state.receivedAt,
    },
    {
      key: 'source',
      title: '来源',
      cell: ({ state }) => complaintSourceTitles[state.source],
      by: ({ state }) => state.source,
    },
    {
      key: 'what',
      title: '反映事项',
      cell: ({ state }) =>
        violationTypes.find(({ code }) => code === state.violation)?.name ?? (
          <span className="quiet">未分类</span>
        ),
    },
    {
      key: 'department',
      title: '部门',
      cell: ({ state }) => names.get(state.department ?? '') ?? state.department ?? '',
      by: ({ state }) => names.get(state.department ?? '') ?? '',
    },
    { key: 'window', title: '窗口', cell: ({ state }) => names.get(state.window ?? '') ?? '', wide: true },
    {
      key: 'stage',
      title: '进度',
      cell: ({ state }) => <Mark tone={stageTones[state.stage]}>{complaintStageTitles[state.stage]}</Mark>,
      by: ({ state }) => state.stage,
    },
    {
      key: 'due',
      title: '反馈期限',
      cell: (one) => {
        const due = dueOf(one);
        if (due === undefined) return '';
        return due < now ? <Mark tone="red">已超期 {dateTimeWords(due)}</Mark> : dateTimeWords(due);
      },
      by: (one) => dueOf(one) ?? '9',
    },
    {
      key: 'outcome',
      title: '结果',
      cell: ({ state }) => (state.outcome === undefined ? '' : outcomeTitles[state.outcome]),
      wide: true,
    },
  ];
  return (
    <DeskPage
      title="投诉受理"
      under="投诉人姓名和联系方式另存,查看须登记事由;涉及廉洁的登记后即封存移送"
      actions={
        <>
          <MonthSwitch month={month} change={setMonth} />
          {may(me, 'complaint.receive') ? (
            <Button type="primary" onClick={() => setTaking(true)}>
              登记投诉
            </Button>
          ) : null}
        </>
      }
    >
      {may(me, 'complaint.readFigures') ? <Figures month={month} /> : null}
      <Section title={`${monthWords(month)}收到的投诉`}>
        {data ? (
          <Ledger
            framed
            caption="投诉登记簿"
            rows={data.items}
            columns={columns}
            idOf={({ id }) => id}
            sorted="due"
            empty="这个月没有收到投诉。窗口反映、热线工单、差评和来信都在这里登记。"
          />
        ) : (
          <NotThere error={error} again={refetch} />
        )}
      </Section>
      {taking ? <Take close={() => setTaking(false)} /> : null}
    </DeskPage>
  );
};

const Figures = ({ month }: { month: string }): ReactElement | null => {
  const { data } = useView('complaint.figures', `/api/months/${month}/complaints`);
  if (!data) return null;
  const share = (part: number, of: number): string => (of === 0 ? '—' : `${Math.round((part * 100) / of)}%`);
  return (
    <div className="figures">
      <div>
        <span className="quiet">收到</span>
        <strong>{data.received}</strong>
        <span className="quiet">移送 {data.transferred} 件</span>
      </div>
      <div>
        <span className="quiet">在办</span>
        <strong>{data.open}</strong>
        <span className={data.overdue > 0 ? 'minus' : 'quiet'}>超期 {data.overdue} 件</span>
      </div>
      <div>
        <span className="quiet">按期反馈</span>
        <strong>{share(data.answeredInTime, data.answered)}</strong>
        <span className="quiet">已反馈 {data.answered} 件</span>
      </div>
      <div>
        <span className="quiet">属实</span>
        <strong>{data.substantiated}</strong>
        <span className="quiet">含部分属实</span>
      </div>
      <div>
        <span className="quiet">回访满意</span>
        <strong>{share(data.content, data.revisited)}</strong>
        <span className="quiet">已回访 {data.revisited} 件</span>
      </div>
    </div>
  );
};

interface Taken {
  source: string;
  ticket?: string;
  ticketBy?: string;
  receivedAt: string;
  violation?: string;
  happenedAt?: string;
  window?: string;
  department?: string;
  content: string;
  wanted?: string;
  name?: string;
  contact?: string;
  files?: Manifest[];
}

const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

const Take = ({ close }: { close(): void }): ReactElement => {
  const windows = useRegistry('window');
  const departments = useRegistry('department');
  return (
    <Ask<Taken>
      open
      title="登记投诉"
      okText="登记"
      onClose={close}
      path="/api/complaints"
      carrier="complaint"
      filesIn={({ files }) => files}
      initial={{ source: 'desk', receivedAt: houseNow().toISOString() }}
      after={({ id }) => go(`/complaints/${id}`)}
      fields={(values, evidence) => ({
        source: values.source,
        receivedAt: values.receivedAt,
        ...(filled(values.ticket) ? { ticket: values.ticket.trim() } : {}),
        ...(filled(values.ticketBy) ? { ticketBy: values.ticketBy } : {}),
        ...(filled(values.violation) ? { violation: values.violation } : {}),
        ...(filled(values.happenedAt)
          ? { happened: { from: values.happenedAt, to: values.happenedAt, doubtSeconds: 0 } }
          : {}),
        ...(filled(values.window) ? { window: values.window } : {}),
        ...(filled(values.department) && !filled(values.window) ? { department: values.department } : {}),
        ...(filled(values.name)
          ? {
              complainant: {
                name: values.name.trim(),
                ...(filled(values.contact) ? { contact: values.contact.trim() } : {}),
              },
            }
          : {}),
        content: values.content,
        ...(filled(values.wanted) ? { wanted: values.wanted } : {}),
        evidence,
      })}
    >
      <Form.Item name="source" label="来源" rules={[{ required: true }]}>
        <Select options={complaintSources.map((value) => ({ value, label: complaintSourceTitles[value] }))} />
      </Form.Item>
      <WhenItem name="receivedAt" label="收到时间" />
      <div className="pair">
        <Form.Item name="ticket" label="工单或差评编号">
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="ticketBy" label="工单自带期限">
          <Input type="date" />
        </Form.Item>
      </div>
      <WordsItem
        name="content"
        label="反映内容"
        rows={4}
        max={3000}
        extra="这里不要写投诉人的姓名和电话:部门会看到这一栏"
      />
      <WordsItem name="wanted" label="诉求" optional rows={1} />
      <PickItem
        name="violation"
        label="反映的事项"
        optional
        choices={violationTypes.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Form.Item name="happenedAt" label="事情发生的时间(知道的话)">
        <WhenField />
      </Form.Item>
      <div className="pair">
        <PickItem
          name="window"
          label="窗口"
          optional
          choices={(windows.data ?? [])
            .filter(holdsToday)
            .map((one) => ({ value: one.id, label: windowWords(one) }))}
        />
        <PickItem
          name="department"
          label="部门(不知窗口时)"
          optional
          choices={(departments.data ?? [])
            .filter(holdsToday)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      <div className="pair">
        <Form.Item name="name" label="投诉人姓名(匿名不填)">
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="contact" label="联系方式">
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="files" label="附件">
        <ScanField />
      </Form.Item>
    </Ask>
  );
};
