export const runPage = (_: unknown) => '';
