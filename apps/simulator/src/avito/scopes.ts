/** What a consent of our own asks for, and so what its tokens are good for unless a code says otherwise. */
export const CONSENT_SCOPES = ['messenger:read', 'messenger:write', 'user:read', 'items:info'];

/** The scope that the documentation names for an operation. Registering webhooks and marking as read only need reading. */
export function scopeOf({ method, path }: { method: string; path: string }): string {
  if (path === '/core/v1/accounts/self') return 'user:read';
  if (path.startsWith('/core/')) return 'items:info';
  const isWrite = method === 'POST' && /\/(?:messages(?:\/[^/]+)?|uploadImages|blacklist)$/.test(path);
  return isWrite ? 'messenger:write' : 'messenger:read';
}
