import { useNavigate } from "@tanstack/react-router";
import { Segments, useProjectId } from "@/ui";

const kinds = [
  { value: "posts", label: "Posts" },
  { value: "comparisons", label: "Comparisons" },
  { value: "slates", label: "Slates" },
] as const;

/** What is reviewed: answers to posts, judgments of comparisons, or of several responses at once. */
export function ReviewOf({ current }: { current: (typeof kinds)[number]["value"] }) {
  const projectId = useProjectId();
  const navigate = useNavigate();
  return (
    <Segments
      aria-label="What to review"
      value={current}
      onChange={(value) => void navigate({ href: `/p/${projectId}/review${value === "posts" ? "" : `/${value}`}` })}
      data={[...kinds]}
    />
  );
}
