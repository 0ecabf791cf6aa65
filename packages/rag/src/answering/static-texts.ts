export type StaticTextKind =
  | 'greeting'
  | 'thanks'
  | 'acknowledgement'
  | 'human'
  | 'complaint'
  | 'unknown'
  | 'price'
  | 'delivery'
  | 'failure'
  | 'unsupported';

/** Prepared texts, the owner's to change. They promise nothing but that a person will look. */
export type StaticTexts = Record<StaticTextKind, string>;

export const defaultStaticTexts: StaticTexts = {
  greeting: 'Здравствуйте! Чем могу помочь?',
  thanks: 'Пожалуйста! Если появятся вопросы, пишите.',
  acknowledgement: 'Хорошо! Если появятся вопросы, пишите.',
  human: 'Передал ваш вопрос сотруднику, он ответит здесь, в чате.',
  complaint: 'Мне жаль, что так вышло. Передал ваше сообщение сотруднику, он ответит здесь, в чате.',
  unknown:
    'Спасибо за вопрос! Точного ответа у меня нет, поэтому передал его сотруднику: он ответит здесь, в чате.',
  price: 'По цене точнее всего ответит сотрудник. Передал ему ваш вопрос, он напишет здесь, в чате.',
  delivery: 'По доставке точнее всего ответит сотрудник. Передал ему ваш вопрос, он напишет здесь, в чате.',
  failure: 'Спасибо за сообщение! Передал ваш вопрос сотруднику, он ответит здесь, в чате.',
  unsupported: 'Пока я понимаю только текст. Передал ваше сообщение сотруднику, он ответит здесь, в чате.',
};
