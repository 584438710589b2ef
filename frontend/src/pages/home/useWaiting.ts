import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { type Capability, type Membership, useMe } from "@/api/session";
import { plural } from "@/ui";

const often = 60_000;

/** What waits behind the doors that are no queue of the person's own, as sentences by door. */
export function useWaiting({ project, capabilities }: Membership): Readonly<Record<string, string>> {
  const myId = useMe().id;
  const may = (capability: Capability): boolean => capabilities.includes(capability);
  const params = { path: { project_id: project.id } };
  const undecided = useQuery({
    queryKey: ["waiting", "undecided", project.id],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/disagreements/", { params: { ...params, query: { undecided: true } } })),
    enabled: may("review.decide") && may("results.view"),
    refetchInterval: often,
  });
  const scans = useQuery({
    queryKey: ["waiting", "scans", project.id],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/scans/", { params })),
    enabled: may("review.decide") && may("results.view"),
    refetchInterval: often,
  });
  const policies = useQuery({
    queryKey: ["waiting", "policies", project.id],
    queryFn: () => taken(api.GET("/api/projects/{project_id}/policies/", { params })),
    enabled: may("policy.edit") || may("policy.approve"),
    refetchInterval: often,
  });
  const notes: Record<string, string> = {};
  if (undecided.data !== undefined) {
    const { results, next } = undecided.data;
    notes["review"] =
      results.length === 0
        ? "No case is undecided. Look at what a majority carried."
        : next !== null
          ? `More than ${results.length} cases are undecided`
          : `${plural(results.length, "case")} undecided`;
  }
  if (scans.data !== undefined) {
    const left = scans.data.results.reduce((sum, scan) => sum + scan.pending_count, 0);
    notes["suspects"] = left === 0 ? "No doubted answer waits" : `${plural(left, "doubted answer")} to look at`;
  }
  if (policies.data !== undefined) {
    const drafts = policies.data.results.flatMap((policy) => policy.drafts);
    const approved = drafts.filter((draft) => draft.is_approved);
    const others = drafts.filter(
      (draft) =>
        draft.state === "in_review" &&
        !draft.is_approved &&
        draft.created_by.id !== myId &&
        draft.submitted_by?.id !== myId,
    );
    const said = [
      ...(others.length > 0 && may("policy.approve") ? [`${plural(others.length, "draft")} ${others.length === 1 ? "waits" : "wait"} for your review`] : []),
      ...(approved.length > 0 && may("policy.edit") ? [`${plural(approved.length, "draft")} approved, to be published`] : []),
    ];
    if (said.length > 0) notes["policies"] = said.join("; ");
    else if (policies.data.results.length === 0 && !may("policy.edit")) {
      notes["policies"] = "No policy yet. Name a policy editor under Members.";
    }
  }
  return notes;
}
