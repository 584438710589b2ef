import { useQuery } from "@tanstack/react-query";
import { PageHeader, plural, QueryView, useProjectId, useRouteParam } from "@/ui";
import { type Tree, treeQuery } from "./conversations/queries";
import { askedIn } from "./comparisons/wording";
import { TreeWalk } from "./conversations/TreeWalk";

/** `/p/:id/conversations/:promptId`: a conversation with its branches, opened at one of its turns. */
export default function ConversationPage() {
  const promptId = useRouteParam("promptId");
  const query = useQuery(treeQuery(promptId));
  return <QueryView query={query}>{(tree) => <View key={tree.id} tree={tree} promptId={promptId} />}</QueryView>;
}

function View({ tree, promptId }: { tree: Tree; promptId: string }) {
  const projectId = useProjectId();
  const waiting = tree.turns.filter((turn) => turn.waits).length;
  const asked = askedIn(tree.turns[0]?.messages ?? []);
  return (
    <>
      <PageHeader
        title={asked.length > 80 ? `${asked.slice(0, 79)}…` : asked}
        lead={[
          plural(tree.turns.length, "turn"),
          waiting > 0 ? `${plural(waiting, "turn needs", "turns need")} responses` : "",
          tree.left_out > 0 ? `${plural(tree.left_out, "further turn")} not shown` : "",
        ]
          .filter(Boolean)
          .join(" · ")}
        crumbs={[{ label: "Conversations", to: `/p/${projectId}/conversations` }]}
      />
      <TreeWalk tree={tree} openedAt={promptId} />
    </>
  );
}
