// `npm run upload-fonts -- --stage world`: lays the font files that papers are set with beside the papers of a deployment, where
// the functions read them. `npm run deploy` ends with it; run it again after official faces were put into FONTS_DIR.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { fontFiles } from '../functions/paper-fonts.ts';
import { fontFolders, fontsIn } from './font-folders.ts';
import { openPlace } from './place.ts';
import { StartProblem } from './table-engine.ts';

/** Puts what is not there, or is another. Answers how many were put and how many there are. */
export const uploadFonts = async (
  s3: S3Client,
  bucket: string,
  source: (file: string) => Promise<Buffer | undefined>,
): Promise<{ put: string[]; there: number }> => {
  const put: string[] = [];
  let there = 0;
  for (const file of fontFiles) {
    const bytes = await source(file);
    if (bytes === undefined) continue;
    there += 1;
    const checksum = createHash('sha256').update(bytes).digest('base64');
    const at = { Bucket: bucket, Key: `fonts/${file}` };
    const known = await s3
      .send(new HeadObjectCommand({ ...at, ChecksumMode: 'ENABLED' }))
      .catch(() => undefined);
    if (known?.ChecksumSHA256 === checksum) continue;
    await s3.send(new PutObjectCommand({ ...at, Body: bytes, ChecksumSHA256: checksum }));
    put.push(file);
  }
  return { put, there };
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { stage: { type: 'string' } } });
  if (values.stage === undefined) throw new StartProblem('npm run upload-fonts -- --stage <名称>');
  const place = await openPlace(values.stage);
  try {
    const { put, there } = await uploadFonts(place.s3, place.papers, fontsIn(fontFolders()));
    if (there === 0) throw new StartProblem('没有找到任何字体文件 · no font files here');
    console.log(`✓ 字体 ${there} 个都在 ${place.name}${put.length > 0 ? `,新放 ${put.join('、')}` : ''}`);
  } finally {
    await place.close();
  }
};

if (import.meta.main)
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof StartProblem ? error.message : error);
      process.exit(1);
    },
  );
