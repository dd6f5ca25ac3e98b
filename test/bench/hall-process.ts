// The bench's hall as a process of its own: says where it is, and how much memory it holds when asked.
import { openHall, value } from './hall.ts';

const hall = await openHall();
let peak = 0;
const look = (): number => {
  const { rss } = process.memoryUsage();
  peak = Math.max(peak, rss);
  return rss;
};
setInterval(look, 10).unref();

const stop = async (): Promise<void> => {
  await hall.close();
  process.exit(0);
};
process.on('disconnect', stop);
process.on('message', async (asked) => {
  if (asked === 'stop') await stop();
  // Only what is still in use after a collection (node --expose-gc) is held.
  if (asked === 'held') {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, heap: heapUsed + external });
    return;
  }
  // The hash of the whole is read in the background: it belongs to the upload.
  if (asked === 'settled') await hall.machine.settled();
  else peak = 0;
  const rss = look();
  process.send?.({ rss, peak });
});
process.send?.({ url: hall.machine.url, token: value(await hall.machine.issuer.mintToken('xun')) });
