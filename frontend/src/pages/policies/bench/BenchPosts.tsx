import { Button, Select } from "@mantine/core";
import { IconMoodCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, type Column, DataTable, EmptyState, Panel } from "@/ui";
import { anonymised, leaveForWriting } from "@/work/writeInto";
import { releaseQuery } from "../queries";
import classes from "./bench.module.css";
import { type BenchPost, type BenchRun, postsPage, type Which } from "./queries";

/** How much of a post the server tells here. */
const excerptLength = 120;

const choices: readonly { value: Which; label: string; needsBaseline?: boolean }[] = [
  { value: "flips", label: "Flipped between the texts", needsBaseline: true },
  { value: "better", label: "Flipped to people’s answer", needsBaseline: true },
  { value: "worse", label: "Flipped away from it", needsBaseline: true },
  { value: "disagree", label: "Judged otherwise than by people" },
  { value: "unclear", label: "Without a clear answer" },
  { value: "all", label: "Every post" },
];

/** The posts behind the figures, each beside what people decided. */
export function BenchPosts({ run }: { run: BenchRun }) {
  const maySee = useMay(run.project_id, "content.view");
  const mayEdit = useMay(run.project_id, "policy.edit");
  const release = useQuery({ ...releaseQuery(run.release_id), enabled: mayEdit });
  // A post that measures may not become an example, and only a draft takes one.
  const mayWrite = mayEdit && !run.held_out && release.data?.state === "draft";
  const open = choices.filter((choice) => run.baseline_id !== null || choice.needsBaseline !== true);
  const [which, setWhich] = useState<Which>(run.baseline_id === null ? "disagree" : "flips");
  const [clause, setClause] = useState<string | null>(null);
  const posts = usePages(["bench posts", run.id, which, clause], (cursor) => postsPage(run.id, which, clause ?? undefined, cursor), {
    enabled: maySee,
  });
  if (!maySee) return null;
  const before: readonly Column<BenchPost>[] =
    run.baseline_id === null
      ? []
      : [{ key: "before", header: run.baseline_label, width: "13%", truncate: true, render: (post) => said(post.judged_before) }];
  const columns: readonly Column<BenchPost>[] = [
    {
      key: "post",
      header: "Post",
      render: (post) => (
        <>
          <AppLink to={`/p/${run.project_id}/posts/${post.post_id}`}>{post.external_id}</AppLink>
          <span className={classes.range} dir="auto">
            {post.excerpt}
          </span>
        </>
      ),
    },
    { key: "clause", header: "Clause", width: "14%", truncate: true, render: (post) => post.clause_key },
    { key: "given", header: "People", width: "10%", truncate: true, render: (post) => post.given },
    ...before,
    { key: "judged", header: run.release_label, width: "13%", truncate: true, render: (post) => said(post.judged) },
    { key: "said", header: "What it said", width: "26%", render: (post) => <Said post={post} /> },
    ...(mayWrite ? [{ key: "write", header: "", width: "130px", render: (post: BenchPost) => <IntoTheClause run={run} post={post} /> }] : []),
  ];
  return (
    <Panel
      title="Posts"
      flush
      actions={
        <div className={classes.controls}>
          <Select
            aria-label="Clause"
            size="xs"
            placeholder="Every clause"
            clearable
            data={run.clause_keys}
            value={clause}
            onChange={setClause}
          />
          <Select
            aria-label="Which posts"
            size="xs"
            allowDeselect={false}
            data={open.map(({ value, label }) => ({ value, label }))}
            value={which}
            onChange={(value) => setWhich(open.find((choice) => choice.value === value)?.value ?? "all")}
          />
        </div>
      }
    >
      <DataTable
        label="Posts"
        columns={columns}
        rows={posts.rows}
        rowKey={(post) => post.id}
        query={posts}
        empty={
          <EmptyState framed={false} icon={IconMoodCheck} tone="good" title="None">
            {which === "flips" ? "Both texts lead the judge to the same answers." : "No post is like this."}
          </EmptyState>
        }
      />
    </Panel>
  );
}

function said(answer: string | null): string {
  if (answer === null) return "not asked";
  return answer === "" ? "not clear" : answer;
}

/** The judge's own words, where they say more than the answer. */
function Said({ post }: { post: BenchPost }) {
  const odd = post.calls.filter((call) => call.outcome !== "answered");
  const answers = new Set(post.calls.filter((call) => call.text === "candidate").map((call) => call.answer));
  if (odd.length > 0) {
    const first = odd[0];
    return <span className={classes.said}>{first === undefined ? "" : first.outcome === "failed" ? `no answer: ${first.error_code}` : `“${first.said}”`}</span>;
  }
  return <span className={classes.said}>{answers.size > 1 ? "now one answer, now another" : ""}</span>;
}

/** Into the draft, as an example that people's answer rules on; the writer mends its words there. */
function IntoTheClause({ run, post }: { run: BenchRun; post: BenchPost }) {
  const navigate = useNavigate();
  const write = (): void => {
    const text = post.excerpt.length < excerptLength ? post.excerpt : `${post.excerpt}…`;
    const token = leaveForWriting({
      clauseKey: post.clause_key,
      block: "examples",
      text: "",
      item: { text: anonymised(text), ruling: post.given, why: "", severity: null, media: [], postId: post.post_id },
    });
    void navigate({ to: `/p/${run.project_id}/releases/${run.release_id}`, search: { clause: post.clause_key, write: token } });
  };
  return (
    <Button size="compact-sm" variant="subtle" title="Write it into the clause as an example" onClick={write}>
      Write it in
    </Button>
  );
}
