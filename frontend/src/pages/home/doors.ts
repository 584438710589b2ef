import {
  IconAdjustments,
  IconArrowsLeftRight,
  IconBook2,
  IconDatabaseExport,
  IconFlag,
  IconMessageQuestion,
  IconPhoto,
  IconProgress,
  IconScale,
  IconTags,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Role } from "@/api/session";

/** One thing to do next in a project: where it is, and what it is about. */
export interface Door {
  readonly key: string;
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly icon: TablerIcon;
  /** The queue's kind whose waiting tasks are counted on the door. */
  readonly counts?: "label" | "compare";
}

const doors = {
  label: {
    key: "label",
    path: "label",
    title: "Label posts",
    text: "Judge posts against the policy. Everything is covered until you ask to see it.",
    icon: IconTags,
    counts: "label",
  },
  compare: {
    key: "compare",
    path: "compare",
    title: "Compare responses",
    text: "Two responses to one prompt: say which is better, and why.",
    icon: IconArrowsLeftRight,
    counts: "compare",
  },
  review: {
    key: "review",
    path: "review",
    title: "Review disagreements",
    text: "Posts on which people differ wait for a decision.",
    icon: IconScale,
  },
  suspects: {
    key: "suspects",
    path: "suspects",
    title: "Check suspects",
    text: "Answers that the noise scans doubt.",
    icon: IconFlag,
  },
  policies: {
    key: "policies",
    path: "policies",
    title: "Work on policies",
    text: "Drafts, reviews and releases, and what a change would stop holding.",
    icon: IconBook2,
  },
  posts: {
    key: "posts",
    path: "posts",
    title: "Bring in posts",
    text: "Import a manifest with text, images, video and audio.",
    icon: IconPhoto,
  },
  rounds: {
    key: "rounds",
    path: "rounds",
    title: "Run a round",
    text: "Let a model choose the posts worth asking people about next.",
    icon: IconAdjustments,
  },
  datasets: {
    key: "datasets",
    path: "datasets",
    title: "Build a dataset",
    text: "Immutable versions of what the project holds true.",
    icon: IconDatabaseExport,
  },
  ask: {
    key: "ask",
    path: "ask",
    title: "Ask for answers",
    text: "Choose posts or pairs, a release, and how many people should answer.",
    icon: IconMessageQuestion,
  },
  members: {
    key: "members",
    path: "members",
    title: "Manage members",
    text: "Who is in the project, and what they may do.",
    icon: IconUsers,
  },
  jobs: {
    key: "jobs",
    path: "jobs",
    title: "Watch jobs",
    text: "Imports, rounds and exports while they run.",
    icon: IconProgress,
  },
} as const satisfies Record<string, Door>;

const doorsOf: Readonly<Record<Role, readonly Door[]>> = {
  annotator: [doors.label, doors.compare],
  reviewer: [doors.review, doors.suspects, doors.label, doors.compare],
  policy_editor: [doors.policies, doors.review],
  engineer: [doors.posts, doors.ask, doors.rounds, doors.datasets],
  manager: [doors.members, doors.policies, doors.ask, doors.jobs],
};

/** The doors of all of a person's roles, each once, in the order of the roles' work. */
export function doorsFor(roles: readonly Role[]): readonly Door[] {
  const order: readonly Role[] = ["annotator", "reviewer", "policy_editor", "engineer", "manager"];
  const found = new Map<string, Door>();
  for (const role of order) {
    if (!roles.includes(role)) continue;
    for (const door of doorsOf[role]) if (!found.has(door.key)) found.set(door.key, door);
  }
  return [...found.values()];
}
