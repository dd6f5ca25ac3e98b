// One complaint from its receipt to its filing: what is due, what may be done now, the complainant behind a registered
// reason, what may be the same incident, files, history. Offers only what the API says is open.
import '../style/office.css';
import { Button, Form, Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { violationTypes } from '../../shared/catalog.ts';
import type { View } from '../../shared/views.ts';
import { post, type Refusal } from '../client.ts';
import { houseNow } from '../clock.ts';
import { Refused } from '../parts/words.tsx';
import type { ScreenProps } from '../screens.ts';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { Steps } from './complaint-steps.tsx';
import {
  complainedOf,
  complaintHistory,
  complaintSourceTitles,
  complaintStageTitles,
  outcomeTitles,
  satisfactionWords,
  stageTones,
} from './complaint-words.ts';
import { EvidenceList } from './evidence.tsx';
import { Desk, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { DeskPage, Facts, Mark, NotThere, PrintButton, Section, Way } from './page.tsx';
import { History } from './record-history.tsx';

const ComplaintPage = ({ me, at: { id = '' } }: ScreenProps): ReactElement => (
  <Desk>
    <Page me={me} id={id} />
  </Desk>
);
export default ComplaintPage;

const Page = ({ me, id }: { me: Me; id: string }): ReactElement => {
  const { data, error, refetch } = useView('complaint.read', `/api/complaints/${id}`);
  if (!data) return <NotThere error={error} again={refetch} />;
  const { state, names, history, abilities } = data;
  const called = (one: string | undefined): string | undefined =>
    one === undefined ? undefined : (names[one] ?? one);
  const due = 'answerBy' in state ? state.answerBy : undefined;
  const words = complainedOf(history);
  const late =
    due !== undefined &&
    due < houseNow().toISOString() &&
    (state.stage === 'accepted' || state.stage === 'investigated' || state.stage === 'decided');
  return (
    <DeskPage
      title={violationTypes.find(({ code }) => code === state.violation)?.name ?? '投诉'}
      marks={
        <>
          <Mark tone={stageTones[state.stage]}>{complaintStageTitles[state.stage]}</Mark>
          {late ? <Mark tone="red">已超期</Mark> : null}
        </>
      }
      under={`${dateTimeWords(state.receivedAt)} 收到 · ${complaintSourceTitles[state.source]}`}
      back={{ to: '/complaints', title: '投诉受理' }}
      actions={<PrintButton />}
    >
      {abilities.length > 0 ? (
        <Section title="可以办理" className="task">
          <Steps complaint={data} id={id} />
        </Section>
      ) : null}
      <Section title="基本情况">
        {words.content === undefined ? null : <p className="quoted">{words.content}</p>}
        <Facts
          of={[
            ['诉求', words.wanted],
            ['窗口', called(state.window)],
            ['部门', called(state.department)],
            ['网格', called(state.grid)],
            ['涉及人员', state.persons.map((one) => names[one] ?? one).join('、')],
            ['发生时间', state.happened === undefined ? undefined : dateTimeWords(state.happened.from)],
            ['工单编号', state.ticket],
            ['调查人', called(state.investigator)],
            ['反馈期限', due === undefined ? undefined : dateTimeWords(due)],
            ['延期', state.extensions === 0 ? undefined : `${state.extensions} 次`],
            ['处置结果', state.outcome === undefined ? undefined : outcomeTitles[state.outcome]],
            [
              '并入',
              state.into === undefined ? undefined : (
                <>
                  <Way to={`/complaints/${state.into}`}>查看所并入的投诉</Way>
                  {state.stage === 'decided' && !abilities.includes('complaint.answer')
                    ? ',该件处置后再反馈'
                    : ''}
                </>
              ),
            ],
            [
              '并入本件',
              state.joined.length === 0
                ? undefined
                : state.joined.map((one, at) => (
                    <Way key={one} to={`/complaints/${one}`}>
                      {state.joined.length === 1 ? '查看并入的投诉' : `查看并入的第 ${at + 1} 件 `}
                    </Way>
                  )),
            ],
            [
              '生成的问题',
              state.cases.length === 0
                ? undefined
                : state.cases.map((one) => (
                    <Way key={one} to={`/cases/${one}`}>
                      查看问题{' '}
                    </Way>
                  )),
            ],
            ['回访', state.revisit === undefined ? undefined : satisfactionWords[state.revisit.result]],
          ]}
        />
      </Section>
      {state.complainant === 'named' && may(me, 'complaint.readComplainant') ? <Complainant id={id} /> : null}
      {state.stage === 'received' || state.stage === 'accepted' || state.stage === 'investigated' ? (
        <Same id={id} names={names} />
      ) : null}
      {state.evidence.length > 0 ? (
        <EvidenceList
          me={me}
          record={id}
          entries={state.evidence}
          history={history}
          reason="办理投诉"
          title="附件"
        />
      ) : null}
      <History steps={history} names={names} words={complaintHistory} />
    </DeskPage>
  );
};

/** The name leaves only through a door that registers why; it is on the screen until the page is left. */
const Complainant = ({ id }: { id: string }): ReactElement => {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [told, setTold] = useState<View<'complaint.complainant'>>();
  const [refusal, setRefusal] = useState<Refusal>();
  const ask = async (): Promise<void> => {
    const answer = await post('complaint.complainant', `/api/complaints/${id}/complainant`, {
      commandId: crypto.randomUUID(),
      reason: reason.trim(),
    });
    if (!answer.ok) {
      setRefusal(answer.refusal);
      return;
    }
    setTold(answer.value);
    setAsking(false);
  };
  return (
    <Section title="投诉人">
      {told ? (
        <Facts
          of={[
            ['姓名', told.name],
            ['联系方式', told.contact],
          ]}
        />
      ) : (
        <div className="desk-actions">
          <span className="quiet">投诉人留有姓名。查看须登记事由,领导和纪检可以看到登记。</span>
          <Button onClick={() => setAsking(true)}>查看投诉人</Button>
        </div>
      )}
      <Modal
        open={asking}
        title="查看投诉人信息"
        okText="登记并查看"
        cancelText="取消"
        okButtonProps={{ disabled: reason.trim() === '' }}
        onOk={() => void ask()}
        onCancel={() => setAsking(false)}
      >
        <Form layout="vertical">
          <Form.Item label="事由" htmlFor="complainant-reason">
            <Input
              id="complainant-reason"
              value={reason}
              maxLength={200}
              placeholder="如:电话核实、反馈处理结果"
              onChange={({ target }) => setReason(target.value)}
            />
          </Form.Item>
        </Form>
        {refusal ? <Refused refusal={refusal} /> : null}
      </Modal>
    </Section>
  );
};

const Same = ({ id, names }: { id: string; names: Record<string, string> }): ReactElement | null => {
  const { data } = useView('complaint.sameIncident', `/api/complaints/${id}/same-incident`);
  if (!data || data.items.length === 0) return null;
  return (
    <Section title="可能是同一事件">
      <Ledger
        caption="可能是同一事件的问题和投诉"
        rows={data.items}
        idOf={(one) => one.id}
        columns={[
          {
            key: 'what',
            title: '记录',
            cell: (one) => (
              <Way to={one.kind === 'case' ? `/cases/${one.id}` : `/complaints/${one.id}`}>
                {one.kind === 'case' ? '问题' : '投诉'}:
                {violationTypes.find(({ code }) => code === one.violation)?.name ?? '未分类'}
              </Way>
            ),
          },
          { key: 'at', title: '时间', cell: ({ from }) => (from === undefined ? '' : dateTimeWords(from)) },
          {
            key: 'who',
            title: '人员',
            cell: ({ persons }) => persons.map((one) => names[one] ?? one).join('、'),
          },
          {
            key: 'same',
            title: '',
            cell: ({ sameFamily }) => (sameFamily ? <Mark tone="amber">同类问题</Mark> : ''),
          },
        ]}
      />
    </Section>
  );
};
