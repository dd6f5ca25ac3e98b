// What may be done with a complaint, each step in a dialog of its own: what it asks for, and what is sent.
import { Button, Form, InputNumber, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { violationTypes } from '../../shared/catalog.ts';
import { answerWays, means, obstacles, outcomes, satisfactions, urgingWays } from '../../shared/complaint.ts';
import type { View } from '../../shared/views.ts';
import { houseNow } from '../clock.ts';
import { holdsToday, windowWords } from '../roster-read.ts';
import { go } from '../route.ts';
import { dateTimeWords } from '../time-words.ts';
import { Ask, PickItem, SelectSeveral, WhenField, WhenItem, WordsItem } from './ask.tsx';
import {
  answerWords,
  meansWords,
  obstacleWords,
  outcomeTitles,
  satisfactionWords,
} from './complaint-words.ts';
import { useOfficers, useRegistry } from './hall-register.ts';
import { useView } from './kit.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';

type Complaint = View<'complaint.read'>;

const options = (all: readonly string[], words: Record<string, string>) =>
  all.map((value) => ({ value, label: words[value] ?? value }));
const urgeWords: Record<string, string> = { message: '消息', phone: '电话', visit: '上门' };
const stepTitles: Record<string, string> = {
  'complaint.accept': '受理',
  'complaint.decline': '不予受理',
  'complaint.assign': '改派调查人',
  'complaint.place': '查明所涉事项',
  'complaint.explain': '部门说明',
  'complaint.investigate': '记录调查',
  'complaint.extend': '延期',
  'complaint.decide': '处置',
  'complaint.answer': '反馈投诉人',
  'complaint.cannotAnswer': '无法反馈',
  'complaint.revisit': '回访',
  'complaint.reopen': '重新调查',
  'complaint.urge': '催办',
  'complaint.join': '与另一件合并',
  'complaint.transfer': '移送纪检监察',
  'complaint.archive': '归档',
};
/** What comes next stands out: the first of these that is open. */
const nextSteps = [
  'complaint.accept',
  'complaint.explain',
  'complaint.decide',
  'complaint.investigate',
  'complaint.answer',
  'complaint.revisit',
  'complaint.archive',
];

interface Filled {
  reason?: string;
  investigator?: string;
  workingDays?: number;
  means?: string[];
  record?: string;
  outcome?: string;
  violation?: string;
  persons?: string[];
  window?: string;
  happenedAt?: string;
  description?: string;
  into?: string;
  demand?: string;
  way?: string;
  words?: string;
  at?: string;
  result?: string;
  why?: string;
  explanation?: string;
  files?: Manifest[];
}

export const Steps = ({ complaint, id }: { complaint: Complaint; id: string }): ReactElement => {
  const [step, setStep] = useState<string>();
  const open = complaint.abilities.filter((one) => stepTitles[one] !== undefined);
  const said = 'revisit' in complaint.state ? complaint.state.revisit?.result : undefined;
  // Asked once already, the complainant is not asked again first; a dissatisfied one has it looked into again.
  const next = [...(said === 'dissatisfied' ? ['complaint.reopen'] : []), ...nextSteps].find(
    (one) =>
      open.includes(one) && (one !== 'complaint.revisit' || said === undefined || said === 'unreachable'),
  );
  return (
    <>
      <div className="desk-actions">
        {open.map((one) => (
          <Button
            key={one}
            {...(one === next ? { type: 'primary' as const } : {})}
            onClick={() => setStep(one)}
          >
            {stepTitles[one]}
          </Button>
        ))}
      </div>
      {step === undefined ? null : (
        <Step complaint={complaint} id={id} step={step} close={() => setStep(undefined)} />
      )}
    </>
  );
};

/** The address of each step, spelled whole. */
const pathOf = (step: string, id: string): string => {
  switch (step) {
    case 'complaint.accept':
      return `/api/complaints/${id}/accept`;
    case 'complaint.decline':
      return `/api/complaints/${id}/decline`;
    case 'complaint.assign':
      return `/api/complaints/${id}/assign`;
    case 'complaint.place':
      return `/api/complaints/${id}/place`;
    case 'complaint.explain':
      return `/api/complaints/${id}/explain`;
    case 'complaint.investigate':
      return `/api/complaints/${id}/investigate`;
    case 'complaint.extend':
      return `/api/complaints/${id}/extend`;
    case 'complaint.decide':
      return `/api/complaints/${id}/decide`;
    case 'complaint.answer':
      return `/api/complaints/${id}/answer`;
    case 'complaint.cannotAnswer':
      return `/api/complaints/${id}/cannot-answer`;
    case 'complaint.revisit':
      return `/api/complaints/${id}/revisit`;
    case 'complaint.reopen':
      return `/api/complaints/${id}/reopen`;
    case 'complaint.urge':
      return `/api/complaints/${id}/urge`;
    case 'complaint.join':
      return `/api/complaints/${id}/join`;
    case 'complaint.transfer':
      return `/api/complaints/${id}/transfer`;
    default:
      return `/api/complaints/${id}/archive`;
  }
};

const has = <T,>(value: T | undefined): value is T => value !== undefined && value !== '';

const happenedOf = ({ happenedAt }: Filled) =>
  has(happenedAt) ? { happened: { from: happenedAt, to: happenedAt, doubtSeconds: 0 } } : {};

/** What a substantiated complaint leads to: a finding of its own, or the case that stands for the same incident. */
const findingsOf = (filled: Filled): Record<string, unknown>[] => {
  if (filled.outcome !== 'substantiated' && filled.outcome !== 'partly') return [];
  if (has(filled.into)) return [{ into: filled.into.trim() }];
  return [
    {
      violation: filled.violation,
      subject:
        (filled.persons?.length ?? 0) > 0
          ? { kind: 'persons', persons: filled.persons }
          : { kind: 'unidentified' },
      ...(has(filled.window) ? { window: filled.window } : {}),
      ...happenedOf(filled),
      description: filled.description,
    },
  ];
};

const bodyOf = (step: string, filled: Filled, evidence: unknown[]): Record<string, unknown> => {
  switch (step) {
    case 'complaint.accept':
      return has(filled.investigator) ? { investigator: filled.investigator } : {};
    case 'complaint.assign':
      return { investigator: filled.investigator, reason: filled.reason };
    case 'complaint.place':
      return {
        ...(has(filled.violation) ? { violation: filled.violation } : {}),
        ...(has(filled.window) ? { window: filled.window } : {}),
        ...((filled.persons?.length ?? 0) > 0 ? { persons: filled.persons } : {}),
        ...happenedOf(filled),
        reason: filled.reason,
      };
    case 'complaint.explain':
      return { explanation: filled.explanation, evidence };
    case 'complaint.investigate':
      return { means: filled.means, record: filled.record, evidence };
    case 'complaint.extend':
      return { workingDays: filled.workingDays, reason: filled.reason };
    case 'complaint.decide':
      return {
        outcome: filled.outcome,
        reason: filled.reason,
        findings: findingsOf(filled),
        ...(has(filled.demand) ? { demand: filled.demand } : {}),
      };
    case 'complaint.answer':
      return { way: filled.way, answeredAt: filled.at, words: filled.words, evidence };
    case 'complaint.cannotAnswer':
      return { why: filled.why, words: filled.words };
    case 'complaint.revisit':
      return { result: filled.result, at: filled.at, words: filled.words };
    case 'complaint.urge':
      return { way: filled.way, words: filled.words };
    case 'complaint.join':
      return { into: filled.into?.trim(), reason: filled.reason };
    case 'complaint.transfer':
      return { violation: filled.violation, reason: filled.reason };
    case 'complaint.archive':
      return {};
    default:
      return { reason: filled.reason };
  }
};

const Step = ({
  complaint,
  id,
  step,
  close,
}: {
  complaint: Complaint;
  id: string;
  step: string;
  close(): void;
}): ReactElement => (
  <Ask<Filled>
    open
    title={stepTitles[step] ?? ''}
    okText={stepTitles[step] ?? '提交'}
    danger={step === 'complaint.transfer'}
    onClose={close}
    {...(step === 'complaint.transfer' ? { after: () => go('/complaints') } : {})}
    path={pathOf(step, id)}
    carrier="complaint"
    filesIn={({ files }) => files}
    initial={{
      at: houseNow().toISOString(),
      ...(complaint.state.window === undefined ? {} : { window: complaint.state.window }),
      ...(complaint.state.violation === undefined ? {} : { violation: complaint.state.violation }),
      persons: complaint.state.persons,
    }}
    fields={(filled, files) => bodyOf(step, filled, files)}
  >
    <StepFields step={step} complaint={complaint} />
  </Ask>
);

const Choose = ({
  name,
  label,
  of,
}: {
  name: string;
  label: string;
  of: { value: string; label: string }[];
}) => (
  <Form.Item name={name} label={label} rules={[{ required: true, message: '请选择' }]}>
    <Select options={of} placeholder="请选择" />
  </Form.Item>
);

const Files = (): ReactElement => (
  <Form.Item name="files" label="附件">
    <ScanField />
  </Form.Item>
);

/** Of the grid leaders only the one of its own grid would be let. */
const Investigators = ({ grid, needed }: { grid: string | undefined; needed: boolean }): ReactElement => (
  <PickItem
    name="investigator"
    label="调查人"
    optional={!needed}
    extra="所在网格的格长、科室负责人或分管领导;登记投诉的人和被投诉的人不能调查"
    choices={useOfficers(['gridLeader', 'sectionHead', 'director'], { grid })}
  />
);

/** One of the records that may be of the same incident. */
const Into = ({
  id,
  kind,
  label,
  optional = false,
}: {
  id: string;
  kind: 'case' | 'complaint';
  label: string;
  optional?: boolean;
}): ReactElement | null => {
  const { data } = useView('complaint.sameIncident', `/api/complaints/${id}/same-incident`);
  const choices = (data?.items ?? [])
    .filter((one) => one.kind === kind)
    .map((one) => ({
      value: one.id,
      label: [
        violationTypes.find(({ code }) => code === one.violation)?.name ?? '未分类',
        one.from === undefined ? '' : dateTimeWords(one.from),
      ]
        .filter((part) => part !== '')
        .join(' '),
    }));
  if (optional && choices.length === 0) return null;
  return (
    <PickItem
      name="into"
      label={label}
      optional={optional}
      choices={choices}
      {...(choices.length === 0
        ? { extra: '没有找到可能是同一事件的投诉:两件都要写明发生时间,窗口、部门或人员相同' }
        : {})}
    />
  );
};

const Concerning = ({
  department,
  optional,
  timed = false,
}: {
  department: string | undefined;
  optional: boolean;
  timed?: boolean;
}): ReactElement => {
  const staff = useRegistry('staff');
  const windows = useRegistry('window');
  const departments = useRegistry('department');
  const called = new Map((departments.data ?? []).map(({ id, name }) => [id, name]));
  // Whoever complained of a window most likely means somebody of its department.
  const people = (staff.data ?? [])
    .filter(holdsToday)
    .toSorted((a, b) => Number(b.department === department) - Number(a.department === department));
  return (
    <>
      <PickItem
        name="violation"
        label="事项"
        optional={optional}
        choices={violationTypes.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <PickItem
        name="persons"
        label="涉及人员(不明的不选)"
        many
        optional
        choices={people.map(({ id, name, department: of }) => ({
          value: id,
          label: `${name}(${called.get(of) ?? of})`,
        }))}
      />
      <PickItem
        name="window"
        label="窗口"
        optional
        choices={(windows.data ?? [])
          .filter(holdsToday)
          .map((one) => ({ value: one.id, label: windowWords(one) }))}
      />
      <Form.Item
        name="happenedAt"
        label="发生时间"
        rules={timed ? [{ required: true, message: '登记时没有写时间,请填写查明的时间' }] : []}
      >
        <WhenField />
      </Form.Item>
    </>
  );
};

const Decide = ({ complaint }: { complaint: Complaint }): ReactElement => {
  const outcome = Form.useWatch('outcome');
  const into = Form.useWatch('into');
  const stands = outcome === 'substantiated' || outcome === 'partly';
  return (
    <>
      <Choose
        name="outcome"
        label="结果"
        of={outcomes.map((value) => ({ value, label: outcomeTitles[value] }))}
      />
      <WordsItem name="reason" label="理由" rows={4} max={2000} />
      {stands ? (
        <>
          <p className="notice">
            属实的同时生成一条问题,由他人核实、听取当事人意见;已有同一事件的问题,选它并入。
          </p>
          <Into id={complaint.id} kind="case" label="并入的问题(没有同一事件的不选)" optional />
          {into === undefined || into === '' ? (
            <>
              <Concerning
                department={complaint.state.department}
                optional={false}
                timed={complaint.state.happened === undefined}
              />
              <WordsItem name="description" label="问题情况" max={2000} />
            </>
          ) : null}
          <WordsItem name="demand" label="要求部门整改" optional max={1000} />
        </>
      ) : null}
    </>
  );
};

const StepFields = ({ step, complaint }: { step: string; complaint: Complaint }): ReactElement => {
  switch (step) {
    case 'complaint.accept':
      return <Investigators grid={complaint.state.grid} needed={false} />;
    case 'complaint.assign':
      return (
        <>
          <Investigators grid={complaint.state.grid} needed />
          <WordsItem name="reason" label="原因" />
        </>
      );
    case 'complaint.place':
      return (
        <>
          <Concerning department={complaint.state.department} optional />
          <WordsItem name="reason" label="依据" />
        </>
      );
    case 'complaint.explain':
      return (
        <>
          <WordsItem name="explanation" label="情况说明" rows={5} max={3000} />
          <Files />
        </>
      );
    case 'complaint.investigate':
      return (
        <>
          <Form.Item name="means" label="方式" rules={[{ required: true, message: '请选择' }]}>
            <SelectSeveral options={options(means, meansWords)} placeholder="可多选" />
          </Form.Item>
          <WordsItem name="record" label="查明的情况" rows={5} max={4000} />
          <Files />
        </>
      );
    case 'complaint.extend':
      return (
        <>
          <Form.Item
            name="workingDays"
            label="延长几个工作日"
            rules={[{ required: true, message: '请填写' }]}
          >
            <InputNumber min={1} max={60} />
          </Form.Item>
          <WordsItem name="reason" label="理由(须告知投诉人)" />
        </>
      );
    case 'complaint.decide':
      return <Decide complaint={complaint} />;
    case 'complaint.answer':
      return (
        <>
          <Choose name="way" label="方式" of={options(answerWays, answerWords)} />
          <WhenItem name="at" label="告知时间" />
          <WordsItem name="words" label="告知的内容" rows={4} max={3000} />
          <Files />
        </>
      );
    case 'complaint.cannotAnswer':
      return (
        <>
          <Choose
            name="why"
            label="原因"
            of={options(obstacles, obstacleWords).filter(
              ({ value }) => value !== 'anonymous' || complaint.state.complainant === 'anonymous',
            )}
          />
          <WordsItem name="words" label="经过" max={1000} />
        </>
      );
    case 'complaint.revisit':
      return (
        <>
          <Choose name="result" label="投诉人是否满意" of={options(satisfactions, satisfactionWords)} />
          <WhenItem name="at" label="回访时间" />
          <WordsItem name="words" label="投诉人的意见" max={1000} />
        </>
      );
    case 'complaint.urge':
      return (
        <>
          <Choose name="way" label="方式" of={options(urgingWays, urgeWords)} />
          <WordsItem name="words" label="催办内容" />
        </>
      );
    case 'complaint.join':
      return (
        <>
          <Into id={complaint.id} kind="complaint" label="并入哪一件" />
          <WordsItem name="reason" label="理由" />
        </>
      );
    case 'complaint.transfer':
      return (
        <>
          <p className="notice bad">移送后整件封存,除纪检监察外不再可见,您自己也不能再看到。不能撤回。</p>
          <Choose
            name="violation"
            label="廉洁问题类型"
            of={violationTypes
              .filter(({ group }) => group === 'INT')
              .map(({ code, name }) => ({ value: code, label: name }))}
          />
          <WordsItem name="reason" label="理由" max={1000} />
        </>
      );
    case 'complaint.archive':
      return <p>归档后不再变动;投诉人信息按规定期限保存后清除。</p>;
    default:
      return <WordsItem name="reason" label="理由" max={1000} />;
  }
};
