import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type OwnOnboarding = Schemas["OwnOnboardingOutput"];
export type Lesson = Schemas["LessonOutput"];
export type LessonClause = Schemas["LessonClauseOutput"];
export type OnboardingSet = Schemas["OnboardingOutput"];
export type OnboardingPerson = Schemas["OnboardingPersonOutput"];

/** Why nothing is handed out: something of the person's introduction comes first. */
export const ONBOARDING_WAITS = "onboarding_waits";

const MOMENT_MS = 1_500;
const WHILE_MS = 15_000;

export function ownOnboardingQuery(projectId: string) {
  return queryOptions({
    queryKey: ["my-onboarding", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/my-onboarding/", { params: { path: { project_id: projectId } } })),
    // An answer may be on its way to the server, or somebody about to say a word.
    refetchInterval: ({ state: { data } }) => (data?.state === "open" ? MOMENT_MS : data?.waits === true ? WHILE_MS : false),
    staleTime: 0,
  });
}

export function stepOnboarding(projectId: string, step: "go_on" | "try_again"): Promise<OwnOnboarding> {
  return taken(
    api.POST("/api/projects/{project_id}/my-onboarding/", {
      params: { path: { project_id: projectId } },
      body: { step },
    }),
  );
}

export function onboardingQuery(projectId: string) {
  return queryOptions({
    queryKey: ["onboarding", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/onboarding/", { params: { path: { project_id: projectId } } })),
  });
}
