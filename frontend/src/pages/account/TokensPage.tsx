import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { announce, announceProblem, type Column, DataTable, EmptyState, PageHeader, Time, useConfirm, useShortcuts } from "@/ui";
import { CreateTokenDialog } from "./CreateTokenDialog";
import { inOrder, scopeLabel } from "./scopes";

type Token = components["schemas"]["TokenOutput"];
const key = ["tokens"];

export default function TokensPage() {
  const queries = useQueryClient();
  const [isCreating, setCreating] = useState(false);
  const [ask, confirmDialog] = useConfirm();
  const tokens = usePages(key, (cursor) => taken(api.GET("/api/tokens/", { params: { query: { cursor } } })));
  const revoke = useMutation({
    mutationFn: (token: Token) => api.DELETE("/api/tokens/{token_id}/", { params: { path: { token_id: token.id } } }),
    onSuccess: async () => {
      announce("The token is revoked and works no more.");
      await queries.invalidateQueries({ queryKey: key });
    },
    onError: announceProblem,
  });
  useShortcuts([{ id: "tokens.create", label: "Create a token", keys: "n", run: () => setCreating(true) }]);
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      Create a token
    </Button>
  );
  const columns: readonly Column<Token>[] = [
    { key: "name", header: "Name", render: (token) => token.name, width: "24%" },
    { key: "scopes", header: "May", render: (token) => <Scopes scopes={token.scopes} /> },
    { key: "used", header: "Last used", width: "130px", render: (token) => <Time at={token.last_used_at} /> },
    {
      key: "expires",
      header: "Expires",
      width: "130px",
      render: (token) => (token.expires_at === null ? "Never" : <Time at={token.expires_at} />),
    },
    {
      key: "revoke",
      header: <span aria-hidden> </span>,
      width: "100px",
      align: "end",
      render: (token) => (
        <Button
          variant="subtle"
          color="rust"
          size="xs"
          aria-label={`Revoke ${token.name}`}
          onClick={() =>
            ask({
              title: `Revoke ${token.name}?`,
              text: "Whatever uses this token stops working at once. It cannot be brought back.",
              confirm: "Revoke the token",
              isDangerous: true,
              onConfirm: () => revoke.mutate(token),
            })
          }
        >
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title="Access tokens"
        lead="A token lets a script, the concord command or an agent work in your name, limited to what you let it do and to what your roles allow."
        actions={create}
      />
      <DataTable
        label="Access tokens"
        columns={columns}
        rows={tokens.rows}
        rowKey={(token) => token.id}
        query={tokens}
        empty={
          <EmptyState icon={IconKey} title="You have no tokens" actions={create}>
            Create one for the <code>concord</code> command, a notebook, a training job, or an agent that speaks MCP.
          </EmptyState>
        }
      />
      <CreateTokenDialog isOpen={isCreating} onClose={() => setCreating(false)} onCreated={() => queries.invalidateQueries({ queryKey: key })} />
      {confirmDialog}
    </>
  );
}

/** How many are said in a row of the list; a token with all of them would fill the page. */
const SAID = 4;

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const labels = inOrder(scopes).map(scopeLabel);
  if (labels.length <= SAID + 1) return labels.join(", ");
  return (
    <details>
      <summary>
        {labels.slice(0, SAID).join(", ")} and {labels.length - SAID} more
      </summary>
      {labels.slice(SAID).join(", ")}
    </details>
  );
}
