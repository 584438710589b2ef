/** The nonce the server gave this page, for style elements made at run time. */
export function pageNonce(): string {
  const carrier = document.querySelector<HTMLElement>('meta[property="csp-nonce"]');
  return carrier?.nonce ?? "";
}
