import { expect, test } from 'vitest';
import { channelsIn } from './channels.ts';
import { contactsIn } from './contacts.ts';

test('a phone number is the same however it is written', () => {
  const phones = ['+7 (495) 123-45-67', '8 495 123 45 67', '84951234567'].map((text) =>
    contactsIn(`тел. ${text}!`),
  );
  expect(phones.map((contacts) => contacts.phones)).toEqual([
    ['74951234567'],
    ['74951234567'],
    ['74951234567'],
  ]);
  expect(phones.map(({ rest }) => /\d/.test(rest))).toEqual([false, false, false]);
});

test('addresses are found with and without scheme', () => {
  const contacts = contactsIn(
    'Пишите на Shop@Mail.ru, сайт https://www.shop.ru/a/, или shop.ru/a. Телеграм @shop_bot, t.me/x',
  );
  expect(contacts.emails).toEqual(['shop@mail.ru']);
  expect(contacts.links).toEqual(['shop.ru/a', 'shop.ru/a', '@shop_bot', 't.me/x']);
});

test('an address of any top-level domain is a link', () => {
  expect(contactsIn('пишите на spica.pro или spica.travel/x').links).toEqual(['spica.pro', 'spica.travel/x']);
});

test('addresses that hide from filters are found', () => {
  const contacts = contactsIn('Почта shop собака mail точка ru, сайт shop точка ру, или a(at)b(dot)com');
  expect(contacts.emails).toEqual(['shop@mail.ru', 'a@b.com']);
  expect(contacts.links).toEqual(['shop.ру']);
});

test('prose with full stops is no link', () => {
  expect(contactsIn('Да, есть. Ждём вас. Адрес: ул. Ленина, д. 5. Цена 3.500 руб.')).toMatchObject({
    emails: [],
    links: [],
    phones: [],
  });
});

test.each([
  ['Пишите в телегу', ['telegram']],
  ['есть ватсап и Viber', ['whatsapp', 'viber']],
  ['группа ВК', ['vk']],
  ['включите максимум', []],
])('„%s“ names %j', (text, channels) => {
  expect(channelsIn(text)).toEqual(channels);
});

test.each(['а', 'а-', '-а.', 'к.о.т.', '5х', '.', '%', ' @ '])(
  'in „%s“ without end is nothing to write to',
  (part) => {
    const text = part.repeat(200_000 / part.length);
    const { phones, emails, links } = contactsIn(text);
    expect([...phones, ...emails, ...links]).toEqual([]);
  },
);

test('an address behind a long word is found all the same', () => {
  expect(contactsIn(`${'а'.repeat(100)}shop@mail.ru`).emails).toHaveLength(1);
  expect(contactsIn(`${'-'.repeat(100)}evil.com`).links).toHaveLength(1);
});
