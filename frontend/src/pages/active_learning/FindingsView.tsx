import { Button, Modal } from "@mantine/core";
import { IconMoodEmpty } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { RetireForm } from "@/pages/annotation/gold/RetireForm";
import { announce, announceProblem, AppLink, type Column, count, DataTable, EmptyState, Panel, percent, plural, StatusBadge } from "@/ui";
import { numberOf, partOf } from "./metrics";
import { type Finding, type FindingKind, findingsPage, releaseQuery, type ScanDetail } from "./queries";
import { figure, intervalWords, twinWords } from "./wording";

/** What a scan tells besides doubted answers. */
export function FindingsView({ scan, kind }: { scan: ScanDetail; kind: FindingKind }) {
  const queries = useQueryClient();
  const queryKey = ["findings", scan.id, kind];
  const findings = usePages(queryKey, (cursor) => findingsPage(scan.id, { kind, cursor }));
  const [retiring, setRetiring] = useState<Finding | null>(null);
  const columns = useColumns(scan, kind, setRetiring, () => void queries.invalidateQueries({ queryKey }));
  const said = words(scan)[kind];
  return (
    <>
      <Panel title={said.title} note={said.note} flush>
        <DataTable
          label={said.title}
          columns={columns}
          rows={findings.rows}
          rowKey={(finding) => finding.id}
          query={findings}
          empty={
            <EmptyState framed={false} icon={IconMoodEmpty} tone="good" title={said.none}>
              {said.noneNote}
            </EmptyState>
          }
        />
      </Panel>
      <Modal opened={retiring !== null} onClose={() => setRetiring(null)} title="Retire this gold">
        {retiring?.gold && (
          <RetireForm
            item={{ id: retiring.gold.item_id, external_id: retiring.external_id }}
            projectId={scan.project_id}
            onClose={() => {
              setRetiring(null);
              void queries.invalidateQueries({ queryKey });
            }}
          />
        )}
      </Modal>
    </>
  );
}

function useColumns(
  scan: ScanDetail,
  kind: FindingKind,
  onRetire: (finding: Finding) => void,
  onAsked: () => void,
): readonly Column<Finding>[] {
  const release = useQuery(releaseQuery(scan.release_id));
  const link = (id: string, name: string) => <AppLink to={`/p/${scan.project_id}/posts/${id}`}>{name}</AppLink>;
  const labelOf = (clauseKey: string, value: string): string =>
    release.data?.clauses.find(({ key }) => key === clauseKey)?.document.answers.find((answer) => answer.value === value)?.label ?? value;
  const post: Column<Finding> = {
    key: "post",
    header: kind === "leakage" ? "Held-out post" : "Post",
    truncate: true,
    render: (finding) => link(finding.post_id, finding.external_id),
  };
  if (kind === "leakage") {
    return [
      post,
      {
        key: "other",
        header: "Its twin, which teaches",
        truncate: true,
        render: ({ other_post_id: id, other_external_id: name }) => (id === null ? "—" : link(id, name ?? id)),
      },
      { key: "by", header: "Twins by", width: "210px", render: ({ leakage }) => (leakage ? twinWords(leakage) : "—") },
    ];
  }
  if (kind === "outlier") {
    return [
      post,
      { key: "distance", header: "Distance", width: "100px", align: "end", render: ({ outlier }) => figure(outlier?.distance ?? null) },
      {
        key: "nearest",
        header: "Nearest decided posts",
        width: "34%",
        render: ({ outlier }) => <Near finding={outlier} link={link} />,
      },
      { key: "ask", header: "", width: "190px", render: (finding) => <Ask scan={scan} finding={finding} onAsked={onAsked} /> },
    ];
  }
  return [
    post,
    { key: "clause", header: "Clause", width: "12%", truncate: true, render: (finding) => finding.clause_key },
    { key: "known", header: "Known", width: "11%", truncate: true, render: (row) => labelOf(row.clause_key, row.gold?.known ?? "") },
    { key: "likely", header: "Rather", width: "11%", truncate: true, render: (row) => labelOf(row.clause_key, row.gold?.likely ?? "") },
    { key: "against", header: "What speaks against it", width: "30%", render: (row) => <Against gold={row.gold} labelOf={(value) => labelOf(row.clause_key, value)} /> },
    {
      key: "state",
      header: "",
      width: "110px",
      render: (finding) =>
        finding.is_retired ? (
          <StatusBadge state="retired" label="Retired" />
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => onRetire(finding)}>
            Retire
          </Button>
        ),
    },
  ];
}

function Near({ finding, link }: { finding: Finding["outlier"]; link: (id: string, name: string) => ReactNode }) {
  const nearest = finding?.nearest ?? [];
  return nearest.map((one, at) => (
    <span key={one.post_id}>
      {at > 0 && ", "}
      {link(one.post_id, ["Nearest", "second", "third"][at] ?? "next")} {percent(one.similarity, 0)}
      {at === nearest.length - 1 && " alike"}
    </span>
  ));
}

function Against({ gold, labelOf }: { gold: Finding["gold"]; labelOf: (value: string) => string }) {
  if (!gold) return "—";
  const { people, model_likely: rather, known_probability: known, likely_probability: likely } = gold;
  const said = [
    ...(people === null ? [] : [`${count(people.hits)} of ${plural(people.total, "person", "people")}: ${labelOf(gold.likely)} (${intervalWords(people)})`]),
    ...(rather === null || known === null || likely === null ? [] : [`heads: ${labelOf(rather)} ${percent(likely, 0)}, ${labelOf(gold.known)} ${percent(known, 0)}`]),
  ].join("; ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function Ask({ scan, finding, onAsked }: { scan: ScanDetail; finding: Finding; onAsked: () => void }) {
  const mayAsk = useMay(scan.project_id, "review.decide");
  const ask = useMutation({
    mutationFn: () =>
      taken(api.POST("/api/findings/{finding_id}/task/", { params: { path: { finding_id: finding.id } }, body: { slots: 1 } })),
    onSuccess: () => announce("People are asked about it."),
    onError: announceProblem,
    onSettled: onAsked,
  });
  if (finding.task_id !== null) return <StatusBadge state="asked" tone="wait" label="People are asked" />;
  if (finding.outlier?.is_answered === true) return <StatusBadge state="answered" tone="neutral" label="Decided" />;
  if (!mayAsk) return "Not decided";
  return (
    <Button size="compact-sm" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
      Ask somebody
    </Button>
  );
}

interface Words {
  readonly title: string;
  readonly note: string;
  readonly none: string;
  readonly noneNote: string;
}

function words(scan: ScanDetail): Readonly<Record<FindingKind, Words>> {
  const leakage = partOf(scan.metrics, "leakage");
  const outliers = partOf(scan.metrics, "outliers");
  const bound = numberOf(outliers, "bound");
  const lookedAt = count(numberOf(outliers, "looked_at") ?? 0);
  return {
    leakage: {
      title: "Near-duplicates across the held-out set",
      note:
        `${count(numberOf(leakage, "with_twin") ?? 0)} of ${plural(numberOf(leakage, "held_out") ?? 0, "held-out post")} have a near-duplicate, or a post of their group, ` +
        "among those that teach. Heads do better on them than on posts they have not met, so that their figures are too good.",
      none: "Nothing leaks",
      noneNote: "No held-out post has a near-duplicate, or a post of its group, among those that teach.",
    },
    outlier: {
      title: "Posts like none decided",
      note:
        bound === null
          ? "There are too few decided posts to say what is far from them."
          : `Of ${lookedAt} posts the encoder has read, those further than ${figure(bound)} from their five nearest decided posts on average: ` +
            "99 of 100 decided posts are nearer to each other. Heads guess on them.",
      none: "No post stands apart",
      noneNote: `None of the ${lookedAt} posts the encoder has read is far from those that are decided.`,
    },
    gold: {
      title: "Gold that is contradicted",
      note: "The known answer is not what more than half of at least three people gave, or what heads that never saw the post are sure of. Retire it, or make it anew on the post’s page.",
      none: "Gold holds",
      noneNote: "Neither people nor heads contradict a known answer.",
    },
  };
}
