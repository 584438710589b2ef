import { Outlet, useMatches, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useLayoutEffect, useRef } from "react";
import { useMeOrNobody } from "@/api/session";
import { ErrorState, ownKeysStore } from "@/ui";
import { LoadingPage } from "../LoadingPage";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import SignInPage from "@/pages/account/SignInPage";

/** The frame of every page behind sign-in: the rail, the skip link, and where the focus goes on a new page. */
export function Shell() {
  const me = useMeOrNobody();
  const { layout, title } = usePageFacts();
  usePageTitle(title);
  const keys = me.data?.keys;
  useLayoutEffect(() => ownKeysStore.set(keys ?? {}), [keys]);
  if (me.isPending) return <div className={classes.waiting}><LoadingPage /></div>;
  if (me.data === undefined) {
    return (
      <main className={classes.waiting}>
        <ErrorState error={me.error} onRetry={me.refetch} />
      </main>
    );
  }
  // Shown in place, so that the address and what is on it are still there after signing in.
  if (me.data === null) return <SignInPage stays />;
  return (
    <div className={classes.shell} data-layout={layout}>
      <a href="#page" className={classes.skip}>
        Skip to the page
      </a>
      <Rail isNarrow={layout === "workspace"} />
      <PageArea />
    </div>
  );
}

function PageArea() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    const isFirst = shown.current === undefined;
    if (path === undefined || shown.current === path) return;
    shown.current = path;
    if (!isFirst && main.current !== null) return focusHeading(main.current);
  }, [path]);
  return (
    <main id="page" ref={main} tabIndex={-1} className={classes.page}>
      <Suspense fallback={<LoadingPage />}>
        <Outlet />
      </Suspense>
    </main>
  );
}

/** Give the new page's heading the focus once it is there, so that people who hear the page learn where they are. */
function focusHeading(area: HTMLElement): () => void {
  const take = (): boolean => {
    const active = document.activeElement;
    if (active !== null && active !== document.body && active !== area && area.contains(active)) return true;
    const heading = area.querySelector<HTMLElement>("[data-page-title]");
    heading?.focus({ preventScroll: true });
    return heading !== null;
  };
  if (take()) return () => undefined;
  area.focus({ preventScroll: true });
  const observer = new MutationObserver(() => {
    if (take()) observer.disconnect();
  });
  observer.observe(area, { childList: true, subtree: true });
  return () => observer.disconnect();
}

function usePageFacts(): { layout: "page" | "workspace"; title: string | null } {
  const deepest = useMatches().at(-1);
  return { layout: deepest?.staticData.layout ?? "page", title: deepest?.staticData.title ?? null };
}

function usePageTitle(title: string | null): void {
  useEffect(() => {
    document.title = `${title ?? "Not found"} · Concord`;
  }, [title]);
}
