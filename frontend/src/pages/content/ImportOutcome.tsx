import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { AppLink, type Column, count, DataTable, Figures, QueryView } from "@/ui";
import classes from "./ImportOutcome.module.css";
import type { PostImport, Problem } from "./shapes";

const columns: readonly Column<Problem>[] = [
  { key: "line", header: "Line", width: "90px", align: "end", render: (problem) => count(problem.line) },
  { key: "place", header: "Place", width: "200px", render: (problem) => (problem.path === "" ? "the whole line" : <code>{problem.path}</code>) },
  { key: "what", header: "What to change", render: (problem) => problem.message },
];

/** What an import brought, and what is wrong with the lines it could not use. */
export function ImportOutcome({ importId, projectId }: { importId: string; projectId: string }) {
  const query = useQuery({
    queryKey: ["import", importId],
    queryFn: () => taken(api.GET("/api/imports/{import_id}/", { params: { path: { import_id: importId } } })),
  });
  return <QueryView query={query}>{(found) => <Outcome found={found} projectId={projectId} />}</QueryView>;
}

function Outcome({ found, projectId }: { found: PostImport; projectId: string }) {
  return (
    <div className={classes.outcome}>
      <Figures
        figures={[
          { label: "Posts added", value: count(found.posts_added) },
          { label: "Here already", value: count(found.posts_existing) },
          { label: "Problems", value: count(found.problem_count) },
        ]}
      />
      {found.posts_added > 0 && <AppLink to={`/p/${projectId}/posts`}>See the posts</AppLink>}
      {found.problems.length > 0 && (
        <>
          <DataTable
            label="Problems in the manifest"
            columns={columns}
            rows={found.problems}
            rowKey={(problem) => `${problem.line}${problem.path}${problem.message}`}
          />
          {found.problem_count > found.problems.length && (
            <p className={classes.more}>
              The first {count(found.problems.length)} of {count(found.problem_count)} are shown. Correct these, then import again: posts
              that are here already are not made twice.
            </p>
          )}
        </>
      )}
    </div>
  );
}
