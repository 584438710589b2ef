import { Button, Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowLeft, IconPhotoOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { EmptyState, QueryView } from "@/ui";
import classes from "./MediaPicker.module.css";

/** Choose a picture, film or sound of the project for an example. Everything stays covered while choosing. */
export function MediaPicker({
  projectId,
  isOpen,
  onClose,
  onChosen,
}: {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
  onChosen: (assetId: string) => void;
}) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Show a file of the project" size="xl">
      {isOpen && <Choosing projectId={projectId} onChosen={onChosen} />}
    </Modal>
  );
}

function Choosing({ projectId, onChosen }: { projectId: string; onChosen: (assetId: string) => void }) {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 250);
  const [postId, setPostId] = useState<string | null>(null);
  const posts = useQuery({
    queryKey: ["posts", projectId, "picker", asked],
    queryFn: () =>
      taken(
        api.GET("/api/projects/{project_id}/posts/", {
          params: { path: { project_id: projectId }, query: asked === "" ? {} : { text: asked } },
        }),
      ),
  });
  if (postId !== null) return <PartsOf postId={postId} onBack={() => setPostId(null)} onChosen={onChosen} />;
  return (
    <div className={classes.box}>
      <TextInput
        data-autofocus
        label="Name or text of the post"
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <QueryView query={posts}>
        {(page) => {
          const shown = page.results.filter((post) => post.kinds.some((kind) => ["image", "video", "audio"].includes(kind)));
          if (shown.length === 0) return <EmptyState title="No post with media">Try other words.</EmptyState>;
          return (
            <ul className={classes.grid}>
              {shown.map((post) => (
                <li key={post.id}>
                  <button type="button" className={classes.tile} onClick={() => setPostId(post.id)}>
                    <Cover url={post.cover_url} />
                    <span className={classes.name}>{post.external_id}</span>
                    <span className={classes.soft}>{post.excerpt}</span>
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
    </div>
  );
}

function PartsOf({ postId, onBack, onChosen }: { postId: string; onBack: () => void; onChosen: (assetId: string) => void }) {
  const post = useQuery({
    queryKey: ["post", postId],
    queryFn: () => taken(api.GET("/api/posts/{post_id}/", { params: { path: { post_id: postId } } })),
  });
  return (
    <div className={classes.box}>
      <Button size="xs" variant="subtle" className={classes.back} leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={onBack}>
        Other posts
      </Button>
      <QueryView query={post}>
        {(found) => (
          <ul className={classes.grid}>
            {found.parts.map((part, at) => {
              const { asset } = part;
              if (asset === null) return null;
              return (
                <li key={part.id}>
                  <button type="button" className={classes.tile} onClick={() => onChosen(asset.id)}>
                    <Cover url={asset.urls.cover} />
                    <span className={classes.name}>
                      {part.label === "" ? part.kind : part.label}, part {at + 1}
                    </span>
                    <span className={classes.soft}>Use this one</span>
                  </button>
                </li>
              );
            })}
          </ul>
        )}
      </QueryView>
    </div>
  );
}

function Cover({ url }: { url: string | null }) {
  if (url === null) {
    return (
      <span className={classes.blank}>
        <IconPhotoOff size={22} aria-hidden />
      </span>
    );
  }
  return <img className={classes.cover} src={url} alt="" loading="lazy" />;
}
