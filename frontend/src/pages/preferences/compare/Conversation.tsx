import { useState } from "react";
import { plural } from "@/ui";
import { Material } from "../media/Material";
import { SafeText } from "../SafeText";
import type { Message, ShownMaterial } from "./bundle";
import { keys } from "./commands";
import classes from "./Conversation.module.css";

const roleNames: Readonly<Record<string, string>> = { system: "System", user: "Person", assistant: "Model" };
/** So many of the newest turns stand there at once. */
const SHOWN = 3;

/** What was said before the two responses. A long past is folded away. */
export function Conversation({
  messages,
  language,
  material = null,
  leaseId = null,
}: {
  messages: readonly Message[];
  language: string;
  /** The media that messages name by their places. */
  material?: ShownMaterial | null;
  leaseId?: string | null;
}) {
  const [isWhole, setWhole] = useState(false);
  const past = messages.length - SHOWN;
  // Folding a single message away would save nothing.
  const hidden = isWhole || past < 2 ? 0 : past;
  const lastAsked = messages.findLastIndex((message) => message.role === "user");
  return (
    <section className={classes.conversation} aria-label="Conversation" lang={language === "" ? undefined : language}>
      {hidden > 0 && (
        <button type="button" className={classes.earlier} onClick={() => setWhole(true)}>
          Show {plural(hidden, "earlier message")}
        </button>
      )}
      {messages.slice(hidden).map((message, at) => (
        <div key={at + hidden} className={classes.message} data-role={message.role} data-asked={at + hidden === lastAsked || undefined}>
          <p className={classes.role} lang="en">
            {roleNames[message.role] ?? message.role}
          </p>
          <div>
            {material !== null && message.media !== undefined && message.media.length > 0 && (
              <Material
                postId={material.post_id}
                of={`message ${at + hidden + 1}`}
                leaseId={leaseId}
                cover={material.protection.cover}
                places={message.media}
                revealKey={leaseId !== null && at + hidden === lastAsked ? keys.asked : undefined}
              />
            )}
            {message.content !== "" && <SafeText text={message.content} />}
          </div>
        </div>
      ))}
    </section>
  );
}
