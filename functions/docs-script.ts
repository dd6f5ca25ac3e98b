// The script of the API page, as the browser gets it: sends what a form says and shows what came back. A command id
// in an example is replaced by a fresh one, so that trying twice is not a repetition.
export const docsScript = `'use strict';
const field = (id) => document.getElementById(id).value.trim();

const addressOf = (form) => {
  const query = new URLSearchParams();
  let path = form.dataset.path;
  for (const input of form.querySelectorAll('input[data-in]')) {
    const value = input.value.trim();
    if (input.dataset.in === 'path') path = path.replace('{' + input.name + '}', encodeURIComponent(value));
    else if (value !== '') query.set(input.name, value);
  }
  return query.size === 0 ? path : path + '?' + query;
};

const send = async (form) => {
  const headers = {};
  if (field('token') !== '') headers.authorization = 'Bearer ' + field('token');
  if (field('centre') !== '') headers['mingchuang-centre'] = field('centre');
  const init = { method: form.dataset.method.toUpperCase(), headers };
  if (form.elements.body) {
    init.body = form.elements.body.value;
    headers['content-type'] = 'application/json';
  }
  const response = await fetch(addressOf(form), init);
  const text = await response.text();
  try {
    return response.status + '\\n' + JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return response.status + '\\n' + text;
  }
};

const freshId = (text) => text.replace(/("commandId": ")[^"]*"/, '$1' + crypto.randomUUID() + '"');

for (const form of document.querySelectorAll('form')) {
  if (form.elements.body && self.isSecureContext) form.elements.body.value = freshId(form.elements.body.value);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const output = form.querySelector('output');
    output.textContent = '……';
    try {
      output.textContent = await send(form);
    } catch (error) {
      output.textContent = '没有连上:' + error.message;
    }
  });
}
`;
