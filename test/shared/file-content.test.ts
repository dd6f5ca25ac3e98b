// A file is what its bytes are: what a browser or an unpacker would run is no picture, whatever it is called.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOther } from '../../shared/file-content.ts';

const bytes = (...parts: (string | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
const noise = Buffer.alloc(3_000, 7);
const jpeg = bytes(Buffer.from('ffd8ffe000104a4649460001', 'hex'), noise);
const png = bytes(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), noise);
const zip = bytes('PK\u0003\u0004', noise, 'PK\u0005\u0006', Buffer.alloc(18));
const other = (mediaType: string, file: Buffer): boolean =>
  isOther(mediaType, file.subarray(0, 1_024), file.subarray(-65_557));

describe('a file', () => {
  it.each([
    ['image/jpeg', jpeg],
    ['image/png', png],
    ['image/webp', bytes('RIFF....WEBPVP8 ', noise)],
    ['video/mp4', bytes('\0\0\0\u001cftypisom', noise)],
    ['video/quicktime', bytes('\0\0\0\u0014ftypqt  ', noise)],
    ['audio/mp4', bytes('\0\0\0\u001cftypM4A ', noise)],
    ['video/webm', bytes(Buffer.from('1a45dfa3', 'hex'), noise)],
    ['audio/wav', bytes('RIFF....WAVEfmt ', noise)],
    ['application/pdf', bytes('%PDF-1.7\n', noise)],
  ])('%s is what it says', (mediaType, file) => {
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
  ])('that is %s is nothing announced', (_what, file) => {
    for (const mediaType of ['image/jpeg', 'image/png', 'video/mp4', 'audio/mpeg', 'application/pdf'])
      expect(other(mediaType, file), mediaType).toBe(true);
  });

  it.each([
    ['an archive behind it', bytes(jpeg, zip)],
    ['an archive with a long comment behind it', bytes(png, zip, Buffer.alloc(60_000, 32))],
    ['a page in its first bytes', bytes(jpeg.subarray(0, 20), '/*<script>alert(1)</script>*/', noise)],
  ])('with %s is refused as a polyglot', (_what, file) => {
    expect(other(file[0] === 0x89 ? 'image/png' : 'image/jpeg', file)).toBe(true);
  });

  it('of noise is believed, and read without fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (file) => {
        expect(typeof isOther('image/jpeg', file, file)).toBe('boolean');
      }),
    );
    expect(other('image/jpeg', noise)).toBe(false);
  });
});
