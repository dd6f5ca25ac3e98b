// Links for a liaison without an account. Secret and code are made on this device and shown once; the house is sent their
// hashes only, so nobody can read them anywhere afterwards.
import { App, Form, InputNumber } from 'antd';
import { type ReactElement, useState } from 'react';
import { sha256Of } from '../../shared/sha256.ts';
import { houseNow } from '../clock.ts';
import { dateTimeWords } from '../time-words.ts';
import type { Me } from '../visitor-here.ts';
import { Ask, useStep, WordsItem } from './ask.tsx';
import type { Letter } from './letter-labels.ts';
import { Section } from './page.tsx';

/** 144 bits for an address, six digits for the telephone. */
const newSecret = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
const newCode = (): string =>
  String((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 1_000_000).padStart(6, '0');

/** Links made at this desk, while the page is open: only here a new code can be bound to its secret. */
const made = new Map<string, string>();

const Copy = ({ what, text }: { what: string; text: string }): ReactElement => {
  const { message } = App.useApp();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      void message.success(`${what}已复制`);
    } catch {
      void message.warning('这台设备不许复制,请手工选中');
    }
  };
  return (
    <button type="button" className="button small" onClick={() => void copy()}>
      复制{what}
    </button>
  );
};

export const LetterLinks = ({ me, letter }: { me: Me; letter: Letter }): ReactElement | null => {
  const { id, state, abilities } = letter;
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState(() => ({ secret: newSecret(), code: newCode() }));
  const [told, setTold] = useState<{ link?: string; code: string }>();
  const step = useStep();
  const now = houseNow().toISOString();
  if (!abilities.includes('letter.shareLink') || state.department === undefined) return null;
  const address = `${window.location.origin}/letter-link#${me.centre.id}/${id}/${fresh.secret}`;
  const renew = async (n: number): Promise<void> => {
    const secret = made.get(`${id}/${n}`);
    if (secret === undefined) return;
    const code = newCode();
    const fields = () => ({ n, codeHash: sha256Of(`${secret}:${code}`) });
    if (await step.take(`/api/letters/${id}/renew-code`, fields)) setTold({ code });
  };
  const withdraw = async (n: number): Promise<void> => {
    // What is shown may be of the link that is gone now.
    if (await step.take(`/api/letters/${id}/withdraw-link`, () => ({ n }))) setTold(undefined);
  };
  return (
    <Section title="凭链接查看(无账号的联络员)" className="no-print">
      {told === undefined ? null : (
        <div className="notice good told-link" role="status">
          {told.link === undefined ? null : (
            <p>
              链接 <code>{told.link}</code> <Copy what="链接" text={told.link} />
            </p>
          )}
          <p>
            验证码 <code>{told.code}</code> <Copy what="验证码" text={told.code} />
          </p>
          <p>只显示这一次。链接和验证码请分两种方式告知,例如链接发消息、验证码打电话。</p>
        </div>
      )}
      <ul className="plain-list">
        {(state.links ?? []).map(({ n, until, tries, spent, withdrawn, open }) => (
          <li key={n}>
            链接 {n}:
            {withdrawn
              ? '已撤回'
              : until < now
                ? `已于 ${dateTimeWords(until)} 到期`
                : `${dateTimeWords(until)} 前有效`}
            {spent && until >= now
              ? `,验证码已用${open === undefined ? '' : `,${dateTimeWords(open)} 前可看`}`
              : ''}
            {tries > 0 ? `,输错 ${tries} 次` : ''}
            {withdrawn || until < now ? null : (
              <>
                {made.has(`${id}/${n}`) ? (
                  <button type="button" className="button bare small" onClick={() => void renew(n)}>
                    更换验证码
                  </button>
                ) : null}
                <button type="button" className="button bare small" onClick={() => void withdraw(n)}>
                  撤回
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="button small" onClick={() => setAsking(true)}>
        提供链接
      </button>
      <Ask<{ receiver: string; days: number }>
        title="提供查看链接"
        open={asking}
        onClose={() => setAsking(false)}
        path={`/api/letters/${id}/share-link`}
        initial={{ days: 7 }}
        fields={({ receiver, days }) => ({
          ...{ receiver, days, secretHash: sha256Of(fresh.secret) },
          codeHash: sha256Of(`${fresh.secret}:${fresh.code}`),
        })}
        after={() => {
          made.set(`${id}/${(state.linksMade ?? 0) + 1}`, fresh.secret);
          setTold({ link: address, code: fresh.code });
          setFresh({ secret: newSecret(), code: newCode() });
        }}
        okText="生成链接"
      >
        <WordsItem name="receiver" label="交给谁" rows={1} max={40} />
        <Form.Item name="days" label="有效天数">
          <InputNumber min={1} max={15} precision={0} />
        </Form.Item>
      </Ask>
    </Section>
  );
};
