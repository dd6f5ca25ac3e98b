// How a number stands in a field: as written, without the noughts at its end. `2.50` → `2.5`
export const plainNumber = (shown: number | string | undefined): string =>
  String(shown ?? '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
