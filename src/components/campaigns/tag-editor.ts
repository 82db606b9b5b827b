import {cleanTags, entryProblem, type TagEntry, type TagTarget} from "../../lib/ledger/tags/tag.js";
import {openDesk} from "../desk.js";
import {h, uniqueId} from "../dom.js";

/** Returns the tags and the note of one thing, to be changed in place: Enter or leaving a field keeps them. */
export function tagEditor(target: TagTarget, title = "Tags and note"): HTMLElement {
  const [tagsId, noteId] = [uniqueId("tags"), uniqueId("note")];
  const told = h("p", {class: "told", role: "status"});
  const tags = h("input", {
    id: tagsId,
    type: "text",
    placeholder: "wheel, earnings",
    autocomplete: "off",
    onchange: () => void keep(),
    onkeydown: ({key}: KeyboardEvent) => key === "Enter" && void keep()
  });
  const note = h("textarea", {id: noteId, rows: 2, onchange: () => void keep()});
  let kept = "";
  const say = (sentence: string, wrong = false) => {
    told.textContent = sentence;
    told.classList.toggle("wrong", wrong);
  };
  const entry = (): TagEntry => ({
    ...target,
    tags: cleanTags(tags.value.split(",").filter((text) => text.trim())),
    note: note.value.trim()
  });

  async function load(): Promise<void> {
    const {entries} = await (await openDesk()).tags();
    const own = entries.find(
      ({kind, account, id}) => kind === target.kind && account === target.account && id === target.id
    );
    tags.value = own?.tags.join(", ") ?? "";
    note.value = own?.note ?? "";
    kept = JSON.stringify(entry());
  }

  async function keep(): Promise<void> {
    const wanted = entry();
    if (JSON.stringify(wanted) === kept) return;
    const problem = entryProblem(wanted);
    if (problem) return say(problem, true);
    say("…");
    try {
      await (await openDesk()).tag({entry: wanted});
      kept = JSON.stringify(wanted);
      tags.value = wanted.tags.join(", ");
      say(wanted.tags.length || wanted.note ? "kept" : "forgotten");
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), true);
    }
  }

  load().catch((error: unknown) => say(error instanceof Error ? error.message : String(error), true));
  return h(
    "div",
    {class: "form tag-editor"},
    h("h3", null, title),
    h("label", {for: tagsId}, "Tags, with commas between"),
    tags,
    h("label", {for: noteId}, "Note"),
    note,
    told
  );
}
