import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconEye, IconEyeOff, IconPencilPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "@/api/session";
import { makeUp } from "@/pages/content/shapes";
import { useProjectId } from "@/ui";
import { PrecedentPost } from "@/work/precedents/PrecedentPost";
import { builtInCover } from "@/work/seeing/shapes";
import { SettleButton } from "../precedents/SettleButton";
import type { SplitPost, UnclearClause } from "./queries";
import { useWriteInto, type WriteAs } from "./useWriteInto";
import classes from "./Unclear.module.css";

const ways: readonly { readonly as: WriteAs; readonly label: string }[] = [
  { as: "interpretation", label: "As a note on how to read it" },
  { as: "examples", label: "As an example" },
  { as: "counter_examples", label: "As one that looks alike, but is not" },
];

/** One post that splits people: how, the post itself when it is asked for, and the two ways out. */
export function SplitPostRow({ post, clause, isNamed }: { post: SplitPost; clause: UnclearClause; isNamed: boolean }) {
  const projectId = useProjectId();
  const mayWrite = useMay(projectId, "policy.edit");
  const [isOpen, setOpen] = useState(false);
  const write = useWriteInto(clause, post);
  const total = post.votes.reduce((sum, { votes }) => sum + votes, 0);
  return (
    <li className={classes.post}>
      <div className={classes.postHead}>
        {isNamed && <strong>{post.external_id}</strong>}
        <span className={classes.soft}>{makeUp(post.kinds)}</span>
        <span className={classes.votes}>{post.votes.map(({ label, votes }) => `${votes} ${label}`).join(", ")}</span>
        <span className={classes.voteBar} aria-hidden>
          {post.votes.map(({ value, votes }, at) => (
            <span key={value} data-at={at % 4} style={{ width: `${(100 * votes) / total}%` }} />
          ))}
        </span>
      </div>
      {post.gaps.map((gap) => (
        <p key={gap} className={classes.gap} dir="auto">
          An adjudicator: “{gap}”
        </p>
      ))}
      {isOpen && (
        <div className={classes.shown}>
          <PrecedentPost postId={post.post_id} cover={builtInCover} />
        </div>
      )}
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={isOpen}
          leftSection={isOpen ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "Put it away" : "Look at the post"}
        </Button>
        {mayWrite && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button
                size="xs"
                variant="default"
                loading={write.isPending}
                leftSection={<IconPencilPlus size={14} aria-hidden />}
                rightSection={<IconChevronDown size={13} aria-hidden />}
              >
                Write this into the rule
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {ways.map(({ as, label }) => (
                <Menu.Item key={as} onClick={() => write.mutate(as)}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <SettleButton projectId={projectId} postId={post.post_id} clauseKey={clause.clause_key} releaseId={clause.release_id} />
      </div>
    </li>
  );
}
