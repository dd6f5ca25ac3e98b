// What the build makes up by itself (vite.config.ts).
declare module 'virtual:initials' {
  /** One letter for each code point from U+4E00 on; a dot where there is no reading. */
  const letters: string;
  export default letters;
}
