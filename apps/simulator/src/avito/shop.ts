import type { Account, Listing } from './model.ts';

const MOSCOW = { title: 'Москва', lat: 55.755_8, lon: 37.617_3 };

function listing({ id, title, price }: { id: number; title: string; price: string }): Listing {
  return {
    id,
    title,
    priceString: `${price.replaceAll(' ', '\u00a0')} ₽`,
    url: `https://www.avito.example/moskva/${id}`,
    statusId: 10,
    location: MOSCOW,
  };
}

const listings: readonly Listing[] = [
  listing({ id: 7_632_548_911, title: 'iPhone 15 128 ГБ, б/у, отличное состояние', price: '52 990' }),
  listing({ id: 7_632_548_912, title: 'Samsung Galaxy S24 256 ГБ, новый', price: '64 990' }),
  listing({ id: 7_632_548_913, title: 'MacBook Air 13 M2 8/256 ГБ, б/у', price: '74 900' }),
  listing({ id: 7_632_548_914, title: 'Ноутбук Lenovo ThinkPad T14, б/у', price: '38 500' }),
  listing({ id: 7_632_548_915, title: 'Xiaomi Redmi Note 13 Pro 8/256 ГБ, новый', price: '24 490' }),
];

export type ShopOptions = {
  accountId?: number;
  clientId?: string;
  clientSecret?: string;
  webhookSecret?: string | undefined;
};

/** The account that a fresh simulator starts with: a Moscow shop of new and used phones and laptops. */
export function defaultAccount({
  accountId = 401_122_334,
  clientId = 'simulator-client',
  clientSecret = 'simulator-secret',
  webhookSecret,
}: ShopOptions = {}): Account {
  return {
    id: accountId,
    name: 'ТехноДом',
    email: 'shop@technodom.example',
    phone: '+7 495 000-00-00',
    clientId,
    clientSecret,
    webhookSecret,
    listings: structuredClone([...listings]),
    subscriptions: [],
    blacklist: [],
  };
}
