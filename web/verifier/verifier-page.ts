// The page of the stand-alone verifier: takes files that are dropped or chosen, and shows the verdict as text. Opened from
// a file, without a network; its policy forbids it one.
import * as z from 'zod';
import type { Proof } from '../../shared/month-proof.ts';
import { type Verdict, verdictOn, verdictOnFile } from './verdict.ts';

// The page's policy knows no eval; schemas are read plainly.
z.config({ jitless: true });

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
};
const line = (tag: string, text: string): HTMLElement => {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
};

let proof: Proof | undefined;

const show = (verdict: Verdict): void => {
  proof = verdict.proof;
  const headline = byId('headline');
  headline.textContent = verdict.headline;
  headline.className = verdict.whole ? 'whole' : 'broken';
  byId('lines').replaceChildren(...verdict.lines.map((text) => line('li', text)));
  byId('scores').replaceChildren(
    ...verdict.scores.map((score) => {
      const row = document.createElement('tr');
      row.append(line('td', score.person), line('td', score.total), line('td', score.lines));
      return row;
    }),
  );
};

const take = async (files: Iterable<File>): Promise<void> => {
  const given = [...files];
  const months = given.filter((file) => file.name.endsWith('.json'));
  for (const file of months) {
    byId('headline').textContent = '正在核验……';
    show(verdictOn(await file.text()));
  }
  for (const file of given.filter((one) => !months.includes(one)))
    byId('files').append(
      line('li', verdictOnFile(file.name, new Uint8Array(await file.arrayBuffer()), proof)),
    );
};

const fail = (error: unknown): void => {
  byId('headline').textContent = `不能核验:${error instanceof Error ? error.message : String(error)}`;
  byId('headline').className = 'broken';
};

const chosen = byId('choose');
chosen.addEventListener('change', () => {
  if (chosen instanceof HTMLInputElement) void take(chosen.files ?? []).catch(fail);
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void take(event.dataTransfer?.files ?? []).catch(fail);
});
