import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "", title: "Overview", page: () => import("./OverviewPage") },
  { path: "members", title: "Members", page: () => import("./MembersPage") },
  { path: "jobs", title: "Jobs", page: () => import("./JobsPage") },
  { path: "audit", title: "Audit", page: () => import("./AuditPage") },
];
