import { Parser } from 'htmlparser2';
import { AppError } from '@avito-autoreply/runtime';

export type Attributes = Record<string, string>;
type Handlers = {
  open: (name: string, attributes: Attributes) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Reads XML without entities of its own: a document type, in which they would be declared, is refused. */
export function readXml(xml: string, { open, close, text }: Handlers): void {
  const parser = new Parser(
    {
      onopentag: open,
      ...(close === undefined ? {} : { onclosetag: close }),
      ...(text === undefined ? {} : { ontext: text }),
      onprocessinginstruction: (name) => {
        if (name.toLowerCase() !== '!doctype') return;
        throw new AppError('the document declares a document type, which no Office document does', {
          code: 'knowledge.forbidden-content',
        });
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
}
