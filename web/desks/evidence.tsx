// Looking at evidence: every look is registered first, with its reason; the watermark with the viewer's name and time is
// drawn by the page, captions stand beside the picture, never over it. Decree 799, art. 16: who, why, when.
import { Form, Modal } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import * as z from 'zod';
import { roleTitles } from '../../shared/people.ts';
import type { View } from '../../shared/views.ts';
import { post } from '../client.ts';
import { houseNow } from '../clock.ts';
import { fileKinds, fileStates, sizeWords } from '../evidence-words.ts';
import { EvidencePicture } from '../parts/evidence-picture.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Empty, Refused } from '../parts/words.tsx';
import { dateTimeWords } from '../time-words.ts';
import { type Me, may } from '../visitor-here.ts';
import { WordsItem } from './ask.tsx';
import { useRegistry } from './hall-register.ts';
import type { Step } from './history-words.ts';
import { refusalIn, useView } from './kit.tsx';
import { Ledger } from './ledger.tsx';
import { Section } from './page.tsx';

type Entry = View<'case.read'>['state']['evidence'][number];
type Refusal = ReturnType<typeof refusalIn>;

const icons: Record<Entry['kind'], IconName> = {
  photo: 'photo',
  video: 'video',
  audio: 'audio',
  document: 'document',
};

const file = z.looseObject({ name: z.string(), takenAt: z.string(), sha256: z.string() });
const announcing = z.looseObject({
  evidence: z.array(file).optional(),
  paper: z.looseObject({ evidence: z.array(file).optional() }).optional(),
});

const announcedBy = (entry: Entry, history: readonly Step[]): Step | undefined =>
  history.find(({ version }) => version === entry.announcedIn);
/** What a file was called and when it was taken: the step that announced it knows. */
const fileOf = (entry: Entry, step: Step | undefined): z.infer<typeof file> | undefined => {
  const found = announcing.safeParse(step?.event);
  if (!found.success) return undefined;
  return [...(found.data.evidence ?? []), ...(found.data.paper?.evidence ?? [])].find(
    ({ sha256 }) => sha256 === entry.sha256,
  );
};

interface EvidenceProps {
  me: Me;
  record: string;
  entries: readonly Entry[];
  history: readonly Step[];
  /** Why one looks, when one comes from a task of one's own; otherwise the reason is asked. */
  reason?: string | undefined;
  /** Beside each picture: window, time with its doubt. */
  caption?: string;
  /** What the files of a step were given for, where a record has those of several matters. */
  givenFor?(event: Step['event'], entry: Entry): string | undefined;
  title?: string;
}

export const EvidenceList = ({
  me,
  record,
  entries,
  history,
  reason,
  caption,
  givenFor,
  title = '证据',
}: EvidenceProps): ReactElement => {
  const [asked, setAsked] = useState<Entry>();
  const [register, setRegister] = useState<Entry>();
  const missing = entries.filter(({ state }) => state !== 'received' && state !== 'purged').length;
  return (
    <Section
      title={title}
      aside={missing > 0 ? <span className="mark amber">{missing} 个文件尚未收妥</span> : undefined}
    >
      {entries.length === 0 ? (
        <p className="quiet">没有附件。</p>
      ) : (
        <ul className="proof-list">
          {entries.map((entry) => {
            const step = announcedBy(entry, history);
            const known = fileOf(entry, step);
            const matter = step && givenFor?.(step.event, entry);
            return (
              <li key={entry.n}>
                <button
                  type="button"
                  className="proof"
                  disabled={entry.state !== 'received'}
                  onClick={() => setAsked(entry)}
                >
                  <Icon name={icons[entry.kind]} />
                  <span>
                    {fileKinds[entry.kind]} {entry.n}
                    {entry.state === 'received' ? ' · 调阅' : ` · ${fileStates[entry.state]}`}
                  </span>
                  <span className="quiet">
                    {matter === undefined ? '' : `${matter} · `}
                    {known ? `${dateTimeWords(known.takenAt)} · ` : ''}
                    {sizeWords(entry.size)}
                  </span>
                </button>
                {may(me, 'lookup.read') ? (
                  <button
                    type="button"
                    className="button bare small no-print"
                    onClick={() => setRegister(entry)}
                  >
                    调阅登记
                  </button>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      <Viewing
        me={me}
        record={record}
        entry={asked}
        known={asked ? fileOf(asked, announcedBy(asked, history)) : undefined}
        reason={reason}
        caption={caption}
        onClose={() => setAsked(undefined)}
      />
      {register ? <Register record={record} entry={register} onClose={() => setRegister(undefined)} /> : null}
    </Section>
  );
};

interface ViewingProps {
  me: Me;
  record: string;
  entry: Entry | undefined;
  known: z.infer<typeof file> | undefined;
  reason: string | undefined;
  caption: string | undefined;
  onClose(): void;
}

type Shown = View<'evidence.view'>;

const Viewing = ({ me, record, entry, known, reason, caption, onClose }: ViewingProps): ReactElement => {
  const [shown, setShown] = useState<{ n: number; view: Shown; at: string; why: string }>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [form] = Form.useForm<{ why: string }>();
  const n = entry?.n;
  const look = async (why: string): Promise<void> => {
    if (n === undefined) return;
    setRefusal(undefined);
    const answer = await post('evidence.view', `/api/evidence/${record}/${n}/views`, {
      commandId: crypto.randomUUID(),
      reason: why,
    });
    if (answer.ok) setShown({ n, view: answer.value, at: houseNow().toISOString(), why });
    else setRefusal(answer.refusal);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one look for each file asked for, not for each drawing
  useEffect(() => {
    setShown(undefined);
    setRefusal(undefined);
    if (n !== undefined && reason !== undefined) void look(reason);
  }, [n, reason]);
  const here = shown && shown.n === n ? shown : undefined;
  return (
    <Modal
      open={entry !== undefined}
      onCancel={onClose}
      footer={null}
      width={here ? 1080 : 620}
      destroyOnHidden
      title={entry ? `${fileKinds[entry.kind]} ${entry.n}` : ''}
    >
      {refusal ? <Refused refusal={refusal} /> : null}
      {here && entry ? (
        <div className="viewing">
          <figure>
            <EvidencePicture
              shown={here.view}
              words={`${me.name} ${dateTimeWords(here.at)}`}
              alt="证据照片"
            />
            <figcaption>
              {caption === undefined ? null : <span>{caption}</span>}
              {known ? <span>拍摄 {dateTimeWords(known.takenAt)}</span> : null}
              <span>SHA-256 {entry.sha256.slice(0, 16)}…</span>
              <span>{sizeWords(entry.size)}</span>
            </figcaption>
          </figure>
          <p className="notice">
            本次调阅已登记:{me.name},{dateTimeWords(here.at)},事由“{here.why}”。仅限查看,不得翻拍外传。
          </p>
        </div>
      ) : null}
      {!here && reason === undefined && entry ? (
        <Form form={form} layout="vertical" requiredMark="optional" onFinish={({ why }) => void look(why)}>
          <WordsItem
            name="why"
            label="调阅事由"
            rows={2}
            max={200}
            extra="登记后限时查看。谁、何时、为何调阅,都会留痕。"
          />
          <button type="submit" className="button primary">
            登记并查看
          </button>
        </Form>
      ) : null}
    </Modal>
  );
};

interface RegisterProps {
  record: string;
  entry: Entry;
  onClose(): void;
}

/** Who looked, when and why; for those entitled to know. */
const Register = ({ record, entry, onClose }: RegisterProps): ReactElement => {
  const { data, error } = useView('evidence.register', `/api/evidence/${record}/${entry.n}/views?limit=200`);
  const { data: staff = [] } = useRegistry('staff');
  const nameOf = (person: string): string => staff.find(({ id }) => id === person)?.name ?? person;
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      width={820}
      title={`调阅登记 · ${fileKinds[entry.kind]} ${entry.n}`}
    >
      {error ? <Refused refusal={refusalIn(error)} /> : null}
      {data?.items.length === 0 ? <Empty>还没有人调阅过这份证据。</Empty> : null}
      {data && data.items.length > 0 ? (
        <Ledger
          caption="调阅登记"
          rows={data.items}
          idOf={(row) => String(row.version)}
          sorted="-at"
          columns={[
            { key: 'at', title: '时间', cell: (row) => dateTimeWords(row.at), by: (row) => row.at },
            {
              key: 'by',
              title: '调阅人',
              cell: (row) => nameOf(row.by.person),
              by: (row) => nameOf(row.by.person),
            },
            {
              key: 'role',
              title: '身份',
              cell: (row) => (row.by.role === 'system' ? '系统' : roleTitles[row.by.role]),
            },
            { key: 'why', title: '事由', cell: (row) => row.reason, long: true },
          ]}
        />
      ) : null}
    </Modal>
  );
};
