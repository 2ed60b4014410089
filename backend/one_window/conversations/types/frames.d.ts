// What travels over the chat's socket, by the type of the frame (connectors/web_chat/frames.py).
import type { FromBrowser } from "/types/from_browser";
import type { ToBrowser } from "/types/to_browser";

export type { FromBrowser, ToBrowser };

/** What the citizen says; kept until the server has stored it. */
export type CitizenFrame = Extract<FromBrowser, { type: "say" | "choose" }>;

export type Received = { [Type in ToBrowser["type"]]: Extract<ToBrowser, { type: Type }> };

/** What is done with each frame. */
export type Receivers = { [Type in keyof Received]: (frame: Received[Type]) => void };

export type Message = Received["message"]["message"];

export type WebContent = NonNullable<Message["content"]>["web"];

export type Choice = WebContent["choices"][number];

export type Card = NonNullable<WebContent["card"]>;
