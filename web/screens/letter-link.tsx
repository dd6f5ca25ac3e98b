// One letter for a liaison without an account: the link brings its secret behind the #, which no server is sent; the code is
// typed in and opens once. Then the letter is read, its evidence looked at under a watermark, received and answered.
import '../style/people.css';
import { type ReactElement, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { bringOpen, postOpen, type Refusal } from '../client.ts';
import { heardHouse } from '../clock.ts';
import { type Courier, useFiling } from '../filing.ts';
import { EvidenceLook } from '../parts/evidence-look.tsx';
import { FilePicker } from '../parts/file-picker.tsx';
import { LightForm, Told, WordsField } from '../parts/light-form.tsx';
import { MoreToSay } from '../parts/more-to-say.tsx';
import { Refused } from '../parts/words.tsx';
import { useSender } from '../sending.ts';
import { dateTimeWords } from '../time-words.ts';

type Letter = View<'link.read'>;
interface Pass {
  centre: string;
  letter: string;
  pass: string;
}
interface Acting {
  pass: Pass & Record<string, unknown>;
  read: Letter;
  done(words: string): void;
}

/** `#<centre>/<letter>/<secret>`. */
const linkHere = (): { centre: string; letter: string; secret: string } | undefined => {
  const [centre, letter, secret] = window.location.hash.slice(1).split('/');
  return centre && letter && secret ? { centre, letter, secret } : undefined;
};

const Entrance = ({ enter }: { enter(pass: Pass): void }): ReactElement => {
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const link = linkHere();
  if (!link) return <p className="notice bad">链接不完整。请从收到的消息中完整复制链接后再打开。</p>;
  return (
    <LightForm
      card
      sender={{ busy, refusal }}
      submit="打开函件"
      sending="正在核对…"
      send={async () => {
        setBusy(true);
        const answer = await postOpen('link.open', '/api/letter-links/open', { ...link, code });
        setBusy(false);
        if (!answer.ok) {
          setRefusal(answer.refusal);
          return;
        }
        const { centre, letter } = link;
        enter({ centre, letter, pass: answer.value.pass });
      }}
    >
      <h1>查看函件</h1>
      <p>请输入中心督查科告知的验证码。验证码只能用一次,打开后半小时内有效。</p>
      <label className="field">
        验证码
        <input
          value={code}
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\d{6,8}"
          maxLength={8}
          onChange={({ target }) => setCode(target.value.trim())}
        />
      </label>
    </LightForm>
  );
};

/** Commands and files go as they do for somebody who signed in, by the doors of the link and with what opens them. */
const courierOf = (pass: Acting['pass']): Courier => ({
  say: (path, fields, commandId) => postOpen('answer', path, { ...pass, commandId, ...fields }),
  upload: {
    plan: (n) => postOpen('evidence.upload', '/api/letter-links/uploads', { ...pass, n }),
    complete: (n) => postOpen('evidence.complete', '/api/letter-links/uploads/complete', { ...pass, n }),
  },
});

const Receipt = ({ pass, done }: Acting): ReactElement => {
  const sender = useSender(courierOf(pass).say);
  return (
    <div className="card light-form">
      <h2>签收</h2>
      <p>签收只表示本单位已收到此函,不代表同意函中内容。</p>
      {sender.refusal ? <Refused refusal={sender.refusal} /> : null}
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={sender.busy}
          onClick={async () => {
            if (await sender.send('/api/letter-links/acknowledge', {}, 'receivedAt')) done('已签收。');
          }}
        >
          签收此函
        </button>
      </div>
    </div>
  );
};

const Reply = ({ pass, read, done }: Acting): ReactElement => {
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(read.answers === 0);
  const filing = useFiling(courierOf(pass));
  const announced = async () => {
    const fresh = await postOpen('link.read', '/api/letter-links/read', pass);
    return fresh.ok ? { ok: true as const, value: { state: { evidence: fresh.value.waiting } } } : fresh;
  };
  if (!open) return <MoreToSay open={() => setOpen(true)} />;
  return (
    <LightForm
      card
      sender={filing}
      submit="送出复函"
      sending="正在送出…"
      send={async () => {
        const filed = await filing.file(
          ['/api/letter-links/answer', { answer: words.trim() }, 'answeredAt'],
          announced,
        );
        if (filed !== undefined) done('复函已送达督查科。');
      }}
    >
      <h2>{read.answers > 0 ? '补充复函' : '复函、反馈整改'}</h2>
      <WordsField label="核实和整改情况" value={words} change={setWords} max={5000} rows={8} />
      <FilePicker label="附件(盖章复函、整改材料)" files={filing.files} change={filing.setFiles} />
    </LightForm>
  );
};

const Opened = ({ pass, read, done }: Acting): ReactElement => {
  const [refusal, setRefusal] = useState<Refusal>();
  const print = async (): Promise<void> => {
    const file = await bringOpen('/api/letter-links/paper', pass);
    if (!file.ok) {
      setRefusal(file.refusal);
      return;
    }
    const url = URL.createObjectURL(file.value);
    window.open(url, '_blank', 'noopener');
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  const acting = { pass, read, done };
  return (
    <>
      <p className="hint">
        {read.department}:本页 {dateTimeWords(read.until)} 前有效,逾时请联系中心更换验证码。
      </p>
      <article className="paper">
        <h2 className="paper-title">{read.title}</h2>
        <p className="number">{read.documentNumber}</p>
        <p>{read.department}：</p>
        <div className="body">{read.body}</div>
        <p className="no-print actions" style={{ marginTop: 24 }}>
          <button type="button" className="button small" onClick={() => void print()}>
            打开印发件
          </button>
        </p>
        {refusal ? <Refused refusal={refusal} /> : null}
      </article>
      {read.replyBy === undefined || read.answers > 0 ? null : <p>复函期限:{dateTimeWords(read.replyBy)}</p>}
      {read.files.length === 0 ? null : (
        <section>
          <h2>随函证据</h2>
          <p className="hint">每次查看都会登记时间和事由,地址短时有效,不能转发。</p>
          <EvidenceLook
            record={pass.letter}
            entries={read.files.map(({ nth, kind }) => ({ n: nth, kind, state: 'received' }))}
            viewer={`${read.department} 凭链接`}
            reason={`核实${read.documentNumber}所列问题`}
            ask={(nth, reason) =>
              postOpen('evidence.view', '/api/letter-links/views', { ...pass, nth, reason })
            }
          />
        </section>
      )}
      {read.closed ? null : read.acknowledgedAt === undefined ? (
        <Receipt {...acting} />
      ) : (
        <Reply key={read.answers} {...acting} />
      )}
    </>
  );
};

const LetterLink = (): ReactElement => {
  const [pass, setPass] = useState<Pass & Record<string, unknown>>();
  const [read, setRead] = useState<Letter>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [told, setTold] = useState<string>();
  const look = async (entered: Pass & Record<string, unknown>): Promise<void> => {
    const askedAt = Date.now();
    const answer = await postOpen('link.read', '/api/letter-links/read', entered);
    if (answer.ok) {
      heardHouse(answer.value.now, askedAt, Date.now());
      setRead(answer.value);
    }
    setRefusal(answer.ok ? undefined : answer.refusal);
  };
  return (
    <main className="page" style={{ maxWidth: 760, margin: '0 auto', padding: 16 }}>
      <p style={{ display: 'flex', alignItems: 'center', gap: 12, margin: '0 0 16px' }}>
        <span className="shell-mark">
          <img src="/icon.svg" alt="" />
          明窗
        </span>
        <span className="hint">{read?.organ ?? '政务服务中心窗口督查'}</span>
      </p>
      <Told words={told} />
      {refusal ? <Refused refusal={refusal} /> : null}
      {pass && read ? (
        <Opened
          pass={pass}
          read={read}
          done={(words) => {
            setTold(words);
            void look(pass);
          }}
        />
      ) : (
        <Entrance
          enter={(entered) => {
            setPass({ ...entered });
            void look({ ...entered });
          }}
        />
      )}
    </main>
  );
};
export default LetterLink;
