import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileImport, IconPhotoOff, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, type Column, DataTable, EmptyState, Kbd, PageHeader, Time, useProjectId, useShortcuts } from "@/ui";
import classes from "./PostsPage.module.css";
import { languageName, makeUp, type PartKind, partKinds, partNames, type PostSummary } from "./shapes";

const kindChoices = partKinds.map((kind) => ({ value: kind, label: partNames[kind] }));

/** Every post of the project, newest first. Pictures stay covered until asked for. */
export default function PostsPage() {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const mayImport = useMay(projectId, "content.import");
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [kind, setKind] = useState<PartKind | null>(null);
  const [language, setLanguage] = useState("");
  const [areShown, setShown] = useState(false);
  const [asked] = useDebouncedValue({ text: text.trim(), kind, language: language.trim() }, 250);
  const posts = usePages(["posts", projectId, asked], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/posts/", {
        params: {
          path: { project_id: projectId },
          query: {
            cursor,
            ...(asked.text === "" ? {} : { text: asked.text }),
            ...(asked.kind === null ? {} : { kind: asked.kind }),
            ...(asked.language === "" ? {} : { language: asked.language }),
          },
        },
      }),
    ),
  );
  const base = `/p/${projectId}/posts`;
  const isNarrowed = asked.text !== "" || asked.kind !== null || asked.language !== "";
  const open = (post: PostSummary): void => void navigate({ to: `${base}/${post.id}` });
  useShortcuts([
    { id: "posts.search", label: "Search the posts", keys: "/", run: (event) => (event.preventDefault(), search.current?.focus()) },
    { id: "posts.import", label: "Bring in posts", keys: "n", enabled: mayImport, run: () => void navigate({ to: `${base}/import` }) },
    { id: "posts.show", label: "Show or cover the pictures", keys: "v", run: () => setShown((shown) => !shown) },
  ]);
  const bringIn = mayImport ? (
    <Button leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => void navigate({ to: `${base}/import` })}>
      Bring in posts
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title="Posts" lead="What people are asked about: each post with all its parts." actions={bringIn} />
      <div className={classes.bar} role="search" aria-label="Narrow down the posts">
        <TextInput
          ref={search}
          className={classes.search}
          aria-label="Name or text"
          placeholder="Name or text"
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={<Kbd keys="/" quiet />}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          aria-label="With a part of this kind"
          placeholder="Any kind of part"
          data={kindChoices}
          value={kind}
          clearable
          onChange={(value) => setKind(kindOf(value))}
        />
        <TextInput
          className={classes.language}
          aria-label="Language tag"
          placeholder="Language, as in en"
          value={language}
          maxLength={35}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        />
        <Switch
          label="Show small pictures"
          checked={areShown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
      </div>
      <DataTable
        label="Posts"
        columns={columnsWith(base, areShown)}
        rows={posts.rows}
        rowKey={(post) => post.id}
        onOpen={open}
        query={posts}
        empty={isNarrowed ? <NothingFound /> : <NothingYet action={bringIn} />}
      />
    </>
  );
}

function NothingFound() {
  return (
    <EmptyState icon={IconSearch} title="No post matches">
      Try fewer words, another kind of part, or another language.
    </EmptyState>
  );
}

function NothingYet({ action }: { action: ReactNode }) {
  return (
    <EmptyState icon={IconFileImport} title="No posts yet" actions={action}>
      {action === undefined
        ? "An engineer or a manager brings posts in; then they stand here."
        : "Upload the files, then a manifest with one post a line."}
    </EmptyState>
  );
}

function kindOf(value: string | null): PartKind | null {
  return partKinds.find((kind) => kind === value) ?? null;
}

function columnsWith(base: string, areShown: boolean): readonly Column<PostSummary>[] {
  return [
    { key: "picture", header: <span className={classes.hidden}>Picture</span>, width: "84px", render: (post) => <Picture post={post} isShown={areShown} /> },
    {
      key: "post",
      header: "Post",
      render: (post) => (
        <span className={classes.post}>
          <AppLink to={`${base}/${post.id}`}>{post.external_id}</AppLink>
          {post.excerpt !== "" && (
            <span className={classes.excerpt} dir="auto" lang={post.language === "" ? undefined : post.language}>
              {post.excerpt}
            </span>
          )}
        </span>
      ),
    },
    { key: "parts", header: "Parts", width: "190px", render: (post) => makeUp(post.kinds) },
    { key: "language", header: "Language", width: "120px", render: (post) => languageName(post.language) },
    { key: "source", header: "Source", width: "130px", truncate: true, render: (post) => (post.source === "" ? "—" : post.source) },
    { key: "added", header: "Added", width: "120px", render: (post) => <Time at={post.created_at} /> },
  ];
}

/** The cover is made blurred on the server: no clear byte is loaded before somebody asks. */
function Picture({ post, isShown }: { post: PostSummary; isShown: boolean }) {
  const url = isShown ? post.thumbnail_url : post.cover_url;
  if (url === null) {
    return (
      <span className={classes.none} aria-hidden>
        <IconPhotoOff size={16} stroke={1.5} />
      </span>
    );
  }
  return <img key={url} className={classes.picture} data-covered={!isShown || undefined} src={url} alt="" loading="lazy" />;
}
