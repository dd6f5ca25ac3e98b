// The first letter of every common Chinese character's pinyin, worked out when the app is built: a tablet carries a
// string, not a dictionary. Of characters with several readings the commonest counts.
import letters from 'virtual:initials';

const first = 0x4e00;

/** `违规使用手机` → `wgsysj`; what is no such character is kept when it is a letter or a figure. */
export const initialsOf = (text: string): string =>
  [...text]
    .map((character) => {
      const letter = letters[(character.codePointAt(0) ?? 0) - first];
      if (letter !== undefined) return letter === '.' ? '' : letter;
      return /[a-z0-9]/i.test(character) ? character.toLowerCase() : '';
    })
    .join('');
