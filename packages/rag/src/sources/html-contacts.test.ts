import { describe, expect, test } from 'vitest';
import { parseHtml } from './html.ts';

const page = (
  frame: string,
  { key = 'https://shop.example/', main = '<p>Чиним обувь.</p>', head = '' } = {},
) =>
  parseHtml({
    key,
    name: 'имя',
    bytes: Buffer.from(`<!doctype html><head>${head}</head><body><main>${main}</main>${frame}</body>`),
    charset: 'utf-8',
  });
const contacts = (...given: Parameters<typeof page>) =>
  page(...given).sections.find(({ headings }) => headings[0] === 'Контакты')?.blocks;

describe('head and foot of a site', () => {
  test('are read on its first page for how to reach the shop, without menus, networks and copyright', () => {
    const menu = `<ul>${['О нас', 'Доставка', 'Оплата', 'Отзывы', 'Блог'].map((name) => `<li><a href="/a">${name}</a>`).join('')}</ul>`;
    expect(
      contacts(`<header><nav><a href="/">Главная</a></nav><a href="tel:+78432000000">+7 (843) 200-00-00</a></header>
        <footer>${menu}<h4>Мастерская в Казани</h4><p>ул. Баумана, 7<br>Пн–Пт 9:00–21:00</p>
          <h4>Контакты</h4><div>Режим работы:</div><div>ежедневно с 10 до 18</div><p>Почта: a@b.ru</p>
          <a href="https://vk.com/a">ВКонтакте</a><p>© 2026 ООО «Ромашка». Все права защищены.</p>
          <p>Работает на движке Магазин 24</p></footer>`),
    ).toEqual([
      '+7 (843) 200-00-00',
      'Мастерская в Казани: ул. Баумана, 7',
      'Мастерская в Казани: Пн–Пт 9:00–21:00',
      'Режим работы: ежедневно с 10 до 18',
      'Почта: a@b.ru',
    ]);
  });

  test('are not read where they tell nothing that the page does not', () => {
    expect(
      contacts('<footer><p>8 843 200-00-00</p><p>Ул. Баумана, 7</p></footer>', {
        main: '<p>Мы на ул. Баумана, 7, звоните: +7 (843) 200-00-00.</p>',
      }),
    ).toBeUndefined();
    expect(contacts('<footer><p>© 2026 Ромашка</p></footer>')).toBeUndefined();
    expect(contacts('<footer hidden><p>8 843 200-00-00</p></footer>')).toBeUndefined();
  });

  test.each([
    ['https://shop.example', true],
    ['https://shop.example/ru/', true],
    ['https://shop.example/index.php?a=1', true],
    ['https://shop.example/company/contacts/', true],
    [`https://shop.example/${encodeURIComponent('контакты')}.html`, true],
    ['https://shop.example/delivery', false],
    ['https://shop.example/%E0', false],
    ['shop/index.html', true],
    ['shop/Контакты — Ромашка.html', true],
    ['shop/доставка.html', false],
  ])('are read once for all pages: %s → %s', (key, isRead) => {
    expect(contacts('<footer>8 843 200-00-00</footer>', { key }) !== undefined).toBe(isRead);
  });

  test('are read of a saved page where it says that it is the first one of its site', () => {
    const read = (head: string) =>
      contacts('<footer>8 843 200-00-00</footer>', { key: 'shop/Ромашка.html', head });
    expect(read('<link rel="canonical" href="https://shop.example/">')).toHaveLength(1);
    expect(read('<meta property="og:url" content="https://shop.example/a">')).toBeUndefined();
    expect(read('')).toBeUndefined();
    const bytes = Buffer.from(
      '<!doctype html>\n<!-- saved from url=(0021)https://shop.example/ -->\n<p>Чиним.</p><footer>8 843 200-00-00</footer>',
    );
    expect(parseHtml({ key: 'a.html', name: 'a', bytes, charset: 'utf-8' }).sections).toHaveLength(2);
  });
});
