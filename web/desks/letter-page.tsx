// One letter: its text, how far it has come on its road, delivery and answers, its papers, and the next step of whoever
// is entitled to it. Who wrote on it neither checks nor signs.
import '../style/office.css';
import { Form, Input, InputNumber, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import { houseNow } from '../clock.ts';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Ask, WhenItem, WordsItem } from './ask.tsx';
import { EvidenceList } from './evidence.tsx';
import { useRegistry } from './hall-register.ts';
import { freeWords, named, peopleWords } from './history-words.ts';
import { Desk, useView } from './kit.tsx';
import { FactsBeside } from './letter-facts.tsx';
import {
  handOverWords,
  type Letter,
  letterEventWords,
  letterKinds,
  letterStages,
  road,
  urgeWords,
} from './letter-labels.ts';
import { LetterLinks } from './letter-links.tsx';
import { LetterPhotos } from './letter-photos.tsx';
import { SignerItem } from './letter-signer.tsx';
import { Facts, Mark, NotThere, Section, Way } from './page.tsx';
import type { Paper } from './papers.tsx';
import { PrintsOf } from './print-register.tsx';
import { RecordPage, StepsOffered } from './record-page.tsx';
import { type Manifest, ScanField } from './scan-field.tsx';
import { monthWords } from './wall-time.ts';

const LetterPage = ({ me, at }: ScreenProps): ReactElement => (
  <Desk>
    <LetterOf me={me} id={at.id ?? ''} />
  </Desk>
);
export default LetterPage;

const textOf = (letter: Letter): string =>
  freeWords(
    letter.history.findLast(({ event }) => event.type === 'letter.drafted' || event.type === 'letter.revised')
      ?.event.body,
  ) ?? '';

const LetterOf = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('letter.read', `/api/letters/${id}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names } = data;
  const { word, tone } = letterStages[state.stage];
  const text = textOf(data);
  const { delivery } = state;
  return (
    <RecordPage
      record={data}
      back={{ to: '/letters', title: '函告与通报' }}
      title={state.title}
      marks={<Mark tone={tone}>{word}</Mark>}
      under={[letterKinds[state.kind], monthWords(state.month), state.documentNumber ?? '']
        .filter((part) => part !== '')
        .join(' · ')}
      lead={
        <Section title="办理进度">
          <Road letter={data} />
        </Section>
      }
      steps={
        <>
          <Steps letter={data} text={text} />
          <LetterPhotos letter={data} />
          <LetterLinks me={me} letter={data} />
        </>
      }
      papers={papersOf(data)}
      beside={
        <Section title="要素">
          <Facts
            of={[
              ['文号', state.documentNumber],
              ['主送', state.department === undefined ? '各窗口' : named(state.department, names)],
              ['抄送', state.copies.length === 0 ? undefined : peopleWords(state.copies, names)],
              ['拟稿', peopleWords(state.authors, names)],
              [
                '核稿',
                state.checked
                  ? `${named(state.checked.by.person, names)} ${dateTimeWords(state.checked.at)}`
                  : undefined,
              ],
              [
                '签发',
                state.signed
                  ? `${named(state.signed.by.person, names)} ${dateTimeWords(state.signed.at)}`
                  : undefined,
              ],
              ['印发', state.issuedAt === undefined ? undefined : dateTimeWords(state.issuedAt)],
              ['复函期限', replyTermWords(state)],
              ['打开', delivery?.openedAt === undefined ? undefined : dateTimeWords(delivery.openedAt)],
              [
                '签收',
                delivery?.acknowledgedAt === undefined ? undefined : dateTimeWords(delivery.acknowledgedAt),
              ],
              [
                '复函',
                delivery?.answeredAt === undefined
                  ? undefined
                  : `${dateTimeWords(delivery.answeredAt)},共 ${delivery.answers} 次`,
              ],
              ['催办', delivery && delivery.urged > 0 ? `${delivery.urged} 次` : undefined],
            ]}
          />
          {state.cases.length === 0 ? null : (
            <ul className="plain-list">
              {state.cases.map((one, at) => (
                <li key={one.id}>
                  <Way to={`/cases/${one.id}`}>第 {at + 1} 条问题</Way>
                  {one.shares.length > 0 ? ` 附证据 ${one.shares.length} 份` : ''}
                </li>
              ))}
            </ul>
          )}
        </Section>
      }
      words={letterEventWords}
    >
      <div className="paper-text">
        <h3>{state.title}</h3>
        <p>{state.department === undefined ? '各窗口:' : `${named(state.department, names)}:`}</p>
        {text.split('\n').map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one text, never moved
          <p key={at} className="indented">
            {line}
          </p>
        ))}
      </div>
      <EvidenceList
        me={me}
        record={id}
        entries={state.evidence}
        history={data.history}
        title="扫描件、复函附件"
        reason={data.abilities.includes('letter.close') ? '核对复函及整改材料' : undefined}
      />
      {may(me, 'letter.readPrints') && state.number !== undefined ? <PrintsOf id={id} /> : null}
    </RecordPage>
  );
};

/** What was withdrawn waits for no answer any more. */
const replyTermWords = ({ replyBy, stage }: Letter['state']): string | undefined => {
  if (replyBy === undefined) return undefined;
  return stage === 'withdrawn' ? '已撤回,不用复函' : dateTimeWords(replyBy);
};

const Road = ({ letter }: { letter: Letter }): ReactElement => {
  const { stage } = letter.state;
  // Withdrawn is issued and goes no further.
  const over = stage === 'void' || stage === 'withdrawn';
  const reached = road.findIndex(({ by }) => by.includes(stage === 'withdrawn' ? 'issued' : stage));
  return (
    <ol className="road">
      {road.map(({ word }, at) => (
        <li key={word} className={at <= reached ? 'done' : at === reached + 1 && !over ? 'here' : undefined}>
          {word}
        </li>
      ))}
    </ol>
  );
};

/** The paper itself: a preview before it is numbered, the stored copy after. */
const papersOf = ({ id, state }: Letter): Paper[] => {
  const title = state.documentNumber ?? state.title;
  const at = `/api/letters/${id}/paper`;
  const out = state.stage === 'issued' || state.stage === 'closed' || state.stage === 'withdrawn';
  return [
    {
      title: state.number === undefined ? '预览稿 PDF' : '印发件 PDF(登记)',
      path: `${at}?form=pdf`,
      name: `${title}.pdf`,
      ...(state.number === undefined ? { shown: true as const } : {}),
    },
    { title: '可编辑文档', path: `${at}?form=docx`, name: `${title}.docx` },
    { title: '发文稿纸', path: `${at}?of=dispatch`, name: `发文稿纸 ${title}.pdf` },
    ...(out ? [{ title: '移交清单', path: `${at}?of=handOver`, name: `移交清单 ${title}.pdf` }] : []),
  ];
};

const titles: Record<string, string> = {
  'letter.check': '核稿通过',
  'letter.sign': '签发并编号',
  'letter.signOnPaper': '补录纸面签发',
  'letter.seal': '用印',
  'letter.addScan': '补交用印扫描件',
  'letter.issue': '印发',
  'letter.acknowledge': '补录签收',
  'letter.answer': '补录复函',
  'letter.close': '办结',
  'letter.handOver': '离线交接',
  'letter.urge': '催办',
  'letter.revise': '修改',
  'letter.return': '退回修改',
  'letter.void': '作废',
  'letter.withdraw': '撤回',
};
const weighty = ['letter.check', 'letter.sign', 'letter.seal', 'letter.issue'];

/** Sealed wet, and no scan there or on its way. */
const needsScan = ({ sealed, scan, evidence }: Letter['state']): boolean =>
  sealed?.way === 'wet' && !evidence.some(({ n, state }) => n === scan && state !== 'rejected');

/** Where another system of the office assigns the numbers; left empty, the next free one is taken. */
const NumberItem = (): ReactElement => (
  <Form.Item name="number" label="文号序数(由 OA 编号的填写,不填即自动编号)">
    <InputNumber min={1} max={99_999} precision={0} />
  </Form.Item>
);
const numberOf = (number: number | null | undefined): { number?: number } =>
  number === undefined || number === null ? {} : { number };

interface SealingProps {
  common: { onClose(): void; carrier: 'letter' };
  at: string;
  open: boolean;
  onPaper: true | undefined;
}
/** Offers the picture of the seal only where the house would take it: turned on, and on what was signed here. */
const Sealing = ({ common, at, open, onPaper }: SealingProps): ReactElement => {
  const { data } = useRegistry('centre', { enabled: open });
  const picture = data?.[0]?.papers?.seal !== undefined && !onPaper;
  return (
    <Ask<{ way?: 'wet' | 'system'; files?: Manifest[] }>
      {...common}
      title="用印"
      open={open}
      path={at}
      filesIn={({ files }) => files}
      fields={({ way = 'wet' }, files) => ({ way, evidence: files })}
      okText="已用印"
    >
      {picture ? (
        <Form.Item name="way" label="印章" initialValue="wet">
          <Radio.Group
            options={[
              { value: 'wet', label: '实体印章' },
              { value: 'system', label: '电子印章' },
            ]}
          />
        </Form.Item>
      ) : (
        <p>请先在打印的函上加盖实体印章,再登记。</p>
      )}
      <Form.Item noStyle dependencies={['way']}>
        {({ getFieldValue }: { getFieldValue(name: string): unknown }) =>
          getFieldValue('way') === 'system' ? null : (
            <Form.Item name="files" label="用印后的扫描件(一份 PDF,3 MB 以内,可后补)">
              <ScanField onePdf />
            </Form.Item>
          )
        }
      </Form.Item>
    </Ask>
  );
};

const Steps = ({ letter, text }: { letter: Letter; text: string }): ReactElement | null => {
  const [step, setStep] = useState<string>();
  const { state } = letter;
  const answered = state.delivery?.answeredAt !== undefined;
  const acknowledged = state.delivery?.acknowledgedAt !== undefined;
  // Only what is looked at or listened to is brought on a disc or played.
  const shares = state.cases.some((one) => one.shares.length > 0);
  const offered = Object.keys(titles)
    .filter((name) => letter.abilities.includes(name))
    .filter((name) => name !== 'letter.acknowledge' || !acknowledged)
    .filter((name) => name !== 'letter.addScan' || needsScan(state))
    .filter((name) => name !== 'letter.urge' || (!answered && state.replyBy !== undefined));
  if (offered.length === 0) return null;
  const close = (): void => setStep(undefined);
  const at = (verb: string): string => `/api/letters/${letter.id}/${verb}`;
  const now = houseNow().toISOString();
  const common = { onClose: close, carrier: 'letter' as const };
  const seen = state.altered === undefined ? {} : { seen: state.altered };
  const scan = [{ required: true, message: '请附扫描件' }];
  return (
    <StepsOffered
      titles={titles}
      offered={offered}
      lead={offered.find((name) => weighty.includes(name))}
      onStep={setStep}
    >
      <Ask<{ opinion?: string }>
        {...common}
        title="核稿通过,提交签发"
        open={step === 'letter.check'}
        path={at('check')}
        fields={({ opinion }) => (opinion === undefined || opinion === '' ? {} : { opinion })}
        okText="核稿通过"
      >
        <FactsBeside id={letter.id} />
        <WordsItem name="opinion" label="核稿意见" optional />
      </Ask>
      <Ask<{ number?: number | null }>
        {...common}
        title="签发并编号"
        open={step === 'letter.sign'}
        path={at('sign')}
        fields={({ number }) => ({ ...numberOf(number), ...seen })}
        okText="签发"
      >
        <p>签发即取得文号,文号不能退回;签发后内容不能再改。</p>
        <NumberItem />
        <FactsBeside id={letter.id} />
      </Ask>
      <Ask<{ signer: string; signedAt: string; number?: number | null; files: Manifest[] }>
        {...common}
        title="补录纸面签发"
        open={step === 'letter.signOnPaper'}
        path={at('sign-on-paper')}
        initial={{ signedAt: now }}
        filesIn={({ files }) => files}
        fields={({ signer, signedAt, number }, files) => ({
          ...{ signer, signedAt, evidence: files },
          ...numberOf(number),
          ...seen,
        })}
        okText="登记签发并编号"
      >
        <SignerItem />
        <WhenItem name="signedAt" label="签发时间" />
        <NumberItem />
        <Form.Item name="files" label="签字的发文稿纸" rules={scan}>
          <ScanField />
        </Form.Item>
        <FactsBeside id={letter.id} />
      </Ask>
      <Ask<{ files: Manifest[] }>
        {...common}
        title="补交用印扫描件"
        open={step === 'letter.addScan'}
        path={at('add-scan')}
        filesIn={({ files }) => files}
        fields={(_values, files) => ({ evidence: files })}
        okText="提交"
      >
        <p>收妥后,这份扫描件即为印发件,今后加印都以此为准,不能更换。</p>
        <Form.Item name="files" label="盖章件扫描件(一份 PDF,3 MB 以内)" rules={scan}>
          <ScanField onePdf />
        </Form.Item>
      </Ask>
      <Ask<{ reason: string }>
        {...common}
        title="撤回函件"
        open={step === 'letter.withdraw'}
        path={at('withdraw')}
        fields={({ reason }) => ({ reason })}
        okText="撤回"
        danger
      >
        <p className="notice bad">撤回后派出单位可见“已撤回”,文号不再使用,查看链接随即失效。</p>
        <WordsItem name="reason" label="理由" />
      </Ask>
      <Sealing common={common} at={at('seal')} open={step === 'letter.seal'} onPaper={state.signed?.paper} />
      <Ask<object>
        {...common}
        title="印发"
        open={step === 'letter.issue'}
        path={at('issue')}
        fields={() => ({})}
        okText="印发"
      >
        <p>印发后派出单位即可见{state.replyWorkingDays > 0 ? ',复函期限自此起算' : ''}。</p>
      </Ask>
      <Ask<{ receivedAt: string; files: Manifest[] }>
        {...common}
        title="补录签收(纸质回执)"
        open={step === 'letter.acknowledge'}
        path={at('acknowledge')}
        initial={{ receivedAt: now }}
        filesIn={({ files }) => files}
        fields={({ receivedAt }, files) => ({ receivedAt, evidence: files })}
        okText="登记签收"
      >
        <WhenItem name="receivedAt" label="签收时间" />
        <Form.Item name="files" label="回执扫描件" rules={scan}>
          <ScanField />
        </Form.Item>
      </Ask>
      <Ask<{ answer: string; answeredAt: string; files: Manifest[] }>
        {...common}
        title="补录复函、整改反馈"
        open={step === 'letter.answer'}
        path={at('answer')}
        initial={{ answeredAt: now }}
        filesIn={({ files }) => files}
        fields={({ answer, answeredAt }, files) => ({ answer, answeredAt, evidence: files })}
        okText="登记复函"
      >
        <WhenItem name="answeredAt" label="复函日期" />
        <WordsItem name="answer" label="内容" rows={5} max={5000} />
        <Form.Item name="files" label="复函扫描件" rules={scan}>
          <ScanField />
        </Form.Item>
      </Ask>
      <Ask<{ reason?: string }>
        {...common}
        title="办结"
        open={step === 'letter.close'}
        path={at('close')}
        fields={({ reason }) => (reason === undefined || reason === '' ? {} : { reason })}
        okText="办结"
      >
        <WordsItem
          name="reason"
          label="说明"
          optional={answered || state.replyBy === undefined}
          extra={answered || state.replyBy === undefined ? undefined : '要求复函而未复函的,须说明办结理由'}
        />
      </Ask>
      <Ask<{ way: keyof typeof handOverWords; receiver: string; handedAt: string; files: Manifest[] }>
        {...common}
        title="离线交接"
        open={step === 'letter.handOver'}
        path={at('hand-over')}
        initial={{
          way: shares ? 'disc' : 'paper',
          handedAt: now,
        }}
        filesIn={({ files }) => files}
        fields={({ way, receiver, handedAt }, files) => ({ way, receiver, handedAt, evidence: files })}
        okText="登记交接"
      >
        <Form.Item name="way" label="方式">
          <Radio.Group
            options={Object.entries(handOverWords)
              .filter(([value]) => value === 'paper' || shares)
              .map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <WordsItem name="receiver" label="接收人" rows={1} max={40} />
        <WhenItem name="handedAt" label="交接时间" />
        <Form.Item name="files" label="签字的移交清单" rules={scan}>
          <ScanField />
        </Form.Item>
      </Ask>
      <Ask<{ way: keyof typeof urgeWords; text?: string }>
        {...common}
        title="催办"
        open={step === 'letter.urge'}
        path={at('urge')}
        initial={{ way: 'phone' }}
        fields={({ way, text: said }) => ({
          way,
          ...(said === undefined || said === '' ? {} : { text: said }),
        })}
        okText="登记催办"
      >
        <Form.Item name="way" label="方式">
          <Radio.Group options={Object.entries(urgeWords).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <WordsItem name="text" label="催办情况" optional />
      </Ask>
      <Ask<{ title: string; body: string; replyWorkingDays: number }>
        {...common}
        title="修改函稿"
        open={step === 'letter.revise'}
        path={at('revise')}
        initial={{ title: state.title, body: text, replyWorkingDays: state.replyWorkingDays }}
        fields={(values) => ({ ...values })}
        okText="保存,重新核稿"
      >
        <FactsBeside id={letter.id} />
        <WordsItem name="title" label="标题" rows={1} max={60} />
        <Form.Item name="body" label="正文" rules={[{ required: true, message: '请填写' }]}>
          <Input.TextArea autoSize={{ minRows: 10, maxRows: 20 }} maxLength={5000} className="body-field" />
        </Form.Item>
        <Form.Item name="replyWorkingDays" label="复函期限(工作日)" hidden={state.department === undefined}>
          <InputNumber min={0} max={60} precision={0} />
        </Form.Item>
      </Ask>
      <Ask<{ reason: string }>
        {...common}
        title="退回修改"
        open={step === 'letter.return'}
        path={at('return')}
        fields={({ reason }) => ({ reason })}
        okText="退回"
      >
        <WordsItem name="reason" label="理由" />
      </Ask>
      <Ask<{ reason: string }>
        {...common}
        title="作废"
        open={step === 'letter.void'}
        path={at('void')}
        fields={({ reason }) => ({ reason })}
        okText="作废"
        danger
      >
        <p className="notice bad">已取得的文号随之作废,不再使用。</p>
        <WordsItem name="reason" label="理由" />
      </Ask>
    </StepsOffered>
  );
};
