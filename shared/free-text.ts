// Free text of a person at the door: length in characters, no control characters but the line break.
import * as z from 'zod';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused here
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
/** Half a character (a lone surrogate) cannot be stored as it was sent. */
const broken = /\p{Cs}/u;

export const plainText = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `最长 ${most} 字`)
    .refine((text) => !controls.test(text), '含有不可见的控制字符,请删除后重新输入')
    .refine((text) => !broken.test(text), '含有不完整的字符,请删除后重新输入');
export const freeText = (most: number) => plainText(most).min(1, '不能为空');
/** A name: free text without a line break. */
export const oneLine = (most: number) => freeText(most).refine((text) => !text.includes('\n'), '应写在一行');
export const optionalText = (most: number) => freeText(most).optional();
