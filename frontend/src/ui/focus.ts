import { useEffect, useEffectEvent, useRef } from "react";

type Find = () => HTMLElement | null | undefined;

const patienceMs = 2_000;

/**
 * Give the focus to what a change brings to the page: `find` is asked now and after every change of the page until it
 * names something. What does not come within two seconds is given up.
 */
export function focusNext(find: Find): void {
  const take = (): boolean => {
    const found = find();
    found?.focus();
    return found !== null && found !== undefined;
  };
  if (take()) return;
  const until = performance.now() + patienceMs;
  const observer = new MutationObserver(() => {
    if (performance.now() > until || take()) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  window.setTimeout(() => observer.disconnect(), patienceMs);
}

/**
 * Where `change` takes away what had the focus, give it to what `find` names. A dialog or a menu may hold it for a moment
 * longer than its page, so a second look is taken when those are gone.
 */
export function useFocusKept(change: string, find: Find): void {
  const before = useRef(change);
  const keep = useEffectEvent(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) find()?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (before.current === change) return;
    before.current = change;
    keep();
    const later = window.setTimeout(keep, 400);
    return () => window.clearTimeout(later);
  }, [change]);
}

/**
 * A button that is at work is disabled, which takes the focus from it; once it is done, whoever pressed it by key has it
 * back, unless they went elsewhere. Mounted once by the app. (By pointer nothing is given back: the keys belong to the page.)
 */
export function useFocusOfBusyButtons(): void {
  useEffect(() => {
    let pressed: HTMLElement | null = null;
    const note = (event: FocusEvent): void => {
      const { target } = event;
      pressed = target instanceof HTMLButtonElement && isByKey(target) ? target : null;
    };
    const observer = new MutationObserver((changes) => {
      const isDone = changes.some(({ target }) => target === pressed && target instanceof HTMLButtonElement && !target.disabled);
      if (isDone && (document.activeElement === null || document.activeElement === document.body)) pressed?.focus();
    });
    observer.observe(document.body, { subtree: true, attributeFilter: ["disabled"] });
    document.addEventListener("focusin", note);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, []);
}

function isByKey(element: HTMLElement): boolean {
  return element.matches(":focus-visible");
}

const stops =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Whether Tab comes by an element: not where it is inert, unseen, or the unchosen one of radio buttons. */
function isStop(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || element.closest("[inert], [hidden]") !== null) return false;
  if (!(element instanceof HTMLInputElement) || element.type !== "radio" || element.checked) return true;
  return element.closest("[role=radiogroup]")?.querySelector("input[type=radio]:checked") == null;
}

/** The first thing within `area` that Tab would come to. */
export function firstStop(area: Element | null | undefined): HTMLElement | undefined {
  return [...(area?.querySelectorAll<HTMLElement>(stops) ?? [])].find(isStop);
}

const arrows: Readonly<Record<"up and down" | "left and right", Readonly<Record<string, number>>>> = {
  "up and down": { ArrowUp: -1, ArrowDown: 1 },
  "left and right": { ArrowLeft: -1, ArrowRight: 1 },
};

/**
 * Arrow keys among what `pick` selects inside an area, for a list or a row of buttons that is one stop of Tab. Home and
 * End go to its ends. Returns whether the key was one of them.
 */
export function moveByArrows(
  event: Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">,
  area: Element,
  pick: string,
  along: keyof typeof arrows,
): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const all = [...area.querySelectorAll<HTMLElement>(pick)];
  const at = all.findIndex((one) => one === document.activeElement);
  if (at < 0) return false;
  const by = arrows[along][event.key];
  const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : by === undefined ? null : at + by;
  if (next === null) return false;
  all[Math.min(Math.max(next, 0), all.length - 1)]?.focus();
  return true;
}
