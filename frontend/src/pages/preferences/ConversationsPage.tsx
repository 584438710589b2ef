import { IconBinaryTree } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { AppLink, type Column, count, DataTable, EmptyState, PageHeader, Segments, StatusBadge, Time, useProjectId } from "@/ui";
import { askedIn } from "./comparisons/wording";
import { type Conversation, conversationsPage, type WaitingPrompt, waitingPage } from "./conversations/queries";

/** `/p/:id/conversations`: conversations that branch, and the turns that need responses. */
export default function ConversationsPage() {
  const [isWaiting, setWaiting] = useState(false);
  const projectId = useProjectId();
  return (
    <>
      <PageHeader
        title="Conversations"
        lead="Prompts that go on from a response: brought in as trees, or written by people who judged a turn."
        crumbs={[{ label: "Comparisons", to: `/p/${projectId}/comparisons` }]}
        actions={
          <Segments
            aria-label="What is listed"
            value={isWaiting ? "waiting" : "trees"}
            onChange={(value) => setWaiting(value === "waiting")}
            data={[
              { value: "trees", label: "Conversations" },
              { value: "waiting", label: "Need responses" },
            ]}
          />
        }
      />
      {isWaiting ? <Waiting projectId={projectId} /> : <Trees projectId={projectId} />}
    </>
  );
}

function Trees({ projectId }: { projectId: string }) {
  const navigate = useNavigate();
  const rows = usePages(["conversations", projectId], (cursor) => conversationsPage(projectId, cursor));
  const base = `/p/${projectId}/conversations`;
  return (
    <DataTable
      label="Conversations"
      columns={treeColumns(base)}
      rows={rows.rows}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: `${base}/${row.id}` })}
      query={rows}
      empty={
        <EmptyState icon={IconBinaryTree} title="No conversation branches yet">
          Bring in message trees, or go on from a response once you have judged it.
        </EmptyState>
      }
    />
  );
}

function Waiting({ projectId }: { projectId: string }) {
  const navigate = useNavigate();
  const rows = usePages(["waiting-prompts", projectId], (cursor) => waitingPage(projectId, cursor));
  const base = `/p/${projectId}/conversations`;
  return (
    <DataTable
      label="Turns that need responses"
      columns={waitingColumns(base)}
      rows={rows.rows}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: `${base}/${row.id}` })}
      query={rows}
      empty={
        <EmptyState icon={IconBinaryTree} tone="good" title="No turn waits for responses">
          Turns that people write appear here until responses to them are brought in or sampled.
        </EmptyState>
      }
    />
  );
}

function treeColumns(base: string): readonly Column<Conversation>[] {
  return [
    { key: "asked", header: "Begins with", render: (row) => <Asked row={row} to={`${base}/${row.id}`} /> },
    { key: "turns", header: "Turns", width: "80px", align: "end", render: (row) => count(row.turns) },
    { key: "picked", header: "Gone on", width: "90px", align: "end", render: (row) => count(row.picked) },
    {
      key: "waiting",
      header: "Need responses",
      width: "140px",
      render: (row) => (row.waiting === 0 ? "—" : <StatusBadge state="waiting" label={count(row.waiting)} tone="wait" />),
    },
    { key: "added", header: "Added", width: "120px", render: (row) => <Time at={row.created_at} /> },
  ];
}

function waitingColumns(base: string): readonly Column<WaitingPrompt>[] {
  return [
    { key: "asked", header: "Last turn", render: (row) => <Asked row={row} to={`${base}/${row.id}`} /> },
    { key: "before", header: "Messages before", width: "140px", align: "end", render: (row) => count(row.messages.length - 1) },
    { key: "added", header: "Added", width: "120px", render: (row) => <Time at={row.created_at} /> },
  ];
}

function Asked({ row, to }: { row: Pick<Conversation, "messages" | "language">; to: string }) {
  const asked = askedIn(row.messages);
  return (
    <span dir="auto" lang={row.language === "" ? undefined : row.language}>
      <AppLink to={to}>{asked.length > 120 ? `${asked.slice(0, 119)}…` : asked}</AppLink>
    </span>
  );
}
