// The keys of a 3D picture while it has the focus: for its description, the list that "?" opens and the help page.
// sceneKeys.ts does what they say.

export const SCENE_KEYS = [
  { keys: "Arrow keys", text: "On a 3D picture: turn it by 10 degrees, with Shift by 30" },
  { keys: "+ or −", text: "On a 3D picture: zoom in or out" },
  { keys: "1, 2, 3", text: "On a 3D picture: front, left, right camera" },
  { keys: "0 or Home", text: "On a 3D picture: reset the view" },
] as const;

/** What the keys do, for people who hear the picture. */
export const KEYS_SENTENCE =
  "Arrow keys turn the picture by 10 degrees, with Shift by 30. Plus and minus zoom. " +
  "1, 2 and 3 are the front, left and right camera. 0 or Home resets the view.";
