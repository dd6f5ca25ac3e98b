// What may be done with a case besides verifying it: naming the person, correcting whose fault it was, telling, hearing,
// reviewing, ordering a rectification, adding files, handing over. Only steps the API offers this person are shown.
import { Checkbox, Form, InputNumber, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import { papersOf } from '../../shared/case.ts';
import { isSealedType, violationTypes } from '../../shared/catalog.ts';
import { priceOf } from '../../shared/rulebook.ts';
import { dayOf } from '../../shared/time.ts';
import { reviewOutcomes } from '../case-words.ts';
import { houseNow } from '../clock.ts';
import { go } from '../route.ts';
import type { Me } from '../visitor-here.ts';
import { Ask, PickItem, WhenItem, WordsItem, within } from './ask.tsx';
import { type CaseRecord, noticeWays } from './case-labels.ts';
import { useRegistry, useRuleBook } from './hall-register.ts';
import { freeWords, named } from './history-words.ts';
import { StepsOffered } from './record-page.tsx';
import { RectificationOrder } from './rectification-order.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';
import { pointsWords } from './wall-time.ts';

const titles: Record<string, string> = {
  'case.identify': '查明人员',
  'case.notify': '告知',
  'case.openNotice': '打开告知单',
  'case.answer': '登记陈述申辩',
  'case.appeal': '申请复核',
  'case.decideAppeal': '复核决定',
  'rectification.order': '开整改单',
  'case.addEvidence': '补充证据',
  'case.attachPaper': '补录纸质材料',
  'case.reassign': '更正责任对象',
  'case.withdraw': '撤回上报',
  'case.transfer': '移送纪检监察',
};
/** The step a stage waits for comes first and is drawn as such. */
const weighty = ['case.identify', 'case.notify', 'case.openNotice', 'case.answer', 'case.decideAppeal'];

export const CaseSteps = ({ me, record }: { me: Me; record: CaseRecord }): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const offered = Object.keys(titles).filter((name) => record.abilities.includes(name));
  if (offered.length === 0) return null;
  const close = (): void => setStep(undefined);
  const props = { me, record, onClose: close };
  const lead = offered.find((name) => weighty.includes(name));
  return (
    <StepsOffered
      titles={titles}
      offered={offered}
      lead={record.state.stage === 'reported' ? undefined : lead}
      onStep={setStep}
      className="no-print"
    >
      <Identify {...props} open={step === 'case.identify'} />
      <Notify {...props} open={step === 'case.notify'} />
      <OpenNotice {...props} open={step === 'case.openNotice'} />
      <Answer {...props} open={step === 'case.answer'} />
      <Appeal {...props} open={step === 'case.appeal'} />
      <DecideAppeal {...props} open={step === 'case.decideAppeal'} />
      <Order {...props} open={step === 'rectification.order'} />
      <AddEvidence {...props} open={step === 'case.addEvidence'} />
      <AttachPaper {...props} open={step === 'case.attachPaper'} />
      <Reassign {...props} open={step === 'case.reassign'} />
      <Withdraw {...props} open={step === 'case.withdraw'} />
      <Transfer {...props} open={step === 'case.transfer'} />
    </StepsOffered>
  );
};

interface StepProps {
  me: Me;
  record: CaseRecord;
  open: boolean;
  onClose(): void;
}

const at = (record: CaseRecord, verb: string): string => `/api/cases/${record.id}/${verb}`;
const now = (): string => houseNow().toISOString();
const scanRule = [{ required: true, message: '请附扫描件' }];

/** Everybody of the department concerned first, then the rest. */
const useStaffChoices = (record: CaseRecord, open: boolean) => {
  const { data = [] } = useRegistry('staff', { enabled: open });
  const { data: departments = [] } = useRegistry('department', { enabled: open });
  const nameOf = (id: string): string => departments.find((one) => one.id === id)?.name ?? '';
  const own = (department: string): number => (department === record.state.department ? 0 : 1);
  return [...data]
    .sort((a, b) => own(a.department) - own(b.department))
    .map(({ id, name, department }) => ({ value: id, label: `${name} · ${nameOf(department)}` }));
};

const personsOf = ({ state }: CaseRecord): string[] =>
  state.subject.kind === 'persons' ? state.subject.persons : [];
const choicesOf = (record: CaseRecord, persons: readonly string[]) =>
  persons.map((id) => ({ value: id, label: named(id, record.names) }));

const Identify = ({ record, open, onClose }: StepProps): ReactElement => (
  <Ask<{ persons: string[]; reason: string }>
    title="查明当事人"
    open={open}
    onClose={onClose}
    path={at(record, 'identify')}
    fields={({ persons, reason }) => ({ persons, reason })}
    okText="登记人员"
  >
    <PickItem
      name="persons"
      label="当事人(本部门在前)"
      many
      choices={useStaffChoices(record, open)}
      extra="当日应在该窗口或属于该部门"
    />
    <WordsItem name="reason" label="如何查明" placeholder="例:查当日排班和现场照片" />
  </Ask>
);

interface NotifyValues {
  way: 'tablet' | 'paper' | 'representative' | 'refused';
  deliveredAt: string;
  persons?: string[];
  witnesses?: string[];
  files?: Manifest[];
}
const Notify = ({ record, open, onClose }: StepProps): ReactElement => {
  const [way, setWay] = useState<NotifyValues['way']>('tablet');
  const staff = useStaffChoices(record, open && way === 'refused');
  const untold = personsOf(record).filter((id) => !record.state.hearing?.told.includes(id));
  return (
    <Ask<NotifyValues>
      title="告知送达"
      open={open}
      onClose={onClose}
      path={at(record, 'notify')}
      initial={{ way: 'tablet', deliveredAt: now() }}
      filesIn={({ files }) => files}
      fields={({ way: by, deliveredAt, persons, witnesses }, files) => ({
        way: by,
        deliveredAt,
        ...(persons === undefined || persons.length === 0 ? {} : { persons }),
        witnesses: by === 'refused' ? (witnesses ?? []) : [],
        evidence: files,
      })}
      okText="登记送达"
    >
      <Form.Item name="way" label="送达方式" rules={[{ required: true }]}>
        <Radio.Group
          onChange={(event) => setWay(wayOf(event.target.value))}
          options={(['tablet', 'paper', 'representative', 'refused'] as const).map((value) => ({
            value,
            label: noticeWays[value],
          }))}
        />
      </Form.Item>
      <WhenItem name="deliveredAt" label="送达时间" />
      {untold.length > 1 ? (
        <PickItem
          name="persons"
          label="告知了谁"
          many
          optional
          choices={choicesOf(record, untold)}
          extra="不选即为尚未告知的全部人员"
        />
      ) : null}
      {way === 'refused' ? (
        <PickItem name="witnesses" label="见证人(两名以上,不含本人和送达人)" many choices={staff} />
      ) : null}
      <Form.Item
        name="files"
        label="签字页扫描件"
        rules={way === 'paper' || way === 'refused' ? scanRule : []}
        extra={
          way === 'representative' ? '交首席代表后,按考核办法所定工作日视为送达;本人请假的顺延' : undefined
        }
      >
        <ScanField />
      </Form.Item>
    </Ask>
  );
};
const wayOf = (value: unknown): NotifyValues['way'] =>
  value === 'paper' || value === 'representative' || value === 'refused' ? value : 'tablet';

const OpenNotice = ({ record, open, onClose }: StepProps): ReactElement => (
  <Ask<{ deliveredAt: string }>
    title="打开告知单"
    open={open}
    onClose={onClose}
    path={at(record, 'notify')}
    fields={() => ({ way: 'opened', deliveredAt: now() })}
    okText="打开并签收"
  >
    <p>打开即为送达,陈述申辩和申请复核的期限自此起算。</p>
  </Ask>
);

interface PaperValues {
  paper?: boolean;
  signedAt?: string;
  files?: Manifest[];
}
const paperOf = ({ paper, signedAt }: PaperValues, files: unknown[]) =>
  paper ? { paper: { signedAt, evidence: files } } : {};
const paperFiles = ({ paper, files }: PaperValues): Manifest[] => (paper ? (files ?? []) : []);

/** What was signed on paper: its own date and the scan. */
const PaperItems = (): ReactElement => {
  const paper = Form.useWatch('paper');
  return (
    <>
      <Form.Item name="paper" valuePropName="checked">
        <Checkbox>根据本人签字的纸质材料录入</Checkbox>
      </Form.Item>
      {paper === true ? (
        <>
          <WhenItem name="signedAt" label="签字时间" />
          <Form.Item name="files" label="签字页扫描件" rules={scanRule}>
            <ScanField />
          </Form.Item>
        </>
      ) : null}
    </>
  );
};

interface AnswerValues extends PaperValues {
  noObjection: boolean;
  persons?: string[];
  answer: string;
}
const Answer = ({ me, record, open, onClose }: StepProps): ReactElement => {
  const hearing = record.state.hearing;
  const waiting = (hearing?.told ?? []).filter((id) => !hearing?.answered.includes(id));
  const self = personsOf(record).includes(me.person);
  return (
    <Ask<AnswerValues>
      title={self ? '陈述申辩' : '登记陈述申辩'}
      open={open}
      onClose={onClose}
      path={at(record, 'answer')}
      initial={{ noObjection: false, signedAt: now() }}
      filesIn={paperFiles}
      fields={(values, files) => ({
        noObjection: values.noObjection,
        answer: values.answer,
        ...(values.persons === undefined || values.persons.length === 0 ? {} : { persons: values.persons }),
        ...paperOf(values, files),
      })}
      okText="登记"
    >
      <Form.Item name="noObjection" label="意见">
        <Radio.Group
          options={[
            { value: false, label: '有陈述、申辩' },
            { value: true, label: '无异议(即时办结)' },
          ]}
        />
      </Form.Item>
      {waiting.length > 1 && !self ? (
        <PickItem name="persons" label="谁的答复" many optional choices={choicesOf(record, waiting)} />
      ) : null}
      <WordsItem
        name="answer"
        label="内容"
        rows={4}
        max={2000}
        placeholder="按本人原话记录;无异议的写“无异议”"
      />
      {self ? null : <PaperItems />}
    </Ask>
  );
};

interface AppealValues extends PaperValues {
  persons?: string[];
  grounds: string;
}
const Appeal = ({ me, record, open, onClose }: StepProps): ReactElement => {
  const self = personsOf(record).includes(me.person);
  const told = record.state.hearing?.told ?? personsOf(record);
  return (
    <Ask<AppealValues>
      title="申请复核"
      open={open}
      onClose={onClose}
      path={at(record, 'appeal')}
      initial={{ signedAt: now() }}
      filesIn={paperFiles}
      fields={(values, files) => ({
        grounds: values.grounds,
        ...(values.persons === undefined || values.persons.length === 0 ? {} : { persons: values.persons }),
        ...paperOf(values, files),
      })}
      okText="提出申请"
    >
      <p className="notice">每条问题可申请复核一次。复核由没有参与上报和认定的人决定,不影响期间的办理。</p>
      {told.length > 1 && !self ? (
        <PickItem name="persons" label="申请人" many optional choices={choicesOf(record, told)} />
      ) : null}
      <WordsItem name="grounds" label="申请理由" rows={4} max={2000} />
      {self ? null : <PaperItems />}
    </Ask>
  );
};

interface DecideValues {
  outcome: 'upheld' | 'reduced' | 'overturned';
  points?: number;
  reason: string;
}
const DecideAppeal = ({ record, open, onClose }: StepProps): ReactElement => {
  const [outcome, setOutcome] = useState<DecideValues['outcome']>();
  const { data: book } = useRuleBook(record.state.month, { enabled: open });
  const { verdict } = record.state;
  const price = book && verdict ? priceOf(book, verdict.clause, verdict) : undefined;
  const full = price?.ok ? price.value : undefined;
  const grounds = freeWords(
    record.history.findLast(({ event }) => event.type === 'case.appealed')?.event.grounds,
  );
  return (
    <Ask<DecideValues>
      title="复核决定"
      open={open}
      onClose={onClose}
      path={at(record, 'decide-appeal')}
      fields={({ outcome: decided, points, reason }) => ({
        outcome: decided,
        reason,
        ...(decided === 'reduced' ? { points: Math.round((points ?? 0) * 100) } : {}),
      })}
      okText="作出决定"
    >
      {grounds === undefined ? null : (
        <div className="said ground">
          <h3>申请理由</h3>
          <p className="quoted">{grounds}</p>
        </div>
      )}
      <Form.Item name="outcome" label="决定" rules={[{ required: true, message: '请选择' }]}>
        <Radio.Group
          optionType="button"
          buttonStyle="solid"
          onChange={(event) => setOutcome(outcomeOf(event.target.value))}
          options={(['upheld', 'reduced', 'overturned'] as const)
            .filter((value) => value !== 'reduced' || record.state.stage !== 'settledOnSpot')
            .map((value) => ({ value, label: reviewOutcomes[value] }))}
        />
      </Form.Item>
      {outcome === 'reduced' ? (
        <Form.Item
          name="points"
          label="减轻为扣几分"
          rules={[
            { required: true, message: '请填写' },
            ...(full === undefined ? [] : [within(0, full - 1)]),
          ]}
          extra={full === undefined ? undefined : `原扣 ${pointsWords(full)} 分,应低于此数`}
        >
          <InputNumber min={0} step={0.5} suffix="分" />
        </Form.Item>
      ) : null}
      {outcome === 'overturned' ? (
        <p className="notice">撤销后另起一行返还分值;因本条进行的谈话相应撤销。</p>
      ) : null}
      <WordsItem name="reason" label="理由" rows={4} max={2000} />
    </Ask>
  );
};
const outcomeOf = (value: unknown): DecideValues['outcome'] =>
  value === 'reduced' || value === 'overturned' ? value : 'upheld';

const Order = ({ record: { id, state }, open, onClose }: StepProps): ReactElement => (
  <RectificationOrder
    open={open}
    onClose={onClose}
    from={{
      case: id,
      foundOn: dayOf(state.happened.from),
      responsible: state.department,
      pictured: state.evidence.length > 0,
      place: {
        ...(state.window === undefined ? {} : { window: state.window }),
        ...(state.subject.kind === 'area' ? { area: state.subject.area } : {}),
        ...(state.grid === undefined ? {} : { grid: state.grid }),
      },
    }}
  />
);

const AddEvidence = ({ record, open, onClose }: StepProps): ReactElement => (
  <Ask<{ files: Manifest[]; reason: string }>
    title="补充证据"
    open={open}
    onClose={onClose}
    path={at(record, 'add-evidence')}
    filesIn={({ files }) => files}
    fields={({ reason }, files) => ({ reason, evidence: files })}
    okText="补充"
  >
    {record.state.stage === 'confirmed' || record.state.stage === 'noticed' ? (
      <p className="notice">核实后补充证据,问题退回重新核实。</p>
    ) : null}
    <Form.Item name="files" label="文件" rules={[{ required: true, message: '请选择文件' }]}>
      <ScanField scan={false} />
    </Form.Item>
    <WordsItem name="reason" label="说明" />
  </Ask>
);

const paperWords: Record<(typeof papersOf)[number], string> = {
  sheet: '巡查记录表',
  notice: '告知回执',
  answer: '书面陈述申辩',
  appeal: '复核申请',
};
const AttachPaper = ({ record, open, onClose }: StepProps): ReactElement => (
  <Ask<{ of: string; signedAt: string; files: Manifest[] }>
    title="补录纸质材料"
    open={open}
    onClose={onClose}
    path={at(record, 'attach-paper')}
    initial={{ of: 'notice', signedAt: now() }}
    filesIn={({ files }) => files}
    fields={({ of, signedAt }, evidence) => ({ of, paper: { signedAt, evidence } })}
    okText="补录"
  >
    <p>只把扫描件归入本条,不影响办理。</p>
    <Form.Item name="of" label="哪种材料" rules={[{ required: true }]}>
      <Radio.Group options={papersOf.map((value) => ({ value, label: paperWords[value] }))} />
    </Form.Item>
    <WhenItem name="signedAt" label="签字时间" />
    <Form.Item name="files" label="扫描件" rules={scanRule}>
      <ScanField />
    </Form.Item>
  </Ask>
);

interface ReassignValues {
  kind: 'persons' | 'window' | 'department';
  persons?: string[];
  reason: string;
}
const Reassign = ({ record, open, onClose }: StepProps): ReactElement => {
  const [kind, setKind] = useState<ReassignValues['kind']>('persons');
  const staff = useStaffChoices(record, open && kind === 'persons');
  return (
    <Ask<ReassignValues>
      title="更正责任对象"
      open={open}
      onClose={onClose}
      path={at(record, 'reassign')}
      initial={{ kind: 'persons' }}
      fields={({ kind: of, persons, reason }) => ({
        subject: of === 'persons' ? { kind: of, persons } : { kind: of },
        reason,
      })}
      okText="更正"
      danger
    >
      <p className="notice">已核实的要重新核实、告知;原登记的人员在自己的记录里仍能看到更正经过。</p>
      <Form.Item name="kind" label="实际责任对象" rules={[{ required: true }]}>
        <Radio.Group
          onChange={(event) => setKind(kindOf(event.target.value))}
          options={[
            { value: 'persons', label: '人员' },
            { value: 'window', label: '窗口', disabled: record.state.window === undefined },
            { value: 'department', label: '部门', disabled: record.state.department === undefined },
          ]}
        />
      </Form.Item>
      {kind === 'persons' ? <PickItem name="persons" label="人员" many choices={staff} /> : null}
      <WordsItem name="reason" label="更正理由" />
    </Ask>
  );
};
const kindOf = (value: unknown): ReassignValues['kind'] =>
  value === 'window' || value === 'department' ? value : 'persons';

const Withdraw = ({ record, open, onClose }: StepProps): ReactElement => (
  <Ask<{ reason: string }>
    title="撤回自己上报的问题"
    open={open}
    onClose={onClose}
    path={at(record, 'withdraw')}
    fields={({ reason }) => ({ reason })}
    okText="撤回"
    danger
  >
    <WordsItem name="reason" label="理由" />
  </Ask>
);

const sealedTypes = violationTypes
  .filter(({ code }) => isSealedType(code))
  .map(({ code, name }) => ({ value: code, label: name }));

const Transfer = ({ record, open, onClose }: StepProps): ReactElement => (
  <Ask<{ reason: string; violation?: string }>
    title="移送纪检监察"
    open={open}
    onClose={onClose}
    path={at(record, 'transfer')}
    fields={({ reason, violation }) => ({ reason, ...(violation === undefined ? {} : { violation }) })}
    okText="移送并封存"
    danger
    after={() => go('/cases')}
  >
    <p className="notice bad">移送后本条对纪检监察以外的所有人封存,您自己也不能再看到。不能撤回。</p>
    {isSealedType(record.state.type) ? null : (
      <PickItem name="violation" label="属于哪一类廉洁问题" choices={sealedTypes} />
    )}
    <WordsItem name="reason" label="移送理由" max={1000} />
  </Ask>
);
