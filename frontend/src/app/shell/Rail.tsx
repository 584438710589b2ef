import { Tooltip } from "@mantine/core";
import { useLocation, useNavigate, useParams } from "@tanstack/react-router";
import { IconHome } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { type Membership, useMe } from "@/api/session";
import { AppLink, GLOBAL_SCOPE, useShortcuts } from "@/ui";
import { AccountMenu } from "./AccountMenu";
import { lastProject } from "./lastProject";
import { type NavigationItem, navigationFor } from "./navigation";
import { ProjectSwitcher } from "./ProjectSwitcher";
import classes from "./Rail.module.css";

/** The left rail: what is open to this person in this project. Narrow beside workspaces. */
export function Rail({ isNarrow }: { isNarrow: boolean }) {
  const current = useCurrentMembership();
  const groups = current === undefined ? [] : navigationFor(current.capabilities);
  useNavigationShortcuts(current, groups.flatMap((group) => group.items));
  const places = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const nav = places.current;
    const here = nav?.querySelector<HTMLElement>('[aria-current="page"]')?.getBoundingClientRect();
    const seen = nav?.getBoundingClientRect();
    if (nav === null || here === undefined || seen === undefined) return;
    // By hand: the browser's own way moves where Tab goes on from, too.
    if (here.bottom > seen.bottom) nav.scrollTop += here.bottom - seen.bottom;
    else if (here.top < seen.top) nav.scrollTop -= seen.top - here.top;
  }, [pathname]);
  return (
    <div className={classes.rail} data-narrow={isNarrow || undefined}>
      <AppLink to="/" className={classes.brand} aria-label="Concord, your home page">
        <Mark />
        <span className={classes.word}>Concord</span>
      </AppLink>
      {current !== undefined && <ProjectSwitcher current={current} isNarrow={isNarrow} />}
      <nav ref={places} aria-label="Pages" className={classes.nav}>
        <RailLink to="/" label="Home" icon={IconHome} isNarrow={isNarrow} isExact />
        {current !== undefined &&
          groups.map((group) => (
            <div key={group.label ?? "first"} className={classes.group} role="group" aria-label={group.label ?? undefined}>
              {group.label !== null && (
                <div className={classes.groupLabel} aria-hidden>
                  {group.label}
                </div>
              )}
              {group.items.map((item) => (
                <RailLink
                  key={item.path}
                  to={pathOf(current.project.id, item.path)}
                  also={item.also?.map((path) => pathOf(current.project.id, path))}
                  label={item.label}
                  icon={item.icon}
                  isNarrow={isNarrow}
                  isExact={item.path === ""}
                />
              ))}
            </div>
          ))}
      </nav>
      <AccountMenu />
    </div>
  );
}

function RailLink({
  to,
  label,
  icon: Icon,
  isNarrow,
  isExact,
  also = [],
}: {
  to: string;
  also?: readonly string[] | undefined;
  label: string;
  icon: NavigationItem["icon"];
  isNarrow: boolean;
  isExact: boolean;
}) {
  const { pathname } = useLocation();
  const here = pathname.replace(/\/$/, "") || "/";
  const isUnder = (place: string): boolean => here === place || here.startsWith(`${place}/`);
  const isHere = isExact ? here === to : [to, ...also].some(isUnder);
  return (
    <Tooltip label={label} position="right" disabled={!isNarrow}>
      <AppLink to={to} className={classes.link} aria-current={isHere ? "page" : undefined}>
        <Icon size={17} stroke={1.7} aria-hidden />
        <span className={classes.label}>{label}</span>
      </AppLink>
    </Tooltip>
  );
}

function useCurrentMembership(): Membership | undefined {
  const { memberships } = useMe();
  const params: { projectId?: string } = useParams({ strict: false });
  const wanted = params.projectId ?? lastProject();
  const found = memberships.find((membership) => membership.project.id === wanted);
  return found ?? (params.projectId === undefined ? memberships[0] : undefined);
}

function useNavigationShortcuts(current: Membership | undefined, items: readonly NavigationItem[]): void {
  const navigate = useNavigate();
  const go = (to: string): void => void navigate({ to });
  useShortcuts([
    { id: "go.home", label: "Go home", keys: "g h", scope: GLOBAL_SCOPE, group: "Go to", run: () => go("/") },
    {
      id: "go.settings",
      label: "Settings",
      keys: "g ,",
      scope: GLOBAL_SCOPE,
      group: "Go to",
      run: () => go("/settings"),
    },
    ...(current === undefined
      ? []
      : items.map((item) => ({
          id: `go.${item.path === "" ? "overview" : item.path}`,
          label: item.label,
          keys: `g ${item.key}`,
          scope: GLOBAL_SCOPE,
          group: "Go to",
          run: () => go(pathOf(current.project.id, item.path)),
        }))),
  ]);
}

function pathOf(projectId: string, path: string): string {
  return path === "" ? `/p/${projectId}` : `/p/${projectId}/${path}`;
}

/** Concord's mark: a C that closes on an agreed point. */
export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden>
      <path d="M21 9.6a9 9 0 1 0 0 12.8" fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" />
      <circle cx="23.2" cy="16" r="3" fill="var(--rail-mark)" />
    </svg>
  );
}
