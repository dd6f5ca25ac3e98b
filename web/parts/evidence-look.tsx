// Looking at one record's files from a light page: the reason is registered first (decree 799, art. 16), the picture is
// shown with the viewer's name over it and is gone when its address expires. No file is handed out.
import { type ReactElement, useEffect, useState } from 'react';
import type { View } from '../../shared/views.ts';
import { type Outcome, post, type Refusal } from '../client.ts';
import { houseNow } from '../clock.ts';
import { fileKinds, fileStates, sizeWords } from '../evidence-words.ts';
import { dateTimeWords } from '../time-words.ts';
import { EvidencePicture } from './evidence-picture.tsx';
import { Refused } from './words.tsx';

type Entry = View<'case.read'>['state']['evidence'][number];
type Shown = View<'evidence.view'> & { n: number };

export const EvidenceLook = ({
  record,
  entries,
  viewer,
  reason: given = '',
  ask,
}: {
  record: string;
  /** Of what another record shares only the number is known here. */
  entries: readonly (Pick<Entry, 'n' | 'state'> & Partial<Pick<Entry, 'kind' | 'size'>>)[];
  /** Who looks: written over the picture. */
  viewer: string;
  /** Pre-filled when one comes from one's own task; otherwise it must be typed. */
  reason?: string;
  /** How a look is asked for, where somebody has not signed in. */
  ask?(n: number, reason: string): Promise<Outcome<View<'evidence.view'>>>;
}): ReactElement | null => {
  const [reason, setReason] = useState(given);
  const [wanted, setWanted] = useState<number>();
  const [shown, setShown] = useState<Shown>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!shown) return;
    const left = Date.parse(shown.expires) - houseNow().getTime();
    const timer = setTimeout(() => setShown(undefined), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [shown]);
  if (entries.length === 0) return null;
  const look = async (n: number): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    const path = `/api/evidence/${encodeURIComponent(record)}/${n}/views`;
    const answer = await (ask
      ? ask(n, reason.trim())
      : post('evidence.view', path, { commandId: crypto.randomUUID(), reason: reason.trim() }));
    setBusy(false);
    if (answer.ok) setShown({ ...answer.value, n });
    else setRefusal(answer.refusal);
  };
  return (
    <div className="evidence-look">
      <ul className="evidence-row">
        {entries.map(({ n, kind, size, state }) => (
          <li key={n}>
            <button
              type="button"
              className="button"
              disabled={state !== 'received'}
              aria-expanded={wanted === n}
              onClick={() => {
                setWanted(n);
                setShown(undefined);
              }}
            >
              {kind === undefined ? '证据' : fileKinds[kind]} {n}
              {state !== 'received' ? (
                <span className="quiet">{fileStates[state]}</span>
              ) : size === undefined ? null : (
                <span className="quiet">{sizeWords(size)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {wanted === undefined || shown ? null : (
        <form
          className="reason-form"
          onSubmit={(event) => {
            event.preventDefault();
            void look(wanted);
          }}
        >
          <label>
            调阅事由(将登记在册)
            <input
              value={reason}
              onChange={({ target }) => setReason(target.value)}
              required
              maxLength={200}
            />
          </label>
          <button type="submit" className="button primary" disabled={busy || reason.trim() === ''}>
            登记并查看
          </button>
        </form>
      )}
      {refusal ? <Refused refusal={refusal} /> : null}
      {shown ? (
        <figure className="evidence-shown">
          <EvidencePicture
            shown={shown}
            words={`${viewer} ${dateTimeWords(houseNow().toISOString())} 仅供核查,不得外传`}
            alt={`第${shown.n}份证据`}
          />
          <figcaption className="quiet">
            调阅已登记。校验码 {shown.sha256.slice(0, 12)},{dateTimeWords(shown.expires)} 前有效
          </figcaption>
        </figure>
      ) : null}
    </div>
  );
};
