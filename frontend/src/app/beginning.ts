import { begin } from "@/api/begun";
import { beginLabelling } from "@/pages/annotation/beginning";

const withoutPerson = /^\/(sign-in|invited)(\/|$)/;
const labelling = /^\/p\/([0-9a-f-]{36})\/label\/?$/;

/** What the page at an address is certain to ask, asked before its code is there. */
export function beginFor(address: { readonly pathname: string; readonly search: string }): void {
  if (withoutPerson.test(address.pathname)) return;
  begin("GET", "/api/me/");
  const projectId = labelling.exec(address.pathname)?.[1];
  // A lease that is named is opened by the page itself.
  if (projectId !== undefined && !new URLSearchParams(address.search).has("lease")) beginLabelling(projectId);
}

/** Whether somebody is at this page, not a browser that makes it ready in case. */
export function isLookedAt(page: Document): boolean {
  return page.visibilityState === "visible" && !("prerendering" in page && page.prerendering === true);
}
