import { Button, Menu } from "@mantine/core";
import { IconDots, IconUserPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { roleLabels, useMay, useMe } from "@/api/session";
import {
  announce,
  announceProblem,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  StatusBadge,
  Time,
  useConfirm,
  useProjectId,
  useShortcuts,
} from "@/ui";
import { AddMemberDialog, ChangeRolesDialog } from "./MemberDialogs";
import { Invitations, invitationsKey } from "./Invitations";
import { LinkDialog, type MadeLink } from "./LinkDialog";
import classes from "./MembersPage.module.css";

export type Member = components["schemas"]["MemberOutput"];

export default function MembersPage() {
  const projectId = useProjectId();
  const queries = useQueryClient();
  const key = ["members", projectId];
  const members = usePages(key, (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/members/", { params: { path: { project_id: projectId }, query: { cursor } } }),
    ),
  );
  const mayManage = useMay(projectId, "project.manage");
  const [isAdding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Member | null>(null);
  const [ask, confirmDialog] = useConfirm();
  const [made, setMade] = useState<MadeLink | null>(null);
  const refresh = async (): Promise<void> => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: key }),
      queries.invalidateQueries({ queryKey: invitationsKey(projectId) }),
    ]);
  };
  const link = useMutation({
    mutationFn: async (member: Member): Promise<MadeLink> => {
      const answer = await taken(
        api.POST("/api/projects/{project_id}/members/{member_id}/sign-in-link/", {
          params: { path: { project_id: projectId, member_id: member.id } },
        }),
      );
      return { kind: "sign-in", who: member.display_name, link: answer.link, expiresAt: answer.expires_at };
    },
    onSuccess: setMade,
    onError: announceProblem,
  });
  const remove = useMutation({
    mutationFn: (member: Member) =>
      api.DELETE("/api/projects/{project_id}/members/{member_id}/", {
        params: { path: { project_id: projectId, member_id: member.id } },
      }),
    onSuccess: async (_, member) => {
      announce(`${member.display_name} is no longer a member.`);
      await refresh();
    },
    onError: announceProblem,
  });
  useShortcuts([{ id: "members.add", label: "Add or invite somebody", keys: "n", enabled: mayManage, run: () => setAdding(true) }]);

  function askToRemove(member: Member): void {
    ask({
      title: `Remove ${member.display_name}?`,
      text: "They lose access to this project at once. Their submissions stay, under their name in exports.",
      confirm: `Remove ${member.display_name}`,
      isDangerous: true,
      onConfirm: () => remove.mutate(member),
    });
  }

  function askForLink(member: Member): void {
    ask({
      title: `Make a sign-in link for ${member.display_name}?`,
      text: "Whoever opens the link is signed in as them, once, within twelve hours. Links made before end. It is kept in the audit.",
      confirm: "Make the link",
      onConfirm: () => link.mutate(member),
    });
  }

  const add = mayManage && (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      Add or invite
    </Button>
  );
  return (
    <>
      <PageHeader title="Members" lead="Who works in this project, and as what. One person may have several roles." actions={add} />
      <DataTable
        label="Members"
        columns={columnsWith(setChanging, askToRemove, askForLink, useMe().id)}
        rows={members.rows}
        rowKey={(member) => member.id}
        query={members}
        empty={<EmptyState title="Nobody is here yet" actions={add} />}
      />
      <Invitations projectId={projectId} />
      <AddMemberDialog
        projectId={projectId}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onDone={refresh}
        onInvited={setMade}
      />
      <LinkDialog made={made} onClose={() => setMade(null)} />
      <ChangeRolesDialog projectId={projectId} member={changing} onClose={() => setChanging(null)} onDone={refresh} />
      {confirmDialog}
    </>
  );
}

function columnsWith(
  change: (member: Member) => void,
  remove: (member: Member) => void,
  makeLink: (member: Member) => void,
  myId: string,
): readonly Column<Member>[] {
  return [
    {
      key: "name",
      header: "Name",
      render: (member) => (
        <span className={classes.person}>
          <span className={classes.name}>
            {member.display_name}
            {member.user_id === myId && <span className={classes.me}>you</span>}
            {member.is_simulated && <StatusBadge state="simulated" />}
          </span>
          <span className={classes.email}>{member.email}</span>
        </span>
      ),
    },
    {
      key: "roles",
      header: "Roles",
      render: (member) => (
        <span className={classes.roles}>
          {member.roles.map((role) => (
            <span key={role} className={classes.role}>
              {roleLabels[role]}
            </span>
          ))}
        </span>
      ),
    },
    { key: "pseudonym", header: "Name in exports", width: "210px", render: (member) => <code>{member.pseudonym}</code> },
    { key: "since", header: "Member since", width: "140px", render: (member) => <Time at={member.created_at} /> },
    {
      key: "more",
      header: <span aria-hidden> </span>,
      width: "56px",
      align: "end",
      render: (member) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" color="gray" size="xs" px={6} aria-label={`Change or remove ${member.display_name}`}>
              <IconDots size={16} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => change(member)}>Change roles</Menu.Item>
            {!member.is_simulated && member.user_id !== myId && (
              <Menu.Item onClick={() => makeLink(member)}>Make a sign-in link</Menu.Item>
            )}
            <Menu.Item color="rust" onClick={() => remove(member)}>
              Remove from the project
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
}
