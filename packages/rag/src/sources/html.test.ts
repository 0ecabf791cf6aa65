import { describe, expect, test } from 'vitest';
import { parseHtml } from './html.ts';

const html = (text: string) => parseHtml({ name: 'имя', bytes: new Uint8Array(Buffer.from(text)) });
const blocks = (text: string) => html(text).sections.flatMap((section) => section.blocks);

describe('a page', () => {
  test('becomes its main content under its headings, without scripts, styles and menus', () => {
    const parsed =
      html(`<!doctype html><html><head><title>Магазин | главная</title><style>p{}</style></head><body>
      <nav><a href="/">Главная</a></nav><header>Шапка</header>
      <main><h1>Доставка</h1><p>По <b>Москве</b> — 390&nbsp;₽.<script>track('890 ₽')</script></p>
      <h2>Оплата</h2><p>Карта.<br>Наличные.</p></main><footer>Подвал</footer></body></html>`);
    expect(parsed).toEqual({
      title: 'Доставка',
      pairs: [],
      sections: [
        { headings: [], blocks: ['По Москве — 390 ₽.'] },
        { headings: ['Оплата'], blocks: ['Карта.\nНаличные.'] },
      ],
    });
  });

  test('has readable lists, tables and definitions', () => {
    expect(
      blocks(`<ul><li>карта<li>наличные<ul><li>в офисе<li>курьеру</ul><li>Не берём. Совсем.<ul><li>чеки</ul></ul>
        <table><tr><th>Модель<th>Цена</tr><tr><td>iPhone 13<td>42 990 ₽</table>
        <table><tr><td>Гарантия:<td>6 месяцев</table><dl><dt>Адрес:<dd>Москва</dl>`),
    ).toEqual([
      '– карта',
      '– наличные: в офисе',
      '– наличные: курьеру',
      '– Не берём. Совсем.',
      '– чеки',
      'Модель: iPhone 13; Цена: 42 990 ₽',
      'Гарантия: 6 месяцев',
      'Адрес: Москва',
    ]);
  });

  test('tells every row of a table whose cells are merged by itself', () => {
    expect(
      blocks(`<table><thead><tr><td rowspan=2>Изделие<td colspan=2>Цена<tr><td>розница<td>опт</thead>
        <tr><td rowspan=0>Калач<td>95 ₽<td>70 ₽<tr><td>110 ₽<td>85 ₽</table>`),
    ).toEqual([
      'Изделие: Калач; Цена розница: 95 ₽; Цена опт: 70 ₽',
      'Изделие: Калач; Цена розница: 110 ₽; Цена опт: 85 ₽',
    ]);
  });

  test('keeps addresses of the web beside their texts, and hidden text out', () => {
    expect(
      blocks(
        '<p>Через <a href="https://cdek.ru/x">СДЭК</a> и <a href="/local">почту</a><i hidden>тайна</i></p>',
      ),
    ).toEqual(['Через СДЭК (https://cdek.ru/x) и почту']);
  });

  test('has what opens with a click, and neither its windows nor its other buttons', () => {
    expect(
      blocks(`<button aria-controls="menu">Меню</button><nav id="menu" hidden>Разделы</nav>
        <button aria-controls="w">Город</button><div id="w" role="dialog" hidden>Ваш город?</div>
        <h2><button aria-expanded="false" aria-controls="a1">Есть минимальный заказ?</button></h2>
        <div id="a1" hidden><p>От 800 ₽.</p></div>
        <ul><li><button role="tab" aria-controls="t1">Легковые</button><li><a role="tab" aria-controls="t2">Грузовые</a></ul>
        <div id="t1">От 6 500 ₽.</div><div id="t2" style="display: none">От 14 000 ₽.</div>
        <p style="display:none">тайна</p><button>Купить</button>`),
    ).toEqual(['От 800 ₽.', 'Легковые', 'От 6 500 ₽.', 'Грузовые', 'От 14 000 ₽.']);
  });

  test('has a price in one piece, however its amount is set', () => {
    expect(blocks('<div>Хлеб</div><div><div>240</div><div>р.</div></div>')).toEqual(['Хлеб', '240 р.']);
    expect(blocks('<p><del>58 000 ₽</del> <ins>49 900 ₽</ins></p>')).toEqual(['49 900 ₽']);
  });

  test('loses a list of links, and a header that is not of its content', () => {
    const menu = `<ul>${'<li><a href="/a">Раздел каталога</a>'.repeat(6)}</ul>`;
    expect(
      blocks(`${menu}<header>Телефон</header><article><header>Заголовок</header><p>Текст</p></article>`),
    ).toEqual(['Заголовок', 'Текст']);
  });

  test('keeps a list of links that tell prices, and loses a row of links and what asks for consent', () => {
    const prices = `<ul>${'<li><a href="/a">Замена экрана — 3 500 ₽</a>'.repeat(5)}</ul>`;
    const row = `<div class="top">${'<a href="/a">Доставка</a>'.repeat(5)}</div>`;
    const consent = '<div id="cookie-banner"><p>Мы используем cookie.</p></div>';
    expect(blocks(`<body>${consent}${row}${prices}<p>Текст</p>`)).toEqual([
      ...Array.from({ length: 5 }, () => '– Замена экрана — 3 500 ₽'),
      'Текст',
    ]);
  });

  test('keeps apart what its source writes without a blank between', () => {
    expect(blocks('<div><span>Мёд</span><span>900 ₽</span></div><p>к<b>орм</b>а<i>!</i></p>')).toEqual([
      'Мёд 900 ₽',
      'корма!',
    ]);
  });

  test('whose whole text stands in its frame is read all the same', () => {
    expect(blocks('<body><footer><p>Работаем с 10 до 19</p></footer></body>')).toEqual([
      'Работаем с 10 до 19',
    ]);
  });

  test('is read in the encoding that it names', () => {
    const page = '<meta charset="windows-1251"><p>';
    const bytes = new Uint8Array([...Buffer.from(page), 0xe2, 0xee, 0xef, 0xf0, 0xee, 0xf1]);
    expect(parseHtml({ name: 'x', bytes }).sections[0]?.blocks).toEqual(['вопрос']);
  });
});
