import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "compare", title: "Compare", page: () => import("./ComparePage"), layout: "workspace" },
  { path: "comparisons", title: "Comparisons", page: () => import("./ComparisonsPage") },
  { path: "comparisons/import", title: "Bring in comparisons", page: () => import("./ComparisonImportPage") },
  { path: "comparisons/sampling", title: "Responses by models", page: () => import("./SamplingPage") },
  { path: "comparisons/sampling/$runId", title: "Responses by a model", page: () => import("./SamplingRunPage") },
  { path: "comparisons/$comparisonId", title: "Comparison", page: () => import("./ComparisonPage") },
  { path: "conversations", title: "Conversations", page: () => import("./ConversationsPage") },
  { path: "conversations/$promptId", title: "Conversation", page: () => import("./ConversationPage") },
  { path: "review/comparisons", title: "Review comparisons", page: () => import("./ReviewPage"), layout: "workspace" },
  { path: "review/slates", title: "Review slates", page: () => import("./review/slates/SlateReviewRoom"), layout: "workspace" },
  { path: "slates", title: "Slates", page: () => import("./SlatesPage") },
  { path: "slates/$slateId", title: "Slate", page: () => import("./SlatePage") },
  { path: "ratings", title: "Ratings", page: () => import("./RatingsPage") },
  { path: "judges", title: "Judges", page: () => import("./JudgesPage") },
  { path: "judges/$runId", title: "Judge", page: () => import("./JudgeRunPage") },
  { path: "judging", title: "How people judge", page: () => import("./JudgingPage") },
];
