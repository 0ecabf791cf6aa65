import { expect, test } from 'vitest';
import { html } from './html.ts';

test('values are text', () => {
  const name = `<b onclick="x('&')">`;
  expect(html`<p title="${name}">${3}</p>`.markup).toBe(
    '<p title="&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;">3</p>',
  );
});

test('templates inside templates are markup', () => {
  const entries = ['a', '<'].map((entry) => html`<li>${entry}</li>`);
  expect(html`${entries}`.markup).toBe('<li>a</li><li>&lt;</li>');
});
