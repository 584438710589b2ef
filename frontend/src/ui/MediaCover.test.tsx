import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { draw } from "@/test/draw";
import { MediaCover } from "./MediaCover";

test("media is covered, out of reach and silent until the person asks", async () => {
  const pause = vi.spyOn(window.HTMLMediaElement.prototype, "pause").mockImplementation(() => {});
  const { container, user } = await draw(
    <MediaCover label="video">
      <video data-testid="video" />
    </MediaCover>,
  );
  const video = screen.getByTestId<HTMLVideoElement>("video");
  expect(pause).toHaveBeenCalled();
  expect(video.muted).toBe(true);
  expect(container.querySelector("[inert]")).toContainElement(video);
  await user.click(screen.getByRole("button", { name: /show video/i }));
  expect(video.muted).toBe(false);
  expect(container.querySelector("[inert]")).toBeNull();
});

test("the page hears of a reveal before anything shows, and of its length when covered again", async () => {
  const onReveal = vi.fn();
  const onCover = vi.fn();
  const { user } = await draw(
    <MediaCover label="image" revealKey="v" onReveal={onReveal} onCover={onCover}>
      <img alt="" src="data:," />
    </MediaCover>,
  );
  await user.keyboard("v");
  expect(onReveal).toHaveBeenCalledOnce();
  expect(onCover).not.toHaveBeenCalled();
  await user.keyboard("v");
  expect(onCover).toHaveBeenCalledExactlyOnceWith({ visibleMs: expect.any(Number) as number });
  expect(screen.getByRole("button", { name: /show image/i })).toBeVisible();
});

test("leaving the page while media is in view tells how long it was", async () => {
  const onCover = vi.fn();
  const { unmount } = await draw(
    <MediaCover label="image" isCoveredAtFirst={false} onCover={onCover}>
      <img alt="" src="data:," />
    </MediaCover>,
  );
  unmount();
  expect(onCover).toHaveBeenCalledOnce();
});

test("what is drawn over covered media stays usable", async () => {
  const onClick = vi.fn();
  const { user } = await draw(
    <MediaCover label="image" overlay={<button type="button" onClick={onClick}>A box</button>}>
      <img alt="" src="data:," />
    </MediaCover>,
  );
  await user.click(screen.getByRole("button", { name: "A box" }));
  expect(onClick).toHaveBeenCalledOnce();
});
