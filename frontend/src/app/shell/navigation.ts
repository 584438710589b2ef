import {
  IconAdjustments,
  IconArrowsLeftRight,
  IconBook2,
  IconBrain,
  IconChartBar,
  IconColumns2,
  IconDatabaseExport,
  IconFlag,
  IconGauge,
  IconListCheck,
  IconMessageQuestion,
  IconPhoto,
  IconProgress,
  IconRefresh,
  IconScale,
  IconSearch,
  IconTags,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Capability } from "@/api/session";

export interface NavigationItem {
  readonly label: string;
  /** Under the project. */
  readonly path: string;
  readonly icon: TablerIcon;
  /** Shown to who may do any of these. */
  readonly needs: readonly Capability[];
  /** Other paths whose pages belong to this place. */
  readonly also?: readonly string[];
  /** Pressed after `g`. Unique. */
  readonly key: string;
}

export interface NavigationGroup {
  readonly label: string | null;
  readonly items: readonly NavigationItem[];
}

/** Everywhere a person can go inside a project, in the order of the work itself. */
export const navigation: readonly NavigationGroup[] = [
  {
    label: null,
    items: [{ label: "Overview", path: "", icon: IconGauge, needs: ["project.view"], key: "o" }],
  },
  {
    label: "Work",
    items: [
      { label: "Label", path: "label", icon: IconTags, needs: ["tasks.work"], key: "l" },
      { label: "Compare", path: "compare", icon: IconArrowsLeftRight, needs: ["tasks.work"], key: "c" },
      { label: "Review", path: "review", icon: IconScale, needs: ["review.decide"], key: "r" },
      { label: "Ask for answers", path: "ask", icon: IconMessageQuestion, needs: ["tasks.manage"], key: "k" },
    ],
  },
  {
    label: "Rules",
    items: [
      { label: "Policies", path: "policies", also: ["releases"], icon: IconBook2, needs: ["project.view"], key: "p" },
      { label: "Campaigns", path: "campaigns", icon: IconRefresh, needs: ["policy.edit", "tasks.manage"], key: "a" },
    ],
  },
  {
    label: "Material",
    items: [
      { label: "Posts", path: "posts", icon: IconPhoto, needs: ["content.view"], key: "t" },
      { label: "Comparisons", path: "comparisons", icon: IconColumns2, needs: ["results.view"], key: "q" },
      { label: "Ratings", path: "ratings", icon: IconChartBar, needs: ["results.view"], key: "i" },
    ],
  },
  {
    label: "Models and data",
    items: [
      { label: "Rounds", path: "rounds", icon: IconAdjustments, needs: ["models.run"], key: "n" },
      { label: "Models", path: "models", icon: IconBrain, needs: ["results.view"], key: "b" },
      { label: "Noise scans", path: "scans", icon: IconSearch, needs: ["models.run"], key: "s" },
      { label: "Suspects", path: "suspects", icon: IconFlag, needs: ["review.decide", "models.run"], key: "u" },
      { label: "Datasets", path: "datasets", icon: IconDatabaseExport, needs: ["results.view"], key: "d" },
    ],
  },
  {
    label: "Project",
    items: [
      { label: "Members", path: "members", icon: IconUsers, needs: ["project.manage"], key: "m" },
      { label: "Jobs", path: "jobs", icon: IconProgress, needs: ["jobs.view"], key: "j" },
      { label: "Audit", path: "audit", icon: IconListCheck, needs: ["audit.view"], key: "e" },
    ],
  },
];

/** The groups with what these capabilities open; empty groups are left out. */
export function navigationFor(capabilities: readonly string[]): NavigationGroup[] {
  const has = new Set(capabilities);
  return navigation
    .map((group) => ({ ...group, items: group.items.filter((item) => item.needs.some((need) => has.has(need))) }))
    .filter((group) => group.items.length > 0);
}
