// Where papers lie: a bucket in which every paper is written once and read back by the version that was registered, and
// the font files they are set with. The S3 client is loaded when a paper is first asked for.
import type { S3Client } from '@aws-sdk/client-s3';
import type { FontSource, PaperFonts } from './paper-fonts.ts';

export interface PaperStoreSettings {
  client: () => Promise<S3Client>;
  bucket: string;
  /** Where font files are read from; from `fonts/` of the same bucket when absent. */
  fonts?: FontSource;
}
export type PaperStore = ReturnType<typeof createPaperStore>;

export const createPaperStore = ({ client, bucket, fonts }: PaperStoreSettings) => {
  let opened: Promise<PaperFonts> | undefined;
  const s3 = () => import('@aws-sdk/client-s3');

  const read = async (key: string, version?: string): Promise<Buffer | undefined> => {
    const { GetObjectCommand } = await s3();
    try {
      const found = await (await client()).send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(version === undefined ? {} : { VersionId: version }),
        }),
      );
      return found.Body ? Buffer.from(await found.Body.transformToByteArray()) : undefined;
    } catch (error) {
      if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound'))
        return undefined;
      throw error;
    }
  };

  /** Writes once: somebody else's equal paper under the same key is as good. Answers the version that lies there. */
  const putOnce = async (key: string, bytes: Buffer, mediaType: string): Promise<string> => {
    const { HeadObjectCommand, PutObjectCommand } = await s3();
    const store = await client();
    try {
      const put = await store.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: mediaType,
          ContentLength: bytes.length,
          IfNoneMatch: '*',
        }),
      );
      return put.VersionId ?? 'null';
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'PreconditionFailed') throw error;
      const there = await store.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return there.VersionId ?? 'null';
    }
  };

  /** The fonts, opened once; a failure is not kept. */
  const openedFonts = (): Promise<PaperFonts> => {
    opened ??= (async () => {
      const { openFonts } = await import('./paper-fonts.ts');
      return openFonts(fonts ?? ((file) => read(`fonts/${file}`)));
    })().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };

  return { read, putOnce, fonts: openedFonts };
};
