import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { send } from "@/api/transport";
import type { Closed } from "@/work/seeing/shapes";
import type { OrganizationSettings, OwnProtection, OwnProtectionInput, ProjectSettings, SetProtection } from "./shapes";

const ofProject = (projectId: string) => ({ params: { path: { project_id: projectId } } });

/** When the next break comes by the rules of a project. */
export function breakQuery(projectId: string) {
  return queryOptions({
    queryKey: ["meter", projectId],
    queryFn: () => taken(api.GET("/api/me/meter/", { params: { query: { project_id: projectId } } })),
    refetchInterval: 60_000,
  });
}

/** What I have had in view, against what I am to see at most. */
export const meterQuery = queryOptions({
  queryKey: ["meter"],
  queryFn: () => taken(api.GET("/api/me/meter/")),
  refetchInterval: 60_000,
});

export const protectionQuery = queryOptions({
  queryKey: ["own-protection"],
  queryFn: () => taken(api.GET("/api/me/protection/")),
});

export function exposureQuery(days: number) {
  return queryOptions({
    queryKey: ["exposure", days],
    queryFn: () => taken(api.GET("/api/me/exposure/", { params: { query: { days } } })),
  });
}

export function saveProtection(body: OwnProtectionInput): Promise<OwnProtection> {
  return taken(api.PUT("/api/me/protection/", { body }));
}

/** Nothing is handed out to me for so many minutes. */
export function takeBreak(minutes: number): Promise<Closed> {
  return taken(api.POST("/api/me/breaks/", { body: { minutes } }));
}

export async function endBreak(): Promise<void> {
  await api.DELETE("/api/me/breaks/");
}

/** Give back all that I hold, in every project; nothing of it is noted. */
export async function stopWork(): Promise<void> {
  await api.POST("/api/me/stop/", { body: { minutes: null } });
}

export async function checkIn(mood: number, words: string): Promise<void> {
  await api.POST("/api/me/check-ins/", { body: { mood, words } });
}

/** What I said of how I am, newest first; nobody else reads it. */
export const checkInsQuery = queryOptions({
  queryKey: ["check-ins"],
  queryFn: async () => (await taken(api.GET("/api/me/check-ins/"))).results,
});

export async function forgetCheckIn(id: string): Promise<void> {
  await api.DELETE("/api/me/check-ins/{check_in_id}/", { params: { path: { check_in_id: id } } });
}

/** What the work of each project is for, and what my answers led to. */
export const outcomesQuery = queryOptions({
  queryKey: ["outcomes"],
  queryFn: async () => (await taken(api.GET("/api/me/outcomes/"))).results,
});

/** Erase what was kept of what I have seen; the server does so only for people who left every project. */
export async function eraseExposure(): Promise<void> {
  await send("DELETE", "/api/me/exposure/", { confirm: "delete" });
}

export function setProtectionQuery(projectId: string) {
  return queryOptions({
    queryKey: ["set-protection", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/protection/", ofProject(projectId))),
  });
}

export function saveProjectSettings(projectId: string, body: ProjectSettings): Promise<SetProtection> {
  return taken(api.PUT("/api/projects/{project_id}/protection/", { ...ofProject(projectId), body }));
}

export function saveOrganizationSettings(projectId: string, body: OrganizationSettings): Promise<SetProtection> {
  return taken(api.PUT("/api/projects/{project_id}/protection/organization/", { ...ofProject(projectId), body }));
}

/** How people say they are, for those whom the organization named; nothing where they are fewer than ten. */
export function wellnessQuery(projectId: string) {
  return queryOptions({
    queryKey: ["wellness", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/wellness/", ofProject(projectId))),
  });
}

/** Which models proposed answers here, by clause and version. */
export function proposingModelsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["proposing-models", projectId],
    queryFn: async () => (await taken(api.GET("/api/projects/{project_id}/proposing-models/", ofProject(projectId)))).results,
  });
}

/** The questions of the releases in effect, by key, each once. */
export function askedClausesQuery(projectId: string) {
  return queryOptions({
    queryKey: ["asked-clauses", projectId],
    queryFn: async () => {
      const policies = await taken(
        api.GET("/api/projects/{project_id}/policies/", { params: { path: { project_id: projectId }, query: { page_size: 200 } } }),
      );
      const releases = await Promise.all(
        policies.results.flatMap(({ current }) =>
          current === null ? [] : [taken(api.GET("/api/releases/{release_id}/", { params: { path: { release_id: current.id } } }))],
        ),
      );
      const asked = new Map<string, string>();
      for (const { clauses } of releases) {
        for (const { key, document } of clauses) if (document.kind === "verdict") asked.set(key, document.title);
      }
      return [...asked].map(([key, title]) => ({ key, title }));
    },
  });
}

/** Sums over the project's people; nothing where they are fewer than ten. */
export function projectExposureQuery(projectId: string) {
  return queryOptions({
    queryKey: ["project-exposure", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/exposure/", ofProject(projectId))),
  });
}
