// The token that a daemon may ask for (api: tokens:). It is kept for this tab, and as long as it is open: nothing of it is in the address, or on the disk.

const KEY = 'openlmp-token';

const stored = (): string => {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return ''; // Storage is forbidden: it is asked for after each reload.
  }
};

let token = stored();

export function useToken(text: string): void {
  token = text.trim();
  try {
    if (token) sessionStorage.setItem(KEY, token);
    else sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

/** The server wants to know who asks. */
export class TokenWanted extends Error {}

/** Fetches with the token; throws unless there is an answer, or nothing of that name. */
export async function ask(url: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, { headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers, cache: 'no-store', ...signal && { signal } });
  if (response.status === 401) throw new TokenWanted(token ? 'the token is not one of its own' : 'it asks for a token');
  if (!response.ok && response.status !== 404) throw new Error(`${response.status} ${response.statusText}`);
  return response;
}
