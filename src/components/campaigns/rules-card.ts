import {cleanTag, RULE_FIELDS, RULE_MATCHES, ruleProblem, type TagRule} from "../../lib/ledger/tags/tag.js";
import {openDesk} from "../desk.js";
import {h, uniqueId} from "../dom.js";

const FIELDS: Readonly<Record<TagRule["field"], string>> = {
  strategy: "Strategy (order reference)",
  symbol: "Symbol",
  assetCategory: "Class",
  structure: "Structure"
};

/** Returns the saved rules that tag by themselves, and a line to add one. */
export function rulesCard(): HTMLElement {
  const id = uniqueId("rules");
  const list = h("ul", {class: "row-ids"});
  const told = h("p", {class: "told", role: "status"});
  const [tag, value] = ["wheel", "app:"].map((placeholder) =>
    h("input", {type: "text", placeholder, autocomplete: "off"})
  );
  const field = h(
    "select",
    null,
    RULE_FIELDS.map((name) => h("option", {value: name}, FIELDS[name]))
  );
  const match = h(
    "select",
    null,
    RULE_MATCHES.map((name) => h("option", {value: name}, name))
  );
  let rules: readonly TagRule[] = [];
  const say = (sentence: string, wrong = false) => {
    told.textContent = sentence;
    told.classList.toggle("wrong", wrong);
  };

  async function load(): Promise<void> {
    ({rules} = await (await openDesk()).tags());
    draw();
  }

  async function save(next: readonly TagRule[]): Promise<void> {
    try {
      await (await openDesk()).tag({rules: next});
      rules = next;
      draw();
      say("kept");
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), true);
    }
  }

  function draw(): void {
    list.replaceChildren(
      ...rules.map((rule, i) =>
        h(
          "li",
          null,
          h("span", {class: "tag"}, rule.tag),
          ` ${FIELDS[rule.field]} ${rule.match} “${rule.value}” `,
          h(
            "button",
            {
              type: "button",
              class: "link-button",
              "aria-label": `Remove the rule for ${rule.tag}`,
              onclick: () => void save(rules.toSpliced(i, 1))
            },
            "Remove"
          )
        )
      )
    );
  }

  function add(event: SubmitEvent): void {
    event.preventDefault();
    const rule: TagRule = {
      tag: cleanTag(tag.value),
      field: field.value as TagRule["field"], // the select offers nothing else
      match: match.value as TagRule["match"],
      value: value.value.trim()
    };
    const problem = ruleProblem(rule);
    if (problem) return say(problem, true);
    void save([...rules, rule]).then(() => ([tag.value, value.value] = ["", ""]));
  }

  load().catch((error: unknown) => say(error instanceof Error ? error.message : String(error), true));
  return h(
    "section",
    {class: "card", "aria-labelledby": id},
    h("header", null, h("h2", {id}, "Rules")),
    h("p", {class: "muted"}, "Tag by themselves what has no tag of its own. Plain text, whatever the case."),
    list,
    h(
      "form",
      {class: "form ask-row", onsubmit: add},
      h("label", null, "Tag", tag),
      h("label", null, "where", field),
      h("label", null, "match", match),
      h("label", null, "text", value),
      h("button", {class: "button"}, "Add")
    ),
    told
  );
}
