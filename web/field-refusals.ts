// What a field of a plain form says when it was left empty or cannot be read: in Chinese, whatever the browser speaks.
// Knows no form.
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isField = (target: unknown): target is Field =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLTextAreaElement;

const wordsFor = (field: Field): string => {
  if (field.validity.valueMissing) return field instanceof HTMLSelectElement ? '请选择' : '请填写';
  if (field.validity.rangeUnderflow || field.validity.rangeOverflow) return '超出了可以填写的范围,请核对';
  return '填写的内容不对,请核对';
};

/** From now on, for every form of the page. */
export const refuseInChinese = (): void => {
  document.addEventListener(
    'invalid',
    ({ target }) => {
      if (isField(target) && !target.validity.customError) target.setCustomValidity(wordsFor(target));
    },
    true,
  );
  document.addEventListener('input', ({ target }) => isField(target) && target.setCustomValidity(''), true);
  // Also what was filled in without typing is looked at anew; pressing Enter in a field clicks the button too.
  document.addEventListener(
    'click',
    ({ target }) => {
      const form = target instanceof Element ? target.closest('button')?.form : undefined;
      for (const field of form?.elements ?? []) if (isField(field)) field.setCustomValidity('');
    },
    true,
  );
};
