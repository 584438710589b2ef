import type { AreaRoute } from "@/app/area";

export const routes: readonly AreaRoute[] = [
  { path: "label", title: "Label", page: () => import("./LabelPage"), layout: "workspace" },
  { path: "review", title: "Review", page: () => import("./ReviewPage"), layout: "workspace" },
  { path: "annotators", title: "Annotators", page: () => import("./people/AnnotatorsPage") },
  { path: "annotators/$pseudonym", title: "Annotator", page: () => import("./people/AnnotatorPage") },
  { path: "suggestions", title: "Suggestions", page: () => import("./suggesting/SuggestionsPage") },
  { path: "my-results", title: "My results", page: () => import("./people/MyResultsPage") },
  { path: "mine", title: "My work", page: () => import("./own/MyWorkPage") },
  { path: "gold", title: "Gold", page: () => import("./gold/GoldPage") },
  { path: "quality", title: "Quality", page: () => import("./gold/QualityPage") },
  { path: "questions", title: "Questions", page: () => import("./own/QuestionsPage") },
];
