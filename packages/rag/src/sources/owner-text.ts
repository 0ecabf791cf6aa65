/** What the owner of the base reads about a source that failed, by the stable code of the failure. */
const TEXTS: Record<string, string> = {
  'knowledge.always-changing': 'База всё время меняется. Запустите ещё раз, когда синхронизация закончится.',
  'knowledge.bad-csv': 'Это не таблица вопросов и ответов: в первой строке нужны столбцы «вопрос» и «ответ».',
  'knowledge.bad-json':
    'Это не вопросы с ответами и не таблица: нужен список вида [{"question": "…", "answer": "…"}] или [{"товар": "…", "цена": 590}].',
  'knowledge.bomb':
    'Файл после распаковки слишком велик. Сохраните документ заново или разделите его; из таблицы Excel удалите пустые оформленные строки.',
  'knowledge.broken-csv': 'Таблица CSV повреждена: проверьте кавычки в указанной строке.',
  'knowledge.broken-json': 'Файл JSON повреждён: проверьте кавычки, запятые и скобки в указанном месте.',
  'knowledge.broken-file': 'Файл повреждён и не открывается. Сохраните его заново.',
  'knowledge.empty': 'В файле нет текста.',
  'knowledge.file-too-large': 'Файл слишком большой. Разделите его на части.',
  'knowledge.folder-too-large': 'В папке слишком много данных. Загружайте её по частям.',
  'knowledge.forbidden-content':
    'В документе есть недопустимое содержимое (внешние сущности). Сохраните его заново в Word или Excel.',
  'knowledge.hidden-rows':
    'В таблице Excel есть скрытые строки: они не прочитаны. Если они нужны, снимите фильтр и раскройте группы.',
  'knowledge.incomplete-pairs': 'В таблице есть строки без вопроса или без ответа: они не прочитаны.',
  'knowledge.is-archive':
    'Это не документ, а архив или файл другой программы. Распакуйте его или сохраните документ в Word (.docx), таблицу — в Excel (.xlsx).',
  'knowledge.is-old-office':
    'Это документ старого Office (до 2007 года) или файл с паролем. Сохраните его в Word (.docx) или Excel (.xlsx) без пароля.',
  'knowledge.is-picture':
    'Это изображение, текста в нём нет. Распознайте текст (OCR) или напишите его в документ.',
  'knowledge.is-rtf': 'Это документ RTF. Откройте его в Word и сохраните как .docx.',
  'knowledge.is-spreadsheet': 'Это двоичная книга Excel (.xlsb). Сохраните её как .xlsx.',
  'knowledge.is-web-page':
    'Это веб-страница, возможно отказ сайта вместо файла. Посмотрите её в браузере; если нужна она, переименуйте её в .html.',
  'knowledge.not-text': 'Это не текстовый файл.',
  'knowledge.pages-without-text':
    'На некоторых страницах PDF нет текста. Если он там на изображениях, распознайте его (OCR): остальные страницы прочитаны.',
  'knowledge.parse-timeout': 'Файл читается слишком долго. Разделите его на части.',
  'knowledge.password-protected': 'Файл защищён паролем. Сохраните его без пароля.',
  'knowledge.pdf-without-text':
    'В PDF только изображения страниц, текста нет. Распознайте текст (OCR) или сохраните его в другом виде.',
  'knowledge.ragged-rows':
    'В таблице есть строки, где ячеек больше, чем столбцов: они не прочитаны. Возьмите в кавычки ячейки, в которых есть разделитель.',
  'knowledge.too-many-files': 'В папке слишком много файлов. Загружайте её по частям.',
  'knowledge.too-many-pages': 'В PDF слишком много страниц. Разделите его на части.',
  'knowledge.too-much-memory': 'Для чтения файла не хватает памяти. Разделите его на части.',
  'knowledge.too-much-text': 'В документе слишком много текста. Разделите его на части.',
  'knowledge.uncalculated-formulas':
    'В таблице Excel есть формулы без значений: эти ячейки не прочитаны. Откройте файл в Excel и сохраните его.',
  'knowledge.unreadable-file': 'Файл не удалось открыть: нет прав на чтение, или его уже нет.',
  'knowledge.unsupported-kind':
    'Файлы такого вида не читаются. Таблицу сохраните как .xlsx или CSV, документ — как .docx или PDF.',
  'knowledge.url-bad':
    'Это не адрес страницы: он должен начинаться с http:// или https://, без имени и пароля.',
  'knowledge.url-forbidden': 'Адрес ведёт во внутреннюю сеть, такие страницы не читаются.',
  'knowledge.url-gone': 'Страницы больше нет (404). Прежний текст, если он был, остался в базе.',
  'knowledge.url-redirects': 'Страница слишком много раз перенаправляет на другие.',
  'knowledge.url-refused': 'Сайт не отдал страницу. Прежний текст, если он был, остался в базе.',
  'knowledge.url-robots': 'Файл robots.txt сайта запрещает читать эту страницу.',
  'knowledge.url-timeout': 'Сайт не ответил вовремя. Прежний текст, если он был, остался в базе.',
  'knowledge.url-unreachable': 'Сайт недоступен. Прежний текст, если он был, остался в базе.',
};

/** In Russian; for failures that are not the source's own (the model, Avito, the database) one text for all. */
export function ownerText(code: string): string {
  const own = TEXTS[code];
  if (own !== undefined) return own;
  if (code.startsWith('model.'))
    return 'Тексты сохранены, но модель не построила векторы: поиск пока идёт по словам.';
  if (code.startsWith('avito.')) return 'Avito не отдал объявления. Прежние, если они были, остались в базе.';
  return 'Не удалось прочитать источник. Прежний текст, если он был, остался в базе.';
}
