/** What any route that asks Avito may answer, for the documentation. */
export const avitoErrors = {
  402: '`avito.payment-required`: the account has no paid access to the Messenger API',
  502: '`avito.server-error` or another `avito.…`: Avito refused our credentials, could not be reached or failed',
  503: '`avito.rate-limited`: too many calls, try later',
  504: '`avito.timeout`: Avito was silent for too long',
};

export const avitoChatErrors = { ...avitoErrors, 404: '`avito.not-found`: Avito does not know the chat' };
