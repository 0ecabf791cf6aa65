/** Uploads have up to 42 MB: the 10 s that do for small requests would ask for a line of 35 Mbit/s. */
export const clientLimits = { requestMs: 120_000 };
