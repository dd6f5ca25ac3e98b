// Font files go beside the papers of a deployment: each once, another one in its place, what is not at hand not at all.
import { expect, test } from 'vitest';
import { uploadFonts } from '../../local/upload-fonts.ts';
import { openHouse } from '../house.ts';

test('font files are put where the functions read them, and only when they are new', async () => {
  const { s3, table, house } = await openHouse();
  const bucket = `${table}-papers`;
  const files = new Map([
    ['simfang.ttf', Buffer.from('one')],
    ['NotoSansSC_500Medium.ttf', Buffer.from('two')],
    ['notes.txt', Buffer.from('no font')],
  ]);
  const source = async (file: string) => files.get(file);
  const first = await uploadFonts(s3, bucket, source);
  expect([first.put.sort(), first.there]).toEqual([['NotoSansSC_500Medium.ttf', 'simfang.ttf'], 2]);
  expect(await uploadFonts(s3, bucket, source)).toEqual({ put: [], there: 2 });
  files.set('simfang.ttf', Buffer.from('the office’s own'));
  expect((await uploadFonts(s3, bucket, source)).put).toEqual(['simfang.ttf']);
  expect(await house.papers?.read('fonts/simfang.ttf')).toEqual(Buffer.from('the office’s own'));
  expect(await house.papers?.read('fonts/notes.txt')).toBeUndefined();
});
