import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "policies", title: "Policies", page: () => import("./PoliciesPage") },
  { path: "policies/import", title: "Bring in a policy", page: () => import("./importing/ImportPolicyPage") },
  { path: "policies/$policyId", title: "Policy", page: () => import("./PolicyPage") },
  { path: "policies/$policyId/bench", title: "Test bench", page: () => import("./bench/BenchPage") },
  { path: "policies/$policyId/bench/$runId", title: "Test bench", page: () => import("./bench/BenchRunPage") },
  { path: "releases/$releaseId", title: "Release", layout: "workspace", page: () => import("./ReleasePage") },
  { path: "releases/$releaseId/renderings", title: "Renderings", page: () => import("./renderings/RenderingsPage") },
  { path: "releases/$releaseId/records", title: "What a change counts", page: () => import("./records/RecordsPage") },
  { path: "campaigns", title: "Campaigns", page: () => import("./CampaignsPage") },
  { path: "campaigns/$campaignId", title: "Campaign", page: () => import("./CampaignPage") },
  { path: "unclear", title: "Unclear rules", page: () => import("./unclear/UnclearPage") },
  { path: "precedents", title: "Precedents", page: () => import("./precedents/PrecedentsPage") },
  { path: "precedents/$precedentId", title: "Precedent", page: () => import("./precedents/PrecedentPage") },
  { path: "settle/$postId", title: "Settle a post", page: () => import("./precedents/SettlePage") },
];
