import { queryOptions } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { decimal, duration } from "@/ui";

type Schemas = components["schemas"];

export type Rules = Schemas["SuggestionRulesOutput"];
export type Timing = Rules["timing"];
export type ClauseBias = Schemas["ClauseBiasOutput"];
export type Measured = Schemas["FigureOutput"];

export const timings: readonly { readonly value: Timing; readonly label: string }[] = [
  { value: "off", label: "Never" },
  { value: "at_once", label: "With the post" },
  { value: "after_answer", label: "Only after the person has answered" },
];

export function timingWords(timing: Timing): string {
  return timings.find(({ value }) => value === timing)?.label ?? timing;
}

export function rulesQuery(projectId: string) {
  return queryOptions({
    queryKey: ["suggestion-rules", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/suggestion-rules/", { params: { path: { project_id: projectId } } })),
  });
}

export function figuresQuery(projectId: string) {
  return queryOptions({
    queryKey: ["suggestion-figures", projectId],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/suggestion-figures/", { params: { path: { project_id: projectId } } })),
  });
}

/** 0.123 → "+12 points", with its interval: "3 to 21". */
export function pointsWords({ value, low, high }: Measured): { readonly value: string; readonly range: string } | null {
  if (value === null) return null;
  return { value: `${signed(value)} points`, range: low === null || high === null ? "" : `${signed(low)} to ${signed(high)}` };
}

/** 1500 → "+1.5 s", with its interval. */
export function timeDifferenceWords({ value, low, high }: Measured): { readonly value: string; readonly range: string } | null {
  if (value === null) return null;
  return { value: signedTime(value), range: low === null || high === null ? "" : `${signedTime(low)} to ${signedTime(high)}` };
}

function signed(share: number): string {
  const text = decimal(share * 100, 0);
  return share > 0 && text !== "0" ? `+${text}` : text;
}

function signedTime(milliseconds: number): string {
  const size = duration(Math.abs(milliseconds));
  return milliseconds === 0 ? size : `${milliseconds > 0 ? "+" : "−"}${size}`;
}
