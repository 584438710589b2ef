import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { api, taken } from "./client";
import { isProblem } from "./problem";
import { send } from "./transport";

/** What a role lets a person do; the server's own words (core.accounts.domain.roles). */
export type Capability =
  | "project.view"
  | "project.manage"
  | "tasks.work"
  | "tasks.manage"
  | "review.decide"
  | "policy.edit"
  | "policy.approve"
  | "content.view"
  | "content.import"
  | "models.run"
  | "models.promote"
  | "datasets.export"
  | "jobs.view"
  | "results.view"
  | "audit.view"
  | "quality.keep"
  | "endpoints.keep"
  | "judges.run"
  | "proposals.write"
  | "posts.escalate"
  | "media.sensitive";

export type Role = "annotator" | "reviewer" | "policy_editor" | "engineer" | "manager";

export const roleLabels: Readonly<Record<Role, string>> = {
  annotator: "Annotator",
  reviewer: "Reviewer",
  policy_editor: "Policy editor",
  engineer: "Engineer",
  manager: "Manager",
};

async function askMe() {
  try {
    return await taken(api.GET("/api/me/"));
  } catch (error) {
    if (isProblem(error) && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in, with their projects; null when nobody is. */
export const meQuery = queryOptions({ queryKey: ["me"], queryFn: askMe, staleTime: 60_000 });

export function useMeOrNobody() {
  return useQuery(meQuery);
}

type Known = Awaited<ReturnType<typeof askMe>>;
let last: Known = null;

/** What stands below the shell is taken away a moment after a session has ended; it must not fall over meanwhile. */
function known(me: Known): Known {
  last = me ?? last;
  return last;
}

/** The signed-in person; only below the shell, which waits until somebody is. */
export function useMe() {
  const { data } = useSuspenseQuery({ ...meQuery, select: known });
  if (data === null) throw new Error("Nobody is signed in.");
  return data;
}

export type Me = ReturnType<typeof useMe>;
export type Membership = Me["memberships"][number];

/** My membership of one project, or undefined when I am not in it. */
export function useMembership(projectId: string): Membership | undefined {
  return useMe().memberships.find((membership) => membership.project.id === projectId);
}

/** Whether I may do something in one project: hides what the server would refuse. */
export function useMay(projectId: string, capability: Capability): boolean {
  return useMembership(projectId)?.capabilities.includes(capability) ?? false;
}

/** Sign in by e-mail and password. "mfa" means that a code is wanted next. */
export async function signIn(email: string, password: string): Promise<"in" | "mfa"> {
  return signInStep("/_allauth/browser/v1/auth/login", { email, password });
}

/** The second step: a code from the authenticator, or a recovery code. */
export async function signInWithCode(code: string): Promise<"in" | "mfa"> {
  return signInStep("/_allauth/browser/v1/auth/2fa/authenticate", { code });
}

async function signInStep(path: string, body: object): Promise<"in" | "mfa"> {
  try {
    await send("POST", path, body);
    return "in";
  } catch (error) {
    if (isProblem(error, "mfa_authenticate")) return "mfa";
    throw error;
  }
}

/** Whether this person can sign in by password already; people who came by a link cannot. */
export function useHasPassword() {
  return useQuery({
    queryKey: ["has-password"],
    queryFn: async () => hasUsablePassword(await send("GET", "/_allauth/browser/v1/auth/session")),
  });
}

interface SessionAnswer {
  readonly data?: { readonly user?: { readonly has_usable_password?: boolean } };
}

function hasUsablePassword(session: unknown): boolean {
  return (session as SessionAnswer).data?.user?.has_usable_password === true;
}

/** Change the password; `current` is null for a first one. */
export async function changePassword(current: string | null, next: string): Promise<void> {
  await send("POST", "/_allauth/browser/v1/account/password/change", {
    ...(current === null ? {} : { current_password: current }),
    new_password: next,
  });
}

export async function signOut(): Promise<void> {
  try {
    await send("DELETE", "/_allauth/browser/v1/auth/session");
  } catch (error) {
    // allauth confirms the end of a session with a 401: nobody is signed in any more.
    if (!isProblem(error) || error.status !== 401) throw error;
  }
}
