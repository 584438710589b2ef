import { createRootRoute, createRoute, createRouter, type AnyRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import SignInPage from "@/pages/account/SignInPage";
import type { AreaRoute } from "./area";
import { NotFoundPage, RouteFault } from "./faults";
import { LoadingPage } from "./LoadingPage";
import { ProjectFrame } from "./shell/ProjectFrame";
import { Shell } from "./shell/Shell";

/** Every `pages/<area>/routes.tsx` exports `routes`; a new area needs no line here. */
const areas = import.meta.glob<{ routes: readonly AreaRoute[] }>("../pages/*/routes.tsx", { eager: true });

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    title?: string;
    layout?: "page" | "workspace";
  }
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "sign-in",
  staticData: { title: "Sign in" },
  component: () => <SignInPage />,
});

/** For people who are not in yet, so outside the shell; the secret stands after the number sign. */
const invited = createRoute({
  getParentRoute: () => root,
  path: "invited",
  staticData: { title: "Invitation" },
  component: lazyRouteComponent(() => import("@/pages/account/InvitedPage")),
});

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });
const project = createRoute({ getParentRoute: () => shell, path: "p/$projectId", component: ProjectFrame });

export function makeRouter() {
  const routes = Object.values(areas).flatMap((area) => area.routes);
  const tree = root.addChildren([
    signIn,
    invited,
    shell.addChildren([
      ...routes.filter((route) => route.isGlobal === true).map((route) => routeOf(route, shell)),
      project.addChildren([
        ...routes.filter((route) => route.isGlobal !== true).map((route) => routeOf(route, project)),
        nothingUnder(project),
      ]),
      nothingUnder(shell),
    ]),
  ]);
  return createRouter({
    routeTree: tree,
    defaultPreload: false,
    defaultPendingComponent: LoadingPage,
    defaultPendingMs: 150,
    defaultErrorComponent: RouteFault,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

/** Catches what no page answers to, inside the frame it would have had. */
function nothingUnder(parent: typeof shell | typeof project): AnyRoute {
  return createRoute({
    getParentRoute: () => parent as typeof shell,
    path: "$",
    staticData: { title: "Not found" },
    component: NotFoundPage,
  });
}

function routeOf(route: AreaRoute, parent: typeof shell | typeof project): AnyRoute {
  return createRoute({
    getParentRoute: () => parent as typeof shell,
    path: route.path === "" ? "/" : route.path,
    staticData: { title: route.title, layout: route.layout ?? "page" },
    component: lazyRouteComponent(route.page),
  });
}
