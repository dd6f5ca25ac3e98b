// A picture of the seal as the centre hands it in: a red ring with its star passes; white paper around it, black ink, a wide
// margin or nothing at all does not.
import { expect, it } from 'vitest';
import { type Pixels, sealChecks, sealPixels } from '../../shared/seal-picture.ts';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
const red: Colour = [200, 20, 30, 255];
const clear: Colour = [0, 0, 0, 0];

/** A ring of ink with its middle filled, `margin` pixels from the edges. */
const ring = (ink: Colour, ground: Colour, { side = sealPixels, margin = 0 } = {}): Pixels => {
  const data = new Uint8Array(side * side * 4);
  const middle = (side - 1) / 2;
  for (let at = 0; at < side * side; at += 1) {
    const far = Math.hypot((at % side) - middle, Math.floor(at / side) - middle);
    const inked = far < side / 8 || (far <= middle - margin && far > middle - margin - side / 20);
    data.set(inked ? ink : ground, 4 * at);
  }
  return { width: side, height: side, data };
};
const failing = (picture: Pixels): string[] =>
  sealChecks(picture).flatMap(({ asked, holds }) => (holds ? [] : [asked.slice(0, 4)]));

it('passes red on a clear ground', () => {
  expect(failing(ring(red, clear))).toEqual([]);
});

it('is told what is wrong with it', () => {
  expect(failing(ring([20, 20, 20, 255], clear))).toEqual(['印章用红']);
  expect(failing(ring(red, [255, 255, 255, 255]))).toEqual(['底色透明', '印章用红']);
  expect(failing(ring(red, clear, { margin: 60 }))).toEqual(['印章占满']);
  expect(failing(ring(red, clear, { side: 200 }))).toEqual(['边长不少']);
  expect(failing(ring(clear, clear))).toEqual(['有印文(', '印章用红', '印章占满']);
  expect(failing({ ...ring(red, clear), height: sealPixels / 2 })).toContain('图片为正');
});
