// What the verifier says of the files it was given, as plain lines: the same in the page and in whoever runs it without
// one. Knows no document and no network.
import { type Proof, proveMonth } from '../../shared/month-proof.ts';
import { sha256Of } from '../../shared/sha256.ts';

export interface Verdict {
  whole: boolean;
  headline: string;
  lines: string[];
  scores: { person: string; total: string; lines: string }[];
  proof: Proof;
}

const stages = { open: '未汇总', summing: '已汇总,未定稿', frozen: '已定稿' } as const;
const shownFaults = 200;
const figure = (hundredths: number): string => (hundredths / 100).toFixed(2);

/** Checks the text of a month's file and recomputes its scores. */
export const verdictOn = (text: string): Verdict => {
  const proof = proveMonth(text, sha256Of);
  const [first] = proof.bad;
  return {
    whole: first === undefined,
    headline: first === undefined ? `${proof.month} 核验无误` : `核验发现问题,首条:${first}`,
    // Of a file that is none of ours there is nothing to count.
    lines:
      proof.month === ''
        ? []
        : [
            `记录 ${proof.streams} 件、${proof.events} 条;其中已封存 ${proof.sealed} 条`,
            `封存链 ${proof.seals} 日;得分 ${proof.scores.length} 份(${stages[proof.stage]},本页由切片重新计算)`,
            ...proof.lines.map((line) => `请与纸质日报核对:${line}`),
            ...proof.bad.slice(0, shownFaults),
            ...(proof.bad.length > shownFaults ? [`……共 ${proof.bad.length} 处`] : []),
          ],
    scores: proof.scores.map((score) => ({
      person: score.person,
      total: figure(score.total),
      lines: score.lines.map((line) => `${line.note} ${figure(line.points)}`).join(';'),
    })),
    proof,
  };
};

/** Says whose evidence a file is, by its bytes alone. */
export const verdictOnFile = (name: string, bytes: Uint8Array, proof: Proof | undefined): string => {
  const hash = sha256Of(bytes);
  const found = proof?.evidence.filter((one) => one.sha256 === hash) ?? [];
  if (proof === undefined) return `${name}:SHA-256 ${hash}(尚未放入月份文件,无从比对)`;
  return found.length === 0
    ? `${name}:不在 ${proof.month} 的证据清单中(SHA-256 ${hash})`
    : `${name}:与证据 ${found.map((one) => `${one.record}~${one.n}`).join('、')} 一致`;
};
