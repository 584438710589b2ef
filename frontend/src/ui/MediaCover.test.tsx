import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { draw } from "@/test/draw";
import { MediaCover } from "./MediaCover";

const nothing = { onPress: vi.fn(), onRelease: vi.fn(), onReveal: vi.fn(), onCover: vi.fn() };

test("media is covered, softened and out of reach until the page shows it", async () => {
  const onReveal = vi.fn();
  const { container, user } = await draw(
    <MediaCover label="image" isCovered filter="grayscale(1)" {...nothing} onReveal={onReveal}>
      <img alt="" src="data:," />
    </MediaCover>,
  );
  const media = container.querySelector("[inert]");
  expect(media).toHaveStyle({ filter: "grayscale(1)" });
  await user.click(screen.getByRole("button", { name: /show image/i }));
  expect(onReveal).toHaveBeenCalledOnce();
});

test("its key tells when it goes down and when it comes up", async () => {
  const onPress = vi.fn();
  const onRelease = vi.fn();
  const { user } = await draw(
    <MediaCover label="image" isCovered filter="none" revealKey="v" {...nothing} onPress={onPress} onRelease={onRelease}>
      <img alt="" src="data:," />
    </MediaCover>,
  );
  await user.keyboard("{v>}");
  expect(onPress).toHaveBeenCalledOnce();
  expect(onRelease).not.toHaveBeenCalled();
  await user.keyboard("{/v}");
  expect(onRelease).toHaveBeenCalledOnce();
});

test("what is shown can be covered again", async () => {
  const onCover = vi.fn();
  const { container, user } = await draw(
    <MediaCover label="image" isCovered={false} filter="blur(9px)" {...nothing} onCover={onCover}>
      <img alt="" src="data:," />
    </MediaCover>,
  );
  expect(container.querySelector("[inert]")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Cover image" }));
  expect(onCover).toHaveBeenCalledOnce();
});
