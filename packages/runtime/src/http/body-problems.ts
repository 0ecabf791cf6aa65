/** What may be wrong with a request's body. */
export const bodyProblems = {
  tooLarge: {
    status: 413,
    code: 'http.body-too-large',
    message: 'The request body is larger than this server accepts.',
  },
  notJson: { status: 400, code: 'http.not-json', message: 'The request body is not valid JSON.' },
  encoded: {
    status: 415,
    code: 'http.unsupported-encoding',
    message: 'The Content-Encoding or charset is not supported: send plain UTF-8.',
  },
  aborted: {
    status: 400,
    code: 'http.aborted',
    message: 'The request ended before its body was complete.',
  },
  badLength: {
    status: 400,
    code: 'http.bad-length',
    message: 'The body is not as long as Content-Length says.',
  },
} as const;
