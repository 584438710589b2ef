import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { roleLabels } from "@/api/session";
import { announce, announceProblem, type Column, DataTable, Panel, Time, useConfirm } from "@/ui";
import classes from "./MembersPage.module.css";

type Invitation = components["schemas"]["InvitationOutput"];

export const invitationsKey = (projectId: string) => ["invitations", projectId] as const;

/** Who was invited and has not come yet; nothing when there is nobody. */
export function Invitations({ projectId }: { projectId: string }) {
  const queries = useQueryClient();
  const key = invitationsKey(projectId);
  const invitations = usePages(key, (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/invitations/", {
        params: { path: { project_id: projectId }, query: { cursor } },
      }),
    ),
  );
  const [ask, confirmDialog] = useConfirm();
  const withdraw = useMutation({
    mutationFn: (invitation: Invitation) =>
      api.DELETE("/api/projects/{project_id}/invitations/{invitation_id}/", {
        params: { path: { project_id: projectId, invitation_id: invitation.id } },
      }),
    onSuccess: async (_, invitation) => {
      announce(`The invitation of ${invitation.email} is withdrawn.`);
      await queries.invalidateQueries({ queryKey: key });
    },
    onError: announceProblem,
  });
  if (invitations.rows.length === 0) return null;
  const columns: readonly Column<Invitation>[] = [
    { key: "email", header: "E-mail", render: (invitation) => invitation.email },
    {
      key: "roles",
      header: "As",
      render: (invitation) => invitation.roles.map((role) => roleLabels[role]).join(", "),
    },
    { key: "by", header: "Invited by", render: (invitation) => invitation.invited_by },
    {
      key: "until",
      header: "Link works until",
      width: "200px",
      render: (invitation) =>
        Date.parse(invitation.expires_at) < Date.now() ? "Run out; invite again" : <Time at={invitation.expires_at} />,
    },
    {
      key: "more",
      header: <span aria-hidden> </span>,
      width: "120px",
      align: "end",
      render: (invitation) => (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={`Withdraw the invitation of ${invitation.email}`}
          onClick={() =>
            ask({
              title: `Withdraw the invitation of ${invitation.email}?`,
              text: "The link stops working at once.",
              confirm: "Withdraw it",
              isDangerous: true,
              onConfirm: () => withdraw.mutate(invitation),
            })
          }
        >
          Withdraw
        </Button>
      ),
    },
  ];
  return (
    <div className={classes.invited}>
      <Panel title="Invited, not here yet">
        <DataTable
          label="Invitations"
          columns={columns}
          rows={invitations.rows}
          rowKey={(invitation) => invitation.id}
          query={invitations}
          empty={null}
        />
        {confirmDialog}
      </Panel>
    </div>
  );
}
