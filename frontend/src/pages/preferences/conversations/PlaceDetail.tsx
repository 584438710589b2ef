import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useMay } from "@/api/session";
import { announce, AppLink, FormProblem, Kbd, Panel, plural, StatusBadge, useProjectId, useShortcuts } from "@/ui";
import { builtInCover } from "@/work/seeing/shapes";
import { modelName } from "../comparisons/wording";
import { Turns } from "../comparisons/Turns";
import { Material } from "../media/Material";
import { goOnInTree, type Said, type Tree, treeQuery, type Turn } from "./queries";
import { TurnFields } from "./TurnFields";
import classes from "./TreeWalk.module.css";
import { type Node, type ResponseNode, saidUntil, standingsOf, standingWords, type Walk } from "./walking";

const nothing: Said = { text: "", promptId: null, reply: "" };

/** One place of a tree: the conversation up to it, what was judged there, and how it goes on. */
export function PlaceDetail({ tree, walk, node, onGo }: { tree: Tree; walk: Walk<Turn>; node: Node<Turn>; onGo: (id: string) => void }) {
  const mayWrite = useMay(useProjectId(), "content.import");
  return (
    <div className={classes.detail}>
      <Panel title="The conversation so far" note={tree.language === "" ? undefined : tree.language}>
        <Turns messages={saidUntil(walk, node.id)} language={tree.language} />
        {tree.material_id !== null && <Material postId={tree.material_id} of="the prompt" leaseId={null} cover={builtInCover} />}
      </Panel>
      {node.kind === "turn" ? <AboutTurn turn={node.turn} onGo={onGo} /> : <AboutResponse node={node} />}
      {node.kind === "response" && mayWrite && node.response.material_id === null && <GoOn tree={tree} node={node} onGo={onGo} />}
    </div>
  );
}

function AboutTurn({ turn, onGo }: { turn: Turn; onGo: (id: string) => void }) {
  const projectId = useProjectId();
  return (
    <Panel
      title={turn.waits ? "Needs responses" : plural(turn.responses.length, "response")}
      note={turn.waits ? "Nobody is asked about it until responses to it are brought in or sampled." : plural(turn.judgments, "judgment counts", "judgments count")}
      actions={turn.comparison_ids.map((id, at) => (
        <AppLink key={id} to={`/p/${projectId}/comparisons/${id}`}>
          {turn.comparison_ids.length === 1 ? "See the comparison" : `Comparison ${at + 1}`}
        </AppLink>
      ))}
    >
      {turn.responses.length === 0 ? (
        <p className={classes.none}>No responses yet.</p>
      ) : (
        <ol className={classes.responses}>
          {turn.responses.map((response) => (
            <li key={response.id}>
              <ResponseFacts turn={turn} response={response} />
              <Button variant="default" size="compact-sm" onClick={() => onGo(response.id)}>
                Read it
              </Button>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function AboutResponse({ node }: { node: ResponseNode<Turn> }) {
  return (
    <Panel title="This response" note={plural(node.children.length, "branch goes on from it", "branches go on from it")}>
      <ResponseFacts turn={node.turn} response={node.response} />
      {node.response.material_id !== null && <Material postId={node.response.material_id} of="the response" leaseId={null} cover={builtInCover} />}
    </Panel>
  );
}

function ResponseFacts({ turn, response }: { turn: Turn; response: Turn["responses"][number] }) {
  const standings = standingsOf(turn, response.id);
  return (
    <p className={classes.facts}>
      <span>{response.is_written ? "Written by a person" : modelName(response.source_model)}</span>
      {response.picked > 0 && <StatusBadge state="picked" label={`${plural(response.picked, "person")} went on from it`} tone="good" />}
      {standings.map((standing) => (
        <span key={standing.axis}>
          <b>{standing.axis}</b> {standingWords(standing)}
        </span>
      ))}
      {standings.length === 0 && !response.is_written && <span>Not judged</span>}
    </p>
  );
}

function GoOn({ tree, node, onGo }: { tree: Tree; node: ResponseNode<Turn>; onGo: (id: string) => void }) {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState(nothing);
  const words = useRef<HTMLTextAreaElement>(null);
  const sending = useMutation({
    mutationFn: () => goOnInTree(node.turn.id, node.response.id, said),
    onSuccess: async ({ prompt_id }) => {
      await queries.invalidateQueries({ queryKey: treeQuery(tree.id).queryKey.slice(0, 1) });
      announce("The conversation goes on from there.");
      onGo(prompt_id);
    },
  });
  const open = (event?: KeyboardEvent): void => {
    event?.preventDefault();
    setOpen(true);
    window.requestAnimationFrame(() => words.current?.focus());
  };
  const send = (): void => {
    if (isOpen && said.text.trim() !== "" && !sending.isPending) sending.mutate();
  };
  useShortcuts([
    { id: "conversation.go-on", label: "Go on from this response", keys: "n", group: "Going on", run: open },
    { id: "conversation.send", label: "Add the turn", keys: "mod+Enter", group: "Going on", whileTyping: true, enabled: isOpen, run: send },
  ]);
  if (!isOpen) {
    return (
      <div>
        <Button variant="default" rightSection={<Kbd of="conversation.go-on" keys="n" quiet />} onClick={() => open()}>
          Go on from this response
        </Button>
      </div>
    );
  }
  return (
    <Panel title="Go on from this response">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TurnFields said={said} onChange={setSaid} isWriting language={tree.language} field={words} />
        {sending.error !== null && <FormProblem error={sending.error} />}
        <p>
          <Button type="submit" disabled={said.text.trim() === ""} loading={sending.isPending} rightSection={<Kbd of="conversation.send" keys="mod+Enter" quiet />}>
            Add the turn
          </Button>
        </p>
      </form>
    </Panel>
  );
}
