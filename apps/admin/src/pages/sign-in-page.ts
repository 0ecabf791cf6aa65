import { html, type Html } from './html.ts';
import { page } from './layout.ts';

const problems = {
  'no-key': 'Введите ключ.',
  'wrong-key': 'Ключ не подошёл. Он указан в переменной ADMIN_API_KEY этого сервера.',
  'too-many-attempts': 'Слишком много неверных ключей с этого адреса. Подождите минуту и попробуйте снова.',
  'cross-origin': 'Откройте эту страницу напрямую и войдите ещё раз.',
};

export function signInPage({ next, problem }: { next: string; problem?: keyof typeof problems }): Html {
  const alert = problem === undefined ? html`` : html`<p class="alert" role="alert">${problems[problem]}</p>`;
  return page({
    title: 'Вход',
    body: html`<main class="sign-in">
      <form class="card" method="post" action="/sign-in">
        <h1><img src="/assets/icon.svg" alt="" width="32" height="32" />Avito Autoreply</h1>
        <p class="hint">Управление автоответами. Вход по ключу администратора.</p>
        ${alert}
        <label for="key">Ключ доступа</label>
        <input
          id="key"
          name="key"
          type="password"
          autocomplete="current-password"
          spellcheck="false"
          required
          autofocus
        />
        <input type="hidden" name="next" value="${next}" />
        <button type="submit">Войти</button>
      </form>
    </main>`,
  });
}
