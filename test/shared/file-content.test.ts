// A file is what its bytes are: what a browser or an unpacker would run is no picture, whatever it is called.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaTypes } from '../../shared/evidence.ts';
import { isOther } from '../../shared/file-content.ts';

const bytes = (...parts: (string | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
const noise = Buffer.alloc(3_000, 7);
const jpeg = bytes(Buffer.from('ffd8ffe000104a4649460001', 'hex'), noise);
const png = bytes(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), noise);
const webm = bytes(Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'), noise);
const zip = bytes('PK\u0003\u0004', noise, 'PK\u0005\u0006', Buffer.alloc(18));
const other = (mediaType: string, file: Buffer): boolean =>
  isOther(mediaType, file.subarray(0, 1_024), file.subarray(-65_557));

/** One of each, as devices make them. */
const whole: [string, Buffer][] = [
  ['image/jpeg', jpeg],
  ['image/png', png],
  ['image/webp', bytes('RIFF....WEBPVP8 ', noise)],
  ['video/mp4', bytes('\0\0\0\u001cftypisom', noise)],
  ['video/quicktime', bytes('\0\0\0\u0014ftypqt  ', noise)],
  ['audio/mp4', bytes('\0\0\0\u001cftypM4A ', noise)],
  ['video/quicktime', bytes('\0\0\0\u0008wide', noise)],
  ['video/webm', webm],
  ['audio/webm', webm],
  ['audio/mpeg', bytes('ID3\u0004', noise)],
  ['audio/mpeg', bytes(Buffer.from('fffb9064', 'hex'), noise)],
  ['audio/wav', bytes('RIFF....WAVEfmt ', noise)],
  ['application/pdf', bytes('%PDF-1.7\n', noise)],
];

describe('a file', () => {
  it.each(whole)('%s is what it says', (mediaType, file) => {
    expect(other(mediaType, file)).toBe(false);
    expect(other(mediaType === 'image/jpeg' ? 'image/png' : 'image/jpeg', file)).toBe(true);
  });

  it.each([
    ['a page', bytes('<!DOCTYPE html><script>alert(1)</script>')],
    ['a page after a mark and blanks', bytes('\ufeff \n<HTML>')],
    ['a drawing with scripts', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['an archive, also a bomb', zip],
    ['a packed stream', Buffer.from('1f8b0800000000000003', 'hex')],
    ['a program', bytes('MZ\u0090', noise)],
    ['a script', bytes('#!/bin/sh\nrm -rf /')],
    ['words', Buffer.from('a photograph, in words')],
    ['noise', noise],
    ['nothing', Buffer.alloc(0)],
    ['a picture the hall does not take', bytes('\0\0\0\u001cftypheic', noise)],
    ['an animated picture', bytes('GIF89a', noise)],
    ['another container', bytes(Buffer.from('1a45dfa3934282886d6174726f736b61', 'hex'), noise)],
    ['sound the hall does not take', bytes(Buffer.from('fff15080', 'hex'), noise)],
  ])('that is %s is nothing announced', (_what, file) => {
    for (const mediaType of Object.values(mediaTypes).flat())
      expect(other(mediaType, file), mediaType).toBe(true);
  });

  it('of any type the hall takes is one its bytes can prove', () => {
    for (const mediaType of new Set(Object.values(mediaTypes).flat()))
      expect(
        whole.some(([type, file]) => type === mediaType && !other(type, file)),
        mediaType,
      ).toBe(true);
  });

  it('of a type the hall does not take is never taken', () => {
    for (const mediaType of ['image/gif', 'image/svg+xml', 'text/html', 'application/zip', 'constructor', ''])
      for (const [, file] of whole) expect(other(mediaType, file), mediaType).toBe(true);
    expect(isOther('image/jpeg')).toBe(true);
  });

  it.each([
    ['an archive behind it', bytes(jpeg, zip)],
    ['an archive with a long comment behind it', bytes(png, zip, Buffer.alloc(60_000, 32))],
    ['a second document in it', bytes(jpeg.subarray(0, 20), '%PDF-1.7\n', noise)],
    ['a page in its first bytes', bytes(jpeg.subarray(0, 20), '/*<script>alert(1)</script>*/', noise)],
  ])('with %s is refused as a polyglot', (_what, file) => {
    expect(other(file[0] === 0x89 ? 'image/png' : 'image/jpeg', file)).toBe(true);
  });

  it('of any bytes is read without fault, and what it is depends on its ends alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (file) => {
        expect(isOther('image/jpeg', file, file)).toBe(
          isOther('image/jpeg', Buffer.from(file).subarray(0, 1_024), file),
        );
      }),
    );
  });
});
