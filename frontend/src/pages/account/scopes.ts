import type { Capability } from "@/api/session";

/** What each scope allows, as the end of "this token may …". */
export const scopeLabels: Readonly<Record<Capability, string>> = {
  "project.view": "see projects",
  "project.manage": "manage projects and members",
  "tasks.work": "take and submit tasks",
  "tasks.manage": "create tasks",
  "review.decide": "decide disagreements",
  "policy.edit": "edit policies",
  "policy.approve": "approve releases",
  "content.view": "see posts and media",
  "content.import": "import posts and media",
  "models.run": "run rounds and scans",
  "datasets.export": "build and download datasets",
  "jobs.view": "see jobs",
  "results.view": "see results",
  "audit.view": "read the audit log",
};

export const scopes = Object.keys(scopeLabels) as Capability[];

export function scopeLabel(scope: string): string {
  return scope in scopeLabels ? scopeLabels[scope as Capability] : scope;
}
