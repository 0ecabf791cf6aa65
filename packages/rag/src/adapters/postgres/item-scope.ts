/** Of a listing's own chunks only those of the listing asked about; the index on them is small or empty. */
export const ofOtherItems = (parameter: string) =>
  `(select id from chunks where account_id = $1 and item_id is not null and item_id is distinct from ${parameter}::bigint)`;
