import { Outlet, useLocation, useMatches } from "@tanstack/react-router";
import { Suspense, useEffect, useRef } from "react";
import { useMeOrNobody } from "@/api/session";
import { ErrorState } from "@/ui";
import { LoadingPage } from "../LoadingPage";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import SignInPage from "@/pages/account/SignInPage";

/** The frame of every page behind sign-in: the rail, the skip link, and where the focus goes on a new page. */
export function Shell() {
  const me = useMeOrNobody();
  const { layout, title } = usePageFacts();
  usePageTitle(title);
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
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    // After the new page has drawn: its heading, so that people who hear the page learn where they are.
    const frame = requestAnimationFrame(() => {
      const area = main.current;
      if (area?.contains(document.activeElement) === true) return;
      (area?.querySelector<HTMLElement>("[data-page-title]") ?? area)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [pathname]);
  return (
    <main id="page" ref={main} tabIndex={-1} className={classes.page}>
      <Suspense fallback={<LoadingPage />}>
        <Outlet />
      </Suspense>
    </main>
  );
}

function usePageFacts(): { layout: "page" | "workspace"; title: string | null } {
  const deepest = useMatches().at(-1);
  return { layout: deepest?.staticData.layout ?? "page", title: deepest?.staticData.title ?? null };
}

function usePageTitle(title: string | null): void {
  useEffect(() => {
    document.title = title === null ? "Concord" : `${title} · Concord`;
  }, [title]);
}
