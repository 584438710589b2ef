import { IconHistory, IconMessageCircle } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { AppLink, type Column, DataTable, duration, EmptyState, PageHeader, Panel, Stacked, Time, useProjectId } from "@/ui";
import { NoteThread } from "./NoteThread";

type Recent = components["schemas"]["RecentWorkOutput"];

const columns = (pathOf: (row: Recent) => string): readonly Column<Recent>[] => [
  {
    key: "subject",
    header: "Task",
    truncate: true,
    render: (row) => (
      <>
        <AppLink to={pathOf(row)}>{row.subject ?? "A comparison"}</AppLink>
        {row.returned !== null && <span dir="auto">: “{row.returned}”</span>}
      </>
    ),
  },
  { key: "when", header: "Sent", width: "140px", render: (row) => <Time at={row.created_at} /> },
  { key: "took", header: "Took", width: "110px", align: "end", render: (row) => duration(row.active_ms) },
  { key: "state", header: "", width: "160px", render: (row) => stateOf(row) },
];

/** `/p/:id/mine`: one's own answers, to look at again and correct, and what one wrote beside them. */
export default function MyWorkPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const recent = usePages(["recent-work", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/recent-work/", {
        params: { path: { project_id: projectId }, query: { cursor } },
      }),
    ),
  );
  const pathOf = ({ kind, lease_id }: Recent): string => `/p/${projectId}/${kind}?lease=${lease_id}`;
  return (
    <>
      <PageHeader
        title="My work"
        lead="Your own answers, newest first. Open one to look at it again; what you send then takes the place of the earlier answer, which stays on record."
      />
      <Stacked>
        <DataTable
          label="your answers"
          columns={columns(pathOf)}
          rows={recent.rows}
          rowKey={(row) => row.id}
          query={recent}
          onOpen={(row) => void navigate({ href: pathOf(row) })}
          empty={
            <EmptyState icon={IconHistory} title="You have sent nothing here yet">
              What you send in appears here, so that you can go back to it.
            </EmptyState>
          }
        />
        <OwnNotes projectId={projectId} />
      </Stacked>
    </>
  );
}

function OwnNotes({ projectId }: { projectId: string }) {
  const notes = usePages(["notes", "mine"], (cursor) => taken(api.GET("/api/me/notes/", { params: { query: { cursor } } })));
  const here = notes.rows.filter((note) => note.project_id === projectId);
  return (
    <Panel title="What you asked and wrote" note="Questions to the policy experts with their answers, and your comments.">
      {here.length === 0 ? (
        <EmptyState icon={IconMessageCircle} title="Nothing written yet">
          While you work, Shift+Q asks a policy expert and Shift+W keeps a comment.
        </EmptyState>
      ) : (
        here.map((note) => (
          <NoteThread
            key={note.id}
            note={note}
            to={note.lease_id === null || note.post_id === null ? null : `/p/${projectId}/label?lease=${note.lease_id}`}
          />
        ))
      )}
    </Panel>
  );
}

function stateOf({ is_late, is_correction, returned }: Recent): string {
  if (returned !== null) return "Given back to you";
  if (is_late) return "Late, kept";
  return is_correction ? "Corrected" : "";
}
